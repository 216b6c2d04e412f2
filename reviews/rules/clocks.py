"""
The counting of deadlines: from a dated event, in working days, calendar days or months, with days on hold left out.

The day of the event never counts. Working days are those of England (``mktogether/lib/working_days.py``). Months go to
the day of the same number, or to the last of a month that has none. While a case is on hold no day counts: a limit in
days counts on when the hold is over, and one in months moves on by as many days. "Left" is counted from the day after
``today`` to the day it is due. Nothing here knows what day it is.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from mktogether.lib.working_days import add_working_days, bank_holidays, is_working_day, working_days_between
from reviews.rules.kinds import Limit, Unit

ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Hold:
    """Days on which no deadline runs, with the reason. Without a last day it has not ended."""

    first_day: dt.date
    last_day: dt.date | None
    because: str

    def covers(self, day: dt.date) -> bool:
        """Whether ``day`` is one of them."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


NO_HOLDS: tuple[Hold, ...] = ()


def due(start: dt.date, limit: Limit, holds: Collection[Hold] = NO_HOLDS, *, is_before: bool = False) -> dt.date | None:
    """
    The last day on which something is in time that is counted from an event of ``start``.

    None for a limit without an amount, and while a hold that has not ended keeps the count from its end. ``is_before``
    counts backwards, and there no hold matters.
    """
    if limit.amount is None or limit.unit is None:
        return None
    if is_before:
        return _back(start, limit.amount, limit.unit)
    if limit.unit is Unit.WORKING_DAYS:
        return _nth(start, limit.amount, holds, is_working_day)
    days = limit.amount if limit.unit is Unit.CALENDAR_DAYS else (add_months(start, limit.amount) - start).days
    return _nth(start, days, holds, lambda day: True)


def _back(start: dt.date, amount: int, unit: Unit) -> dt.date:
    if unit is Unit.WORKING_DAYS:
        return add_working_days(start, -amount)
    return start - amount * ONE_DAY if unit is Unit.CALENDAR_DAYS else add_months(start, -amount)


def _nth(start: dt.date, n: int, holds: Collection[Hold], counts: Callable[[dt.date], bool]) -> dt.date | None:
    """The n-th day after ``start`` that counts and is not on hold; None where a hold without an end comes before it."""
    day = start
    while n:
        day += ONE_DAY
        over = [hold for hold in holds if hold.covers(day)]
        if any(hold.last_day is None for hold in over):
            return None
        n -= not over and counts(day)
    return day


def add_months(day: dt.date, months: int) -> dt.date:
    """The day of the same number ``months`` later (earlier, below nothing), or the last of a month that has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def counted(start: dt.date, end: dt.date, unit: Unit, holds: Collection[Hold] = NO_HOLDS) -> int:
    """How many days of ``unit`` lie after ``start`` up to and with ``end``, none of them on hold; months as days."""
    if not holds and unit is Unit.WORKING_DAYS:
        return _working_days(start, end)
    if not holds:
        return (end - start).days
    sign, first, last = (1, start, end) if start <= end else (-1, end, start)
    days = (first + n * ONE_DAY for n in range(1, (last - first).days + 1))
    return sign * sum(
        not any(hold.covers(day) for hold in holds) and (unit is not Unit.WORKING_DAYS or is_working_day(day))
        for day in days
    )


@lru_cache(maxsize=4096)
def _working_days(start: dt.date, end: dt.date) -> int:
    """Kept, since a board of deadlines asks for few days again and again."""
    return working_days_between(start, end)


class State(StrEnum):
    """Where a deadline stands."""

    RUNNING = "running"
    HELD = "on hold"
    LATE = "missed"
    MET = "met"
    MET_LATE = "met late"
    NO_DATE = "no date"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a deadline stands on a day, in a word and in words: ``3 working days left``."""

    state: State
    words: str


def standing(due_on: dt.date | None, unit: Unit | None, today: dt.date, *, met_on: dt.date | None = None,
             held_since: dt.date | None = None) -> Standing:  # fmt: skip
    """
    Where a deadline stands that is due on ``due_on`` (None: no date, or not while it is on hold).

    ``unit`` says in what to count what is left; months are told as days. ``met_on`` is the day on which it was met, and
    ``held_since`` the first day of a hold that has not ended.
    """
    if met_on is not None:
        return _met(due_on, unit, met_on)
    if due_on is None:
        if held_since is None:
            return Standing(State.NO_DATE, "As soon as reasonably practicable")
        return Standing(State.HELD, f"On hold since {day_in_words(held_since)}")
    if due_on == today:
        return Standing(State.RUNNING, "Due today")
    within = _in_days(unit)
    if due_on < today:
        ago = counted(due_on, today, within)
        return Standing(State.LATE, f"Missed, {within.of(ago)} ago" if ago else "Missed")
    number = counted(today, due_on, within)
    return Standing(State.RUNNING, f"{within.of(number)} left" if number else "No working day left")


