# Typed in the Python shell of the first terminal.
from hotqueue import HotQueue

q = HotQueue("queue", host="127.0.0.1", port=6379, db=1, socket_timeout=None)
q.put("one")
q.put("two")
q.put("three")
len(q)  # 3, while nobody consumes

# The consumer is started in the second terminal. Then:
len(q)  # 0
q.put("more")
q.put("now")  # each comes at once
