"""Adds the amount of a message to an account; tq consume --exec starts it."""

import json
import sys

import redis

r = redis.Redis(host="127.0.0.1", port=6379, db=1, decode_responses=True)


def work(message):
    r.incrby("account:" + message["account"], message["amount"])


# The message is on the standard input; tq looks at the exit code.
try:
    work(json.loads(sys.stdin.read()))
except Exception as error:
    print("something went wrong:", error)
