"""
A fault in a check is a fault of ours and never an open door: whatever breaks, nothing more is shown or done.

Every function that decides about access is broken in three ways, one at a time, under requests that ask it. What those
requests show and do is held against what they showed and did while nothing was broken.
"""

import itertools
from contextlib import contextmanager
from dataclasses import dataclass
from types import FunctionType

import pytest
from django.db import OperationalError, transaction

from meetings import access
from meetings.models import Meeting
from mktogether.lib.verdict import ALLOWED
from partnerships.granting import subjects
from partnerships.standing import Reach
from tests.access import walking
from tests.access import world as worlds
from tests.access.planting import forget_prepared
from tests.access.recording import checks, recorded
from tests.access.walking import address, ask
from tests.access.world import CASES, MAY_READ

pytestmark = pytest.mark.django_db
MARK = b"canary-stack"
# Beside the checks in which holes are planted: what these stand on.
FURTHER = (
    "mktogether.lib.prepared:Prepared.__call__",
    "partnerships.granting.keeping",
    "partnerships.granting.rules",
    "partnerships.granting.sight",
    "partnerships.leaving.rules:may_end",
    "partnerships.models.grants:ExclusionQuerySet.seen_by",
    "partnerships.models.grants:GrantQuerySet.seen_by",
    "partnerships.models.grounds:grounded",
    "partnerships.standing:Reach.of",
    "partnerships.standing:Standing.opens",
    "partnerships.standing:Standing.reach",
    "partnerships.standing:Standing.reads",
    "partnerships.standing:Standing._reaches",
    "partnerships.story.kinds",
    "partnerships.story.sight",
    "records.access:confirmed_lately",
    "records.middleware:DeclaredAccessMiddleware.process_view",
    "reviews.access",
    "reviews.models.cases:CaseQuerySet.seen_by",
)


# No request of the walk asks these, each for the reason beside it.
ASKED_ELSEWHERE = {
    "meetings.models.meeting.PartOfAMeeting.seen_by": "what pages show of a meeting is found by the meeting",
    "meetings.replying.deputy_links.links_for": "only when mail is made",
    "meetings.replying.links.links_for": "only when mail is made",
    "partnerships.granting.actions.auditing.may_audit": "only by the scrutineer",
    "partnerships.granting.keeping.is_of_team": "only where a lead is proposed",
    "partnerships.granting.rules.may_open_in_emergency": "only of what somebody sees and does not read",
    "partnerships.story.kinds._grant": "the words of a name",
    "partnerships.story.kinds.on_board": "only where a search is narrowed to a board",
    "partnerships.story.kinds.register": "when the portal starts",
    "partnerships.story.kinds.register_all": "when the portal starts",
    "partnerships.story.sight.searched": "only by the information governance lead",
    "records.access._refuse_who_cannot": "only of an account without a password",
    "records.jobs.may_follow": "only when work is done",
    "reports.access.register": "when the portal starts",
    "reviews.access.register": "when the portal starts",
    "reviews.models.audits.AuditedCaseQuerySet.seen_by": "only by the scrutineer",
    "reviews.models.counts.YearCountQuerySet.seen_by": "a report holds them whole",
    "reviews.models.panels.CorrectionQuerySet.seen_by": "a page shows those of a decision that was found",
}


def raises(*args, **kwargs):
    raise RuntimeError("canary-stack: the check is broken")


def answers_nothing(*args, **kwargs):
    return None


def times_out(*args, **kwargs):
    raise OperationalError("canary-stack: canceling statement due to statement timeout")


FAULTS = (raises, answers_nothing, times_out)
# In short: fewer people and addresses.
HOUSES = {
    "some": {"roles": ("member", "other group"), "cases": CASES[::6]},
    "whole": {"roles": ("member", "team", "case lead", "excluded member", "other group", "public"), "cases": CASES},
}
in_short = pytest.mark.parametrize("house", ["some"], indirect=True)
at_length = pytest.mark.parametrize("house", ["whole"], indirect=True)


# --- Breaking a check -------------------------------------------------------------------------------------------------


@contextmanager
def running(function, code):
    """``function`` runs ``code``, wherever it was imported to, and prepared SQL is built anew before and after."""
    before = function.__code__
    forget_prepared()
    function.__code__ = code.replace(co_freevars=before.co_freevars)
    try:
        yield
    finally:
        function.__code__ = before
        forget_prepared()


@contextmanager
def broken(function, fault):
    """``function`` does what ``fault`` does."""
    function.__globals__.setdefault("OperationalError", OperationalError)
    with running(function, fault.__code__):
        yield


def as_it_was(function):
    """A copy of ``function`` that goes on doing what it does now."""
    copied = FunctionType(
        function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
    )
    copied.__kwdefaults__ = function.__kwdefaults__
    return copied


def code_of(function, source):
    """The code of the function that ``source`` defines, for ``function``, whose globals it will see."""
    namespace = {}
    exec(source, function.__globals__, namespace)
    return next(iter(namespace.values())).__code__


