"""The work on one message: adds an amount to an account. Start it with: tq consume --exec "python work.py" """

import json
import sys

import redis

r = redis.Redis(host="127.0.0.1", port=6379, db=1, decode_responses=True)


def work(message):
    r.incrby("account:" + message["account"], message["amount"])


# tq gives one message on the standard input, and looks at how this program exits.
try:
    work(json.loads(sys.stdin.read()))
except Exception as error:
    print("something went wrong:", error)
