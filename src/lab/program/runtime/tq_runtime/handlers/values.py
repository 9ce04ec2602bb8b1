"""What an expression of a handler stands for, as far as it can be followed without running it."""

import types

# More forms of one part of a request, or more words of one list, are nobody's plain code.
MOST_FORMS, MOST_WORDS = 30, 60


class Known:
    """An object that is there already: a constant, a module, a function, a client."""

    def __init__(self, value):
        self.value = value


class Bound:
    """A method of an object, or of what a request holds."""

    def __init__(self, name, of):
        self.name, self.of = name, of


class Sent:
    """A whole part of the request: "json", "form", "query" or "path"; "request" is all of it, "text" its body as it came."""

    def __init__(self, where):
        self.where = where


class Each:
    """The variable of a loop over these constants."""

    def __init__(self, values):
        self.values = values


class Fields:
    """One part of a request, such as the value of start in its JSON; several where a loop reads them."""

    def __init__(self, fields):
        self.fields = fields

    def demand(self, **form):
        for field in self.fields:
            if form not in field["forms"] and len(field["forms"]) < MOST_FORMS:
                field["forms"].append(form)


class Length:
    def __init__(self, fields):
        self.fields = fields


class TypeOf:
    def __init__(self, fields):
        self.fields = fields


class Client:
    """A Redis client that the handler makes itself."""

    def __init__(self, db):
        self.db = db


class Stored:
    """Something that came from Redis; `field` is the part of each record that is meant."""

    def __init__(self, db, field=None):
        self.db, self.field = db, field


class Many:
    """A tuple or list of values, one of which may be anything."""

    def __init__(self, items):
        self.items = items


def names_of(value):
    """Full names of its class and of those above it."""
    return {f"{one.__module__}.{one.__qualname__}" for one in type(value).__mro__}


def is_redis(value):
    return bool(names_of(value) & {"redis.client.Redis", "redis.asyncio.client.Redis"})


def is_queue(value):
    return any(name.endswith("HotQueue") for name in names_of(value))


def db_of(client):
    return int(client.connection_pool.connection_kwargs.get("db") or 0)


def words_of(value):
    """The constants of a list, a set, a dictionary's keys or an Enum; None where there are others in it."""
    if isinstance(value, type) and hasattr(value, "__members__"):
        value = [one.value for one in value.__members__.values()]
    if not isinstance(value, (list, tuple, set, frozenset, dict, range, type({}.keys()))):
        return None
    words = sorted(value, key=str) if isinstance(value, (set, frozenset)) else list(value)
    words = [getattr(one, "value", one) if hasattr(type(one), "__members__") else one for one in words]
    if not words or not all(isinstance(one, (str, int, float)) for one in words):
        return None
    return words[:MOST_WORDS]


def attribute_of(value, name):
    """An attribute of a known object, without running any of its code; None where there is none."""
    if isinstance(value, types.ModuleType):
        found = vars(value).get(name, None)
        return None if found is None else Known(found)
    own = getattr(value, "__dict__", None)
    if isinstance(own, dict) and not isinstance(value, type) and name in own:
        return Known(own[name])
    for one in value.__mro__ if isinstance(value, type) else type(value).__mro__:
        if name in vars(one):
            found = vars(one)[name]
            if isinstance(found, (staticmethod, classmethod)):
                return Known(found.__func__)
            if isinstance(found, types.FunctionType):
                return Known(types.MethodType(found, value)) if not isinstance(value, type) else Known(found)
            if name == "value" and hasattr(type(value), "__members__"):
                return Known(value.value)
            return Known(found) if isinstance(value, type) else None
    return None
