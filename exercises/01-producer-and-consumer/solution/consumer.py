# Typed in the Python shell of the second terminal.
from hotqueue import HotQueue

q = HotQueue("queue", host="127.0.0.1", port=6379, db=1, socket_timeout=None)
for item in q.consume():
    print(item)
