"""
The day as at which a page of the structure is asked for, in its address: ``?on=2022-03-31``.

It says which rows are shown, and never who may see them: that is asked of now, whatever day is looked at.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils import timezone

from mktogether.lib.templatetags.wording import day as in_words

FIELD = "on"
FIRST, LAST = dt.date(1948, 1, 1), dt.date(2199, 12, 31)
SHAPE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
EXPECTED = "Enter a day such as 2022-03-31: the year, the month and the day. Shown is today."
NO_DAY = "The calendar has no such day. Check the day and the month. Shown is today."
OUTSIDE = f"Enter a day from {FIRST.year} to {LAST.year}. Shown is today."


@dataclass(frozen=True)
class AsAt:
    """A day, and the moment of it at which what is dated to the second is looked at; today that is now."""

    day: dt.date
    moment: dt.datetime
    is_today: bool
    typed: str = ""
    problem: str = ""

    @property
    def words(self):
        return in_words(self.day)

    @property
    def query(self):
        """What an address carries on to show the same day there; nothing for today."""
        return "" if self.is_today else f"?{FIELD}={self.day.isoformat()}"


def as_at(asked, now=None):
    """The day that ``asked``, the parameters of an address, names; today where they name none, or none that can be."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    typed = asked.get(FIELD, "").strip()
    day, problem = _read(typed)
    if day is None or day == today:
        return AsAt(today, now, is_today=True, typed=typed, problem=problem)
    return AsAt(day, end_of(day), is_today=False, typed=typed)


def _read(text):
    if not text:
        return None, ""
    if not SHAPE.fullmatch(text):
        return None, EXPECTED
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None, NO_DAY
    return (day, "") if FIRST <= day <= LAST else (None, OUTSIDE)


def end_of(day):
    """The last moment of ``day``: what ended on it at midnight still holds, and what began on it does already."""
    next_day = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
    return next_day - dt.timedelta(microseconds=1)
