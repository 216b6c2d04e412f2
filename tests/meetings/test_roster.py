"""The places of a meeting on its day."""

import datetime as dt

import pytest

from meetings import roster
from tests.factories import AttendanceFactory, PresenceFactory

pytestmark = pytest.mark.django_db


def test_an_entry_for_a_place_whose_dates_were_changed_since_is_left_out(meeting, group):
    entry = AttendanceFactory(meeting=meeting, seat=group.adults.seat)
    PresenceFactory(attendance=entry)
    assert any(place.entry_id == entry.pk for place in roster.places(meeting))
    entry.seat.ends_at = meeting.starts_at - dt.timedelta(days=1)
    entry.seat.save()
    found = roster.places(meeting)
    assert found
    assert all(place.entry_id is None for place in found)


def test_somebody_who_came_back_has_two_times_in_their_order_and_one_place(meeting, group):
    entry = AttendanceFactory(meeting=meeting, seat=group.adults.seat)
    first, break_from, back = (meeting.starts_at + dt.timedelta(minutes=minutes) for minutes in (0, 20, 40))
    PresenceFactory(attendance=entry, starts_at=back)
    PresenceFactory(attendance=entry, starts_at=first, ends_at=break_from)
    found = [place for place in roster.places(meeting) if place.seat_id == entry.seat_id]
    assert [place.presences for place in found] == [[(first, break_from), (back, None)]]
