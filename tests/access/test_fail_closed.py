"""A fault in a check is a fault of ours and never an open door: whatever breaks, nothing more is shown or done."""

from dataclasses import dataclass

import pytest
from django.db import OperationalError, transaction

from tests.access import planting, walking
from tests.access import world as worlds
from tests.access.recording import broken, checks, recorded
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
