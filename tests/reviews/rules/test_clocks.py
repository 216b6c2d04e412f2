"""The counting of deadlines: examples of the field, and what holds for every day, limit and hold."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mktogether.lib.working_days import add_working_days, is_working_day
from reviews.rules import clocks
from reviews.rules.clocks import Hold, State
from reviews.rules.kinds import Limit, Unit

ONE_DAY = dt.timedelta(days=1)
DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2032, 12, 31))
AMOUNTS = st.integers(1, 40)
UNITS = st.sampled_from(list(Unit))
FIVE, FIFTEEN = Limit(5, Unit.WORKING_DAYS), Limit(15, Unit.WORKING_DAYS)
HALF_A_YEAR = Limit(6, Unit.MONTHS)
ASAP = Limit(None, None)


def day(text):
    return dt.date.fromisoformat(text)


@st.composite
def limits(draw):
    return Limit(draw(AMOUNTS), draw(UNITS))


@st.composite
def holds(draw, after, *, open_ended=False):
    """A few holds one after the other, from somewhere around ``after`` on."""
    found, first = [], after + draw(st.integers(-10, 60)) * ONE_DAY
    for _number in range(draw(st.integers(0, 3))):
        last = first + draw(st.integers(0, 45)) * ONE_DAY
        found.append(Hold(first, last, "Trial."))
        first = last + draw(st.integers(1, 60)) * ONE_DAY
    if open_ended:
        found.append(Hold(first, None, "Inquest."))
    return found


# --- Examples ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("aware", "notify", "send"),
    [
        ("2024-05-14", "2024-05-21", "2024-06-05"),  # the spring bank holiday between
        ("2024-09-10", "2024-09-17", "2024-10-01"),
        ("2024-12-13", "2024-12-20", "2025-01-08"),  # Christmas, Boxing Day and New Year between
        ("2025-02-11", "2025-02-18", "2025-03-04"),
    ],
)
def test_the_deadlines_of_the_sample_year(aware, notify, send):
    assert clocks.due(day(aware), FIVE) == day(notify)
    assert clocks.due(day(aware), FIFTEEN) == day(send)


def test_the_rapid_review_of_december_was_sent_after_seventeen_working_days():
    assert clocks.counted(day("2024-12-13"), day("2025-01-10"), Unit.WORKING_DAYS) == 17
    found = clocks.standing(day("2025-01-08"), Unit.WORKING_DAYS, day("2025-03-31"), met_on=day("2025-01-10"))
    assert found == clocks.Standing(State.MET_LATE, "Done on 10 January 2025, 2 working days late")


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2024-08-31", 6, "2025-02-28"),  # a month without a 31st takes its last day
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-02-29", 6, "2024-08-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-11-15", 6, "2025-05-15"),
        ("2025-01-31", -1, "2024-12-31"),
    ],
)
def test_months_end_on_the_same_number_or_on_the_last_day(start, months, expected):
    assert clocks.add_months(day(start), months) == day(expected)


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        ("2024-09-10", State.RUNNING, "5 working days left"),
        ("2024-09-12", State.RUNNING, "3 working days left"),
        ("2024-09-16", State.RUNNING, "1 working day left"),
        ("2024-09-17", State.RUNNING, "Due today"),
        ("2024-09-18", State.LATE, "Missed, 1 working day ago"),
        ("2024-09-21", State.LATE, "Missed, 3 working days ago"),
    ],
)
def test_what_is_left_is_said_in_working_days(today, state, words):
    assert clocks.standing(day("2024-09-17"), Unit.WORKING_DAYS, day(today)) == clocks.Standing(state, words)


def test_what_is_left_of_months_is_said_in_days():
    found = clocks.standing(day("2025-03-10"), Unit.MONTHS, day("2025-02-28"))
    assert found.words == "10 calendar days left"


def test_on_hold_and_without_a_date_there_is_nothing_to_count():
    held = clocks.standing(None, Unit.MONTHS, day("2025-02-28"), held_since=day("2025-01-02"))
    assert held == clocks.Standing(State.HELD, "On hold since 2 January 2025")
    assert clocks.standing(None, None, day("2025-02-28")).state is State.NO_DATE


def test_a_hold_of_a_week_moves_five_working_days_by_five():
    trial = Hold(day("2024-09-16"), day("2024-09-22"), "Trial.")
    assert clocks.due(day("2024-09-10"), FIVE, [trial]) == day("2024-09-24")


def test_a_hold_moves_months_by_as_many_days():
    trial = Hold(day("2024-10-01"), day("2024-10-31"), "Trial.")
    assert clocks.due(day("2024-09-10"), HALF_A_YEAR, [trial]) == day("2025-03-10") + 31 * ONE_DAY


def test_copies_are_counted_backwards_from_publication():
    assert clocks.due(day("2025-01-10"), Limit(7, Unit.WORKING_DAYS), is_before=True) == day("2024-12-31")


def test_the_arithmetic_can_be_followed_step_by_step():
    assert clocks.steps(day("2024-12-13"), FIFTEEN, event="The council became aware") == (
        "The council became aware: Friday 13 December 2024. That day does not count.",
        "Counted to 15 of 15 working days: 16, 17, 18, 19, 20, 23, 24, 27, 30, 31 December 2024; 2, 3, 6, 7, 8 January "
        "2025.",
        "Left out, Saturdays and Sundays: 14, 15, 21, 22, 28, 29 December 2024; 4, 5 January 2025.",
        "Left out, bank holidays of England: 25, 26 December 2024; 1 January 2025.",
        "It is due on Wednesday 8 January 2025.",
    )


def test_the_arithmetic_says_where_a_month_is_shorter_and_where_days_were_on_hold():
    trial = Hold(day("2024-10-01"), day("2024-10-10"), "Criminal trial.")
    found = clocks.steps(day("2024-08-31"), HALF_A_YEAR, [trial], event="A review was decided")
    assert found == (
        "A review was decided: Saturday 31 August 2024. That day does not count.",
        "6 months later: Friday 28 February 2025.",
        "February 2025 has no day 31, so its last day is taken.",
        "On hold from 1 October 2024 to 10 October 2024: 10 calendar days left out. Criminal trial.",
        "It is due on Monday 10 March 2025.",
    )


def test_the_arithmetic_of_what_is_on_hold_says_that_the_date_follows():
    inquest = Hold(day("2024-10-01"), None, "Inquest.")
    found = clocks.steps(day("2024-09-10"), HALF_A_YEAR, [inquest], event="A review was decided")
    assert found[-2:] == (
        "On hold from 1 October 2024 on. Inquest.",
        "It is on hold since 1 October 2024. The date follows when the hold is over.",
    )


# --- What always holds ------------------------------------------------------------------------------------------------


@given(DAYS, AMOUNTS)
def test_without_holds_working_days_are_those_of_the_library(start, amount):
    assert clocks.due(start, Limit(amount, Unit.WORKING_DAYS)) == add_working_days(start, amount)


@given(DAYS, limits(), st.data())
def test_as_many_days_are_counted_as_the_limit_has_and_none_of_them_is_on_hold(start, limit, data):
    """Across bank holidays, leap days and holds."""
    on_hold = data.draw(holds(start))
    end = clocks.due(start, limit, on_hold)
    unit = Unit.WORKING_DAYS if limit.unit is Unit.WORKING_DAYS else Unit.CALENDAR_DAYS
    wanted = (clocks.add_months(start, limit.amount) - start).days if limit.unit is Unit.MONTHS else limit.amount
    assert clocks.counted(start, end, unit, on_hold) == wanted
    assert not any(hold.covers(end) for hold in on_hold)
    assert limit.unit is not Unit.WORKING_DAYS or is_working_day(end)


@given(DAYS, limits(), st.data())
def test_a_hold_never_brings_a_deadline_forward(start, limit, data):
    on_hold = data.draw(holds(start))
    assert clocks.due(start, limit, on_hold) >= clocks.due(start, limit)
    assert clocks.due(start, limit, on_hold) >= clocks.due(start, limit, on_hold[1:])


@given(DAYS, limits(), st.data())
def test_a_hold_that_is_over_before_or_begins_after_changes_nothing(start, limit, data):
    plain = clocks.due(start, limit)
    before = Hold(start - data.draw(st.integers(1, 90)) * ONE_DAY, start, "Trial.")
    after = Hold(plain + ONE_DAY, plain + data.draw(st.integers(1, 90)) * ONE_DAY, "Trial.")
    assert clocks.due(start, limit, [before, after]) == plain


@given(DAYS, limits(), st.integers(0, 400))
def test_a_hold_that_goes_on_leaves_a_date_only_where_it_begins_after_it(start, limit, wait):
    plain = clocks.due(start, limit)
    goes_on = Hold(start + wait * ONE_DAY, None, "Inquest.")
    expected = None if goes_on.first_day <= plain else plain
    assert clocks.due(start, limit, [goes_on]) == expected


@given(DAYS, DAYS, limits(), st.data())
def test_a_later_event_is_never_due_earlier(one, other, limit, data):
    first, second = sorted((one, other))
    on_hold = data.draw(holds(first))
    assume(limit.unit is not Unit.MONTHS or not on_hold)  # months differ in length, and a hold counts in days
    assert clocks.due(first, limit, on_hold) <= clocks.due(second, limit, on_hold)


@given(DAYS, AMOUNTS)
def test_backwards_is_the_way_back(start, amount):
    for unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS):
        early = clocks.due(start, Limit(amount, unit), is_before=True)
        assert clocks.counted(start, early, unit) == -amount
        assert early < start


@given(DAYS, st.integers(1, 120))
def test_months_stay_in_their_month_through_leap_years(start, months):
    end = clocks.add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + ONE_DAY).day == 1)


@given(DAYS, limits(), DAYS)
def test_what_is_said_agrees_with_the_date(start, limit, today):
    end = clocks.due(start, limit)
    found = clocks.standing(end, limit.unit, today)
    assert found.state is (State.LATE if today > end else State.RUNNING)
    met = clocks.standing(end, limit.unit, today, met_on=today)
    assert met.state is (State.MET_LATE if today > end else State.MET)


@given(DAYS, limits(), st.data())
def test_the_arithmetic_ends_with_the_date_and_names_every_hold_that_mattered(start, limit, data):
    on_hold = data.draw(holds(start))
    end = clocks.due(start, limit, on_hold)
    said = clocks.steps(start, limit, on_hold, event="The council became aware")
    assert said[-1] == f"It is due on {clocks.weekday_in_words(end)}."
    if end != clocks.due(start, limit):
        assert any(line.startswith("On hold from ") for line in said)


@given(DAYS, st.data())
def test_what_has_no_date_has_none_whatever_is_on_hold(start, data):
    on_hold = data.draw(holds(start, open_ended=True))
    assert clocks.due(start, ASAP, on_hold) is None
    assert clocks.steps(start, ASAP, on_hold, event="The report was agreed")[-1].startswith("It is due as soon as")
