"""Calendars: what a secret address answers with, and making and ending one on one's own page."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_http_methods, require_safe

from meetings.calendars import actions, feed
from meetings.calendars.forms import EndForm, MakeForm
from mktogether.lib.verdict import Refusal
from partnerships.models import Body
from partnerships.standing import standing_of
from records import submissions
from records.access import public, signed_in
from records.guessing import nothing_there

CALENDAR = "text/calendar; charset=utf-8"
CRUMB = {"label": "Your places and access", "href": "/me/"}
MAKING = (
    "Your calendar program reads the dates there without a password, so keep the address to yourself. "
    "It is shown once, when it is made."
)
REPLACING = "The address that you have now stops answering at once; put the new one into your calendar program instead."
ENDING = "Your calendar program finds nothing there any more. You can make a new address at any time."


@public
@require_safe
def calendar(request, secret):
    """
    The meetings of a calendar address, as its owner may see them now.

    What it answers with is made before anything is compared, so that nobody is told "as before" of what they lost. It
    bears no date to be compared by: a meeting that somebody may no longer see leaves no later date behind.
    """
    now = timezone.now()
    address = feed.find(secret, now)
    if address is None:
        return nothing_there(request)
    text = feed.text_of(address, now).encode()
    etag = quote_etag(hashlib.sha256(text).hexdigest())
    response = HttpResponse(text, content_type=CALENDAR)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = 'inline; filename="meetings.ics"'
    return get_conditional_response(request, etag=etag, response=response)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def make(request, slug=None):
    """Make an address for a calendar of one's meetings, or of those of one board or group."""
    person, body = _whose(request, slug)
    if request.method == "POST":
        try:
            secret = actions.make_address(person, body, by=request.user, submission=request.POST)
        except submissions.AlreadySubmitted as first:
            messages.info(request, str(first))
            return redirect(actions.HOME)
        address = settings.SITE_ORIGIN + reverse("calendars:calendar", args=[secret])
        context = {"heading": f"{_name(body)} in your calendar", "address": address, "crumbs": _crumbs("The address")}
        return render(request, "meetings/calendar_address.html", context)
    lead = f"{MAKING} {REPLACING}" if _has_address(request.user, body) else MAKING
    return _form_page(request, MakeForm(), f"{_name(body)} in your calendar", lead)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, slug=None):
    """End the address of a calendar of one's own."""
    person, body = _whose(request, slug)
    if request.method == "POST":
        try:
            actions.end_address(person, body, by=request.user, submission=request.POST)
            messages.success(request, "The calendar address answers no more.")
        except Refusal as refusal:
            messages.info(request, refusal.sentence)
        except submissions.AlreadySubmitted as first:
            messages.info(request, str(first))
        return redirect(actions.HOME)
    if not _has_address(request.user, body):
        return redirect(actions.HOME)
    return _form_page(request, EndForm(), f"End the calendar address: {_name(body)}?", ENDING)


def _whose(request, slug):
    """Whose calendar, and of which board or group: one whose meetings they read, or None for all of theirs."""
    standing, body = standing_of(request.user), None
    if slug is not None:
        found = Body.objects.visible_to(request.user).filter(area__in=standing.area_ids, slug=slug)
        body = found.first()
        if body is None:
            raise Http404
    if not feed.has_part(request.user, body):
        raise Http404
    return standing.person, body


def _has_address(user, body):
    return user.person.calendar_addresses.visible_to(user).alive(timezone.now()).filter(body=body).exists()


def _name(body):
    return "My meetings" if body is None else body.name


def _crumbs(label):
    return [CRUMB, {"label": label}]


def _form_page(request, form, heading, lead):
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "crumbs": _crumbs(heading),
        "cancel_href": actions.HOME,
        "submission_token": submissions.new_token(),
    }
    return render(request, "form_page.html", context)
