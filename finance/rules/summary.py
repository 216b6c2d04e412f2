"""A financial year as people read it: sums, shares, the balance, and print beside records."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from finance.rules.ledger import (
    NOTHING,
    OF_STRAND,
    Explanation,
    Figure,
    Kind,
    Line,
    Paid,
    Printed,
    Strand,
    Sums,
    as_read,
    share,
)


@dataclass(frozen=True, slots=True)
class Row:
    """What one partner contributed: by strand (none where it paid nothing), in all, and its share in per cent."""

    agency: str
    name: str
    payer: str
    by_strand: Mapping[Strand, Decimal]
    total: Decimal
    share: Decimal
    paid: tuple[Paid, ...] = ()

    @property
    def slug(self) -> str:
        """Names the partner in an address."""
        return self.paid[0].slug if self.paid else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was noted of its contributions."""
        return tuple(dict.fromkeys(one.note for one in self.paid if one.note))


@dataclass(frozen=True, slots=True)
class Totals:
    """What all partners contributed, by strand and in all."""

    by_strand: Mapping[Strand, Decimal]
    total: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """
    A figure as printed beside what the records give; ``difference`` is computed less printed.

    An explanation holds for the difference that it was accepted for. Where the records or the print have changed
    since, it explains nothing any more and stands in ``outdated``.
    """

    figure: Figure
    label: str
    printed: Decimal
    computed: Decimal
    source: str
    explanation: Explanation | None = None
    outdated: Explanation | None = None

    @property
    def difference(self) -> Decimal:
        """Computed less printed, as people read both."""
        return self.computed - self.printed

    @property
    def agrees(self) -> bool:
        """Whether print and records say the same, to the penny."""
        return not self.difference

    @property
    def is_open(self) -> bool:
        """Whether it waits for an explanation."""
        return not self.agrees and self.explanation is None


