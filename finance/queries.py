"""Reads of money: the summary of a year as somebody sees it, and the records behind a figure."""

from decimal import Decimal

from django.db.models import BigAutoField, CharField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from finance import access, rules
from finance.models import BudgetLine, Contribution, Explanation, FinancialYear, PublishedFigure, areas_of_money
from mktogether.lib.prepared import Prepared, PreparedModels
from partnerships.models import Agency
from records.models import Event

OF_CONTRIBUTION = (
    "agency__short_name",
    "agency__name",
    "payer",
    "strand",
    "amount",
    "note",
    "agency__slug",
    "id",
)
READ_THERE = "of an area in which the totals of money are theirs to read"
SUMS = "sums are of all records; which of them are shown is asked where they are"


def years(user):
    """The financial years that ``user`` sees, the newest first."""
    return FinancialYear.objects.visible_to(user)


def year_called(name, user):
    """The year called ``name``, if ``user`` sees it; None otherwise."""
    seen = [year for area in sorted(areas_of_money(user)) for year in CALLED(area=area, name=name)]
    return max(seen, key=lambda year: year.first_day, default=None)


CALLED = PreparedModels(
    lambda area, name: FinancialYear.objects.regardless(READ_THERE).filter(area=area, name=name),
    area=BigAutoField(),
    name=CharField(),
)


def summary_of(year, user):
    """
    The financial ``year``, which was found for ``user``, as they see it: a ``finance.rules.YearSummary``.

    Every sum is of all records. Rows of contributions, budget lines and comparisons with print are those that ``user``
    may read, so a report asks for it as somebody who reads them all.
    """
    paid, lines = contributions_of(year, user), lines_of(year, user)
    reads_budget = access.reads_budget(user, year)
    reads_all = reads_budget and access.reads_contributions(user, year).area
    sums = rules.Sums.of(paid, lines) if reads_all else sums_of([year.pk])[year.pk]
    return rules.summarise(
        year.name,
        (year.first_day, year.last_day),
        sums,
        paid=paid,
        lines=lines,
        compared=compared_of(year, sums) if reads_budget else (),
    )


def whole_of(year):
    """The whole of ``year``, for a report whose readers are asked before: a ``finance.rules.YearSummary``."""
    sums = sums_of([year.pk])[year.pk]
    return rules.summarise(
        year.name,
        (year.first_day, year.last_day),
        sums,
        paid=_as_paid(PAID(year=year.pk)),
        lines=_as_lines(LINES(year=year.pk)),
        compared=compared_of(year, sums),
    )


def contributions_of(year, user):
    """The contributions to ``year`` that ``user`` reads; one query, or none."""
    reach, found = access.reads_contributions(user, year), ()
    if reach.area:
        found = PAID(year=year.pk)
    elif reach.agency is not None:
        found = PAID_BY(year=year.pk, agency=reach.agency)
    return _as_paid(found)


def _as_paid(found):
    return [
        rules.Paid(agency, name, payer, rules.Strand(strand), amount, note, slug, record)
        for agency, name, payer, strand, amount, note, slug, record in found
    ]


def lines_of(year, user):
    """The budget lines of ``year`` that ``user`` reads, in their order; one query, or none."""
    found = LINES(year=year.pk) if access.reads_budget(user, year) else ()
    return _as_lines(found)


def _as_lines(found):
    return [rules.Line(rules.Kind(kind), name, amount, record) for kind, name, amount, record in found]


def compared_of(year, sums=None):
    """Every printed figure of ``year`` beside what the records give; whoever asks may know it, or an act asked that."""
    printed = [_one_printed(*row) for row in PRINTED(year=year.pk)]
    explanations = [_one_explained(*row) for row in EXPLAINED(year=year.pk)]
    return rules.compare(sums or sums_of([year.pk])[year.pk], printed, explanations)


def summaries(user):
    """Each year that ``user`` sees with its figures and comparisons, without its rows; five queries at most."""
    found = list(years(user))
    sums = sums_of([year.pk for year in found])
    readable = [year for year in found if access.reads_budget(user, year)]
    printed, explained = _by_year(readable, user)
    summaries = []
    for year in found:
        of_year = sums[year.pk]
        compared = ()
        if year in readable:
            compared = rules.compare(of_year, printed.get(year.pk, ()), explained.get(year.pk, ()))
        summaries.append(rules.summarise(year.name, (year.first_day, year.last_day), of_year, compared=compared))
    return summaries


# --- Sums -------------------------------------------------------------------------------------------------------------


def _sums(year):
    """The sums of a year by strand and by kind of line, as (strand or kind, sum); no value is one of both."""
    paid = Contribution.objects.regardless(SUMS).kept().filter(year=year).order_by()
    lines = BudgetLine.objects.regardless(SUMS).kept().filter(year=year).order_by()
    return (
        paid.values("strand")
        .annotate(total=Sum("amount"))
        .values_list("strand", "total")
        .union(lines.values("kind").annotate(total=Sum("amount")).values_list("kind", "total"), all=True)
    )


SUMS_OF_YEAR = Prepared(_sums, year=BigAutoField())


