import atexit

from hotqueue import HotQueue

q = HotQueue("queue", host="127.0.0.1", port=6379, db=1)


seen = []


@q.worker
def echo(item):
    seen.append(item)


atexit.register(lambda: print("\n".join(seen)))
echo()
