"""Whatever somebody holds: an exclusion hides its thing, and a grant shows its thing and nothing beside it."""

import contextlib

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.models import Action, AgendaItem, Decision, Meeting
from meetings.sight import sight_of
from partnerships.models import Chairing, Office
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    DecisionFactory,
    ExclusionFactory,
    GrantFactory,
    MeetingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    PersonFactory,
    SeatFactory,
)
from tests.partnerships.granting.conftest import fresh

BODIES = st.sampled_from(["partnership", "review", "other"])
HOLDINGS = st.one_of(
    st.tuples(st.just("member"), BODIES),
    st.tuples(st.just("deputy"), BODIES),
    st.tuples(st.just("chairing"), BODIES, st.sampled_from(Chairing.Part.values)),
    st.tuples(st.just("office"), st.sampled_from(Office.Kind.values)),
)
GRANTS = st.one_of(
    st.tuples(st.just("presenter"), st.integers(0, 5)),
    st.tuples(st.just("lay member"), BODIES),
    st.tuples(st.just("democratic services"), BODIES),
    st.tuples(st.just("emergency"), st.integers(0, 2)),
)
MODELS = (Meeting, AgendaItem, Decision, Action)
property_test = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


class World:
    """Three boards with a meeting each, an ordinary and a confidential item at each, and what came of them."""

    def __init__(self):
        self.partnership = BodyFactory(partnership=True)
        self.review = BodyFactory(reports_to=self.partnership)
        self.other = BodyFactory()
        self.meetings = [MeetingFactory(body=body) for body in (self.partnership, self.review, self.other)]
        self.items = [
            AgendaItemFactory(meeting=meeting, number=number, confidential=number == 2)
            for meeting in self.meetings
            for number in (1, 2)
        ]
        owner = PersonFactory()
        for item in self.items:
            DecisionFactory(item=item)
            ActionFactory(body=item.meeting.body, meeting=item.meeting, item=item, owner=owner)
        self.person = PersonFactory(with_account=True)

    def hold(self, what, *more):
        """Let the person hold something; one member and one chair at a time, so that nothing overlaps."""
        if what == "office":
            OfficeFactory(kind=more[0], person=self.person)
            return
        body = getattr(self, more[0])
        if what == "chairing":
            if not Chairing.objects.filter(body=body, part=more[1]).exists():
                ChairingFactory(body=body, part=more[1], person=self.person)
            return
        factory = AppointmentFactory if what == "member" else NamedDeputyFactory
        factory(seat=SeatFactory(body=body), person=self.person)

    def thing_of(self, kind, which):
        if kind == "presenter":
            return self.items[which]
        return self.meetings[which] if kind == "emergency" else getattr(self, which)

    def grant(self, kind, which):
        GrantFactory(kind=kind, thing=self.thing_of(kind, which), person=self.person, emergency=kind == "emergency")

    def seen(self):
        """What the person sees now, by model."""
        user = fresh(self.person.user)
        return {model: set(model.objects.visible_to(user)) for model in MODELS}


@pytest.fixture
def world(db):
    return World()


@contextlib.contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@property_test
@given(
    holdings=st.lists(HOLDINGS, max_size=4),
    grants=st.lists(GRANTS, max_size=3),
    excluded=st.sets(st.integers(0, 5), min_size=1, max_size=4),
)
def test_what_somebody_is_excluded_from_is_never_seen(world, holdings, grants, excluded):
    with taken_back():
        for holding in holdings:
            world.hold(*holding)
        for grant in grants:
            world.grant(*grant)
        before = world.seen()
        out = [world.items[number] for number in excluded]
        for item in out:
            ExclusionFactory(thing=item, person=world.person)
        seen = world.seen()
        assert seen[AgendaItem] == before[AgendaItem] - set(out)
        for model in (Decision, Action):
            assert seen[model] == {row for row in before[model] if row.item not in out}
        assert seen[Meeting] == before[Meeting], "the meeting itself is still there"
        user = fresh(world.person.user)
        for meeting in seen[Meeting]:
            sight = sight_of(user, meeting)
            shown = {item for item in world.items if item.meeting == meeting and sight.shows(item)}
            assert not shown & set(out)


def within(world, kind, which):
    """What a grant lets see, at most."""
    thing = world.thing_of(kind, which)
    if kind == "presenter":
        return {Meeting: set(), AgendaItem: {thing}, Decision: set(thing.decisions.all()), Action: set()}
    meetings = {thing} if kind == "emergency" else set(thing.meetings.all())
    items = {item for item in world.items if item.meeting in meetings}
    if kind == "lay member":
        items = {item for item in items if not item.confidential}
    return {
        Meeting: meetings,
        AgendaItem: items,
        Decision: set(Decision.objects.filter(item__in=items)),
        Action: set(Action.objects.filter(item__in=items)),
    }


@property_test
@given(holdings=st.lists(HOLDINGS, max_size=3), grant=GRANTS)
def test_a_grant_shows_its_thing_and_never_widens_beyond_it(world, holdings, grant):
    with taken_back():
        for holding in holdings:
            world.hold(*holding)
        before = world.seen()
        world.grant(*grant)
        after, let_in = world.seen(), within(world, *grant)
        for model in MODELS:
            assert before[model] <= after[model]
            assert after[model] <= before[model] | let_in[model]
            assert let_in[model] <= after[model]
