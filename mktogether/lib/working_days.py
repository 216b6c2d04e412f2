"""Working days in England: the days that terms of reference and statutory guidance count.

A working day is a Monday to Friday that is neither a bank holiday of England nor among the ``extra_closures`` of
whoever counts (a council closed between Christmas and New Year, say). The bank holidays come with the ``holidays``
library, one-off days and substitutes included; nothing is fetched. A count never includes the day from which it starts:
"5 working days before the meeting" leaves out the day of the meeting, and "within 15 working days of becoming aware"
the day of becoming aware. Nothing here knows what day it is: dates are always given.
"""

import datetime as dt
from collections.abc import Collection
from functools import cache

from holidays import country_holidays

SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)
NO_CLOSURES: frozenset[dt.date] = frozenset()


def is_working_day(day: dt.date, *, extra_closures: Collection[dt.date] = NO_CLOSURES) -> bool:
    """Whether ``day`` is a Monday to Friday that is no bank holiday of England and not among ``extra_closures``."""
    day = _plain_date(day)
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year) and day not in extra_closures


def add_working_days(day: dt.date, n: int, *, extra_closures: Collection[dt.date] = NO_CLOSURES) -> dt.date:
    """The n-th working day after ``day``, or before it where ``n`` is negative; ``day`` itself does not count.

    ``add_working_days(meeting, -5)`` is the last day on which papers are sent "5 working days before"; the notice of a
    meeting is good when it is given on that day or earlier. With ``n`` = 0 the answer is ``day``, working day or not.
    """
    found = _plain_date(day)
    step = ONE_DAY if n > 0 else -ONE_DAY
    for _ in range(abs(n)):
        found += step
        while not is_working_day(found, extra_closures=extra_closures):
            found += step
    return found


def working_days_between(start: dt.date, end: dt.date, *, extra_closures: Collection[dt.date] = NO_CLOSURES) -> int:
    """How many working days lie after ``start`` up to and with ``end``; negative where ``end`` is the earlier.

    The reverse of ``add_working_days``: the answer for ``day`` and ``add_working_days(day, n)`` is n. Papers sent on a
    Friday for a meeting on the next Friday are 5 working days before it: ``working_days_between(meeting, sent)`` is -5.
    """
    start, end = _plain_date(start), _plain_date(end)
    step = ONE_DAY if end >= start else -ONE_DAY
    count, day = 0, start
    while day != end:
        day += step
        count += is_working_day(day, extra_closures=extra_closures)
    return count if end >= start else -count


@cache
def bank_holidays(year: int) -> frozenset[dt.date]:
    """The bank holidays of England in ``year``, with substitutes for those that fall on a weekend."""
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def _plain_date(day: dt.date) -> dt.date:
    """Refuse a date with a time: which day it is depends on the time zone, which the caller knows and we do not."""
    if isinstance(day, dt.datetime):
        raise TypeError("Working days are counted from dates. Turn the date and time into a local date first.")
    return day
