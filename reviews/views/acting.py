"""What the views of cases have in common: finding one, noting that it was opened, doing an act, showing a form."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from records import acting
from reviews import actions, reading

FORM = ["GET", "HEAD", "POST"]
CRUMB = {"label": "Cases", "href": "/cases/"}


def find(request, public_id):
    """The case with this address, for those who are on it; for everybody else there is no such page."""
    case = reading.find(request.user, public_id)
    if case is None:
        raise Http404
    return case


def opened(request, thing, note=actions.note_read):
    """
    Write down by ``note`` that a case, or another thing, was read, where a page of it is about to be shown.

    Also that of a form with its mistakes, which shows what was typed and what the page tells of the case.
    """
    note(thing, by=request.user, method=request.method)


def turned_away(request, thing, verdict):
    """Back to a case or a referral with the sentence that says why not."""
    messages.info(request, verdict.reason)
    return redirect(thing)


def once(request, form, act, *, said, leads_to=None):
    """Do ``act`` with a form that is whole, and lead to ``leads_to`` or to the case that it returns."""
    return acting.done(request, act, form=form, said=said, leads_to=leads_to, home="/cases/")


def form_page(request, form, heading, *, case=None, lead="", under=None, note=actions.note_read):
    """
    A page of one form, about ``case`` or about none yet.

    ``under`` is the crumb of the page that it was opened from, where that is not the case's own; ``note`` writes down
    what of the case was shown.
    """
    crumbs = [crumb for crumb in (CRUMB, crumb_of(case) if case else None, under) if crumb]
    if case:
        opened(request, case, note)
    return acting.form_page(
        request,
        form,
        heading,
        crumbs=[*crumbs, {"label": heading}],
        cancel_href=crumbs[-1]["href"],
        posts_to=request.path,
        template="reviews/form.html",
        lead=lead,
    )


def crumb_of(case):
    """The way back to a case."""
    return {"label": case.reference, "href": case.get_absolute_url()}
