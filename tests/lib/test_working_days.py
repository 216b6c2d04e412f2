"""Working days in England, by dates that can be looked up and by properties that must hold for all."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mktogether.lib.working_days import add_working_days, bank_holidays, is_working_day, working_days_between

days = st.dates(min_value=dt.date(2015, 1, 1), max_value=dt.date(2035, 12, 31))
counts = st.integers(min_value=-60, max_value=60)
closures = st.frozensets(st.dates(min_value=dt.date(2024, 12, 1), max_value=dt.date(2025, 1, 31)), max_size=8)
winter_days = st.dates(min_value=dt.date(2024, 11, 1), max_value=dt.date(2025, 2, 28))


@pytest.mark.parametrize(
    "day",
    [
        "2024-03-29",  # Good Friday
        "2024-04-01",  # Easter Monday
        "2025-04-18",
        "2025-04-21",
        "2020-05-08",  # early May, moved to the anniversary of VE Day
        "2022-06-03",  # Platinum Jubilee
        "2022-09-19",  # the Queen's funeral
        "2023-05-08",  # the Coronation
        "2024-08-26",  # summer
        "2024-12-25",
        "2024-12-26",
        "2022-01-03",  # substitute for New Year's Day
        "2026-12-28",  # substitute for Boxing Day, a Saturday
        "2021-12-27",
        "2021-12-28",
    ],
)
def test_it_knows_the_bank_holidays_of_england(day):
    assert not is_working_day(dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    "day",
    [
        "2020-05-04",  # the Monday from which early May was moved
        "2024-01-02",  # a holiday in Scotland
        "2024-03-18",  # St Patrick's Day, kept in Northern Ireland
        "2024-08-05",  # a holiday in Scotland
        "2024-12-27",
        "2026-12-29",
    ],
)
def test_it_takes_ordinary_days_and_holidays_of_the_other_nations_as_working_days(day):
    assert is_working_day(dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        ("2024-09-10", 5, "2024-09-17"),
        ("2024-09-10", 15, "2024-10-01"),
        ("2024-12-13", 5, "2024-12-20"),
        ("2024-12-13", 15, "2025-01-08"),  # over Christmas, Boxing Day and New Year's Day
        ("2024-05-14", 5, "2024-05-21"),
        ("2024-05-14", 15, "2024-06-05"),  # over the spring bank holiday
        ("2024-03-28", 1, "2024-04-02"),  # over Easter
        ("2026-12-24", 1, "2026-12-29"),  # over Christmas Day, the weekend and the substitute
        ("2025-01-21", -5, "2025-01-14"),  # "5 working days before" a Tuesday: the day of the meeting does not count
        ("2024-04-02", -5, "2024-03-22"),
        ("2024-09-14", 1, "2024-09-16"),  # from a Saturday the first working day is Monday
        ("2024-09-14", 0, "2024-09-14"),
    ],
)
def test_it_dates_a_deadline(day, n, expected):
    assert add_working_days(dt.date.fromisoformat(day), n) == dt.date.fromisoformat(expected)


def test_it_leaves_out_the_days_on_which_the_council_is_closed():
    between_the_years = {dt.date(2024, 12, 27), dt.date(2024, 12, 30), dt.date(2024, 12, 31)}
    assert not is_working_day(dt.date(2024, 12, 27), extra_closures=between_the_years)
    assert add_working_days(dt.date(2024, 12, 13), 15, extra_closures=between_the_years) == dt.date(2025, 1, 13)
    assert working_days_between(dt.date(2024, 12, 24), dt.date(2025, 1, 2), extra_closures=between_the_years) == 1


def test_it_refuses_a_date_with_a_time():
    moment = dt.datetime(2024, 9, 10, 23, 30, tzinfo=dt.UTC)
    with pytest.raises(TypeError, match="local date"):
        add_working_days(moment, 5)
    with pytest.raises(TypeError, match="local date"):
        working_days_between(dt.date(2024, 9, 1), moment)
    with pytest.raises(TypeError, match="local date"):
        is_working_day(moment)


def test_it_takes_the_bank_holidays_of_each_year_for_itself():
    assert {day.year for day in bank_holidays(2021)} == {2021}
    assert len(bank_holidays(2024)) == 8


@given(days)
def test_no_weekend_day_is_a_working_day(day):
    assert not (is_working_day(day) and day.isoweekday() > 5)


@given(days, counts.filter(bool), closures)
def test_the_nth_working_day_is_a_working_day_and_n_away(day, n, closed):
    found = add_working_days(day, n, extra_closures=closed)
    assert is_working_day(found, extra_closures=closed)
    assert working_days_between(day, found, extra_closures=closed) == n


@given(days, counts, counts)
def test_counting_on_is_counting_once(day, first, second):
    if (first > 0) == (second > 0):
        assert add_working_days(add_working_days(day, first), second) == add_working_days(day, first + second)


@given(days, counts)
def test_going_there_and_back_comes_home_to_a_working_day(day, n):
    start = add_working_days(day, 1)
    assert add_working_days(add_working_days(start, n), -n) == start


@given(days, days)
def test_later_days_never_have_earlier_deadlines(one, other):
    earlier, later = sorted([one, other])
    assert add_working_days(earlier, 15) <= add_working_days(later, 15)


@given(winter_days, winter_days, closures)
def test_the_count_between_agrees_with_a_count_day_by_day(one, other, closed):
    start, end = sorted([one, other])
    span = [start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert working_days_between(start, end, extra_closures=closed) == sum(
        is_working_day(day, extra_closures=closed) for day in span
    )


@given(winter_days, closures)
def test_closures_only_ever_put_a_deadline_off(day, closed):
    assert add_working_days(day, 15, extra_closures=closed) >= add_working_days(day, 15)
