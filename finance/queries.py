"""Reads of money: the summary of a year as somebody sees it, and the records behind a figure."""

from decimal import Decimal

from django.db.models import BigAutoField, Sum
from django.utils import timezone

from finance import access, rules
from finance.models import BudgetLine, Contribution, Explanation, FinancialYear, PublishedFigure
from mktogether.lib.prepared import Prepared
from partnerships.models import Agency

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
SUMS = "sums are of all records; which of them are shown is asked where they are"


def years(user):
    """The financial years that ``user`` sees, the newest first."""
    return FinancialYear.objects.visible_to(user)


def year_called(name, user):
    """The year called ``name``, if ``user`` sees it; None otherwise."""
    return years(user).filter(name=name).first()


def summary_of(year, user):
    """
    The financial ``year``, which was found for ``user``, as they see it: a ``finance.rules.YearSummary``.

    Every sum is of all records. Rows of contributions, budget lines and comparisons with print are those that ``user``
    may read, so a report asks for it as somebody who reads them all.
    """
    return summary_from(year, user, sums_of([year.pk])[year.pk])


def summary_from(year, user, sums):
    """The same, where the sums were asked for already."""
    paid = contributions_of(year, user)
    figures = rules.figures(sums)
    total = figures[rules.Figure.CONTRIBUTIONS]
    compared = ()
    if access.reads_budget(user, year):
        compared = rules.compare(sums, *_prints(year, user))
    return rules.YearSummary(
        name=year.name,
        first_day=year.first_day,
        last_day=year.last_day,
        contributions=rules.rows(paid, total),
        totals=rules.Totals(rules.strands(sums.by_strand), total),
        lines=lines_of(year, user),
        figures=figures,
        compared=compared,
        has_position=bool(sums.by_kind),
    )


def contributions_of(year, user):
    """The contributions to ``year`` that ``user`` reads; one query."""
    found = Contribution.objects.visible_to(user).kept().filter(year=year).order_by("id")
    return [
        rules.Paid(agency, name, payer, rules.Strand(strand), amount, note, slug, record)
        for agency, name, payer, strand, amount, note, slug, record in found.values_list(*OF_CONTRIBUTION)
    ]


def lines_of(year, user):
    """The budget lines of ``year`` that ``user`` reads, in the order of the position; one query, or none."""
    found = BudgetLine.objects.visible_to(user).kept().filter(year=year).order_by("order", "id")
    lines = [
        rules.Line(rules.Kind(kind), name, amount, record)
        for kind, name, amount, record in found.values_list("kind", "name", "amount", "id")
    ]
    return tuple(sorted(lines, key=lambda line: list(rules.Kind).index(line.kind)))


def compared_of(year):
    """Every printed figure of ``year`` beside what the records give, whoever asks; for acts."""
    why = "an act compares, after it was asked whether they may"
    printed = PublishedFigure.objects.regardless(why).kept().filter(year=year)
    explanations = Explanation.objects.regardless(why).filter(year=year)
    return rules.compare(sums_of([year.pk])[year.pk], _printed(printed), _explained(explanations))


def summaries(user):
    """Each year that ``user`` sees with its figures and comparisons, without its rows; five queries at most."""
    found = list(years(user))
    sums = sums_of([year.pk for year in found])
    readable = [year for year in found if access.reads_budget(user, year)]
    printed, explained = _by_year(readable, user)
    summaries = []
    for year in found:
        figures = rules.figures(sums[year.pk])
        compared = ()
        if year in readable:
            compared = rules.compare(sums[year.pk], printed.get(year.pk, ()), explained.get(year.pk, ()))
        totals = rules.Totals(rules.strands(sums[year.pk].by_strand), figures[rules.Figure.CONTRIBUTIONS])
        summaries.append(
            rules.YearSummary(
                name=year.name,
                first_day=year.first_day,
                last_day=year.last_day,
                contributions=(),
                totals=totals,
                lines=(),
                figures=figures,
                compared=compared,
                has_position=bool(sums[year.pk].by_kind),
            )
        )
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


# --- Print and explanations -------------------------------------------------------------------------------------------


def _prints(year, user):
    printed = PublishedFigure.objects.visible_to(user).kept().filter(year=year)
    explanations = Explanation.objects.visible_to(user).filter(year=year)
    return _printed(printed), _explained(explanations)


def _by_year(found, user):
    printed, explained = {}, {}
    if found:
        for row in (
            PublishedFigure.objects.visible_to(user)
            .kept()
            .filter(year__in=found)
            .values_list("year", "figure", "amount", "source", "place", "id")
        ):
            printed.setdefault(row[0], []).append(_one_printed(*row[1:]))
        for row in (
            Explanation.objects.visible_to(user)
            .filter(year__in=found)
            .values_list("year", "figure", "difference", "text", "accepted_by__person__post", "accepted_at")
        ):
            explained.setdefault(row[0], []).append(_one_explained(*row[1:]))
    return printed, explained


def _printed(found):
    return [_one_printed(*row) for row in found.values_list("figure", "amount", "source", "place", "id")]


def _one_printed(figure, amount, source, place, record):
    where = f"{source}, {place}" if place else source
    return rules.Printed(rules.Figure(figure), amount, where, record)


def _explained(found):
    row = ("figure", "difference", "text", "accepted_by__person__post", "accepted_at")
    return [_one_explained(*one) for one in found.values_list(*row)]


def _one_explained(figure, difference, text, post, at):
    return rules.Explanation(
        rules.Figure(figure), difference, text, post or "somebody without a post", timezone.localdate(at)
    )


# --- Choices of forms, and what was removed ---------------------------------------------------------------------------


def partners(year):
    """The partners of the area of ``year``."""
    return Agency.objects.filter(area=year.area_id).order_by("short_name")


def removed_from(year, user):
    """What was removed from ``year`` of what ``user`` reads, by kind of record, the last first."""
    return {
        "contributions": list(
            Contribution.objects.visible_to(user)
            .filter(year=year, removed_at__isnull=False)
            .select_related("agency", "removed_by__person")
            .order_by("-removed_at")
        ),
        "lines": list(_removed(BudgetLine, year, user)),
        "published": list(_removed(PublishedFigure, year, user)),
    }


def _removed(model, year, user):
    found = model.objects.visible_to(user).filter(year=year, removed_at__isnull=False)
    return found.select_related("removed_by__person").order_by("-removed_at")