@dataclass(frozen=True, slots=True)
class YearSummary:
    """
    A financial year as people read it.

    ``contributions``, ``lines`` and ``compared`` are what the reader sees of them; every sum is of all records.
    """

    name: str
    first_day: dt.date
    last_day: dt.date
    contributions: tuple[Row, ...]
    totals: Totals
    lines: tuple[Line, ...]
    figures: Mapping[Figure, Decimal]
    compared: tuple[Difference, ...]
    has_position: bool

    @property
    def brought_forward(self) -> Decimal:
        """What was in hand when the year began; below nothing, where the year before was overspent."""
        return self.figures[Figure.BROUGHT_FORWARD]

    @property
    def contributions_used(self) -> Decimal:
        """The contributions that the year-end position uses; what partners paid, where it names none of its own."""
        return self.figures[Figure.POSITION]

    @property
    def income_available(self) -> Decimal:
        """Brought forward and contributions."""
        return self.figures[Figure.INCOME]

    @property
    def expenditure(self) -> Decimal:
        """What was spent."""
        return self.figures[Figure.EXPENDITURE]

    @property
    def carried_forward(self) -> Decimal:
        """The balance: what is in hand when the year ends. Always computed from the lines, whatever was printed."""
        return self.figures[Figure.CARRIED_FORWARD]

    @property
    def surplus(self) -> Decimal:
        """Contributions less expenditure of the year itself."""
        return self.figures[Figure.SURPLUS]

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The figures whose print is not what the records give."""
        return tuple(one for one in self.compared if not one.agrees)

    @property
    def is_reconciled(self) -> bool:
        """Whether every difference is explained."""
        return is_reconciled(self.compared)

    @property
    def unseen(self) -> Decimal:
        """What partners contributed whose rows the reader does not see."""
        return self.totals.total - sum((row.total for row in self.contributions), NOTHING)


def summarise(
    name: str,
    days: tuple[dt.date, dt.date],
    sums: Sums,
    *,
    paid: Iterable[Paid] = (),
    lines: Iterable[Line] = (),
    compared: Iterable[Difference] = (),
) -> YearSummary:
    """The summary of the year with these first and last ``days``: sums of all records, and what its reader sees."""
    found = figures(sums)
    total = found[Figure.CONTRIBUTIONS]
    return YearSummary(
        name=name,
        first_day=days[0],
        last_day=days[1],
        contributions=rows(paid, total),
        totals=Totals(strands(sums.by_strand), total),
        lines=tuple(sorted(lines, key=lambda line: list(Kind).index(line.kind))),
        figures=found,
        compared=tuple(compared),
        has_position=bool(sums.by_kind),
    )


# --- Sums -------------------------------------------------------------------------------------------------------------


def rows(paid: Iterable[Paid], whole: Decimal) -> tuple[Row, ...]:
    """One row for each partner, who paid most first; shares are of ``whole``, the total as people read it."""
    of: dict[str, list[Paid]] = {}
    for one in paid:
        of.setdefault(one.agency, []).append(one)
    found = [_row(of_one, whole) for of_one in of.values()]
    return tuple(sorted(found, key=lambda row: (-row.total, row.agency)))


def _row(paid: list[Paid], whole: Decimal) -> Row:
    paid = sorted(paid, key=lambda one: (list(Strand).index(one.strand), one.record))
    by_strand = strands(Sums.of(paid, ()).by_strand)
    total = sum(by_strand.values(), NOTHING)
    payers = dict.fromkeys(one.payer for one in paid if one.payer)
    first = paid[0]
    return Row(first.agency, first.name, "; ".join(payers), by_strand, total, share(total, whole), tuple(paid))


def strands(ledger: Mapping[Strand, Decimal]) -> dict[Strand, Decimal]:
    """The sums by strand as people read them, in the order of the columns."""
    return {strand: as_read(ledger[strand], income=True) for strand in Strand if strand in ledger}


def figures(sums: Sums) -> dict[Figure, Decimal]:
    """Every figure that the records of a year give, as people read it."""
    by_strand = strands(sums.by_strand)
    total = sum(by_strand.values(), NOTHING)
    of = {kind: as_read(amount, income=kind.is_income) for kind, amount in sums.by_kind.items()}
    brought = of.get(Kind.BROUGHT_FORWARD, NOTHING)
    used = of.get(Kind.CONTRIBUTIONS, total)
    spent = of.get(Kind.EXPENDITURE, NOTHING)
    return {
        Figure.CONTRIBUTIONS: total,
        **{figure: by_strand.get(strand, NOTHING) for strand, figure in OF_STRAND.items()},
        Figure.BROUGHT_FORWARD: brought,
        Figure.POSITION: used,
        Figure.INCOME: brought + used,
        Figure.EXPENDITURE: spent,
        Figure.SURPLUS: used - spent,
        Figure.CARRIED_FORWARD: brought + used - spent,
    }


# --- Differences ------------------------------------------------------------------------------------------------------

THE_POSITION = "The year-end position, as it was entered"


def compare(sums: Sums, printed: Iterable[Printed], explanations: Iterable[Explanation]) -> tuple[Difference, ...]:
    """
    Every printed figure beside what the records give, in the order of the figures.

    Where the year-end position uses other contributions than partners paid, and nothing printed says the same already,
    that is a difference of its own.
    """
    computed = figures(sums)
    by_figure = {one.figure: one for one in printed}
    accepted = {one.figure: one for one in explanations}
    found = [
        _difference(figure, as_read(one.amount, income=figure.is_income), computed[figure], one.source, accepted)
        for figure in Figure
        if (one := by_figure.get(figure)) is not None
    ]
    used, paid = computed[Figure.POSITION], computed[Figure.CONTRIBUTIONS]
    said = [one.printed for one in found if one.figure is Figure.CONTRIBUTIONS]
    if used != paid and used not in said:
        found.append(_difference(Figure.POSITION, used, paid, THE_POSITION, accepted))
    return tuple(found)


def _difference(
    figure: Figure, printed: Decimal, computed: Decimal, source: str, accepted: Mapping[Figure, Explanation]
) -> Difference:
    explanation = accepted.get(figure)
    holds = explanation is not None and explanation.difference == computed - printed
    return Difference(
        figure,
        figure.label,
        printed,
        computed,
        source,
        explanation=explanation if holds else None,
        outdated=None if holds else explanation,
    )


def is_reconciled(compared: Iterable[Difference]) -> bool:
    """Whether each figure agrees or its difference is explained; where nothing was printed, nothing differs."""
    return not any(one.is_open for one in compared)
