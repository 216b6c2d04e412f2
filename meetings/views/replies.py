"""
Replying to an invitation, as a member or as the deputy who is sent: by the link in the mail, which needs no account,
and signed in.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetings import outside, reading, roster
from meetings.replying import deputy_links, links
from meetings.replying import page as pages
from meetings.replying.access import may_reply
from meetings.replying.actions import reply, reply_as_deputy
from meetings.replying.forms import deputy_reply_form, reply_form
from partnerships.standing import standing_of
from records import acting
from records.access import public, signed_in
from records.guessing import nothing_there

FORM = ["GET", "HEAD", "POST"]
# A secret address stays with whoever has it: of it, no other page is told more than the portal's own origin.
REFERRER = "strict-origin"
FACTS = ("answer", "reason", "deputy_id", "colleague")


@dataclass(frozen=True)
class Part:
    """In which part somebody replies for a place, and what differs with it."""

    named_in: str  # what of the place names them
    form: Callable  # of what they posted
    act: Callable
    page: Callable
    template: str


MEMBER = Part("holder_id", reply_form, reply, pages.context, "meetings/reply.html")
DEPUTY = Part(
    "answer_deputy_id", deputy_reply_form, reply_as_deputy, pages.context_for_deputy, "meetings/deputy_reply.html"
)


@public
@require_http_methods(FORM)
def by_link(request, token):
    """Reply by the link in a mail. To look at it does nothing, whoever or whatever looks: only its buttons act."""
    return _by_link(request, links.find(token), MEMBER)


@public
@require_http_methods(FORM)
def deputy_by_link(request, token):
    """Say by the link in a mail whether one comes as a deputy. To look at it does nothing here either."""
    return _by_link(request, deputy_links.find(token), DEPUTY)


@signed_in
@require_http_methods(FORM)
def signed(request, public_id, seat_id):
    """Reply for a place of one's own at a meeting that one sees."""
    return _signed(request, public_id, seat_id, MEMBER)


@signed_in
@require_http_methods(FORM)
def deputy_signed(request, public_id, seat_id):
    """Say whether one comes as the deputy for a place at a meeting that one sees."""
    return _signed(request, public_id, seat_id, DEPUTY)


def _by_link(request, invited, part):
    if invited is None:
        return nothing_there(request)
    response = _reply(request, invited, part, leads_to=request.path, by_link=True)
    response["Referrer-Policy"] = REFERRER
    return response


def _signed(request, public_id, seat_id, part):
    meeting = reading.find(request.user, public_id)
    person = standing_of(request.user).person
    place = _own_place(meeting, seat_id, person, part)
    if not (verdict := may_reply(meeting, timezone.now())):
        messages.info(request, verdict.reason)
        return redirect(meeting)
    return _reply(request, links.Invited(meeting, place, person), part, leads_to=meeting, said="Your reply is kept.")


def _own_place(meeting, seat_id, person, part):
    if meeting is not None and person is not None:
        for place in roster.places(meeting):
            if place.seat_id == seat_id and getattr(place, part.named_in) == person.pk:
                return place
    raise Http404


def _reply(request, invited, part, *, leads_to, said="", by_link=False):
    """Give the reply that was posted and lead on, or show the page on which it is given."""
    if request.method != "POST":
        return _show(request, invited, part, by_link=by_link)
    form = part.form(request.POST, invited.place)
    given = acting.done(request, lambda: _give(invited, part, form, by_link), form=form, leads_to=leads_to, said=said)
    return given or _show(request, invited, part, by_link=by_link, refused=form)


def _give(invited, part, form, by_link):
    person = invited.person
    facts = {name: form.cleaned_data[name] for name in FACTS if name in form.cleaned_data}
    return part.act(invited.meeting, invited.place.seat_id, by=person.user, person=person, by_link=by_link, **facts)


def _show(request, invited, part, *, by_link, refused=None):
    meeting = invited.meeting
    title = outside.title_of(meeting) if by_link else meeting.body.name
    chosen = (request.GET if refused is None else refused.data).get("answer", "")
    context = part.page(meeting, invited.place, title=title, chosen=chosen, refused=refused)
    if not by_link:
        context["crumbs"] = [
            {"label": "Meetings", "href": "/meetings/"},
            {"label": context["heading"], "href": meeting.get_absolute_url()},
            {"label": "Your reply"},
        ]
    context |= {"by_link": by_link, "href": meeting.get_absolute_url(), "posts_to": request.path}
    return render(request, part.template, context, status=422 if refused else 200)
