"""A group that reports to a partnership: who proposes, who approves, who is let in, and an item to be let in to."""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from partnerships.granting import actions
from tests.factories import (
    AgendaItemFactory,
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    MeetingFactory,
    OfficeFactory,
    PersonFactory,
    SeatFactory,
)

LONDON = ZoneInfo("Europe/London")
WEEK = dt.timedelta(days=7)


def london(*parts):
    """The moment at which clocks in London show this."""
    return dt.datetime(*parts, tzinfo=LONDON)


@pytest.fixture
def at(monkeypatch):
    """Let it be a certain moment for the portal."""

    def be(moment):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment.astimezone(dt.UTC))
        return moment

    return be


def fresh(user):
    """The account as the next request has it: what it holds is asked for again."""
    return get_user_model().objects.get(pk=user.pk)


@pytest.fixture
def people(db):
    """Everybody whom the rules of access name."""
    partnership = BodyFactory(partnership=True)
    review = BodyFactory(name="Review", slug="review", reports_to=partnership)
    meeting = MeetingFactory(body=review, place="Room 1")
    item = AgendaItemFactory(meeting=meeting, number=1, title="Two rapid reviews", lead="Chair")
    secret = AgendaItemFactory(meeting=meeting, number=2, title="Heron matter", confidential=True)
    return SimpleNamespace(
        partnership=partnership,
        review=review,
        meeting=meeting,
        item=item,
        secret=secret,
        chair=ChairingFactory(body=review, with_account=True).person,
        vice=ChairingFactory(body=review, vice=True, with_account=True).person,
        member=AppointmentFactory(seat=SeatFactory(body=review), with_account=True).person,
        team=OfficeFactory().person,
        colleague=OfficeFactory().person,
        second=ChairingFactory(body=partnership, with_account=True).person,
        scrutineer=OfficeFactory(scrutineer=True).person,
        lead_partner=OfficeFactory(lead_partner=True).person,
        governance=OfficeFactory(information_governance=True).person,
        guest=PersonFactory(with_account=True, post="Author of the paper"),
    )


@pytest.fixture
def propose(people):
    """Propose that the guest presents the item; give what is to be different."""

    def propose(**more):
        given = {
            "kind": "presenter",
            "thing": people.item,
            "person": people.guest,
            "by": fresh(people.chair.user),
            "second": people.second,
            "reason": "Wrote the paper.",
            "until": timezone.now() + WEEK,
        } | more
        kind, thing, person = given.pop("kind"), given.pop("thing"), given.pop("person")
        return actions.propose_grant(kind, thing, person, **given)

    return propose


@pytest.fixture
def ask(people):
    """The scrutineer asks for emergency access to the confidential part of the meeting."""

    def ask(**more):
        given = {
            "thing": people.meeting,
            "by": fresh(people.scrutineer.user),
            "second": people.second,
            "reason": "An inspector asks today.",
        } | more
        return actions.ask_for_emergency(given.pop("thing"), **given)

    return ask
