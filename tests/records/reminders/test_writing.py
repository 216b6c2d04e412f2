"""Rows for what is due: once for each thing, person and day, whoever writes them and however often."""

import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from meetings.models import Action
from records.models import Reminder
from records.reminders import kinds, writing
from records.reminders.due import last_day, morning
from tests.factories import ActionFactory, AppointmentFactory
from tests.records.reminders.conftest import OVERDUE, states

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.nights
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2027-06-09T07:59:59", "2027-06-08"),
        ("2027-06-09T08:00:00", "2027-06-09"),
        ("2027-03-28T00:30:00", "2027-03-27"),  # the night in which the clock goes forward
        ("2027-10-31T23:59:00", "2027-10-31"),
    ],
)
def test_reminders_of_a_day_go_from_its_morning_on(moment, day):
    assert last_day(at(moment)) == dt.date.fromisoformat(day)


@pytest.mark.nights
def test_the_morning_is_at_eight_by_the_clock_on_the_wall():
    assert [morning(dt.date(2027, 3, day)).astimezone(dt.UTC).hour for day in (27, 28)] == [8, 7]


@pytest.mark.nights
def test_a_row_says_whom_of_what_and_for_which_day():
    owner = AppointmentFactory(with_account=True).person
    action = ActionFactory(owner=owner, area=owner.area, due_on=dt.date(2027, 6, 4))
    writing.write_due(at("2027-06-07T07:59"))
    assert not Reminder.objects.exists()
    writing.write_due(at("2027-06-07T08:00"))
    row = Reminder.objects.get()
    assert (row.kind, row.target_id, row.recipient_id, row.area_id) == (OVERDUE, action.pk, owner.pk, action.area_id)
    assert (row.due_on, row.send_from) == (dt.date(2027, 6, 7), at("2027-06-07T08:00"))
    assert (row.state, row.why, row.claim, row.message) == ("waiting", "", None, None)


def test_writing_again_writes_nothing_again_and_the_next_slot_comes_by_itself():
    owner = AppointmentFactory(with_account=True).person
    ActionFactory(owner=owner, area=owner.area, due_on=dt.date(2027, 6, 4))
    for hour in ("08:00", "08:01", "17:00"):
        writing.write_due(at(f"2027-06-07T{hour}"))
    assert Reminder.objects.count() == 1
    writing.write_due(at("2027-06-14T08:00"))
    assert [row.due_on.day for row in Reminder.objects.order_by("pk")] == [7, 14]


def test_after_an_outage_only_the_latest_slot_is_caught_up():
    owner = AppointmentFactory(with_account=True).person
    ActionFactory(owner=owner, area=owner.area, due_on=dt.date(2027, 6, 4))
    writing.write_due(at("2027-06-23T11:30"))
    assert [row.due_on for row in Reminder.objects.all()] == [dt.date(2027, 6, 21)]


@pytest.mark.django_db(transaction=True)
def test_many_beats_at_once_write_each_row_once(late, now):
    late(number=40)
    together = threading.Barrier(4)

    def beat():
        together.wait()
        try:
            writing.write_due(now)
        finally:
            connection.close()

    threads = [threading.Thread(target=beat) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Reminder.objects.count() == 40


def test_what_goes_wrong_with_one_kind_keeps_no_other_from_its_turn(late, now, monkeypatch):
    def broken(_now):
        raise DatabaseError("gone")

    late()
    whole = kinds.KINDS[OVERDUE]
    monkeypatch.delitem(kinds.KINDS, OVERDUE)
    monkeypatch.setitem(kinds.KINDS, "broken", kinds.Kind(**{**vars(whole), "rows": broken}))
    monkeypatch.setitem(kinds.KINDS, OVERDUE, whole)
    with pytest.raises(DatabaseError, match="gone"):
        writing.write_due(now)
    assert Reminder.objects.count() == 1


def test_what_was_withdrawn_and_is_due_after_all_waits_again(late, now):
    done, _moved_and_back = late(number=2)
    writing.write_due(now)
    Reminder.objects.update(state="withdrawn", why="not due")
    Action.objects.filter(pk=done.pk).update(done_at=now, done_by=done.owner.user)
    writing.write_due(now)
    assert sorted(states()) == [("waiting", ""), ("withdrawn", "not due")]


def test_what_somebody_switched_off_does_not_come_back(late, now):
    late()
    writing.write_due(now)
    Reminder.objects.update(state="withdrawn", why="switched off")
    writing.write_due(now)
    assert states() == [("withdrawn", "switched off")]


@pytest.mark.parametrize("number", [3, 300])
def test_it_asks_as_often_for_3_as_for_300(late, now, number, django_assert_num_queries):
    late(number=number)
    with django_assert_num_queries(2):  # what was withdrawn, and the rows
        writing.write_due(now)
    assert Reminder.objects.count() == number


def test_moments_are_told_by_the_day_on_the_wall(now):
    """A meeting at half past midnight is one of that day, also where it is still the day before by universal time."""
    start = at("2027-06-10T00:30")
    assert timezone.localdate(start) == dt.date(2027, 6, 10)
