"""The measurement of loading arrangements is fair: its file is what it says, and the floor writes the same rows."""

import pytest

from bench import arrangement
from partnerships.arrangements import loading, reading
from partnerships.models import Body, NamedDeputy, Seat
from tests.factories import SeatFactory

pytestmark = pytest.mark.django_db


def test_the_file_has_as_many_boards_and_places_as_are_measured():
    loading.load(reading.document(arrangement.file_of()))
    assert (Body.objects.count(), Seat.objects.count()) == (arrangement.BOARDS, arrangement.PLACES) == (20, 300)
    assert NamedDeputy.objects.count() == 300


def test_the_floor_writes_what_the_loading_made():
    text = arrangement.file_of(boards=2, places=6)
    SeatFactory()
    _seconds, rows = arrangement.taken_back(lambda: arrangement.rows_made(lambda: loading.load(reading.document(text))))
    assert Seat.objects.count() == 1
    assert arrangement.rows_made(lambda: arrangement.insert(rows)) == rows
    assert Seat.objects.count() == 7
    assert loading.load(reading.document(text)).changes == []


def test_a_loading_above_three_times_the_inserts_is_missed():
    (met,) = arrangement.findings({"ours": [2.0, 2.0, 9.0], "floors": [1.0, 1.0, 1.0], "rows": 10})
    (missed,) = arrangement.findings({"ours": [4.0, 4.0, 1.0], "floors": [1.0, 1.0, 1.0], "rows": 10})
    assert (met.is_missed, missed.is_missed) == (False, True)
