"""What is asked of a year, and what took place of it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.frequency import words
from meetings.frequency.rules import Sitting, Standing, State, Version, asked, year

FIRST, LAST = dt.date(2024, 4, 1), dt.date(2025, 3, 31)
AFTER, WITHIN = dt.date(2025, 4, 1), dt.date(2024, 10, 1)
HELD = Sitting(State.HELD, quorate=True, in_person=False)
PLANNED, CANCELLED = Sitting(State.PLANNED), Sitting(State.CANCELLED)
MONTHLY = Version(dt.date(2024, 4, 1), None, 12)
AT_LEAST_SIX = Version(dt.date(2024, 4, 1), None, 6, at_least=True)


def counted(versions, sittings, today=AFTER):
    return year(versions, sittings, FIRST, LAST, today)


@pytest.mark.parametrize(
    ("versions", "said"),
    [
        ([], "Not stated"),
        ([Version(FIRST, None, None)], "Not stated"),
        ([MONTHLY], "12"),
        ([AT_LEAST_SIX], "at least 6"),
        ([Version(dt.date(2020, 1, 1), dt.date(2024, 9, 30), 4), Version(WITHIN, None, 4)], "4"),
        ([Version(dt.date(2020, 1, 1), dt.date(2024, 3, 31), 4)], "Not stated"),
    ],
)
def test_what_is_asked_of_the_whole_year(versions, said):
    assert words.asked(asked(versions, FIRST, LAST)) == said


def test_a_number_that_changes_within_the_year_is_shared_by_days():
    found = asked([Version(FIRST, dt.date(2024, 9, 30), 12), Version(WITHIN, None, 4)], FIRST, LAST)
    assert (found.meetings, found.in_part) == (8, True)
    assert asked([Version(WITHIN, None, 12)], FIRST, LAST).meetings == 5


@pytest.mark.parametrize(
    ("versions", "sittings", "today", "said"),
    [
        ([MONTHLY], [HELD] * 11 + [CANCELLED], AFTER, "Short by one: 11 held of 12 asked"),
        ([AT_LEAST_SIX], [HELD] * 6 + [CANCELLED], AFTER, "6 held of at least 6 asked"),
        ([MONTHLY], [HELD] * 5 + [PLANNED] * 7, WITHIN, "On course: 5 held of 12 asked, 7 planned"),
        ([MONTHLY], [HELD] * 5 + [PLANNED] * 5, WITHIN, "Two more to plan: 5 held of 12 asked, 5 planned"),
        ([], [HELD] * 5, AFTER, "How often is not stated: 5 held"),
    ],
)
def test_the_verdict(versions, sittings, today, said):
    assert words.verdict(counted(versions, sittings, today)) == said


def test_one_that_was_not_quorate_was_held_and_stands_apart():
    found = counted([AT_LEAST_SIX], [HELD] * 5 + [Sitting(State.HELD, quorate=False)])
    assert (found.held, found.not_quorate, found.standing) == (6, 1, Standing.MET)
    assert words.quorate(found) == "5 of 6 were quorate, 1 was not."
    assert words.quorate(counted([], [Sitting(State.HELD)])) == "0 of 1 were quorate, of 1 the quorum is not stated."


@pytest.mark.parametrize(
    ("sittings", "today", "said"),
    [
        ([HELD, Sitting(State.HELD, True, True)], AFTER, "One in person: at least one a year is asked."),
        ([HELD], AFTER, "None in person: at least one a year is asked."),
        ([HELD], WITHIN, "None in person so far: at least one a year is asked, and the year is not over."),
        (
            [Sitting(State.HELD)],
            AFTER,
            "None in person so far: at least one a year is asked, and how some of them met is not known.",
        ),
    ],
)
def test_in_person_at_least_once(sittings, today, said):
    assert words.in_person(counted([Version(FIRST, None, 4, in_person=1)], sittings, today)) == said


DAYS = st.dates(dt.date(2022, 1, 1), dt.date(2027, 1, 1))
SITTINGS = st.lists(
    st.builds(Sitting, st.sampled_from(State), st.none() | st.booleans(), st.none() | st.booleans()), max_size=20
)


@st.composite
def versions(draw):
    """Versions one after the other, some of them silent, with gaps between them."""
    days = sorted(draw(st.lists(DAYS, unique=True, max_size=6)))
    pairs = zip(days[::2], days[1::2], strict=False)
    number = st.none() | st.integers(0, 60)
    return [Version(first, last - dt.timedelta(days=1), draw(number)) for first, last in pairs]


@given(versions(), SITTINGS, DAYS)
def test_every_meeting_is_counted_once(found, sittings, today):
    made = counted(found, sittings, today)
    assert made.held + made.planned + made.cancelled == len(sittings)
    assert made.quorate + made.not_quorate <= made.held
    assert made.in_person + made.mode_unknown <= made.held


@given(versions(), SITTINGS, DAYS)
def test_one_more_held_never_makes_it_shorter_and_one_cancelled_changes_nothing(found, sittings, today):
    before = counted(found, sittings, today)
    assert counted(found, [*sittings, HELD], today).short_by <= before.short_by
    assert counted(found, [*sittings, CANCELLED], today).short_by == before.short_by


@given(versions())
def test_no_more_is_asked_than_the_version_that_asks_most(found):
    made = asked(found, FIRST, LAST)
    numbers = [version.meetings for version in found if version.meetings is not None]
    assert made.meetings is None or 0 <= made.meetings <= max(numbers)


@given(versions(), SITTINGS, DAYS)
def test_short_is_said_only_of_a_year_that_is_over(found, sittings, today):
    made = counted(found, sittings, today)
    assert (made.standing == Standing.SHORT) == (made.is_over and made.short_by > 0)
