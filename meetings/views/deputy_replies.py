"""Whether a deputy who is sent comes: by the link in the mail, and signed in."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetings import outside, reading, roster
from meetings.replying import deputy_links
from meetings.replying import page as pages
from meetings.replying.access import may_reply
from meetings.replying.actions import reply_as_deputy
from meetings.views.replies import quiet
from mktogether.lib.verdict import Refusal
from partnerships.standing import standing_of
from records.access import public, signed_in
from records.guessing import nothing_there

TEMPLATE = "meetings/deputy_reply.html"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request, token):
    """Say by the link in a mail whether one comes as a deputy. To look at it does nothing; only its buttons act."""
    invited = deputy_links.find(token)
    if invited is None:
        return nothing_there(request)
    refused = ""
    if request.method == "POST":
        refused = _take(request, invited.meeting, invited.place, invited.person, invited.person.user, by_link=True)
        if not refused:
            return quiet(redirect(request.path))
    return quiet(_show(request, invited.meeting, invited.place, refused, by_link=True))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def signed(request, public_id, seat_id):
    """Say whether one comes as the deputy for a place at a meeting that one sees."""
    meeting = reading.find(request.user, public_id)
    person = standing_of(request.user).person
    place = _place_sent_for(meeting, seat_id, person)
    if not (verdict := may_reply(meeting, timezone.now())):
        messages.info(request, verdict.reason)
        return redirect(meeting)
    refused = ""
    if request.method == "POST":
        refused = _take(request, meeting, place, person, request.user)
        if not refused:
            messages.success(request, "Your reply is kept.")
            return redirect(meeting)
    return _show(request, meeting, place, refused)


def _place_sent_for(meeting, seat_id, person):
    if meeting is not None and person is not None:
        for place in roster.places(meeting):
            if place.seat_id == seat_id and place.answer_deputy_id == person.pk:
                return place
    raise Http404


def _take(request, meeting, place, person, by, *, by_link=False):
    """Give the reply that was posted; the sentence that refuses it, where it could not be taken."""
    try:
        reply_as_deputy(meeting, place.seat_id, request.POST.get("answer", ""), by=by, person=person, by_link=by_link)
    except Refusal as refusal:
        return refusal.sentence
    return ""


def _show(request, meeting, place, refused, *, by_link=False):
    title = outside.title_of(meeting) if by_link else meeting.body.name
    context = pages.context_for_deputy(meeting, place, title=title, chosen=request.GET.get("answer", ""))
    if not by_link:
        context["crumbs"] = [
            {"label": "Meetings", "href": "/meetings/"},
            {"label": context["heading"], "href": meeting.get_absolute_url()},
            {"label": "Your reply"},
        ]
    href = meeting.get_absolute_url()
    context |= {"by_link": by_link, "href": href, "posts_to": request.path, "refused": refused}
    return render(request, TEMPLATE, context, status=422 if refused else 200)
