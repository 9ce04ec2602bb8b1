"""A worker that prints each message of a queue. Start it with: python worker.py"""

import os

from hotqueue import HotQueue

q = HotQueue("queue", host=os.environ.get("REDIS_IP", "127.0.0.1"), port=6379, db=1)


@q.worker
def echo(item):
    print(item)


echo()