def sums_of(year_ids):
    """The sums of all records of each year, by its id, whoever asks."""
    if len(year_ids) == 1:
        return {year_ids[0]: _read_sums(SUMS_OF_YEAR(year=year_ids[0]))}
    found = {pk: [] for pk in year_ids}
    for model, key in ((Contribution, "strand"), (BudgetLine, "kind")):
        records = model.objects.regardless(SUMS).kept().filter(year__in=year_ids).order_by()
        for year, which, total in (
            records.values("year", key).annotate(total=Sum("amount")).values_list("year", key, "total")
        ):
            found[year].append((which, total))
    return {pk: _read_sums(sums) for pk, sums in found.items()}


def _read_sums(found):
    by_strand, by_kind = {}, {}
    for which, total in found:
        exact = Decimal(total).quantize(rules.TWO_PLACES)  # SQLite adds up as floating point
        if which in set(rules.Strand):
            by_strand[rules.Strand(which)] = exact
        else:
            by_kind[rules.Kind(which)] = exact
    return rules.Sums(by_strand, by_kind)


# --- Records of one year ----------------------------------------------------------------------------------------------
# Their SQL is written once, since every page of a year asks for all of them; who may read them is asked before.

READABLE = "the year was found for whoever asks, and how far they read its records was asked before"
OF_PRINTED = ("figure", "amount", "source", "place", "id")
OF_EXPLAINED = ("figure", "difference", "text", "accepted_by__person__post", "accepted_at")


def _paid(year):
    return Contribution.objects.regardless(READABLE).kept().filter(year=year).order_by("id")


PAID = Prepared(lambda year: _paid(year).values_list(*OF_CONTRIBUTION), year=BigAutoField())
PAID_BY = Prepared(
    lambda year, agency: _paid(year).filter(agency=agency).values_list(*OF_CONTRIBUTION),
    year=BigAutoField(),
    agency=BigAutoField(),
)


def _lines(year):
    found = BudgetLine.objects.regardless(READABLE).kept().filter(year=year).order_by("order", "id")
    return found.values_list("kind", "name", "amount", "id")


def _printed(year):
    found = PublishedFigure.objects.regardless(READABLE).kept().filter(year=year).order_by("id")
    return found.values_list(*OF_PRINTED)


def _explained(year):
    return Explanation.objects.regardless(READABLE).filter(year=year).order_by("id").values_list(*OF_EXPLAINED)


LINES = Prepared(_lines, year=BigAutoField())
PRINTED = Prepared(_printed, year=BigAutoField())
EXPLAINED = Prepared(_explained, year=BigAutoField())


def _one_printed(figure, amount, source, place, record):
    where = f"{source}, {place}" if place else source
    return rules.Printed(rules.Figure(figure), amount, where, record)


def _one_explained(figure, difference, text, post, at):
    accepted_by = post or "somebody without a post"
    return rules.Explanation(rules.Figure(figure), difference, text, accepted_by, timezone.localdate(at))


def _by_year(found, user):
    """What was printed of each of the years ``found``, and the explanations, by the year's id; two queries, or none."""
    printed, explained = {}, {}
    for model, columns, make, by_year in (
        (PublishedFigure, OF_PRINTED, _one_printed, printed),
        (Explanation, OF_EXPLAINED, _one_explained, explained),
    ):
        rows = model.objects.visible_to(user).filter(year__in=found)
        rows = rows.filter(removed_at=None) if model is PublishedFigure else rows
        for year, *row in rows.values_list("year", *columns) if found else ():
            by_year.setdefault(year, []).append(make(*row))
    return printed, explained


# --- Choices of forms, and what was removed ---------------------------------------------------------------------------


def partners(year):
    """The partners of the area of ``year``."""
    return Agency.objects.filter(area=year.area_id).order_by("short_name")


def _removed(year):
    """(part of the address, id, what it is, which of these, ledger's amount, when, by whom) of all that was removed."""
    of_each = (
        (Contribution, "contributions", "agency__short_name", "strand"),
        (BudgetLine, "lines", "name", "kind"),
        (PublishedFigure, "printed", "source", "figure"),
    )
    first, *others = [
        model.objects.regardless(READABLE)
        .filter(year=year, removed_at__isnull=False)
        .order_by()
        .values_list(Value(part, CharField()), "id", what, which, "amount", "removed_at", "removed_by__person__post")
        for model, part, what, which in of_each
    ]
    return first.union(*others, all=True)


REMOVED = Prepared(_removed, year=BigAutoField())


def removed_from(year):
    """What was removed from ``year``, the last first, for those who may bring it back; one query."""
    return sorted(REMOVED(year=year.pk), key=lambda row: row[5], reverse=True)


# --- Changes of a record ----------------------------------------------------------------------------------------------


def with_newest_change(found):
    """
    ``found``, each with ``newest_change``: the number of the event that wrote what it says now, 0 where there is none.

    In the query of the records themselves, so that no change comes between what is read and what is said of it.
    """
    events = _changes(found.model).filter(target_id=OuterRef("pk")).order_by("-id")
    return found.annotate(newest_change=Coalesce(Subquery(events.values("id")[:1]), Value(0)))


def changes_of(record):
    """The events that wrote what ``record`` says, or said; being moved, removed and brought back is none of them."""
    return _changes(type(record)).filter(target_id=record.pk)


def _changes(model):
    return Event.objects.filter(target=model._meta.label).exclude(fields={})
