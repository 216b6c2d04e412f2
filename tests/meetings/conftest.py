"""A working group as the Handbook has them: council, health and police each needed, one place with a deputy."""

from types import SimpleNamespace

import pytest

from meetings import actions
from tests.factories import (
    AgencyFactory,
    AgendaItemFactory,
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    MeetingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)

ONE_FROM_EACH = "quorum: one from each of MKCC, BLMK ICB, TVP"


def place(body, agency, title, **seat):
    """A place with its member, who can sign in."""
    held = SeatFactory(body=body, agency=agency, title=title, **seat)
    return AppointmentFactory(seat=held, person__post=title, person__with_account=True)


@pytest.fixture
def group(db):
    """The Review group with four places; the chair holds the one of health."""
    council = AgencyFactory(short_name="MKCC", classes=["local authority"])
    health = AgencyFactory(short_name="BLMK ICB", classes=["health"])
    police = AgencyFactory(short_name="TVP", classes=["police"])
    body = BodyFactory(name="Review", slug="review")
    TermsOfReferenceFactory(body=body, rules=ONE_FROM_EACH)
    adults = place(body, council, "Head of Service, Adults")
    children = place(body, council, "Head of Service, Children's")
    nurse = place(body, health, "Designated Nurse")
    commander = place(body, police, "LPA Commander")
    deputy = NamedDeputyFactory(seat=commander.seat, person__post="Deputy LPA Commander", person__with_account=True)
    ChairingFactory(body=body, person=nurse.person)
    return SimpleNamespace(
        body=body,
        council=council,
        health=health,
        police=police,
        adults=adults,
        children=children,
        nurse=nurse,
        commander=commander,
        deputy=deputy,
        chair=nurse.person.user,
    )


@pytest.fixture
def meeting(group):
    """A meeting of the group in session, with three items."""
    meeting = MeetingFactory(body=group.body, opened=True, opened_by=group.chair)
    for number, title in enumerate(("Welcome", "Two rapid reviews", "Forward plan"), start=1):
        AgendaItemFactory(meeting=meeting, number=number, title=title)
    return meeting


@pytest.fixture
def item(meeting):
    return meeting.items.get(number=2)


@pytest.fixture
def team(db):
    """Somebody of the team."""
    return OfficeFactory(kind="team").person.user


@pytest.fixture
def scrutineer(db):
    return OfficeFactory(scrutineer=True).person.user


@pytest.fixture
def everybody_is_there(group, meeting):
    """Council, health and police are represented: the meeting is quorate."""
    for appointment in (group.adults, group.nurse, group.commander):
        actions.record_attendance(meeting, appointment.seat_id, "remote", by=group.chair)
    meeting.refresh_from_db()
    return meeting
