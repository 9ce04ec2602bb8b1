"""For the scripted students of this exercise: the queue's two ends, and waiting for what they do."""

import os
import sys
import threading
import time

import redis
from hotqueue import HotQueue

PORT = int(os.environ["REDIS_PORT"])
admin = redis.Redis(port=PORT)


def queue(name="queue", db=1, port=PORT):
    return HotQueue(name, host="127.0.0.1", port=port, db=db)


def consume(q, most=None):
    """Takes messages in the background, until `most` were taken."""

    def loop():
        taken = 0
        for _ in q.consume():
            taken += 1
            if taken == most:
                return

    threading.Thread(target=loop, daemon=True).start()


def until(is_true):
    end = time.monotonic() + 10
    while not is_true():
        if time.monotonic() > end:
            sys.exit("the stage was not set in ten seconds")
        time.sleep(0.01)


def waiting(count=1):
    """A consumer waits: it has taken all there is."""
    until(lambda: sum(client["flags"] == "b" for client in admin.client_list()) >= count)


def check():
    """The stage is set: tq looks at it now."""
    print("check", flush=True)
    sys.stdin.readline()
