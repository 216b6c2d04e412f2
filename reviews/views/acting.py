"""What the views of cases have in common: finding one, noting that it was opened, doing an act, showing a form."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from records import acting, submissions
from reviews import actions, reading

CRUMB = {"label": "Cases", "href": "/cases/"}


def find(request, public_id):
    """The case with this address, for those who are on it; for everybody else there is no such page."""
    case = reading.find(request.user, public_id)
    if case is None:
        raise Http404
    return case


def opened(request, case):
    """Note that the case was read, where a page of it is about to be shown, also that of a form with its mistakes."""
    actions.note_read(case, by=request.user, method=request.method)


def turned_away(request, case, verdict):
    """Back to the case with the sentence that says why not."""
    messages.info(request, verdict.reason)
    return redirect(case)


def posted(request):
    """What was typed, for a form; None where it is only shown."""
    return request.POST if request.method == "POST" else None


def once(request, form, act, *, said, leads_to=None):
    """Do ``act`` with a form that is whole, and lead to ``leads_to`` or to the case that it returns."""
    return acting.done(request, act, form=form, said=said, leads_to=leads_to, home="/cases/")


def form_page(request, form, heading, *, case=None, lead="", under=None, note=opened):
    """
    A page of one form, about ``case`` or about none yet.

    ``under`` is the crumb of the page that it was opened from, where that is not the case's own; ``note`` writes down
    what of the case was shown.
    """
    crumbs = [crumb for crumb in (CRUMB, crumb_of(case) if case else None, under) if crumb]
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "crumbs": [*crumbs, {"label": heading}],
        "cancel_href": crumbs[-1]["href"],
        "posts_to": request.path,
        "submission_token": request.POST.get(submissions.FIELD) or submissions.new_token(),
    }
    if case:
        note(request, case)
    return render(request, "reviews/form.html", context, status=422 if form.errors else 200)


def crumb_of(case):
    """The way back to a case."""
    return {"label": case.reference, "href": case.get_absolute_url()}
