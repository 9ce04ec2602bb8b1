"""Runs inside a debug pod, on standard input of its Python: one end of the queue, without any package.

    put  <host> <port> <db> <key> <word> <n>            puts n messages, pickled
    take <host> <port> <db> <key> <n> <seconds>         takes n messages
    jobs <host> <port> <url> <body> <n> <seconds> <workers>   submits n jobs, and sees which worker takes which

The answer is one line of JSON; what went wrong stands in it under "error".
"""

import json
import pickle
import re
import socket
import sys
import time
import urllib.error
import urllib.request

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)


class Redis:
    """The few words of Redis' protocol that are needed."""

    def __init__(self, host, port, patience=10):
        self.socket = socket.create_connection((host, int(port)), timeout=patience)
        self.file = self.socket.makefile("rb")

    def call(self, *words):
        parts = [word if isinstance(word, bytes) else str(word).encode() for word in words]
        lines = b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)
        self.socket.sendall(b"*%d\r\n%s" % (len(parts), lines))
        return self.answer()

    def answer(self):
        line = self.file.readline()
        if not line:
            raise ConnectionError("Redis closed the connection")
        sign, rest = line[:1], line[1:-2]
        if sign == b"-":
            raise RuntimeError("Redis says: " + rest.decode(errors="replace"))
        if sign == b":":
            return int(rest)
        if sign == b"$":
            length = int(rest)
            return None if length < 0 else self.file.read(length + 2)[:-2]
        if sign == b"*":
            length = int(rest)
            return None if length < 0 else [self.answer() for _ in range(length)]
        return rest


def put(host, port, db, key, word, n):
    redis = Redis(host, port)
    redis.call("SELECT", db)
    for number in range(int(n)):
        redis.call("RPUSH", key, pickle.dumps("%s %d" % (word, number + 1), protocol=4))
    return {"put": int(n), "from": redis.socket.getsockname()[0]}


def take(host, port, db, key, n, seconds):
    redis = Redis(host, port, float(seconds) + 5)
    redis.call("SELECT", db)
    taken = []
    while len(taken) < int(n):
        answer = redis.call("BLPOP", key, seconds)
        if answer is None:
            break
        taken.append(pickle.loads(answer[1]))
    return {"taken": taken, "from": redis.socket.getsockname()[0]}


def submit(url, body):
    request = urllib.request.Request(url, body.encode(), {"Content-Type": "application/json"}, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            text = response.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        raise RuntimeError("POST %s was answered with %d: %s" % (url, error.code, error.read().decode(errors="replace")[:200]))
    found = UUID.search(text)
    if found:
        return found.group()
    value = json.loads(text)
    for name in ("id", "jid", "job_id", "jobId", "uuid"):
        if isinstance(value, dict) and name in value:
            return str(value[name])
    raise RuntimeError("the answer to POST %s has no id: %s" % (url, text[:200]))


def jobs(host, port, url, body, n, seconds, workers):
    watcher = Redis(host, port, 1)
    # Not through call(): what it reads ahead would be lost to the loop below.
    watcher.socket.sendall(b"*1\r\n$7\r\nMONITOR\r\n")
    rest = watcher.socket.recv(65536)
    if not rest.startswith(b"+OK"):
        raise RuntimeError("Redis says: " + rest.decode(errors="replace").strip())
    ids = [submit(url, body) for _ in range(int(n))]
    known = set(workers.split(","))
    by = {one: [] for one in ids}
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end and not all(by.values()):
        try:
            rest += watcher.socket.recv(65536)
        except socket.timeout:
            continue
        *lines, rest = rest.split(b"\n")
        for line in lines:
            text = line.decode(errors="replace")
            address = re.search(r"\[\d+ \[?([^\]]+?)\]?:\d+\]", text)
            if not address or address.group(1) not in known:
                continue
            for one in ids:
                if one in text and address.group(1) not in by[one]:
                    by[one].append(address.group(1))
    return {"jobs": [{"id": one, "by": by[one]} for one in ids]}


def main():
    name, *words = sys.argv[1:]
    try:
        answer = {"put": put, "take": take, "jobs": jobs}[name](*words)
    except (OSError, RuntimeError, ValueError, pickle.UnpicklingError) as error:
        answer = {"error": "%s: %s" % (type(error).__name__, error)}
    print(json.dumps(answer))


main()