def _met(due_on: dt.date | None, unit: Unit | None, met_on: dt.date) -> Standing:
    if due_on is None or met_on <= due_on:
        return Standing(State.MET, f"Met on {day_in_words(met_on)}")
    within = _in_days(unit)
    late = counted(due_on, met_on, within)
    how = f", {within.of(late)} late" if late else ", late"
    return Standing(State.MET_LATE, f"Done on {day_in_words(met_on)}{how}")


def _in_days(unit: Unit | None) -> Unit:
    """Days of which kind are told: a number of months that is left would be no whole one."""
    return Unit.WORKING_DAYS if unit is Unit.WORKING_DAYS else Unit.CALENDAR_DAYS


# --- The arithmetic, to be read ---------------------------------------------------------------------------------------


def day_in_words(day: dt.date) -> str:
    """``10 September 2024``."""
    return f"{day.day} {day:%B %Y}"


def weekday_in_words(day: dt.date) -> str:
    """``Tuesday 10 September 2024``."""
    return f"{day:%A} {day_in_words(day)}"


def steps(
    start: dt.date, limit: Limit, holds: Collection[Hold] = NO_HOLDS, *, event: str, is_before: bool = False
) -> tuple[str, ...]:
    """How the deadline is counted from ``event`` on ``start``, in sentences that somebody can follow by finger."""
    begun = f"{event}: {weekday_in_words(start)}. That day does not count."
    if limit.amount is None or limit.unit is None:
        return (
            f"{event}: {weekday_in_words(start)}.",
            "It is due as soon as reasonably practicable: there is no date.",
        )
    end = due(start, limit, holds, is_before=is_before)
    said = (f"It is due on {weekday_in_words(end)}.",) if end else _waits(holds)
    if is_before:
        return (begun, f"{limit.words} before it, counted backwards.", *said)
    if limit.unit is Unit.WORKING_DAYS:
        return (begun, *_working_steps(start, limit, end, holds), *said)
    return (begun, *_calendar_steps(start, limit, end, holds), *said)


def _waits(holds: Collection[Hold]) -> tuple[str, ...]:
    began = min(hold.first_day for hold in holds if hold.last_day is None)
    return (f"It is on hold since {day_in_words(began)}. The date follows when the hold is over.",)


def _working_steps(start: dt.date, limit: Limit, end: dt.date | None, holds: Collection[Hold]) -> Iterator[str]:
    until = end or min(hold.first_day for hold in holds if hold.last_day is None) - ONE_DAY
    days = [start + n * ONE_DAY for n in range(1, (until - start).days + 1)]
    taken = [day for day in days if is_working_day(day) and not any(hold.covers(day) for hold in holds)]
    if taken:
        yield f"Counted to {len(taken)} of {limit.words}: {_listed(taken)}."
    weekend = [day for day in days if day.weekday() >= SATURDAY]
    if weekend:
        yield f"Left out, Saturdays and Sundays: {_listed(weekend)}."
    holidays = [day for day in days if day.weekday() < SATURDAY and day in bank_holidays(day.year)]
    if holidays:
        yield f"Left out, bank holidays of England: {_listed(holidays)}."
    yield from _held_steps(days, holds)


def _calendar_steps(start: dt.date, limit: Limit, end: dt.date | None, holds: Collection[Hold]) -> Iterator[str]:
    amount = limit.amount or 0
    plain = add_months(start, amount) if limit.unit is Unit.MONTHS else start + amount * ONE_DAY
    yield f"{limit.words} later: {weekday_in_words(plain)}."
    if limit.unit is Unit.MONTHS and plain.day != start.day:
        yield f"{plain:%B %Y} has no day {start.day}, so its last day is taken."
    if end is None or end != plain:
        until = end or plain
        yield from _held_steps([start + n * ONE_DAY for n in range(1, (until - start).days + 1)], holds)


def _held_steps(days: Collection[dt.date], holds: Collection[Hold]) -> Iterator[str]:
    for hold in sorted(holds, key=lambda hold: hold.first_day):
        number = sum(hold.covers(day) for day in days)
        if number or hold.last_day is None:
            last = f"to {day_in_words(hold.last_day)}" if hold.last_day else "on"
            after = f": {Unit.CALENDAR_DAYS.of(number)} left out" if hold.last_day else ""
            yield f"On hold from {day_in_words(hold.first_day)} {last}{after}. {hold.because}"


def _listed(days: list[dt.date]) -> str:
    """``11, 12, 13 September 2024; 1 October 2024``: by month, so that a long count stays short to read."""
    months: dict[tuple[int, int], list[str]] = {}
    for day in days:
        months.setdefault((day.year, day.month), []).append(str(day.day))
    return "; ".join(f"{', '.join(of)} {dt.date(year, month, 1):%B %Y}" for (year, month), of in months.items())
