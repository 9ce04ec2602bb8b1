"""Follows a handler through its statements, and through the student's functions that it calls."""

import ast
import builtins

from . import calls, tests
from .definitions import is_own, node_of
from .values import Bound, Each, Fields, Known, Many, Sent, Stored, attribute_of, words_of

# So deep is a call of a call followed, and so many nodes in all: more is nobody's plain code.
DEEPEST, MOST_NODES = 8, 20_000


class Reader:
    """Of one handler and one method: `fields` are the parts of the request that it reads, `does` its commands for Redis."""

    def __init__(self, method):
        self.method = method
        self.fields = {}
        self.does = []
        self.puts = False
        # The function that the handler calls to save something, or the handler itself.
        self.saver = None
        self.functions = []
        self.depth = 0
        self.nodes = 0
        self.refuses = None
        self.scopes = []
        self.seen = set()

    def field(self, where, name, required=True, usual=None):
        """The part of that name; it is made when it is read for the first time."""
        key = (where, str(name))
        if key not in self.fields:
            self.fields[key] = {"where": where, "name": str(name), "required": required, "forms": []}
        found = self.fields[key]
        found["required"] = found["required"] or required
        if usual is not None and isinstance(usual, (str, int, float, bool, list)):
            found["usual"] = usual
        return found

    def read(self, sent, names, **facts):
        return Fields([self.field(sent.where, name, **facts) for name in names])

    def follow(self, function, given):
        """What the function returns when it is called with these values, by name."""
        node = node_of(function)
        if node is None or self.depth >= DEEPEST:
            return None
        key = (function, tuple((name, type(value)) for name, value in given.items()))
        if key in self.seen and not any(isinstance(value, (Fields, Sent)) for value in given.values()):
            return None
        self.seen.add(key)
        cells = {}
        for name, cell in zip(function.__code__.co_freevars, function.__closure__ or ()):
            try:
                cells[name] = Known(cell.cell_contents)
            except ValueError:
                pass  # it has no value yet
        self.scopes.append(({**cells, **given}, function.__globals__, []))
        self.functions.append(function)
        self.depth += 1
        refuses, self.refuses = self.refuses, None
        try:
            self.body(node.body)
            returned = [value for value in self.scopes[-1][2] if value is not None]
            return next((one for one in returned if not isinstance(one, Known)), returned[0] if returned else None)
        finally:
            self.refuses = refuses
            self.depth -= 1
            self.functions.pop()
            self.scopes.pop()

    # Statements

    def body(self, statements):
        """Whether it ends in this list for sure, where the method decides what is done."""
        return any(self.statement(statement) for statement in statements)

    def statement(self, node):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return
        if isinstance(node, ast.Return):
            self.scopes[-1][2].append(self.value(node.value))
        elif isinstance(node, ast.Assign):
            value = self.value(node.value)
            for target in node.targets:
                self.bind(target, value)
        elif isinstance(node, ast.AnnAssign):
            self.bind(node.target, self.value(node.value))
        elif isinstance(node, ast.If):
            return self.branch(node)
        elif isinstance(node, (ast.For, ast.AsyncFor)):
            self.bind(node.target, self.item_of(self.value(node.iter)))
            self.body([*node.body, *node.orelse])
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            self.bring(node)
        else:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.stmt):
                    self.statement(child)
                elif isinstance(child, ast.expr):
                    self.value(child)
                elif isinstance(child, ast.ExceptHandler):
                    self.body(child.body)
                elif isinstance(child, ast.withitem):
                    value = self.value(child.context_expr)
                    if child.optional_vars is not None:
                        self.bind(child.optional_vars, value)
                elif hasattr(child, "body") and not tests.of_case(self, node, child):
                    self.body(child.body)
        return False

    def branch(self, node):
        chosen = tests.decided(self, node.test)
        if chosen is not None:
            followed = node.body if chosen else node.orelse
            return self.body(followed) or bool(followed) and isinstance(followed[-1], (ast.Return, ast.Raise))
        last = node.body[-1]
        before, self.refuses = self.refuses, isinstance(last, (ast.Return, ast.Raise)) and not node.orelse
        self.value(node.test)
        self.refuses = before
        self.body([*node.body, *node.orelse])
        return False

    def bring(self, node):
        """An import within the function."""
        import sys

        scope = self.scopes[-1]
        for alias in node.names:
            if isinstance(node, ast.Import):
                module = sys.modules.get(alias.name if alias.asname else alias.name.split(".")[0])
                found = None if module is None else Known(module)
            else:
                module = sys.modules.get(node.module or "") or sys.modules.get(f"{scope[1].get('__package__')}.{node.module}")
                found = attribute_of(module, alias.name) if module else None
            if found is not None:
                scope[0][alias.asname or alias.name.split(".")[0]] = found

    def bind(self, target, value):
        if isinstance(target, ast.Name):
            self.scopes[-1][0][target.id] = value
        elif isinstance(target, (ast.Tuple, ast.List)):
            items = value.items if isinstance(value, Many) and len(value.items) == len(target.elts) else None
            for n, one in enumerate(target.elts):
                self.bind(one, items[n] if items else None)
        elif isinstance(target, (ast.Subscript, ast.Attribute)):
            self.value(target.value)

    def item_of(self, value):
        """What one turn of a loop over it has."""
        if isinstance(value, Fields):
            value.demand(**{"is": "list"})
            return value
        if isinstance(value, Known):
            words = words_of(value.value)
            return Each(words) if words else None
        if isinstance(value, Many):
            words = [one.value for one in value.items if isinstance(one, Known)]
            return Each(words) if len(words) == len(value.items) else None
        return value if isinstance(value, Stored) else None

    # Expressions

    def value(self, node):
        self.nodes += 1
        if node is None or self.nodes > MOST_NODES:
            return None
        kind = getattr(self, f"of_{type(node).__name__}", None)
        if kind:
            return kind(node)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.value(child)
        return None

    def of_Constant(self, node):
        return Known(node.value)

    def of_Name(self, node):
        names, found, _ = self.scopes[-1]
        if node.id in names:
            return names[node.id]
        if node.id in found:
            return Known(found[node.id])
        return Known(getattr(builtins, node.id)) if hasattr(builtins, node.id) else None

    def of_Attribute(self, node):
        of = self.value(node.value)
        if isinstance(of, Known):
            sent = calls.part_of_request(self, of.value, node.attr)
            if sent:
                return sent
            found = attribute_of(of.value, node.attr)
            return Bound(node.attr, of) if found is None else found
        if isinstance(of, Sent):
            if of.where == "request" and node.attr == "method":
                return Known(self.method)
            if of.where == "request" or node.attr in calls.METHODS_OF_SENT:
                return calls.part_of_asked(node.attr) or Bound(node.attr, of)
            # A model of the body has its parts as attributes.
            return self.read(of, [node.attr])
        return Bound(node.attr, of)

    def of_Subscript(self, node):
        of, index = self.value(node.value), self.value(node.slice)
        if isinstance(of, Sent):
            if isinstance(index, Known) and isinstance(index.value, str):
                return self.read(of, [index.value])
            return self.read(of, index.values) if isinstance(index, Each) else None
        if isinstance(of, Stored) and isinstance(index, Known) and isinstance(index.value, str):
            return Stored(of.db, index.value)
        if isinstance(of, Known) and isinstance(index, Fields) and isinstance(of.value, dict):
            tests.one_of(index, of.value)
        return of if isinstance(of, Stored) else None

    def of_Call(self, node):
        callee = self.value(node.func)
        given = [self.value(one) for one in node.args]
        named = {one.arg: self.value(one.value) for one in node.keywords}
        return calls.call(self, callee, given, named)

    def of_Compare(self, node):
        sides = [self.value(one) for one in [node.left, *node.comparators]]
        for left, operator, right in zip(sides, node.ops, sides[1:]):
            tests.compare(self, left, operator, right)
        return None

    def of_UnaryOp(self, node):
        if isinstance(node.op, ast.Not) and self.refuses is not None:
            self.refuses = not self.refuses
            self.value(node.operand)
            self.refuses = not self.refuses
            return None
        value = self.value(node.operand)
        if isinstance(node.op, ast.USub) and isinstance(value, Known) and isinstance(value.value, (int, float)):
            return Known(-value.value)
        return None

    def of_BoolOp(self, node):
        values = [self.value(one) for one in node.values]
        return next((one for one in values if isinstance(one, (Sent, Fields))), None)

    def of_IfExp(self, node):
        self.value(node.test)
        values = [self.value(node.body), self.value(node.orelse)]
        return next((one for one in values if isinstance(one, (Sent, Fields, Stored))), None)

    def of_NamedExpr(self, node):
        value = self.value(node.value)
        self.bind(node.target, value)
        return value

    def of_Await(self, node):
        return self.value(node.value)

    def of_Tuple(self, node):
        return self.of_List(node)

    def of_Set(self, node):
        return self.of_List(node)

    def of_List(self, node):
        items = [self.value(one) for one in node.elts]
        if items and all(isinstance(one, Known) for one in items):
            return Known([one.value for one in items])
        return Many(items)

    def of_ListComp(self, node):
        for one in node.generators:
            self.bind(one.target, self.item_of(self.value(one.iter)))
            for test in one.ifs:
                self.value(test)
        value = self.value(node.elt)
        return value if isinstance(value, Stored) else None

    def of_GeneratorExp(self, node):
        return self.of_ListComp(node)

    def of_SetComp(self, node):
        return self.of_ListComp(node)

    def of_Lambda(self, node):
        return None
