"""A fault in a check is a fault of ours and never an open door: whatever breaks, nothing more is shown or done."""

import importlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import FunctionType

import pytest
from django.db import OperationalError, transaction

from tests.access import planting, walking
from tests.access import world as worlds
from tests.access.walking import address, ask
from tests.access.world import CASES, MAY_READ

pytestmark = [pytest.mark.django_db, pytest.mark.prove]
MARK = b"canary-stack"


def raises(*args, **kwargs):
    raise RuntimeError("canary-stack: the check is broken")


def answers_nothing(*args, **kwargs):
    return None


def times_out(*args, **kwargs):
    raise OperationalError("canary-stack: canceling statement due to statement timeout")


FAULTS = (raises, answers_nothing, times_out)
ROLES = ("member", "team", "excluded member", "other group")


@cache
def checks():
    """Every function that a check of access consists of, by its name."""
    found = {}
    for name in planting.CHECKS:
        module_name, _, within = name.partition(":")
        for function in planting.functions(importlib.import_module(module_name), within):
            found[f"{module_name}.{function.__qualname__}"] = function
    return found


@contextmanager
def broken(function, fault):
    """``function`` does what ``fault`` does, wherever it was imported to."""
    before = function.__code__
    function.__globals__.setdefault("OperationalError", OperationalError)
    function.__code__ = fault.__code__.replace(co_freevars=before.co_freevars)
    try:
        yield
    finally:
        function.__code__ = before


@contextmanager
def recorded():
    """Which checks are called while the block runs; each does what it does otherwise."""
    called, before = set(), {}
    for name, function in checks().items():
        original = FunctionType(
            function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
        )
        original.__kwdefaults__ = function.__kwdefaults__
        function.__globals__.update(__called__=called)
        function.__globals__.setdefault("__originals__", {})[name] = original
        namespace = {}
        source = f"def noted(*a, **k):\n    __called__.add({name!r})\n    return __originals__[{name!r}](*a, **k)"
        exec(source, function.__globals__, namespace)
        before[name] = function.__code__
        function.__code__ = namespace["noted"].__code__.replace(co_freevars=function.__code__.co_freevars)
    try:
        yield called
    finally:
        for name, function in checks().items():
            function.__code__ = before[name]


@dataclass(frozen=True)
class Visit:
    """One request of one role that asks a check, with what it shows and does while nothing is broken."""

    role: str
    case: object
    method: str
    outcome: str
    canaries: frozenset

    def __str__(self):
        return f"{self.method} {self.case.route} ({self.case.on}) as {self.role}"


class House:
    """The world, its visitors, and which of their requests ask which check."""

    def __init__(self):
        self.world = worlds.build()
        self.clients = {role: walking.visitor(self.world, role) for role in ROLES}
        self.asking = {name: [] for name in checks()}
        for role in ROLES:
            for case in CASES:
                for method in ("GET", "POST"):
                    self._note(role, case, method)

    def _note(self, role, case, method):
        planting.forget_prepared()
        with recorded() as called:
            asked = self.ask(role, case, method)
        visit = Visit(role, case, method, asked.outcome, canaries_in(asked))
        for name in called:
            self.asking[name].append(visit)

    def ask(self, role, case, method):
        data = {"data": case.send(self.world)} if method == "POST" else {}
        return ask(self.clients[role], method, address(case, self.world), **data)

    def telling(self, name, number):
        """Of the requests that ask the check, so many of each kind: such that show or do something, and such not."""
        showing = [visit for visit in self.asking[name] if visit.canaries or visit.outcome == "act"]
        refused = [visit for visit in self.asking[name] if not (visit.canaries or visit.outcome == "act")]
        return [visit for visits in (showing, refused) for visit in visits[:: max(1, len(visits) // number)][:number]]


def canaries_in(asked):
    return frozenset(canary for canary in MAY_READ if canary.encode() in asked.content)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield House()
        transaction.set_rollback(True)


def opened_by(house, function, fault, visits):
    """What a broken check shows or does more than a whole one, or tells of the fault itself."""
    opened = []
    for visit in visits:
        planting.forget_prepared()
        with broken(function, fault):
            asked = house.ask(visit.role, visit.case, visit.method)
        planting.forget_prepared()
        if canaries_in(asked) - visit.canaries:
            opened.append(f"{visit} shows more")
        if asked.outcome == "act" and visit.outcome != "act":
            opened.append(f"{visit} does more")
        if MARK in asked.content or b"Traceback" in asked.content:
            opened.append(f"{visit} shows the fault")
        if asked.status == 500 and canaries_in(asked):
            opened.append(f"{visit} shows content on a page of errors")
    return opened


def test_every_check_is_asked_by_some_request(house):
    assert [name for name, visits in house.asking.items() if not visits] == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_no_check_that_breaks_opens_anything(house, fault, caplog):
    caplog.set_level("CRITICAL")
    opened = []
    for name, function in checks().items():
        opened += opened_by(house, function, fault, house.telling(name, 1))
    assert opened == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("name", checks())
def test_none_of_the_requests_that_ask_a_broken_check_gets_through(house, name, fault, caplog):
    caplog.set_level("CRITICAL")
    assert opened_by(house, checks()[name], fault, house.telling(name, 40)) == []
