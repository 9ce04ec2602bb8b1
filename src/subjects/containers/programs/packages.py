"""Whether this Python can import what a HotQueue program needs."""

import redis
import hotqueue

print("redis " + redis.__version__)
