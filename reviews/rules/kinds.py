"""
A kind of case as data: its dated events and stages, its deadlines, who decides, by which criteria, and what may follow.

What stands in ``fixtures/case-kinds.yaml`` is read into these by ``reviews/kinds.py``. A limit holds from one day to
another, so that a changed one leaves the old one standing: of two, that in force on the day of the event applies.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

Found = TypeVar("Found")


class Unit(StrEnum):
    """In what a limit is counted; the value is its word for more than one."""

    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"
    MONTHS = "months"

    def of(self, number: int) -> str:
        """``1 working day``, ``15 working days``: the number with its word."""
        return f"{number} {self.value.removesuffix('s') if number == 1 else self.value}"


class Level(StrEnum):
    """What gives a limit its force; the value is its word on screen."""

    ACT = "Act"
    REGULATIONS = "regulations"
    GUIDANCE = "statutory guidance"
    POLICY = "local policy"


class Mark(StrEnum):
    """How sure it is that the limit stands as it is entered here."""

    VERIFIED = "verified"  # read in the text itself
    SECONDARY = "secondary"  # read where somebody restates the text
    UNVERIFIED = "not verified"  # from knowledge of the field; said so wherever it is shown


@dataclass(frozen=True, slots=True)
class Limit:
    """
    How long something may take, and on which days of its event that holds; no first or last day leaves it open there.

    Without an amount it is due as soon as reasonably practicable, and has no date.
    """

    amount: int | None
    unit: Unit | None
    first_day: dt.date | None = None
    last_day: dt.date | None = None

    def is_in_force(self, day: dt.date) -> bool:
        """Whether it holds for an event of ``day``."""
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)

    @property
    def words(self) -> str:
        """``5 working days``, or ``as soon as reasonably practicable``."""
        if self.amount is None or self.unit is None:
            return "as soon as reasonably practicable"
        return self.unit.of(self.amount)


@dataclass(frozen=True, slots=True)
class Deadline:
    """
    A deadline that a kind of case has: what is to be done, counted from one dated event and met by another.

    ``is_before`` turns the count round: the copies of a report go out so many days before it is published.
    """

    code: str
    what: str
    starts: str  # the key of the event that it is counted from
    ends: str  # the key of the event that meets it
    level: Level
    source: str  # the Act, guidance or policy, and the paragraph where it is known
    mark: Mark
    limits: tuple[Limit, ...]
    is_before: bool = False
    can_be_held: bool = False
    note: str = ""

    def limit_on(self, day: dt.date) -> Limit | None:
        """The limit that holds for an event of ``day``; None where there was none yet, or none any more."""
        return next((limit for limit in self.limits if limit.is_in_force(day)), None)

    @property
    def is_verified(self) -> bool:
        """Whether it may be shown without saying that nobody has verified it."""
        return self.mark is not Mark.UNVERIFIED


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on the panel that decides about cases of a kind: whose post, of which organisation."""

    key: str
    post: str
    of: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a panel can decide, which criteria it needs, and the keys of the events that the decision is the day of."""

    key: str
    name: str
    events: tuple[str, ...]
    all_of: tuple[str, ...] = ()  # criteria that must be met, every one
    one_of: tuple[str, ...] = ()  # criteria of which at least one must be met

    def is_open_to(self, met: Iterable[str]) -> bool:
        """Whether the criteria in ``met`` are enough for it."""
        found = set(met)
        return found.issuperset(self.all_of) and (not self.one_of or not found.isdisjoint(self.one_of))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case. ``begins`` is the key of the event that the date we knew is the date of."""

    key: str
    name: str
    begins: str
    authority: str
    decides: str
    events: Mapping[str, str]
    stages: Mapping[str, str]  # from the key of an event to the stage that it begins, in their order
    seats: tuple[Seat, ...]
    criteria: Mapping[str, str]
    outcomes: tuple[Outcome, ...]
    deadlines: tuple[Deadline, ...] = ()
    notes: tuple[str, ...] = field(default=())
    rapid_review: str = ""  # the key of the event that is its rapid review, where it has one
    planned: tuple[str, ...] = field(default=())  # the keys of events whose day may lie ahead

    def stage(self, reached: Iterable[str]) -> str:
        """Where a case stands whose events with the keys ``reached`` have happened: the last stage that one begins."""
        happened = set(reached)
        begun = [name for key, name in self.stages.items() if key in happened]
        return begun[-1] if begun else "Registered"

    def deadline(self, code: str) -> Deadline:
        """The deadline called ``code``. Raises LookupError where the kind has none of that name."""
        return next_or_refuse((one for one in self.deadlines if one.code == code), f"{self.key} has no {code}")

    def outcome(self, key: str) -> Outcome:
        """The outcome called ``key``. Raises LookupError where the kind has none of that name."""
        return next_or_refuse((one for one in self.outcomes if one.key == key), f"{self.key} has no {key}")


def next_or_refuse(found: Iterable[Found], sentence: str) -> Found:
    """The first of ``found``; raises LookupError with ``sentence`` where there is none."""
    for one in found:
        return one
    raise LookupError(sentence)


def faults(kind: Kind) -> list[str]:
    """What is wrong with ``kind`` as data, in sentences: names that name nothing, limits that overlap or are empty."""
    known = set(kind.events)
    named = {
        "begins": [kind.begins],
        "a stage": list(kind.stages),
        "planned": list(kind.planned),
        "rapid review": [kind.rapid_review] if kind.rapid_review else [],
        **{f"the outcome {one.key}": list(one.events) for one in kind.outcomes},
        **{f"the deadline {one.code}": [one.starts, one.ends] for one in kind.deadlines},
    }
    wrong = [f"{where}: there is no event “{key}”" for where, keys in named.items() for key in keys if key not in known]
    wrong += [
        f"the outcome {one.key}: there is no criterion “{key}”"
        for one in kind.outcomes
        for key in (*one.all_of, *one.one_of)
        if key not in kind.criteria
    ]
    for deadline in kind.deadlines:
        wrong += [f"the deadline {deadline.code}: {sentence}" for sentence in _faults_of_limits(deadline)]
    return wrong


def _faults_of_limits(deadline: Deadline) -> Iterable[str]:
    if not deadline.limits:
        yield "it has no limit"
    for limit in deadline.limits:
        if (limit.amount is None) != (limit.unit is None) or (limit.amount is not None and limit.amount < 1):
            yield "a limit has a number from 1 on and a unit, or neither"
        if limit.first_day and limit.last_day and limit.last_day < limit.first_day:
            yield "a limit ends before it begins"
    for number, limit in enumerate(deadline.limits):
        for other in deadline.limits[number + 1 :]:
            if _overlap(limit, other):
                yield "two limits are in force on the same day"


def _overlap(one: Limit, other: Limit) -> bool:
    begins = max(one.first_day or dt.date.min, other.first_day or dt.date.min)
    ends = min(one.last_day or dt.date.max, other.last_day or dt.date.max)
    return begins <= ends
