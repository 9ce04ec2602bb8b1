"""What a comparison in a handler demands of a part of the request."""

import ast

from .values import Each, Fields, Known, Length, Sent, Stored, TypeOf, words_of

_FLIPPED = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE}


def one_of(fields, value):
    words = words_of(value)
    if words:
        fields.demand(**{"is": "one of", "words": words})


def compare(reader, left, operator, right):
    if isinstance(operator, (ast.In, ast.NotIn)):
        return _within(reader, left, right)
    if isinstance(right, (Fields, Length, TypeOf)) and not isinstance(left, (Fields, Length, TypeOf)):
        left, right, kind = right, left, _FLIPPED.get(type(operator), type(operator))
    else:
        kind = type(operator)
    if not isinstance(right, Known):
        return None
    constant = getattr(right.value, "value", right.value) if hasattr(type(right.value), "__members__") else right.value
    if isinstance(left, TypeOf) and isinstance(constant, type):
        left.fields.demand(**{"is": "type", "types": [constant.__name__]})
    elif isinstance(left, Length) and isinstance(constant, int):
        if kind in (ast.Eq, ast.NotEq):
            left.fields.demand(**{"is": "length", "value": constant})
    elif isinstance(left, Fields) and isinstance(constant, (int, float)) and not isinstance(constant, bool):
        _number(reader, left, kind, constant)
    elif isinstance(left, Fields) and isinstance(constant, str) and constant:
        if kind in (ast.Eq, ast.NotEq):
            left.demand(**{"is": "equals", "value": constant})
    return None


def _within(reader, left, right):
    if isinstance(right, Sent) and isinstance(left, (Known, Each)):
        names = left.values if isinstance(left, Each) else [left.value]
        return reader.read(right, [one for one in names if isinstance(one, str)])
    if isinstance(left, TypeOf) and isinstance(right, Known) and isinstance(right.value, (list, tuple, set)):
        kinds = [one.__name__ for one in right.value if isinstance(one, type)]
        return left.fields.demand(**{"is": "type", "types": kinds})
    if not isinstance(left, Fields):
        return None
    if isinstance(right, Known):
        one_of(left, right.value)
    elif isinstance(right, Stored):
        left.demand(**{"is": "stored", "db": right.db, "field": right.field})
    return None


def _number(reader, fields, kind, constant):
    """`if year < 1900` that refuses demands at least 1900; `if 1900 <= year` that goes on does, too."""
    if kind in (ast.Eq, ast.NotEq):
        return fields.demand(**{"is": "equals", "value": constant})
    step = 1 if isinstance(constant, int) else 0
    refuses = bool(reader.refuses)
    if kind is ast.Lt:
        form = ("least", constant) if refuses else ("most", constant - step)
    elif kind is ast.LtE:
        form = ("least", constant + step) if refuses else ("most", constant)
    elif kind is ast.Gt:
        form = ("most", constant) if refuses else ("least", constant + step)
    elif kind is ast.GtE:
        form = ("most", constant - step) if refuses else ("least", constant)
    else:
        return None
    return fields.demand(**{"is": form[0], "value": form[1]})


def decided(reader, test):
    """Whether a test is met by the method of the request; None where it asks for more than that."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        found = decided(reader, test.operand)
        return None if found is None else not found
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not _is_method(test.left):
        return None
    left, right = reader.value(test.left), reader.value(test.comparators[0])
    if not isinstance(left, Known) or left.value != reader.method or not isinstance(right, Known):
        return None
    operator = type(test.ops[0])
    if operator in (ast.Eq, ast.NotEq):
        return (left.value == right.value) is (operator is ast.Eq)
    words = words_of(right.value) if operator in (ast.In, ast.NotIn) else None
    return None if words is None else (left.value in words) is (operator is ast.In)


def _is_method(node):
    return isinstance(node, ast.Attribute) and node.attr == "method"


def of_case(reader, node, case):
    """`match kind:` with its `case "histogram":`. Whether the case is one of another method."""
    subject, pattern = getattr(node, "subject", None), getattr(case, "pattern", None)
    if subject is None or pattern is None:
        return False
    found = reader.value(subject)
    words = [one.value for one in ast.walk(pattern) if isinstance(one, ast.Constant) and isinstance(one.value, (str, int))]
    for word in words:
        if isinstance(found, Fields):
            found.demand(**{"is": "equals", "value": word})
    return _is_method(subject) and bool(words) and reader.method not in words
