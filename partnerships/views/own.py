"""One's own page: what one holds and what it opens, and where one is signed in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partnerships import panels
from partnerships.explaining import pages
from partnerships.granting.rules import may_ask_for_emergency
from partnerships.standing import standing_of
from records import sessions
from records.access import signed_in

ME = "/me/"


@signed_in
@require_safe
def me(request):
    """What somebody holds, what each of it lets them do, who stands in for them, and where they are signed in."""
    now = timezone.now()
    person = getattr(request.user, "person", None)
    context = {
        **(pages.own(person, request.user, now) if person else {}),
        "may_ask_for_emergency": bool(may_ask_for_emergency(request.user)),
        "mail_is_here": not settings.PRODUCTION,
        "sessions": sessions.places(request.user, request.session.session_key),
        "panels": panels.made(panels.OWN, request.user, now) if standing_of(request.user).area_ids else {},
    }
    return render(request, "partnerships/people/me.html", context)


@signed_in
@require_POST
def end_session(request, pk):
    """Sign out one browser of one's own."""
    present = [place.pk for place in sessions.places(request.user, request.session.session_key) if place.is_present]
    if not sessions.end(request.user, pk, by=request.user):
        raise Http404
    if pk in present:
        logout(request)
        return redirect("/")
    messages.success(request, "That browser is signed out.")
    return redirect(f"{ME}#sessions-head")


@signed_in
@require_POST
def end_other_sessions(request):
    """Sign out every other browser of one's own."""
    ended = sessions.end_others(request.user, request.session.session_key, by=request.user)
    messages.success(request, "Every other browser is signed out." if ended else "No other browser was signed in.")
    return redirect(f"{ME}#sessions-head")
