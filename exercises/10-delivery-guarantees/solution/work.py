"""The work on one message: adds an amount to an account. Start it with: tq consume --exec "python work.py" """

import json
import sys

import redis

r = redis.Redis(host="127.0.0.1", port=6379, db=1, decode_responses=True)


def work(message):
    account = "account:" + message["account"]
    done = "done:" + message["id"]

    def once(pipe):
        # Watched: if anybody else marks this id meanwhile, nothing is written, and this runs again.
        if pipe.exists(done):
            return
        pipe.multi()
        pipe.incrby(account, message["amount"])
        pipe.set(done, 1)

    r.transaction(once, done)


# An exception ends the program with exit code 1: that tells tq to try again.
work(json.loads(sys.stdin.read()))
