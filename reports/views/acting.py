"""What the views of reports have in common: finding one, doing an act, leading back with a sentence."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from records import acting
from reports.models import Report, Section

FORM = ["GET", "HEAD", "POST"]
CRUMB = {"label": "Reports", "href": "/reports/"}


def find_report(request, slug):
    """The report with this address, for those who follow its making; for everybody else there is no such page."""
    found = Report.objects.in_making(request.user).filter(slug=slug).select_related("area").first()
    if found is None:
        raise Http404
    return found


def find_section(request, public_id):
    """The section with this address, for those who follow its making; for everybody else there is no such page."""
    rows = Section.objects.in_making(request.user).filter(public_id=public_id)
    found = rows.select_related("report__area").first()
    if found is None:
        raise Http404
    return found


def number_in(request, section):
    """The version of ``section`` that the posted page showed; the newest, where it says none that there could be."""
    typed = request.POST.get("number", "")
    return min(int(typed), section.number) if typed.isdecimal() and len(typed) < 10 else section.number


def turned_away(request, verdict, leads_to):
    """Back with the sentence that says why not."""
    messages.info(request, verdict.reason)
    return redirect(leads_to)


def once(request, form, act, *, said, leads_to):
    """Do ``act`` with a form that is whole, and lead to ``leads_to``: an address, or a function of what came of it."""
    return acting.done(request, act, form=form, said=said, leads_to=leads_to, home="/reports/")


def crumbs_to(report, *more):
    """Where a page of the making of ``report`` lies; ``more`` are labels, or pairs of label and address."""
    making = {"label": report.title, "href": making_of(report)}
    rest = [{"label": one} if isinstance(one, str) else {"label": one[0], "href": one[1]} for one in more]
    return [CRUMB, making, *rest]


def making_of(report):
    """The page of its making."""
    return f"{report.get_absolute_url()}making/"
