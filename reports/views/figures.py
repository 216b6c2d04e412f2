"""The figures of a report: what each is, where it comes from, and where it is used. Published ones for everybody."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from records.access import public
from reports import figure_pages
from reports.models import Report
from reports.views.acting import CRUMB


@public
@require_safe
def figures(request, slug):
    """Every figure of a report that this person reads."""
    report = _find(request, slug)
    context = {
        "report": report,
        "rows": figure_pages.listed(report, request.user),
        "crumbs": _crumbs(report, "Figures"),
    }
    return render(request, "reports/figures.html", context)


@public
@require_safe
def figure(request, slug, name):
    """One figure: its words, its source, its records, and the sections that show it."""
    report = _find(request, slug)
    found = figure_pages.one(report, request.user, name)
    if found is None:
        raise Http404
    crumbs = _crumbs(report, ("Figures", f"{report.get_absolute_url()}figures/"), found["label"])
    return render(request, "reports/figure.html", {"report": report, "figure": found, "crumbs": crumbs})


def _find(request, slug):
    found = Report.objects.visible_to(request.user).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _crumbs(report, *more):
    rest = [{"label": one} if isinstance(one, str) else {"label": one[0], "href": one[1]} for one in more]
    return [CRUMB, {"label": report.title, "href": report.get_absolute_url()}, *rest]
