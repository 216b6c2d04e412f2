"""
When a meeting is, in words. Of a meeting of the past the source may give the month and no day; then none is shown.

Such a meeting lies, for sorting and for years, at the first moment of its month. Every place that shows when a meeting
is asks here, with the meeting or a row that has its ``starts_at``, ``ends_at`` and ``date_precision``.
"""

import datetime as dt
from typing import NamedTuple

from django.utils import timezone

from mktogether.lib.templatetags import wording
from mktogether.lib.templatetags.wording import MONTHS, clock

MONTH = "month"
NO_DAY = "; the day is not given"
NO_TIME = "Time not given"


class When(NamedTuple):
    """When a meeting is, for rows that name their columns otherwise."""

    starts_at: dt.datetime
    ends_at: dt.datetime | None
    date_precision: str


def has_day(found):
    """Whether the day of ``found`` is known."""
    return found.date_precision != MONTH


def weekday(found):
    """``Tuesday 21 January 2025``, or ``April 2021; the day is not given``."""
    return wording.weekday(starts(found)) if has_day(found) else f"{month(found)}{NO_DAY}"


def day_of(found):
    """``21 January 2025``, or ``April 2021; the day is not given``."""
    return wording.day(starts(found)) if has_day(found) else f"{month(found)}{NO_DAY}"


def short_day_year(found):
    """``21 Jan 2025``, or ``April 2021``: for tables."""
    return wording.short_day_year(starts(found)) if has_day(found) else month(found)


def short_day(found):
    """``21 Jan``, or ``April 2021``: for tables and links that name their year elsewhere."""
    return wording.short_day(starts(found)) if has_day(found) else month(found)


def hours(found):
    """``09:30 to 11:30``."""
    return f"{clock(starts(found))} to {clock(timezone.localtime(found.ends_at))}" if has_day(found) else NO_TIME


def for_files(found):
    """``2025-01-21``, or ``2021-04``: for the names of files."""
    return f"{starts(found):%Y-%m-%d}" if has_day(found) else f"{starts(found):%Y-%m}"


def month(found):
    """``April 2021``."""
    return f"{MONTHS[starts(found).month - 1]} {starts(found).year}"


def starts(found):
    """When it starts, in the portal's time zone."""
    return timezone.localtime(found.starts_at)
