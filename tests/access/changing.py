"""
Code with one piece of it changed, in the running process: a condition turned, half of it left out, a filter widened.

What of the portal is changed, and what should notice it, planting.py says.
"""

import ast
import contextlib
import copy
import inspect
import textwrap
from functools import partial
from types import SimpleNamespace

from partnerships.granting.subjects import Subject


def changed(function, ways):
    """The function's source as trees, each with one piece of it changed, and what was changed in words."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    nodes = list(ast.walk(tree))
    for index, node in enumerate(nodes):
        for words, change in _changes(node, ways):
            changed = copy.deepcopy(tree)
            change(list(ast.walk(changed))[index], changed)
            piece = " ".join(ast.unparse(node).split())[:60]
            yield f"{words} in “{piece}”", ast.fix_missing_locations(changed)


def _changes(node, ways):
    """The ways in which a piece of code can be weakened; each changes the same piece of a copy."""
    for kinds, of_kind in ways:
        if isinstance(node, kinds):
            yield from of_kind(node)


def _conditions(node):
    for value in (True, False):
        yield f"always {value}", lambda n, _t, value=value: setattr(n, "test", ast.Constant(value))


def _parts(node):
    for position in range(len(node.values)):
        yield f"part {position} left out", lambda n, _t, p=position: n.values.pop(p) and _single(n)


def _comparisons(node, others):
    for operator in others.get(type(node.ops[0]), ()):
        yield f"{operator.__name__}", lambda n, _t, o=operator: n.ops.__setitem__(0, o())


def _combinations(node):
    if isinstance(node.op, (ast.BitAnd, ast.BitOr, ast.Sub)):
        other = ast.BitOr if isinstance(node.op, ast.BitAnd) else ast.BitAnd
        yield f"{other.__name__}", lambda n, _t, o=other: setattr(n, "op", o())


def _is_filter(node):
    return isinstance(node.func, ast.Attribute) and node.func.attr in {"filter", "exclude"}


def _filters(node):
    if _is_filter(node):
        yield "left out", _without_call
        for position in range(len(node.args)):
            yield f"condition {position} left out", lambda n, _t, p=position: n.args.pop(p)
        for position in range(len(node.keywords)):
            yield f"{node.keywords[position].arg} left out", lambda n, _t, p=position: n.keywords.pop(p)


def _refusals(node):
    if isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "refused":
        yield "allowed instead", lambda n, _t: setattr(n, "value", ast.Name("ALLOWED", ast.Load()))


def _statements(node):
    if isinstance(node.value, ast.Call):
        yield "not done", lambda n, _t: setattr(n, "value", ast.Constant(None))


def _sums(node):
    if isinstance(node.op, (ast.Add, ast.Sub, ast.Mult)):
        other = ast.Sub if isinstance(node.op, ast.Add) else ast.Add
        yield f"{other.__name__}", lambda n, _t, o=other: setattr(n, "op", o())


def _negations(node):
    if isinstance(node.op, ast.Not):
        yield "not not", lambda n, _t: setattr(n, "operand", ast.UnaryOp(ast.Not(), n.operand))


def _numbers(node):
    if type(node.value) is int:
        yield f"{node.value + 1}", lambda n, _t: setattr(n, "value", n.value + 1)


def _results(node):
    if node.value is not None and not isinstance(node.value, ast.Constant):
        yield "nothing instead", lambda n, _t: setattr(n, "value", ast.Constant(None))


def _arguments(node):
    for position in range(len(node.keywords)):
        if node.keywords[position].arg and not _is_filter(node):  # of filters they are conditions, see there
            yield f"without {node.keywords[position].arg}", lambda n, _t, p=position: n.keywords.pop(p)


ORDERS = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
}
TURNED = {
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
# What is changed of a check.
WAYS = (
    ((ast.If, ast.IfExp), _conditions),
    (ast.BoolOp, _parts),
    (ast.Compare, partial(_comparisons, others=TURNED)),
    (ast.BinOp, _combinations),
    (ast.Call, _filters),
    (ast.Return, _refusals),
)
# What is changed beside that in code that decides about no access.
WAYS_OF_ALL_CODE = (
    (ast.Expr, _statements),
    (ast.Compare, partial(_comparisons, others=ORDERS)),
    (ast.BinOp, _sums),
    (ast.UnaryOp, _negations),
    (ast.Constant, _numbers),
    (ast.Return, _results),
    (ast.Call, _arguments),
)


# By what rows are looked up for somebody.
SCOPES = ("visible_to", "in_making", "with_confidential_part_for", "receipts_of")


def _scopes(node):
    if node.attr in SCOPES:
        whole = ast.Name("__whole__", ast.Load())
        yield "forgets whom it is for", lambda n, _t: setattr(n, "value", ast.Call(whole, [n.value], []))


# What is changed of a look-up for somebody; the code runs with ``forgetting``.
WAY_TO_FORGET = ((ast.Attribute, _scopes),)


def _single(node):
    if len(node.values) == 1:
        node.values.append(node.values[0])


def _without_call(node, tree):
    """``rows.filter(…)`` becomes ``rows``."""
    receiver = node.func.value
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, field, receiver)
            elif isinstance(value, list) and node in value:
                value[value.index(node)] = receiver


@contextlib.contextmanager
def running(function, tree):
    """The function runs the code of ``tree``, wherever it was imported to."""
    before = function.__code__
    namespace = {}
    tree.body[0].decorator_list = []
    wrapped = tree
    if before.co_freevars:  # a method that speaks of its class needs a place to find it
        names = "\n".join(f"    {name} = None" for name in before.co_freevars)
        outer = ast.parse(f"def outer():\n{names}\n    return None")
        outer.body[0].body.insert(-1, tree.body[0])
        wrapped = ast.fix_missing_locations(outer)
    exec(compile(wrapped, "<hole>", "exec"), dict(function.__globals__), namespace)
    code = next(
        const
        for const in _consts(next(iter(namespace.values())).__code__)
        if const.co_name == before.co_name and const.co_freevars == before.co_freevars
    )
    function.__code__ = code
    try:
        yield
    finally:
        function.__code__ = before


@contextlib.contextmanager
def forgetting(function, tree):
    """The same, where the code looks things up and forgets whom for."""
    function.__globals__["__whole__"] = _whole
    with running(function, tree):
        yield


def _whole(rows):
    """Such as asked by any of SCOPES are all of ``rows``, whoever asks."""
    return SimpleNamespace(**dict.fromkeys(SCOPES, lambda _reader: everything(rows)))


def everything(rows):
    """All of ``rows``: scoped ones, those of people, which need no scope, or the things of a kind."""
    if isinstance(rows, Subject):
        return everything(rows.model._default_manager).select_related(*rows.related)
    return rows.regardless("planted") if hasattr(rows, "regardless") else rows.all()


def _consts(code):
    yield code
    for const in code.co_consts:
        if inspect.iscode(const):
            yield from _consts(const)
