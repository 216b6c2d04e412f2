"""The page of a financial year as plain Django would have it: instances, sums in a loop, stock filters."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render

from finance.models import FinancialYear

STRANDS = ("children", "adults")


@login_required
def year(request, name):
    """One year: session, account, year, contributions, lines, printed figures, explanations."""
    found = get_object_or_404(FinancialYear, name=name, area=request.GET["area"])
    rows = _rows(found.contributions.filter(removed_at=None).select_related("agency"))
    lines = list(found.lines.filter(removed_at=None).order_by("order"))
    total = sum(row["total"] for row in rows)
    most = max((row["total"] for row in rows), default=0)
    for row in rows:
        row["share"] = row["total"] * 100 / total
        row["children_width"] = row["children"] * 100 / most
        row["adults_width"] = row["adults"] * 100 / most
    context = {
        "year": found,
        "rows": rows,
        "first": rows[0],
        "children": sum(row["children"] for row in rows),
        "adults": sum(row["adults"] for row in rows),
        "total": total,
        **_position(lines, total),
    }
    context["printed"] = _printed(found, {"contributions": total, "expenditure": context["spent"]})
    context["open"] = sum(1 for one in context["printed"] if one.difference and not one.explanation)
    return render(request, "floor/year.html", context)


def _rows(contributions):
    rows = {}
    for one in contributions:
        row = rows.setdefault(one.agency_id, {"agency": one.agency, "payer": one.payer, "children": 0, "adults": 0})
        row[one.strand] = -one.amount
    for row in rows.values():
        row["total"] = row["children"] + row["adults"]
    return sorted(rows.values(), key=lambda row: -row["total"])


def _position(lines, total):
    brought = -sum(line.amount for line in lines if line.kind == "brought forward")
    spending = [line for line in lines if line.kind == "expenditure"]
    spent = sum(line.amount for line in spending)
    return {
        "brought": brought,
        "brought_line": next(line for line in lines if line.kind == "brought forward"),
        "income": brought + total,
        "spending": spending,
        "spent": spent,
        "surplus": total - spent,
        "carried": brought + total - spent,
    }


def _printed(found, computed):
    explanations = {one.figure: one for one in found.explanations.select_related("accepted_by__person")}
    printed = list(found.published.filter(removed_at=None))
    for one in printed:
        one.computed = computed[one.figure]
        one.difference = one.computed - one.read
        one.explanation = explanations.get(one.figure)
    return printed
