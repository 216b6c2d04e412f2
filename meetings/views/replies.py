"""Replying to an invitation: by the link in the mail, which needs no account, and signed in."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetings import outside, reading, roster
from meetings.replying import links
from meetings.replying import page as pages
from meetings.replying.access import may_reply
from meetings.replying.actions import reply
from meetings.replying.forms import posted
from mktogether.lib.verdict import Refusal
from partnerships.standing import standing_of
from records.access import public, signed_in
from records.guessing import nothing_there

TEMPLATE = "meetings/reply.html"
# A secret address stays with whoever has it: of it, no other page is told more than the portal's own origin.
REFERRER = "strict-origin"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request, token):
    """Reply by the link in a mail. To look at it does nothing, whoever or whatever looks: only its buttons act."""
    invited = links.find(token)
    if invited is None:
        return nothing_there(request)
    refused = None
    if request.method == "POST":
        refused = _take(request, invited.meeting, invited.place, invited.person, invited.person.user, by_link=True)
        if refused is None:
            return quiet(redirect(request.path))
    return quiet(_show(request, invited.meeting, invited.place, refused, by_link=True))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def signed(request, public_id, seat_id):
    """Reply for a place of one's own at a meeting that one sees."""
    meeting = reading.find(request.user, public_id)
    person = standing_of(request.user).person
    place = _own_place(meeting, seat_id, person)
    if not (verdict := may_reply(meeting, timezone.now())):
        messages.info(request, verdict.reason)
        return redirect(meeting)
    refused = None
    if request.method == "POST":
        refused = _take(request, meeting, place, person, request.user)
        if refused is None:
            messages.success(request, "Your reply is kept.")
            return redirect(meeting)
    return _show(request, meeting, place, refused)


def _own_place(meeting, seat_id, person):
    if meeting is not None and person is not None:
        for place in roster.places(meeting):
            if place.seat_id == seat_id and place.holder_id == person.pk:
                return place
    raise Http404


def _take(request, meeting, place, person, by, *, by_link=False):
    """Give the reply that was posted; the form with its errors where it could not be taken."""
    form = posted(request.POST, place.deputies)
    if not form.is_valid():
        return form
    typed = form.cleaned_data
    more = {name: typed[name] for name in ("reason", "deputy_id", "colleague") if name in typed}
    try:
        reply(meeting, place.seat_id, typed["answer"], by=by, person=person, by_link=by_link, **more)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return form
    return None


def _show(request, meeting, place, refused, *, by_link=False):
    chosen = request.GET.get("answer", "") if refused is None else refused.data.get("answer", "")
    title = outside.title_of(meeting) if by_link else meeting.body.name
    context = pages.context(meeting, place, title=title, chosen=chosen, refused=refused)
    if not by_link:
        context["crumbs"] = [
            {"label": "Meetings", "href": "/meetings/"},
            {"label": context["heading"], "href": meeting.get_absolute_url()},
            {"label": "Your reply"},
        ]
    context |= {"by_link": by_link, "href": meeting.get_absolute_url(), "posts_to": request.path}
    return render(request, TEMPLATE, context, status=422 if refused else 200)


def quiet(response):
    """``response`` with what keeps the secret address of its page to whoever has it."""
    response["Referrer-Policy"] = REFERRER
    return response
