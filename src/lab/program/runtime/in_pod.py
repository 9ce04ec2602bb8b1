"""Runs inside a debug pod, on standard input of its Python: one end of the queue, without any package.

    reach   <host> <port> <seconds>                     waits until something listens there
    put     <host> <port> <db> <key> <word> <n>         puts n messages, pickled
    take    <host> <port> <db> <key> <n> <seconds>      takes n messages
    workers <host> <port> <seconds> <addresses>         waits until each of these is connected to Redis
    jobs    <host> <port> <url> <body> <n> <seconds> <addresses>   submits n jobs, and sees which worker takes which

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

# Redis' password, which is to stand on no command line: it is written in here before this is sent.
PASSWORD = None

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)

# Seconds between two looks; those after which workers that wait, and jobs that lie there, stay as they are; and those in
# which more may come of jobs that were taken.
PAUSE = 0.5
STILL = 5
AFTER = 2

PUTS = {"RPUSH", "LPUSH", "ZADD", "XADD", "SADD", "PUBLISH"}


class Redis:
    """The few words of Redis' protocol that are needed."""

    def __init__(self, host, port, patience=10):
        self.socket = socket.create_connection((host, int(port)), timeout=patience)
        self.file = self.socket.makefile("rb")
        if PASSWORD is not None:
            self.call("AUTH", PASSWORD)

    def send(self, *words):
        parts = [word if isinstance(word, bytes) else str(word).encode() for word in words]
        lines = b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)
        self.socket.sendall(b"*%d\r\n%s" % (len(parts), lines))

    def call(self, *words):
        self.send(*words)
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


def reach(host, port, seconds):
    """A Service's name and its rules are everywhere a moment after its pod is ready."""
    since = time.monotonic()
    while True:
        try:
            socket.create_connection((host, int(port)), timeout=3).close()
            return {"reached": round(time.monotonic() - since, 2)}
        except OSError:
            if time.monotonic() - since > float(seconds):
                raise
            time.sleep(PAUSE)


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


def clients(redis, addresses):
    """What the clients at these addresses do, by address: the database, and whether they wait."""
    found = {}
    for line in redis.call("CLIENT", "LIST").decode(errors="replace").splitlines():
        fields = dict(word.split("=", 1) for word in line.split(" ") if "=" in word)
        address = fields.get("addr", "").rpartition(":")[0].strip("[]")
        if address in addresses:
            # b: blocked, as in BLPOP; P: subscribed.
            waits = bool(set("bP") & set(fields.get("flags", "")))
            known = found.setdefault(address, {"address": address, "dbs": [], "waits": False})
            known["waits"] = known["waits"] or waits
            if int(fields.get("db", 0)) not in known["dbs"]:
                known["dbs"].append(int(fields.get("db", 0)))
    return found


def workers(host, port, seconds, addresses):
    redis, wanted = Redis(host, port), set(addresses.split(","))
    end = time.monotonic() + float(seconds)
    while True:
        found = clients(redis, wanted)
        if all(one in found and found[one]["waits"] for one in wanted) or time.monotonic() > end:
            return {"workers": list(found.values())}
        time.sleep(PAUSE)


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


LINE = re.compile(r'\[(\d+) \[?([^\]]+?)\]?:\d+\] "(\w+)"(?: "((?:[^"\\]|\\.)*)")?')


class Watch:
    """What Redis does, as MONITOR tells it."""

    def __init__(self, host, port):
        self.redis = Redis(host, port, 1)
        # Not through call(): what it reads ahead would be lost to what follows.
        self.redis.send("MONITOR")
        self.rest = self.redis.socket.recv(65536)
        if not self.rest.startswith(b"+OK"):
            raise RuntimeError("Redis says: " + self.rest.decode(errors="replace").strip())

    def lines(self):
        """Those of the last second, as (database, address, command, key, whole line)."""
        try:
            self.rest += self.redis.socket.recv(65536)
        except socket.timeout:
            return
        *lines, self.rest = self.rest.split(b"\n")
        for line in lines:
            text = line.decode(errors="replace")
            found = LINE.search(text)
            if found:
                yield int(found[1]), found[2], found[3].upper(), found[4], text


def jobs(host, port, url, body, n, seconds, addresses):
    watch, redis, known = Watch(host, port), Redis(host, port), set(addresses.split(","))
    ids = [submit(url, body) for _ in range(int(n))]
    by, puts = {one: [] for one in ids}, []
    end = time.monotonic() + float(seconds)
    moved = time.monotonic()
    # A job that two workers take is taken by the second a moment after the first.
    while time.monotonic() < end and not (all(by.values()) and time.monotonic() - moved > AFTER):
        for db, address, command, key, text in watch.lines():
            for one in [one for one in ids if one in text]:
                moved = time.monotonic()
                if address in known and address not in by[one]:
                    by[one].append(address)
                elif address not in known and command in PUTS and {"db": db, "key": key} not in puts:
                    puts.append({"db": db, "key": key})
        if time.monotonic() - moved > STILL and is_stuck(redis, known):
            break
    return {
        "jobs": [{"id": one, "by": by[one]} for one in ids],
        "puts": puts,
        "workers": list(clients(redis, known).values()),
    }


def is_stuck(redis, known):
    """Nobody is at work: every worker that is connected waits for something else."""
    return all(one["waits"] for one in clients(redis, known).values())


def main():
    name, *words = sys.argv[1:]
    commands = {"reach": reach, "put": put, "take": take, "workers": workers, "jobs": jobs}
    try:
        answer = commands[name](*words)
    except (OSError, RuntimeError, ValueError, pickle.UnpicklingError) as error:
        answer = {"error": "%s: %s" % (type(error).__name__, error)}
    print(json.dumps(answer))


main()
