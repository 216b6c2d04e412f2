"""The functions that checks of access consist of, and noting which of them a request asks."""

from contextlib import ExitStack, contextmanager
from functools import cache
from types import FunctionType

from partnerships.granting import people
from partnerships.standing import Standing
from partnerships.story.kinds import KINDS
from tests.access import planting
from tests.access.planting import of_act, of_kind


@cache
def checks():
    """Every function that a check of access consists of, by its name."""
    return planting.named(planting.CHECKS)


@cache
def noted():
    """Every function of which it is noted that a request asks it: checks, what refuses by one, and what looks up."""
    return {**checks(), **planting.guards(), **planting.named(planting.lookups())}


@contextmanager
def recorded():
    """Which checks are called while the block runs; each does what it does otherwise."""
    called, before = set(), {}
    for name, function in noted().items():
        before[name], noting = _noting(name)
        function.__globals__["__called__"] = called
        function.__code__ = noting
    try:
        yield called
    finally:
        for name, function in noted().items():
            function.__code__ = before[name]


@cache
def _noting(name):
    """The code of the check ``name``, and code that notes that it is called and then does the same."""
    function = noted()[name]
    original = FunctionType(
        function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
    )
    original.__kwdefaults__ = function.__kwdefaults__
    function.__globals__.setdefault("__originals__", {})[name] = original
    namespace = {}
    source = f"def noted(*a, **k):\n    __called__.add({name!r})\n    return __originals__[{name!r}](*a, **k)"
    exec(source, function.__globals__, namespace)
    return function.__code__, namespace["noted"].__code__.replace(co_freevars=function.__code__.co_freevars)


@contextmanager
def acts_noted(called):
    """Notes in ``called`` of which acts it is asked, while the block runs, how far they reach or who may do them."""
    reach, who_may = Standing.reach, people.who_may

    def noted_reach(self, one):
        called.add(of_act(one))
        return reach(self, one)

    def noted_who_may(one, *args, **kwargs):
        called.add(of_act(one))
        return who_may(one, *args, **kwargs)

    Standing.reach, people.who_may = noted_reach, noted_who_may
    try:
        yield
    finally:
        Standing.reach, people.who_may = reach, who_may


@contextmanager
def kinds_noted(called):
    """Notes in ``called`` of which kinds things are looked up for the history while the block runs."""

    def noting(kind):
        visible = kind.visible

        def noted_visible(user):
            called.add(of_kind(kind.label))
            return visible(user)

        return planting.seen_by(kind, noted_visible)

    with ExitStack() as stack:
        for kind in KINDS.values():
            if kind.visible is not None:
                stack.enter_context(noting(kind))
        yield
