"""Adds the amount of a message to an account; tq consume --exec starts it."""

import json
import sys

import redis

r = redis.Redis(host="127.0.0.1", port=6379, db=1, decode_responses=True)

# One step for Redis. The mark comes last: where the change is refused, the
# script ends there, and the message can come again.
ONCE = """
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('INCRBY', KEYS[2], ARGV[1])
  redis.call('SET', KEYS[1], 1)
end
"""


def work(message):
    account = "account:" + message["account"]
    done = "done:" + message["id"]
    r.eval(ONCE, 2, done, account, message["amount"])


# An exception ends the program with exit code 1: that tells tq to try again.
work(json.loads(sys.stdin.read()))
