"""What the views of money have in common: finding a year or a record, doing an act once, showing a form."""

from django.http import Http404

from finance import queries
from finance.forms import ConfirmForm
from records import acting

CRUMB = {"label": "Money", "href": "/money/"}
FORM = ["GET", "HEAD", "POST"]


def find(request, name, may=None):
    """
    The year called ``name``, for those who see it and, where ``may(user, year)`` is given, may do that.

    For everybody else there is no such page.
    """
    year = queries.year_called(name, request.user)
    if year is None or (may is not None and not may(request.user, year)):
        raise Http404
    return year


def record_of(year, model, pk, user, *, removed=False):
    """The record ``pk`` of ``year`` that ``user`` reads; a removed one only where asked for (None: either)."""
    found = queries.with_newest_change(model.objects.visible_to(user).select_related("year"))
    found = found.filter(year=year, pk=pk)
    if removed is not None:
        found = found.filter(removed_at__isnull=not removed)
    record = found.first() if pk < 2**63 else None
    if record is None:
        raise Http404
    return record


def done(request, act, *, leads_to, said="", form=None):
    """Do ``act`` and lead to ``leads_to``; None where the form is to be shown."""
    return acting.done(request, act, form=form, said=said, leads_to=leads_to, home="/money/")


def form_page(request, form, heading, *, year=None, back="", lead="", after=None, apart=()):
    """
    A page of one form; ``back`` is where it leads when it is left, ``after`` a link below it.

    ``apart`` are rows in which what is saved is not what was typed, where somebody else saved first.
    """
    crumbs = [CRUMB, {"label": year.name, "href": year.get_absolute_url()}] if year else [CRUMB]
    return acting.form_page(
        request,
        form,
        heading,
        crumbs=[*crumbs, {"label": heading}],
        cancel_href=back or (year.get_absolute_url() if year else "/money/"),
        posts_to=request.path,
        template="finance/form.html",
        lead=lead,
        after=after,
        apart=apart,
    )


REMOVED = "It is removed. It can be brought back from the foot of this page."


def removing(request, act, heading, lead, *, year, back=""):
    """Remove a record by ``act`` once that was confirmed; ``lead`` says which it is."""
    form = ConfirmForm(acting.posted(request))
    removed = done(request, act, form=form, said=REMOVED, leads_to=year.get_absolute_url())
    lead = f"{lead} It counts no longer, stays in the history, and can be brought back."
    return removed or form_page(request, form, heading, year=year, back=back, lead=lead)


def restoring(request, act, *, year):
    """Bring a record back by ``act``; where that cannot be, the year's page says why."""
    return done(request, act, said="It is back.", leads_to=year.get_absolute_url())
