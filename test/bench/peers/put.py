# One put with HotQueue.
import os

from hotqueue import HotQueue

queue = HotQueue("queue", host="127.0.0.1", port=int(os.environ["REDIS_PORT"]), db=1)
queue.put("x")
print(len(queue), "on the queue")