@contextmanager
def careless(function, answer):
    """``function`` answers ``answer`` where something beneath it fails: a check that fails open."""
    function.__globals__.update(__as_it_was__=as_it_was(function), __careless__=answer)
    source = (
        "def fails_open(*a, **k):\n"
        "    try:\n        return __as_it_was__(*a, **k)\n"
        "    except Exception:\n        return __careless__"
    )
    with running(function, code_of(function, source)):
        yield


# --- Asking -----------------------------------------------------------------------------------------------------------


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

    @property
    def opens_something(self):
        return bool(self.canaries) or self.outcome == "act"


class House:
    """The world, its visitors, and which of their requests ask which check."""

    def __init__(self, roles, cases):
        self.world = worlds.build()
        self.clients = {role: walking.visitor(self.world, role) for role in roles}
        self.asking = {name: [] for name in checks()}
        with recorded() as called:
            for role in roles:
                for case in cases:
                    for method in ("GET", "POST"):
                        self._note(role, case, method, called)

    def _note(self, role, case, method, called):
        called.clear()
        forget_prepared()
        asked = self.ask(role, case, method, self.sent(case, method))
        visit = Visit(role, case, method, asked.outcome, canaries_in(asked))
        for name in called & self.asking.keys():  # and not whatever refuses by them
            self.asking[name].append(visit)

    def sent(self, case, method):
        """What the form sends, made while nothing is broken: to make it may ask what is then broken."""
        return {"data": case.send(self.world)} if method == "POST" else {}

    def ask(self, role, case, method, sent):
        return ask(self.clients[role], method, address(case, self.world), **sent)

    def telling(self, name, number):
        """Of the requests that ask the check, so many of each kind: such that show or do something, and such not."""
        showing = [visit for visit in self.asking[name] if visit.opens_something]
        refused = [visit for visit in self.asking[name] if not visit.opens_something]
        return [visit for visits in (showing, refused) for visit in visits[:: max(1, len(visits) // number)][:number]]


def canaries_in(asked):
    return frozenset(canary for canary in MAY_READ if canary.encode() in asked.content)


def opened_by(house, function, fault, visits):
    """What a broken check shows or does more than a whole one, or tells of the fault itself."""
    sent = [(visit, house.sent(visit.case, visit.method)) for visit in visits]
    with broken(function, fault):
        return [
            f"{visit} {what}"
            for visit, form in sent
            for what in _more_than(visit, house.ask(visit.role, visit.case, visit.method, form))
        ]


def _more_than(visit, asked):
    if any(visit.role not in MAY_READ[canary] for canary in canaries_in(asked) - visit.canaries):
        yield "shows more"  # a form that comes back with its error shows what this person may read
    # What was tried before a page of errors was taken back with its transaction.
    if asked.outcome == "act" and asked.status < 500 and visit.outcome != "act":
        yield "does more"
    if MARK in asked.content or b"Traceback" in asked.content:
        yield "shows the fault"
    if asked.status == 500 and canaries_in(asked):
        yield "shows content on a page of errors"


@pytest.fixture(scope="module")
def house(request, django_db_setup, django_db_blocker):
    """
    Some people at some addresses, or more people at every address.

    One fixture of two, so that the one is taken down before the other is built: there is room for one world at a time.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield House(**HOUSES[request.param])
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def quiet(caplog):
    """A page of errors is what is wanted here; the log need not keep thousands of them."""
    caplog.set_level("CRITICAL")


# --- What must hold ---------------------------------------------------------------------------------------------------


@in_short
def test_no_check_that_breaks_opens_anything(house):
    """In short: each check in one of the three ways."""
    opened = []
    for (name, function), fault in zip(checks().items(), itertools.cycle(FAULTS), strict=False):
        opened += [f"{name}: {what}" for what in opened_by(house, function, fault, house.telling(name, 1))]
    assert opened == []


@in_short
def test_a_check_that_fails_open_is_found(house):
    """The negative control."""
    live = [visit for visit in house.asking["meetings.access.may_record"] if visit.role == "member"]
    with careless(access.may_record, ALLOWED):
        assert opened_by(house, Reach.to_body, raises, live) != []
    assert opened_by(house, Reach.to_body, raises, live) == []


@in_short
def test_a_page_that_shows_the_fault_is_found(house, settings):
    """The same for pages of errors: those of somebody who develops the portal tell everything."""
    visits = house.telling("partnerships.standing.standing_of", 1)
    settings.DEBUG = True
    assert [told for told in opened_by(house, access.standing_of, raises, visits) if "shows the fault" in told]


def test_where_the_no_of_a_check_opens_something_no_answer_is_not_a_no():
    """Emergency access is for those who do not read it already."""
    with broken(access.may_read_confidential, answers_nothing), pytest.raises(AttributeError):
        subjects.of(Meeting()).reads(None, Meeting())


@pytest.mark.prove
@at_length
def test_every_check_is_asked_by_some_request(house):
    unasked = {name for name, visits in house.asking.items() if not visits}
    assert sorted(unasked - set(ASKED_ELSEWHERE)) == []


@pytest.mark.prove
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("name", checks())
@at_length
def test_none_of_the_requests_that_ask_a_broken_check_gets_through(house, name, fault):
    assert opened_by(house, checks()[name], fault, house.telling(name, 4)) == []
