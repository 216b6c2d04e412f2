"""The money of the sample: the figures of 2021-22 as they were printed, and those of the sample year."""

from decimal import Decimal

from django.utils import timezone

from finance import queries, rules
from finance.models import BudgetLine, Contribution, Explanation, FinancialYear, PublishedFigure
from meetings.sample.files import read

FILES = ("2021-22/money.yaml", "year/money.yaml")
OF_FILE = ("year", "contributions", "position", "printed", "explanations")
STRANDS = ("children", "adults", "not divided")
OF_CONTRIBUTION = ("agency", "payer", *STRANDS, "printed total", "note")


def load(folder, area, people):
    """Enter the years that are not there yet, with all their figures. One that is there stays as it is."""
    for name in FILES:
        file = read(folder, name).only(*OF_FILE)
        days = file.entry("year").only("first day", "last day")
        first, last = days.day("first day"), days.day("last day")
        year = FinancialYear(area=area, name=rules.name_of(first, last), first_day=first, last_day=last)
        if FinancialYear.objects.filter(area=area, name=year.name).exists():
            continue
        year.save()
        Contribution.objects.bulk_create(
            one for entry in file.entries("contributions") for one in _contributions(year, people, entry)
        )
        lines = [entry.only("kind", "name", "amount") for entry in file.entries("position")]
        BudgetLine.objects.bulk_create(_line(year, entry, order) for order, entry in enumerate(lines, start=1))
        PublishedFigure.objects.bulk_create(_printed(year, entry) for entry in file.entries("printed"))
        _explain(year, people, file)


def _contributions(year, people, entry):
    """What one partner paid; a printed total that its parts do not give is a slip of the file."""
    entry.only(*OF_CONTRIBUTION)
    amounts = {strand: Decimal(entry.number(strand)) for strand in STRANDS if strand in entry}
    total = entry.number("printed total", None)
    if total is not None and sum(amounts.values()) != total:
        raise entry.wrong("the amounts do not add up to the printed total.", "printed total")
    return [
        Contribution(
            year=year,
            agency=people.agency(entry),
            payer=entry.text("payer", ""),
            strand=strand,
            amount=amount,
            note=entry.text("note", ""),
        )
        for strand, amount in amounts.items()
    ]


def _line(year, entry, order):
    return BudgetLine(
        year=year,
        kind=entry.choice("kind", BudgetLine.Kind.values),
        name=entry.text("name"),
        amount=entry.number("amount"),
        order=order,
    )


def _printed(year, entry):
    entry.only("figure", "amount", "source", "place")
    return PublishedFigure(
        year=year,
        figure=entry.choice("figure", PublishedFigure.Figure.values),
        amount=entry.number("amount"),
        source=entry.text("source"),
        place=entry.text("place", ""),
    )


def _explain(year, people, file):
    """The explanations that were accepted, each for the difference that there is."""
    differences = {one.figure: one.difference for one in queries.compared_of(year) if not one.agrees}
    for entry in file.entries("explanations"):
        entry.only("figure", "text", "accepted by")
        figure = entry.choice("figure", list(differences))
        Explanation.objects.create(
            year=year,
            figure=figure,
            difference=differences[figure],
            text=entry.text("text"),
            accepted_at=timezone.now(),
            accepted_by=people.of(entry.entry("accepted by").only("agency", "post")).user,
        )
