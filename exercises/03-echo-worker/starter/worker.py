"""A worker that prints each message of a queue. Start it with: python worker.py"""

from hotqueue import HotQueue

q = HotQueue("queue", host="127.0.0.1", port=6379, db=1)


def echo(item):
    print(item)


# Two things are missing: what makes echo a worker of q, and what starts it.
