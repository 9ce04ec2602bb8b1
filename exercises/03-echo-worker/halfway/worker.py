from hotqueue import HotQueue

q = HotQueue("queue", host="127.0.0.1", port=6379, db=1)


@q.worker
def echo(item):
    print(item)
