"""
Years, strands, kinds of line and figures by their names; how amounts are written; and records as a ledger has them.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

NOTHING = Decimal(0)
HUNDRED = Decimal(100)
TWO_PLACES = Decimal("0.01")
MOST = Decimal("999999999.99")  # pounds: more than any partnership handles, so whoever types more has slipped
LONGEST_YEAR = 550  # days: a year of eighteen months, as when its first day is moved


class Strand(StrEnum):
    """For whose safeguarding a contribution was made; some partners do not divide theirs."""

    CHILDREN = "children"
    ADULTS = "adults"
    NOT_DIVIDED = "not divided"

    @property
    def label(self) -> str:
        """As it stands at the head of a column."""
        return {"children": "Children’s", "adults": "Adults"}.get(self.value, "Not divided")


class Kind(StrEnum):
    """What a line of the year-end position says."""

    BROUGHT_FORWARD = "brought forward"
    CONTRIBUTIONS = "contributions"
    EXPENDITURE = "expenditure"

    @property
    def label(self) -> str:
        """As people call it."""
        return {
            "brought forward": "Brought forward",
            "contributions": "Contributions, as the year-end position uses them",
        }.get(self.value, "Expenditure")

    @property
    def is_income(self) -> bool:
        """Whether the ledger writes it below nothing."""
        return self is not Kind.EXPENDITURE


class Figure(StrEnum):
    """A figure of a year that the records give; the value stands in its address."""

    CONTRIBUTIONS = "contributions"
    CHILDREN = "children"
    ADULTS = "adults"
    NOT_DIVIDED = "not-divided"
    BROUGHT_FORWARD = "brought-forward"
    POSITION = "position"
    INCOME = "income-available"
    EXPENDITURE = "expenditure"
    SURPLUS = "surplus"
    CARRIED_FORWARD = "carried-forward"

    @property
    def label(self) -> str:
        """As people call it."""
        return LABELS[self]

    @property
    def is_income(self) -> bool:
        """Whether the ledger writes it below nothing; a balance in hand too."""
        return self is not Figure.EXPENDITURE


LABELS = {
    Figure.CONTRIBUTIONS: "Contributions",
    Figure.CHILDREN: "Contributions, children’s",
    Figure.ADULTS: "Contributions, adults",
    Figure.NOT_DIVIDED: "Contributions, not divided",
    Figure.BROUGHT_FORWARD: "Brought forward",
    Figure.POSITION: "Contributions in the year-end position",
    Figure.INCOME: "Income available",
    Figure.EXPENDITURE: "Expenditure",
    Figure.SURPLUS: "In-year surplus",
    Figure.CARRIED_FORWARD: "Carried forward",
}
OF_STRAND = {
    Strand.CHILDREN: Figure.CHILDREN,
    Strand.ADULTS: Figure.ADULTS,
    Strand.NOT_DIVIDED: Figure.NOT_DIVIDED,
}

# The year-end position: each figure in its order, with the kind of line that goes into it; without one it is computed.
POSITION = (
    (Figure.BROUGHT_FORWARD, Kind.BROUGHT_FORWARD),
    (Figure.POSITION, Kind.CONTRIBUTIONS),
    (Figure.INCOME, None),
    (Figure.EXPENDITURE, Kind.EXPENDITURE),
    (Figure.SURPLUS, None),
    (Figure.CARRIED_FORWARD, None),
)


# --- Signs and names --------------------------------------------------------------------------------------------------


def as_read(ledger: Decimal, *, income: bool) -> Decimal:
    """What the ledger's amount is as people read it: income and money in hand above nothing."""
    return -ledger if income else ledger


def as_ledger(read: Decimal, *, income: bool) -> Decimal:
    """What people typed, as the ledger writes it: the reverse of ``as_read``."""
    return -read if income else read


def name_of(first_day: dt.date, last_day: dt.date) -> str:
    """``2021-22`` for a year that lies in two calendar years, ``2021`` for one that lies in one."""
    if first_day.year == last_day.year:
        return f"{first_day.year}"
    return f"{first_day.year}-{last_day.year % 100:02}"


def share(part: Decimal, whole: Decimal, places: Decimal = TWO_PLACES) -> Decimal:
    """``part`` of ``whole`` in per cent with two places, a half rounded up; nothing of nothing is nothing."""
    if not whole:
        return NOTHING
    return (part / whole * HUNDRED).quantize(places, ROUND_HALF_UP)


# --- Records, as they stand in the ledger -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paid:
    """One contribution: who paid, as printed, for which strand, and the ledger's amount. ``record`` names its row."""

    agency: str
    name: str
    payer: str
    strand: Strand
    amount: Decimal
    note: str = ""
    slug: str = ""
    record: int = 0

    @property
    def read(self) -> Decimal:
        """The amount as people read it."""
        return as_read(self.amount, income=True)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the year-end position, with the ledger's amount."""

    kind: Kind
    name: str
    amount: Decimal
    record: int = 0

    @property
    def read(self) -> Decimal:
        """The amount as people read it."""
        return as_read(self.amount, income=self.kind.is_income)


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as a document printed it, with the ledger's sign, and where in which document it stands."""

    figure: Figure
    amount: Decimal
    source: str
    record: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why print and records differ: for which difference (as people read it), and who accepted that when."""

    figure: Figure
    difference: Decimal
    text: str
    accepted_by: str
    accepted_on: dt.date


@dataclass(frozen=True, slots=True)
class Sums:
    """What the records of a whole year add up to, in the ledger's signs; of kinds without a line there is no entry."""

    by_strand: Mapping[Strand, Decimal]
    by_kind: Mapping[Kind, Decimal]

    @classmethod
    def of(cls, paid: Iterable[Paid], lines: Iterable[Line]) -> "Sums":
        """The sums of these records."""
        by_strand: dict[Strand, Decimal] = {}
        for one in paid:
            by_strand[one.strand] = by_strand.get(one.strand, NOTHING) + one.amount
        by_kind: dict[Kind, Decimal] = {}
        for line in lines:
            by_kind[line.kind] = by_kind.get(line.kind, NOTHING) + line.amount
        return cls(by_strand, by_kind)
