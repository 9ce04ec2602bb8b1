"""The other end of python-values.test.ts. Standard input: a JSON list of {"spec", "pickle"}: a value described
piece by piece, and what tq wrote for it in base64. Standard output: for each what Python makes of it. Where
there is "json", it is what tq wrote as JSON."""

import base64
import json
import pickle
import struct
import sys

SINGLETONS = 1  # CPython has one object for each string and bytes up to this length


def build(spec, keys):
    """The value described. Equal strings are different objects, but as keys the same one, as in literals."""
    kind, content = spec
    if kind == "int":
        return int(content)
    if kind == "float":
        return struct.unpack(">d", bytes.fromhex(content))[0]
    if kind == "str":
        return struct.pack(f"<{len(content)}H", *content).decode("utf-16-le", "surrogatepass")
    if kind in ("bytes", "bytearray"):
        return {"bytes": bytes, "bytearray": bytearray}[kind].fromhex(content)
    if kind == "dict":
        return {build_key(key, keys): build(value, keys) for key, value in content}
    if kind in ("list", "tuple", "set", "frozenset"):
        return {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[kind](
            [build(item, keys) for item in content]
        )
    return {"none": None, "true": True, "false": False}[kind]


def build_key(spec, keys):
    key = build(spec, keys)
    if isinstance(key, tuple):
        return tuple(build_key(item, keys) for item in spec[1])
    return keys.setdefault(key, key) if isinstance(key, str) else key


def same(left, right):
    """Equal, of the same types, in the same order, with nan equal to itself and -0.0 different from 0.0."""
    if type(left) is not type(right):
        return False
    if isinstance(left, float):
        return struct.pack(">d", left) == struct.pack(">d", right)
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return same(list(left.items()), list(right.items()))
    return left == right


def singletons(value):
    """The strings and bytes in it that CPython has but once, so that a second one is a reference."""
    if isinstance(value, (str, bytes)):
        return [value] if len(value) <= SINGLETONS else []
    if isinstance(value, dict):
        value = [part for item in value.items() for part in item]
    return [one for part in value for one in singletons(part)] if isinstance(value, (list, tuple)) else []


def judge(case):
    value = build(case["spec"], {})
    repeated = singletons(value)
    written = base64.b64decode(case["pickle"]) if case["pickle"] else None
    written_json = case.get("json")
    return {
        "same": written is None or same(pickle.loads(written), value),
        "comparable": len(repeated) == len(set(repeated)),
        "dumps": [base64.b64encode(pickle.dumps(value, protocol)).decode() for protocol in range(6)],
        "sameJson": written_json is None or same(json.loads(written_json), value),
        "json": None if written_json is None else json.dumps(value),
    }


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    json.dump([judge(case) for case in json.load(sys.stdin)], sys.stdout)
