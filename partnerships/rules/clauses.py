"""What a quorum clause can say, as values.

A clause is a tree. Its leaves ask for a number of counted people, for different agencies, or for one from each name;
its branches are "all of", "any of", "at least k of" and conditions. All of them are monotone in attendance, but for a
cap "of everybody present".
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Base(StrEnum):
    """What a fraction is a fraction of."""

    PLACES = "places"
    IN_POST = "members in post"
    VOTING = "voting members"
    VOTING_PLACES = "voting places"


class Rounding(StrEnum):
    """What happens to a part of a person."""

    UP = "up"
    DOWN = "down"
    NEAREST = "to the nearest"


class Reading(StrEnum):
    """Which people a cap binds: those counted for the clause, or everybody present."""

    COUNTED = "counted"
    PRESENT = "present"


class Unit(StrEnum):
    """What is counted: heads, different agencies, or different ones of the names listed."""

    PEOPLE = "people"
    AGENCIES = "agencies"
    NAMES = "names"


@dataclass(frozen=True)
class Group:
    """Which places a clause speaks of. An empty group is every member.

    ``kinds`` and ``sources`` each hold alternatives: "councillors or officers from Bedford" are places that carry one
    of the two kinds *and* the source. A name may be an agency, a class or the title of a post. ``people`` keeps
    the word "members" after a kind ("lay members"), which also says that heads are counted.
    """

    kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    voting: bool = False
    without: tuple[str, ...] = ()
    people: bool = False

    @property
    def everybody(self) -> bool:
        """Whether the group leaves nobody out."""
        return not (self.kinds or self.sources or self.voting or self.without)


EVERYBODY = Group()


@dataclass(frozen=True)
class Number:
    """A whole number that the rule states."""

    n: int


@dataclass(frozen=True)
class Share:
    """A fraction of a base, rounded up where the rule does not say, with a floor or a ceiling where it names one.

    ``more`` is "more than": floor(share) + 1. ``base`` may be a group ("one third of the councillors"): then it is the
    places of that group, or those of them in post.
    """

    over: int
    under: int
    base: Base = Base.IN_POST
    group: Group = EVERYBODY
    more: bool = False
    rounding: Rounding | None = None
    floor: int | None = None
    ceiling: int | None = None

    def of(self, size: int) -> int:
        """The number that the share comes to when its base is ``size``."""
        whole, rest = divmod(size * self.over, self.under)
        if self.more:
            number = whole + 1
        elif self.rounding is Rounding.DOWN:
            number = whole
        elif self.rounding is Rounding.NEAREST:
            number = whole + (2 * rest >= self.under)
        else:
            number = whole + (rest > 0)
        if self.floor is not None:
            number = max(number, self.floor)
        return number if self.ceiling is None else min(number, self.ceiling)


Quantity = Number | Share


@dataclass(frozen=True)
class Cap:
    """No more than so many of the people counted (or present) may be of a group, or from any one agency."""

    limit: int | None = None
    over: int = 1
    under: int = 1
    group: Group = EVERYBODY
    each_agency: bool = False
    reading: Reading = Reading.COUNTED

    def of(self, size: int) -> int:
        """The highest number that the cap lets through when ``size`` people are counted."""
        return self.limit if self.limit is not None else size * self.over // self.under


@dataclass(frozen=True)
class AtLeast:
    """At least so many counted people (or different agencies, or different names) of a group."""

    quantity: Quantity
    group: Group = EVERYBODY
    unit: Unit = Unit.PEOPLE
    caps: tuple[Cap, ...] = ()


@dataclass(frozen=True)
class FromEach:
    """At least ``n`` counted people from each of the names listed."""

    n: int
    names: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    voting: bool = False


@dataclass(frozen=True)
class FromEvery:
    """At least ``n`` counted people (or a share of its members) from each agency that has a place in the group."""

    n: int
    group: Group
    share: Share | None = None


@dataclass(frozen=True)
class Presiding:
    """Somebody of the group is present and presides."""

    group: Group


@dataclass(frozen=True)
class AllOf:
    """Every one of the clauses holds. ``distinct``: nobody is counted for two of them."""

    clauses: tuple[Clause, ...]
    distinct: bool = False


@dataclass(frozen=True)
class AnyOf:
    """One of the clauses holds."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class SomeOf:
    """At least ``k`` of the clauses hold."""

    k: int
    clauses: tuple[Clause, ...]


class Asks(StrEnum):
    """What a condition asks about."""

    APPOINTED = "appointed"
    VACANT = "vacant"
    IN_POST = "members in post"
    VACANCIES = "vacancies"
    MEETING = "meeting"
    DECISION = "decision"
    SINCE = "since"
    UNTIL = "until"


@dataclass(frozen=True)
class Condition:
    """A question about the membership, the date, the kind of meeting or of decision; never about the room."""

    asks: Asks
    name: str = ""
    least: int | None = None
    most: int | None = None
    day: dt.date | None = None


@dataclass(frozen=True)
class When:
    """One clause where the condition holds, and otherwise another (or nothing more)."""

    condition: Condition
    then: Clause
    otherwise: Clause | None = None


Clause = AtLeast | FromEach | FromEvery | Presiding | AllOf | AnyOf | SomeOf | When
