"""The other end of a queue: a Python program with HotQueue. Values are made from a seed, so that each mode knows
them without being told.

    put N      puts N values                    forms N   prints N values in tq's public JSON form
    check N    compares JSON lines of tq        get N     takes N messages and compares them
    worker N   prints N messages that @q.worker receives
"""
import base64
import json
import math
import random
import sys

from hotqueue import HotQueue

mode, count, port, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
q = HotQueue("queue", host="127.0.0.1", port=port, db=1)
r = random.Random(seed)

ALPHABETS = ["abc XYZ 019", "äöüß€ñ", "日本語한국어", "\U0001f600\U0001f9e0\U00010348", "\"'\\\n\r\t\x00\x1b\x7f", "$_{}[]:,"]


def text():
    return "".join(r.choice(r.choice(ALPHABETS)) for _ in range(r.choice([0, 1, 5, 40, 300])))


def plain(depth=0):
    kind = r.randrange(9 if depth < 4 else 6)
    if kind == 0:
        return r.choice([None, True, False])
    if kind == 1:
        return r.choice([1, -1]) * r.getrandbits(r.choice([1, 8, 16, 31, 32, 53, 54, 63, 64, 65, 200, 2000]))
    if kind == 2:
        return r.choice([r.random(), r.uniform(-1e300, 1e300), r.random() * 1e-300, math.inf, -math.inf, math.nan])
    if kind in (3, 4):
        return text()
    if kind == 5:
        return bytes(r.getrandbits(8) for _ in range(r.choice([0, 1, 20, 300])))
    if kind == 6:
        return [plain(depth + 1) for _ in range(r.randrange(6))]
    keys = [r.choice([text(), "__proto__", "$bytes", "constructor", "1"]) for _ in range(r.randrange(6))]
    return {key: plain(depth + 1) for key in keys}


def form(value):
    """The public JSON form of a value."""
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": str(value)}
    if isinstance(value, list):
        return [form(item) for item in value]
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value)) in ("$bytes", "$float", "$dict", "$python"):
            return {"$dict": [[key, form(item)] for key, item in value.items()]}
        return {key: form(item) for key, item in value.items()}
    return value


def same(a, b):
    """Equal, and of the same type; but JavaScript does not know 1.0 from 1."""
    if isinstance(a, float) and isinstance(b, (int, float)) and not isinstance(b, bool):
        return a == b or (math.isnan(a) and math.isnan(b))
    if type(a) is not type(b):
        return False
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    return a == b


def compare(index, wanted, seen):
    if not same(wanted, seen):
        sys.exit(f"value {index} of seed {seed}: expected {wanted!r}, got {seen!r}")


values = (plain() for _ in range(count))
sys.set_int_max_str_digits(0)
if mode == "put":
    for value in values:
        q.put(value)
elif mode == "forms":
    for value in values:
        print(json.dumps(form(value)))
elif mode == "check":
    for index, value in enumerate(values):
        compare(index, form(value), json.loads(sys.stdin.readline())["value"])
    assert sys.stdin.read() == "", "more lines than values"
elif mode == "get":
    for index, value in enumerate(values):
        compare(index, value, q.get(block=True, timeout=10))
    assert len(q) == 0, f"{len(q)} messages too many"
elif mode == "worker":
    received = []

    @q.worker(timeout=20)
    def receive(item):
        print(json.dumps(item), flush=True)
        received.append(item)
        if len(received) == count:
            raise SystemExit(0)

    print("ready", flush=True)
    receive()
