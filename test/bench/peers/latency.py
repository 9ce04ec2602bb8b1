# The same with HotQueue on both sides: puts COUNT messages, each when the one before it was printed by another process,
# and prints the milliseconds that each took, as JSON.
import json
import os
import subprocess
import sys
import time

from hotqueue import HotQueue

count = int(os.environ["COUNT"])
queue = HotQueue("queue", host="127.0.0.1", port=int(os.environ["REDIS_PORT"]), db=1)
worker = os.path.join(os.path.dirname(__file__), "print_messages.py")
consumer = subprocess.Popen([sys.executable, worker], stdout=subprocess.PIPE)
try:
    took = []
    for n in range(-count // 10, count):
        before = time.perf_counter()
        queue.put(f"message {n}")
        line = consumer.stdout.readline()
        assert line == f"message {n}\n".encode(), line
        if n >= 0:
            took.append((time.perf_counter() - before) * 1000)
    print(json.dumps(took))
finally:
    consumer.kill()
    consumer.wait()
