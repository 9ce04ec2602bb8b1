# Prints messages as they come: the worker of most tutorials.
import os

from hotqueue import HotQueue

queue = HotQueue("queue", host="127.0.0.1", port=int(os.environ["REDIS_PORT"]), db=1)
for item in queue.consume():
    print(item, flush=True)
