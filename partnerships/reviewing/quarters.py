"""Quarters of the calendar year, and until when their review is to be closed. Nothing here knows what day it is."""

import datetime as dt
from typing import NamedTuple

from mktogether.lib.templatetags.wording import MONTHS
from mktogether.lib.working_days import add_working_days, working_days_between

CLOSED_WITHIN = 20  # working days


class Quarter(NamedTuple):
    """A quarter of a calendar year; ``number`` is 1 to 4."""

    year: int
    number: int

    @property
    def words(self):
        """``July to September 2026``."""
        first = 3 * (self.number - 1)
        return f"{MONTHS[first]} to {MONTHS[first + 2]} {self.year}"

    @property
    def key(self):
        """``2026-3``, in addresses and forms."""
        return f"{self.year}-{self.number}"

    @property
    def before(self):
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)


def of(day):
    """The quarter that ``day`` (a date) lies in."""
    return Quarter(day.year, (day.month - 1) // 3 + 1)


def due(begun_on: dt.date):
    """The last day on which a review begun on that day is closed in time."""
    return add_working_days(begun_on, CLOSED_WITHIN)


def how_far(due_on, today):
    """(tone, icon, words) of an open review against its last day."""
    if today > due_on:
        late = working_days_between(due_on, today)  # none on the Saturday after a Friday, and the day has passed
        return "missed", "cross", f"Overdue by {days(late)}" if late else "Overdue"
    left = working_days_between(today, due_on)
    if left == 0:
        return "soon", "triangle", "Due today"
    return ("soon" if left <= 5 else "waiting"), "clock", f"{days(left)} left"


def days(number):
    """``1 working day``, ``3 working days``."""
    return "1 working day" if number == 1 else f"{number} working days"
