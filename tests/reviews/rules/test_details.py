"""What cannot be: of days, and of numbers."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules import details

TODAY = dt.date(2025, 3, 31)
PAST = st.dates(dt.date(1925, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("born", "died", "expected"),
    [
        (None, None, None),
        (TODAY, TODAY, None),
        (
            dt.date(2019, 2, 1),
            dt.date(2019, 1, 31),
            ("died", "The date of death is before the date of birth. Check both dates."),
        ),
        (dt.date(2025, 4, 1), None, ("born", "The date of birth is in the future. Enter a date up to today.")),
        (None, dt.date(2025, 4, 1), ("died", "The date of death is in the future. Enter a date up to today.")),
        (dt.date(1899, 1, 1), None, ("born", "The date of birth is more than 125 years ago. Check the year.")),
    ],
)
def test_days_that_cannot_be(born, died, expected):
    assert details.fault_of_days(born, died, TODAY) == expected


@given(PAST, PAST)
def test_of_two_days_one_order_alone_can_be(one, other):
    born, died = sorted((one, other))
    assert details.fault_of_days(born, died, TODAY) is None
    if born != died:
        assert details.fault_of_days(died, born, TODAY)[0] == "died"


@pytest.mark.parametrize("typed", ["943 476 5919", "9434765919", "943-476-5919"])
def test_an_nhs_number_is_read_as_people_write_it(typed):
    assert details.fault_of_nhs_number(typed) == ""
    assert details.nhs_in_words(details.nhs_digits(typed)) == "943 476 5919"


@pytest.mark.parametrize("typed", ["", "943 476 591", "943 476 59199", "943 476 591x", "٩٤٣٤٧٦٥٩١٩"])
def test_a_number_of_another_length_is_none(typed):
    assert "has 10 digits" in details.fault_of_nhs_number(typed)


@given(st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_found(place, by):
    digits = list("9434765919")
    digits[place] = str((int(digits[place]) + by) % 10)
    assert "its last digit does not fit" in details.fault_of_nhs_number("".join(digits))


def test_an_event_lies_in_the_past_unless_it_may_be_planned():
    tomorrow = TODAY + dt.timedelta(days=1)
    assert details.fault_of_event(TODAY, TODAY) == ""
    assert details.fault_of_event(tomorrow, TODAY).startswith("This date is in the future.")
    assert details.fault_of_event(tomorrow, TODAY, may_come=True) == ""
    assert "Check the year" in details.fault_of_event(dt.date(1800, 1, 1), TODAY)
