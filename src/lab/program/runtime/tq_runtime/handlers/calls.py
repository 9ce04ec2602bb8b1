"""What a call in a handler does: with a part of the request, in Redis, or in another of the student's functions."""

import inspect
import types

from . import tests
from .definitions import is_own
from .values import (
    Bound,
    Client,
    Each,
    Fields,
    Known,
    Length,
    Many,
    Sent,
    Stored,
    TypeOf,
    db_of,
    is_queue,
    is_redis,
    names_of,
    words_of,
)

_PARTS = {"json": "json", "form": "form", "values": "form", "args": "query", "data": "text", "query_params": "query"}
_METHODS = {"get_json": "json", "json": "json", "form": "form", "body": "text", "get_data": "text"}
METHODS_OF_SENT = {"get", "getlist", "keys", "values", "items", "copy", "to_dict", "dict", "model_dump", "pop", "setdefault"}
_SAME = {"upper", "lower", "strip", "title", "capitalize", "replace", "lstrip", "rstrip", "decode", "encode", "casefold"}
_READS = {"GET", "HGET", "HGETALL", "HVALS", "HKEYS", "KEYS", "SCAN_ITER", "SCAN", "MGET", "HMGET", "LRANGE", "SMEMBERS"}
_SAVES = {"SET", "SETEX", "PSETEX", "SETNX", "MSET", "HSET", "HMSET", "HSETNX"}
_READS |= {"EXISTS", "HEXISTS", "SISMEMBER"}


def part_of_request(reader, value, name):
    """Of Flask's request, which is the same object in every module."""
    import sys

    flask = sys.modules.get("flask")
    if flask is None or value is not vars(flask).get("request"):
        return None
    if name == "method":
        return Known(reader.method)
    # What is not a part of it is never looked up: outside of a request Flask's object raises for any attribute.
    return Sent(_PARTS[name]) if name in _PARTS else Bound(name, Sent("request"))


def part_of_asked(name):
    """Of Starlette's Request, which a handler is given."""
    return Sent(_PARTS[name]) if name in ("query_params",) else None


def call(reader, callee, given, named):
    if isinstance(callee, Bound):
        return _method(reader, callee, given, named)
    if not isinstance(callee, Known):
        return _through(given)
    function = callee.value
    owner = getattr(function, "__self__", None)
    if isinstance(function, types.BuiltinFunctionType) or function in _BUILT_IN:
        return _built_in(reader, function, given, named)
    if isinstance(function, types.MethodType) and owner is not None and (is_redis(owner) or is_queue(owner)):
        return _redis(reader, owner, function.__name__, given)
    name = getattr(function, "__name__", "")
    found = _library(reader, name, given, named)
    if found is not None:
        return found
    if isinstance(function, type):
        return _make(reader, function, given, named)
    return _own(reader, function, given, named)


def _through(given):
    """A call that nobody knows gives back what it was given, where that is from Redis."""
    return next((one for one in given if isinstance(one, Stored)), None)


def _own(reader, function, given, named):
    first = []
    if isinstance(function, types.MethodType):
        first, function = [Known(function.__self__)], function.__func__
    function = inspect.unwrap(function) if isinstance(function, types.FunctionType) else function
    if not is_own(function):
        return _through(given)
    code = function.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    values = dict(zip(names, [*first, *given]))
    values.update({name: value for name, value in named.items() if name in names})
    return reader.follow(function, values)


def _make(reader, kind, given, named):
    """An object is made: a client, a model of what was sent, or any other."""
    names = {f"{one.__module__}.{one.__qualname__}" for one in kind.__mro__}
    if names & {"redis.client.Redis", "redis.asyncio.client.Redis"}:
        db = named.get("db")
        return Client(db.value if isinstance(db, Known) and isinstance(db.value, int) else 0)
    if any(name.endswith("HotQueue") for name in names):
        return Client(None)
    sent = next((one for one in [*given, *named.values()] if isinstance(one, Sent)), None)
    if sent and "pydantic.main.BaseModel" in names:
        for name, field in getattr(kind, "model_fields", {}).items():
            reader.field(sent.where, name, required=field.is_required())
    if any(isinstance(one, (Fields, Sent)) for one in [*given, *named.values()]) and hasattr(kind, "__members__"):
        for one in given:
            if isinstance(one, Fields):
                tests.one_of(one, kind)
    return sent


def _built_in(reader, function, given, named):
    first = given[0] if given else None
    name = function.__name__
    if isinstance(first, Fields):
        if name in ("int", "float", "bool"):
            first.demand(**{"is": "cast", "to": name})
            return first
        if name in ("str", "sorted", "set", "list", "tuple", "iter", "enumerate"):
            if name != "str":
                first.demand(**{"is": "list"})
            return first
        if name == "len":
            return Length(first)
        if name == "type":
            return TypeOf(first)
        if name == "isinstance" and len(given) > 1 and isinstance(given[1], Known):
            kinds = given[1].value if isinstance(given[1].value, (list, tuple)) else [given[1].value]
            first.demand(**{"is": "type", "types": [one.__name__ for one in kinds if isinstance(one, type)]})
        return None
    if name in ("dict", "set", "list", "tuple", "sorted") and isinstance(first, (Sent, Stored)):
        return first
    return _library(reader, name, given, named) or _through(given)


