"""A group with terms of reference, three places, and a meeting before and after a day."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests.factories import (
    AgencyFactory,
    AnotherAreaFactory,
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    MeetingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)

RULES = "quorum: one from each of MKCC, TVP\ndeputies: count and vote\nvotes: not stated"


@pytest.fixture
def review(db):
    """The Review group of council, police and a councillor; the police have a deputy."""
    body = BodyFactory(name="Review", slug="review")
    terms = TermsOfReferenceFactory(
        body=body, rules=RULES, meetings_a_year=6, months=[7, 11, 3], papers_working_days=5, notes=["Silent on papers."]
    )
    council, police = AgencyFactory(short_name="MKCC"), AgencyFactory(short_name="TVP", classes=["police"])
    adults = AppointmentFactory(
        seat=SeatFactory(body=body, agency=council, title="Head of Adults"),
        person__post="Head of Adults",
        with_account=True,
    )
    member = AppointmentFactory(
        seat=SeatFactory(body=body, agency=council, title="Councillor", classes=["councillor"]),
        person__post="Councillor",
    )
    commander = AppointmentFactory(
        seat=SeatFactory(body=body, agency=police, title="Commander"), person__post="Commander", with_account=True
    )
    NamedDeputyFactory(seat=commander.seat, person__post="Deputy Commander", person__with_account=True)
    chair = ChairingFactory(body=body, person=commander.person).person.user
    return SimpleNamespace(body=body, terms=terms, adults=adults, member=member, commander=commander, chair=chair)


@pytest.fixture
def first_day():
    return timezone.localdate() + dt.timedelta(days=30)


@pytest.fixture
def meetings(review, first_day):
    """A meeting the day before, one on the day, one after it, and one that was cancelled."""
    noon = timezone.make_aware(dt.datetime.combine(first_day, dt.time(12)))
    day = dt.timedelta(days=1)
    before, on, after = (MeetingFactory(body=review.body, starts_at=at) for at in (noon - day, noon, noon + 30 * day))
    MeetingFactory(body=review.body, starts_at=noon + day, cancelled=True)
    return SimpleNamespace(before=before, on=on, after=after)


@pytest.fixture
def typed(first_day):
    """What the form of a new version sends."""

    def form(**values):
        day = {"starts_on_0": first_day.day, "starts_on_1": first_day.month, "starts_on_2": first_day.year}
        return {"edition": "Handbook of 2027", "rules": RULES, **day} | values

    return form


@pytest.fixture
def team(db):
    return OfficeFactory(kind="team").person.user


@pytest.fixture
def scrutineer(db):
    return OfficeFactory(scrutineer=True).person.user


@pytest.fixture
def outsider(db):
    """Somebody of the team of another area."""
    return OfficeFactory(kind="team", person__area=AnotherAreaFactory()).person.user
