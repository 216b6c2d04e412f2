"""The answer to "are we quorate?": values only, ready to be shown and to be frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """The verdict in a word."""

    QUORATE = "quorate"
    NOT_QUORATE = "not quorate"
    NOT_STATED = "not stated"


@dataclass(frozen=True)
class Counted:
    """Somebody who counts, in which seat and capacity."""

    person: str
    name: str
    seat: str
    seat_words: str
    agency: str
    capacity: str

    @property
    def words(self) -> str:
        """Who, where and how: "A. Jones, LPA Commander (deputy)"."""
        how = "" if self.capacity == "member" else f" ({self.capacity})"
        return f"{self.name}, {self.seat_words}{how}"


@dataclass(frozen=True)
class Finding:
    """One clause of the rule: met, not met, or met so narrowly that nobody may leave ("needed")."""

    label: str
    state: str
    count: int
    needed: int
    people: tuple[Counted, ...] = ()
    text: str = ""
    why: str = ""
    sum: str = ""


@dataclass(frozen=True)
class Arrival:
    """Somebody whose arrival would help: any ``k`` of these places, each by its member or a deputy who may count."""

    k: int
    seats: tuple[str, ...]
    people: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class MendingSet:
    """One smallest way to become quorate. ``size`` is how many people it takes."""

    arrivals: tuple[Arrival, ...]
    text: str
    size: int


@dataclass(frozen=True)
class Other:
    """The verdict for another kind of decision that has a rule of its own."""

    decision: str
    status: Status
    sentence: str
    met: bool


@dataclass(frozen=True)
class Judgement:
    """The verdict on a room at a moment, with its reasons."""

    status: Status
    sentence: str
    remedy: str = ""
    headline: str = ""
    findings: tuple[Finding, ...] = ()
    mending: tuple[MendingSet, ...] = ()
    others: tuple[Other, ...] = ()
    counted: tuple[Counted, ...] = ()
    reasons: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    discretion: tuple[str, ...] = ()
    decision: str = "ordinary"

    @property
    def is_quorate(self) -> bool:
        """Whether the meeting is quorate; "not stated" is not."""
        return self.status is Status.QUORATE

    def as_dict(self) -> dict[str, Any]:
        """The same as plain lists, texts and numbers, for storing with a decision or a closed meeting."""
        plain: dict[str, Any] = as_plain(self)
        return plain


def as_plain(value: Any) -> Any:
    """``value`` without classes of ours: dataclasses as dictionaries, tuples as lists, words as text."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: as_plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple | list):
        return [as_plain(part) for part in value]
    if isinstance(value, StrEnum):
        return value.value
    return value
