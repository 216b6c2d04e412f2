"""Quarters, and until when their review is to be closed."""

import datetime as dt

import pytest

from partnerships.reviewing import quarters
from partnerships.reviewing.quarters import Quarter


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (dt.date(2026, 1, 1), Quarter(2026, 1)),
        (dt.date(2026, 3, 31), Quarter(2026, 1)),
        (dt.date(2026, 4, 1), Quarter(2026, 2)),
        (dt.date(2026, 12, 31), Quarter(2026, 4)),
    ],
)
def test_a_day_lies_in_its_quarter(day, quarter):
    assert quarters.of(day) == quarter


def test_the_quarter_before_the_first_is_the_last_of_the_year_before():
    assert Quarter(2026, 1).before == Quarter(2025, 4)
    assert Quarter(2026, 3).before == Quarter(2026, 2)


def test_a_quarter_is_named_by_its_months():
    assert Quarter(2026, 3).words == "July to September 2026"


def test_a_review_is_due_twenty_working_days_on_without_weekends_and_bank_holidays():
    assert quarters.due(dt.date(2025, 12, 1)) == dt.date(2025, 12, 31)  # Christmas and Boxing Day do not count


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (dt.date(2026, 1, 5), "5 working days left"),
        (dt.date(2026, 1, 9), "1 working day left"),
        (dt.date(2026, 1, 12), "Due today"),
        (dt.date(2026, 1, 13), "Overdue by 1 working day"),
        (dt.date(2026, 1, 15), "Overdue by 3 working days"),
    ],
)
def test_how_far_it_is_stands_in_words(today, words):
    assert quarters.how_far(dt.date(2026, 1, 12), today)[2] == words


def test_after_a_friday_it_is_overdue_though_no_working_day_has_passed():
    assert quarters.how_far(dt.date(2026, 1, 9), dt.date(2026, 1, 10))[2] == "Overdue"
