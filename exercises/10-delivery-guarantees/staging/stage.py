"""For the scripted students of this exercise: workers that die, or are slow, as tq's own do it in Redis."""

import os
import signal
import subprocess
import sys
import time

import redis
from hotqueue import HotQueue

PORT = int(os.environ["REDIS_PORT"])
KEY = "hotqueue:queue"

queue = HotQueue("queue", host="127.0.0.1", port=PORT, db=1)


def connect():
    return redis.Redis(host="127.0.0.1", port=PORT, db=1)


def plain_worker_takes():
    """Gives the connection on which a message was taken."""
    worker = connect()
    worker.blpop(KEY, 5)
    return worker


def kill(worker, after=1):
    """After so many seconds of work."""
    time.sleep(after)
    worker.connection_pool.disconnect()


class ReliableWorker:
    def __init__(self, name):
        self.held = "{%s}:held:%s" % (KEY, name)
        self.redis = connect()

    def take(self):
        self.message = self.redis.blmove(KEY, self.held, 5, "LEFT", "RIGHT")

    def acknowledge(self):
        self.redis.lrem(self.held, 1, self.message)

    def lease_ends(self):
        """What the worker held goes back, as any other worker would see to."""
        script = "return redis.call('LMOVE', KEYS[1], KEYS[2], 'RIGHT', 'LEFT')"
        self.redis.eval(script, 2, self.held, KEY)


def lose_a_message():
    queue.put("one")
    kill(plain_worker_takes())


def bring_one_back(message="two"):
    """The first worker, and the second that has its message now."""
    first, second = ReliableWorker("first"), ReliableWorker("second")
    queue.put(message)
    first.take()
    first.lease_ends()
    second.take()
    return first, second


def stop_in_the_middle():
    """A worker of tq's that is asked to stop while it works, and has the time to tidy up."""
    url = "redis://127.0.0.1:%d" % PORT
    command = [os.environ["NODE"], os.environ["TQ"], "echo-worker", "--reliable", "--delay", "30"]
    worker = subprocess.Popen(command + ["--redis-url", url], stdout=subprocess.DEVNULL)
    while len(queue) > 0:
        time.sleep(0.05)
    worker.send_signal(signal.SIGINT)
    worker.wait()


def check():
    """The stage is set: tq looks at it now."""
    print("check", flush=True)
    sys.stdin.readline()
