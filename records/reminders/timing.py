"""
When reminders go: so many days before or after a date. Pure: dates in, dates out.

Days are working days of England, as terms of reference and guidance count them, or plain days. A reminder before a
date, or on it, lapses once that date is over; one after a date is caught up for four weeks. Of several days that passed
unused, only the latest counts: after a week in which nothing went out, people are reminded once.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from mktogether.lib.working_days import add_working_days

ONE_DAY = dt.timedelta(days=1)
CATCH_UP = dt.timedelta(days=28)
SLACK = 21  # days: more than the weekends and bank holidays that a count of working days can begin and end with

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Timing:
    """
    The days of a reminder, counted from a date: negative ones lie before it, 0 is the date itself.

    ``working`` counts working days. ``days`` stand in order. What ``lapses`` is of no use once the date is over, where
    it was to go before it or on it; news does not lapse, and is caught up like what goes after a date.
    """

    days: tuple[int, ...]
    working: bool = True
    lapses: bool = True

    def __post_init__(self) -> None:
        if not self.days or list(self.days) != sorted(set(self.days)):
            raise ValueError("Give the days of a reminder in order, each once.")

    def slots(self, about: dt.date) -> tuple[dt.date, ...]:
        """The days on which somebody is reminded of something dated ``about``, in order."""
        return tuple(self._slot(about, n) for n in self.days)

    def due(self, about: dt.date, today: dt.date) -> dt.date | None:
        """
        The day by which, as of ``today``, somebody is to have been reminded of something dated ``about``.

        That is the latest that has come; None before the first, and once the latest has lapsed.
        """
        return _due(self, about, today)

    def dues(self, today: dt.date) -> dict[dt.date, tuple[Span, ...]]:
        """The days due as of ``today``, each with the dates that it is about, as spans from a first to a last date."""
        return _dues(self, today)

    def _slot(self, about: dt.date, n: int) -> dt.date:
        return add_working_days(about, n) if self.working else about + n * ONE_DAY


def before(*days: int, working: bool = True) -> Timing:
    """So many days before a date; 0 is the date itself."""
    return Timing(tuple(sorted(-n for n in days)), working)


def after(first: int, *, every: int = 0, times: int = 1, working: bool = True) -> Timing:
    """So many days after a date, and again ``every`` so many days, ``times`` times in all."""
    return Timing(tuple(first + n * every for n in range(times)), working)


def news() -> Timing:
    """On the day on which it happened, or as soon after as can be; each time that it happens."""
    return Timing((0,), working=False, lapses=False)


@lru_cache(maxsize=4096)
def _due(timing: Timing, about: dt.date, today: dt.date) -> dt.date | None:
    """See ``Timing.due``; kept, since the same dates are asked of many rows."""
    come = [(slot, n) for slot, n in zip(timing.slots(about), timing.days, strict=True) if slot <= today]
    if not come:
        return None
    slot, n = come[-1]
    last = about if n <= 0 and timing.lapses else slot + CATCH_UP
    return slot if today <= last else None


@lru_cache(maxsize=256)
def _dues(timing: Timing, today: dt.date) -> dict[dt.date, tuple[Span, ...]]:
    """Every date from the earliest to the latest that could be due, asked one by one; kept for the day."""
    reach = [_calendar_days(n) for n in timing.days]
    first = today - CATCH_UP - max(0, *reach, 0) * ONE_DAY
    last = today - min(0, *reach, 0) * ONE_DAY
    found: dict[dt.date, list[Span]] = defaultdict(list)
    about = first
    while about <= last:
        due = timing.due(about, today)
        if due is not None:
            spans = found[due]
            if spans and spans[-1][1] == about - ONE_DAY:
                spans[-1] = (spans[-1][0], about)
            else:
                spans.append((about, about))
        about += ONE_DAY
    return {due: tuple(spans) for due, spans in found.items()}


def _calendar_days(n: int) -> int:
    """At most so many calendar days are ``n`` working days."""
    return (n * 7 // 5 + SLACK) if n > 0 else (-(-n * 7 // 5 + SLACK) if n < 0 else 0)
