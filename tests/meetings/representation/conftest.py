"""A board of three posts, and the meetings that it held."""

import datetime as dt

import pytest

from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    AttendanceFactory,
    BodyFactory,
    MeetingFactory,
    SeatFactory,
)


def held(body, month, day=10, year=2024, **more):
    """A closed meeting of ``body``."""
    return MeetingFactory(body=body, closed=True, starts_at=dt.datetime(year, month, day, 9, 30, tzinfo=dt.UTC), **more)


@pytest.fixture
def delivery(db):
    """Two council posts and one of the police, of which one was vacant until June, at three meetings of 2024."""
    body = BodyFactory(name="Delivery", slug="delivery")
    council, police = AgencyFactory(short_name="MKCC"), AgencyFactory(short_name="TVP")
    adults = AppointmentFactory(
        seat=SeatFactory(body=body, agency=council, title="Adults", order=1), person__with_account=True
    )
    commander = AppointmentFactory(seat=SeatFactory(body=body, agency=police, title="Commander", order=2))
    children = AppointmentFactory(
        seat=SeatFactory(body=body, agency=council, title="Children's", order=3),
        starts_at=dt.datetime(2024, 6, 1, tzinfo=dt.UTC),
    )
    body.member, body.places = adults.person.user, (adults, commander, children)
    body.april, body.june, body.july = held(body, 4), held(body, 6), held(body, 7)
    for meeting in (body.april, body.june):
        AttendanceFactory(meeting=meeting, seat=adults.seat, person=adults.person)
        AttendanceFactory(meeting=meeting, seat=commander.seat, apologies=True)
    AttendanceFactory(meeting=body.june, seat=children.seat, deputy=True)
    AttendanceFactory(meeting=body.july, seat=adults.seat, absent=True)
    AttendanceFactory(meeting=body.july, seat=commander.seat, person=commander.person)
    return body
