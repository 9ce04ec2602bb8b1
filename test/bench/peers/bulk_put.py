# Puts the lines of standard input with HotQueue, a thousand at a time.
import os
import sys
from itertools import islice

from hotqueue import HotQueue

queue = HotQueue("queue", host="127.0.0.1", port=int(os.environ["REDIS_PORT"]), db=1)
lines = (line.rstrip("\n") for line in sys.stdin)
while batch := list(islice(lines, 1000)):
    queue.put(*batch)