def _library(reader, name, given, named):
    """Functions of Python's and of known packages, by their names."""
    first = given[0] if given else None
    if name in ("strptime", "to_datetime") and isinstance(first, Fields):
        form = given[1] if len(given) > 1 else named.get("format")
        text = form.value if isinstance(form, Known) and isinstance(form.value, str) else "%Y-%m-%d"
        first.demand(**{"is": "date", "format": text})
        return first
    if name == "fromisoformat" and isinstance(first, Fields):
        first.demand(**{"is": "date", "format": "%Y-%m-%d"})
        return first
    if name in ("match", "fullmatch", "search") and len(given) > 1 and isinstance(given[1], Fields):
        if isinstance(first, Known) and isinstance(first.value, str):
            given[1].demand(**{"is": "like", "pattern": first.value})
        return Many([])
    if name in ("loads", "load") and isinstance(first, Sent):
        return Sent("json")
    if name in ("loads", "load", "json_loads") and isinstance(first, (Fields, Stored)):
        return first
    return None


def _method(reader, bound, given, named):
    name, of = bound.name, bound.of
    first = given[0] if given else None
    if isinstance(of, Sent):
        return _of_sent(reader, of, name, given, named)
    if isinstance(of, Fields):
        return _of_field(of, name, first)
    if isinstance(of, Client):
        return _redis(reader, of, name, given)
    if isinstance(of, Known):
        if is_redis(of.value) or is_queue(of.value):
            return _redis(reader, of.value, name, given)
        if "re.Pattern" in names_of(of.value) and isinstance(first, Fields):
            first.demand(**{"is": "like", "pattern": of.value.pattern})
        if name == "get" and isinstance(first, Fields):
            tests.one_of(first, of.value)
        words = words_of(of.value) if name in ("keys", "copy") else None
        if words:
            return Known(words)
    found = _library(reader, name, given, named)
    if found is not None:
        return found
    return of if isinstance(of, Stored) else _through(given)


def _of_sent(reader, sent, name, given, named):
    first = given[0] if given else None
    if sent.where == "request":
        return Sent(_METHODS[name]) if name in _METHODS else None
    if name in ("get", "getlist", "pop", "setdefault") and first is not None:
        names = [first.value] if isinstance(first, Known) else first.values if isinstance(first, Each) else []
        usual = given[1] if len(given) > 1 else named.get("default")
        known = usual.value if isinstance(usual, Known) else None
        optional = usual is not None and not (isinstance(usual, Known) and known in (None, ""))
        fields = reader.read(sent, [one for one in names if isinstance(one, str)], required=not optional, usual=known)
        if name == "getlist":
            fields.demand(**{"is": "list"})
        kind = named.get("type")
        if isinstance(kind, Known) and kind.value in (int, float):
            fields.demand(**{"is": "cast", "to": kind.value.__name__})
        return fields
    return sent if name in METHODS_OF_SENT or name == "decode" else None


def _of_field(fields, name, first):
    if name in _SAME:
        if name in ("upper", "lower", "title", "capitalize"):
            fields.demand(**{"is": "case", "of": name})
        return fields
    if name in ("isdigit", "isnumeric", "isdecimal"):
        fields.demand(**{"is": "like", "pattern": "^[0-9]+$"})
    elif name == "isalpha":
        fields.demand(**{"is": "like", "pattern": "^[A-Za-z]+$"})
    elif name == "split":
        by = first.value if isinstance(first, Known) and isinstance(first.value, str) else " "
        fields.demand(**{"is": "parts", "by": by})
        return fields
    elif name in ("startswith", "endswith") and isinstance(first, Known) and isinstance(first.value, str):
        fields.demand(**{"is": name, "value": first.value})
    elif name in ("get", "keys", "items"):
        fields.demand(**{"is": "object"})
    return None


def _redis(reader, owner, name, given):
    is_client = isinstance(owner, Client)
    if name == "put" and (is_client or is_queue(owner)):
        reader.puts = True
        return None
    if is_client and owner.db is None or not is_client and is_queue(owner):
        return None
    if name.upper() in _SAVES and reader.saver is None:
        reader.saver = reader.functions[:2][-1]
    db = owner.db if is_client else db_of(owner)
    command = {"command": name.upper(), "db": db}
    if command not in reader.does:
        reader.does.append(command)
    for one in given:
        if isinstance(one, Fields) and name.upper() in _READS:
            one.demand(**{"is": "stored", "db": db, "field": None})
    return Stored(db) if name.upper() in _READS or name in ("json", "pipeline", "ft") else None


_BUILT_IN = {int, float, str, bool, list, tuple, set, dict, type}
