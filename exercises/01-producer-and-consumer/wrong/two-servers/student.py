import socket
import subprocess
import time

import redis
from stage import check, consume, queue, waiting


def free_port():
    for port in range(6380, 6390):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise SystemExit("no port from 6380 to 6389 is free")


port = free_port()
server = subprocess.Popen(["redis-server", "--port", str(port), "--save", ""], stdout=subprocess.DEVNULL)
try:
    while True:
        try:
            redis.Redis(port=port).ping()
            break
        except redis.ConnectionError:
            time.sleep(0.01)
    queue(port=port).put("one", "two", "three")
    consume(queue())
    waiting()
    check()
finally:
    server.terminate()
    server.wait()
