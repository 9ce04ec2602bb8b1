# Takes COUNT messages one by one with HotQueue's consume.
import os
import time

from hotqueue import HotQueue

count = int(os.environ["COUNT"])
queue = HotQueue("queue", host="127.0.0.1", port=int(os.environ["REDIS_PORT"]), db=1)
for taken, item in enumerate(queue.consume(), 1):
    if taken == count // 10:
        started = time.perf_counter()
    if taken == count:
        break
print(count * 0.9 / (time.perf_counter() - started))
