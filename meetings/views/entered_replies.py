"""Entering the reply of a member that came by telephone, by word or by mail."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetings import reading, roster, rows
from meetings.access import may_plan
from meetings.forms import refuse
from meetings.replying import page as pages
from meetings.replying.access import may_reply
from meetings.replying.actions import enter_reply
from meetings.replying.forms import EnteredForm
from mktogether.lib.verdict import Refusal
from records.access import signed_in
from records.acting import posted


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request, public_id, seat_id):
    """Enter for the member of a place what they said outside the portal; for whoever plans the meeting."""
    found, place = _find(request, public_id, seat_id)
    if request.method != "POST" and not (verdict := may_reply(found, timezone.now())):
        messages.info(request, verdict.reason)
        return redirect(found)
    form = EnteredForm(posted(request), deputies=place.deputies, initial=pages.as_entered(place))
    if form.is_bound and form.is_valid():
        try:
            enter_reply(found, seat_id, by=request.user, **form.facts())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"The reply for {place.title} is entered.")
            return redirect(found)
    return _show(request, found, place, form)


def _find(request, public_id, seat_id):
    found = reading.find(request.user, public_id)
    if found is not None and may_plan(request.user, found.body):
        for place in roster.places(found):
            if place.seat_id == seat_id and place.holder_id is not None:
                return found, place
    raise Http404


def _show(request, found, place, form):
    context = {
        "form": form,
        "heading": f"Reply of the {place.title}",
        "lead": pages.of_them(place),
        "cancel_href": found.get_absolute_url(),
        "crumbs": [
            {"label": "Meetings", "href": "/meetings/"},
            {"label": rows.heading(found), "href": found.get_absolute_url()},
            {"label": "Enter a reply"},
        ],
    }
    return render(request, "form_page.html", context, status=422 if form.errors else 200)
