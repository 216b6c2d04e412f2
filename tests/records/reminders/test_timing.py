"""When reminders go: days before and after a date, caught up once, the same however they are asked for."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mktogether.lib.working_days import is_working_day
from records.reminders.timing import CATCH_UP, Timing, after, before

DAY = dt.timedelta(days=1)
dates = st.dates(dt.date(2024, 1, 1), dt.date(2029, 12, 31))
timings = st.builds(
    lambda days, working: Timing(tuple(sorted(days)), working),
    st.sets(st.integers(-25, 40), min_size=1, max_size=6),
    st.booleans(),
)


def day(text):
    return dt.date.fromisoformat(text)


def test_working_days_before_a_meeting_leave_out_its_day_and_bank_holidays():
    assert before(1).slots(day("2027-03-30")) == (day("2027-03-25"),)  # Easter lies between
    assert before(5, 0).slots(day("2027-05-05")) == (day("2027-04-27"), day("2027-05-05"))


def test_plain_days_are_counted_as_they_come():
    assert before(1, working=False).slots(day("2027-03-29")) == (day("2027-03-28"),)


def test_after_a_date_again_and_again():
    assert after(1, every=5, times=3).days == (1, 6, 11)


def test_a_reminder_before_a_date_lapses_with_it():
    timing, about = before(5, 1), day("2027-06-16")
    assert timing.due(about, day("2027-06-08")) is None
    assert timing.due(about, day("2027-06-09")) == day("2027-06-09")
    assert timing.due(about, day("2027-06-16")) == day("2027-06-15")
    assert timing.due(about, day("2027-06-17")) is None


def test_one_after_a_date_is_caught_up_for_four_weeks():
    timing, about = after(1), day("2027-06-16")
    assert timing.due(about, day("2027-06-17") + CATCH_UP) == day("2027-06-17")
    assert timing.due(about, day("2027-06-18") + CATCH_UP) is None


def test_of_days_that_passed_unused_only_the_latest_counts():
    assert after(1, every=1, times=9).due(day("2027-06-16"), day("2027-06-25")) == day("2027-06-25")


@pytest.mark.parametrize("days", [(), (1, 1), (3, 1)])
def test_days_stand_in_order_each_once(days):
    with pytest.raises(ValueError, match="in order"):
        Timing(days)


@given(timings, dates)
def test_the_dates_that_are_due_today_are_those_that_say_so_themselves(timing, today):
    dues = timing.dues(today)
    found = {
        first + n * DAY: due
        for due, spans in dues.items()
        for first, last in spans
        for n in range((last - first).days + 1)
    }
    around = [today + n * DAY for n in range(-160, 100)]
    assert found == {about: due for about in around if (due := timing.due(about, today)) is not None}


@given(timings, dates, st.integers(0, 200))
def test_nothing_is_due_before_its_day_and_nothing_is_due_that_has_no_day(timing, about, later):
    today = about + (later - 60) * DAY
    due = timing.due(about, today)
    assert due is None or (due <= today and due in timing.slots(about))


@given(dates, st.integers(1, 20))
def test_a_reminder_in_working_days_falls_on_one(about, n):
    assert is_working_day(before(n).slots(about)[0])
