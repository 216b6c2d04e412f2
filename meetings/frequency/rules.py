"""
The arithmetic of how often a board or group met: what its terms ask of a year, and what took place of that.

A meeting that was held counts, quorate or not: how many were not quorate stands beside. One that was cancelled is no
meeting. What terms do not state is asked of nobody.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What became of a meeting."""

    HELD = "held"
    PLANNED = "planned"  # to come, or over and not closed yet
    CANCELLED = "cancelled"


class Standing(StrEnum):
    """How a year stands against what is asked of it."""

    NOT_STATED = "not stated"
    MET = "met"
    ON_COURSE = "on course"  # with what is planned it will be met
    TO_PLAN = "to plan"  # with what is planned it will not
    SHORT = "short"  # the year is over


@dataclass(frozen=True, slots=True)
class Version:
    """One version of terms: from its first to its last day it asks for so many meetings a year (None: not stated)."""

    first: dt.date
    last: dt.date | None
    meetings: int | None
    at_least: bool = False
    in_person: int | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting of the year: what became of it, its verdict on quorum (None: not stated), and whether in one room."""

    state: State
    quorate: bool | None = None
    in_person: bool | None = None  # None: how it met is not known


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What is asked of a year; ``meetings`` is None where nothing is stated.

    ``in_part`` where the number was stated for a part of the year only, or changed within it: then it is the share of
    each version by its days, and never more than whole meetings of it.
    """

    meetings: int | None = None
    at_least: bool = False
    in_person: int | None = None
    in_part: bool = False


def asked(versions: Iterable[Version], first: dt.date, last: dt.date) -> Asked:
    """What ``versions``, of which one holds at a time, ask of the year from ``first`` to ``last``."""
    parts = [(version, _days(version, first, last)) for version in versions]
    held = sorted(((version, days) for version, days in parts if days), key=lambda part: part[0].first)
    stated = [(version, days) for version, days in held if version.meetings is not None]
    in_person = next((version.in_person for version, _days in reversed(held) if version.in_person is not None), None)
    if not stated:
        return Asked(in_person=in_person)
    year = (last - first).days + 1
    at_least = any(version.at_least for version, _days in stated)
    numbers = {version.meetings for version, _days in stated}
    covered = sum(days for _version, days in stated)
    if len(numbers) == 1 and covered == year:
        return Asked(stated[0][0].meetings, at_least, in_person)
    share = sum((version.meetings or 0) * days for version, days in stated) // year
    return Asked(share, at_least, in_person, in_part=True)


def _days(version: Version, first: dt.date, last: dt.date) -> int:
    """How many days of the year the version holds."""
    begins = max(version.first, first)
    ends = last if version.last is None else min(version.last, last)
    return max((ends - begins).days + 1, 0)


@dataclass(frozen=True, slots=True)
class Year:
    """A year of one board or group, counted."""

    asked: Asked
    is_over: bool
    held: int
    planned: int
    cancelled: int
    quorate: int
    not_quorate: int
    in_person: int
    mode_unknown: int

    @property
    def short_by(self) -> int:
        """How many meetings are missing: of a year that is over those held, else with those that are planned."""
        if self.asked.meetings is None:
            return 0
        there = self.held if self.is_over else self.held + self.planned
        return max(self.asked.meetings - there, 0)

    @property
    def standing(self) -> Standing:
        if self.asked.meetings is None:
            return Standing.NOT_STATED
        if self.held >= self.asked.meetings:
            return Standing.MET
        if self.is_over:
            return Standing.SHORT
        return Standing.TO_PLAN if self.short_by else Standing.ON_COURSE

    @property
    def in_person_short_by(self) -> int | None:
        """How many meetings in person are missing; None while that cannot be said: it goes on, or ways unknown."""
        if self.asked.in_person is None:
            return 0
        missing = max(self.asked.in_person - self.in_person, 0)
        return None if missing and (not self.is_over or self.mode_unknown) else missing


def year(
    versions: Iterable[Version], sittings: Sequence[Sitting], first: dt.date, last: dt.date, today: dt.date
) -> Year:
    """Count ``sittings``, the meetings of the year from ``first`` to ``last``, against what ``versions`` ask of it."""
    held = [sitting for sitting in sittings if sitting.state == State.HELD]
    return Year(
        asked=asked(versions, first, last),
        is_over=last < today,
        held=len(held),
        planned=sum(sitting.state == State.PLANNED for sitting in sittings),
        cancelled=sum(sitting.state == State.CANCELLED for sitting in sittings),
        quorate=sum(sitting.quorate is True for sitting in held),
        not_quorate=sum(sitting.quorate is False for sitting in held),
        in_person=sum(sitting.in_person is True for sitting in held),
        mode_unknown=sum(sitting.in_person is None for sitting in held),
    )
