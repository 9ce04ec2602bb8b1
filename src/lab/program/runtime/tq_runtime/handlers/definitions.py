"""Where a function of the student's is defined."""

import ast
import types

from .. import settings

_trees = {}


def node_of(function):
    """The definition of a function in its file; None where it is not to be found."""
    code = function.__code__
    if code.co_filename not in _trees:
        try:
            with open(code.co_filename, "rb") as file:
                _trees[code.co_filename] = ast.parse(file.read())
        except (OSError, SyntaxError, ValueError):
            _trees[code.co_filename] = None
    tree = _trees[code.co_filename]
    if tree is None:
        return None
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == code.co_name:
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            if code.co_firstlineno in (first, node.lineno):
                return node
    return None


def is_own(function):
    """The student's function, written in Python."""
    return isinstance(function, types.FunctionType) and function.__code__.co_filename.startswith(settings.FOLDER)
