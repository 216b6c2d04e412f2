"""The yearly audit of rapid reviews: the scrutineer's own pages."""

import datetime as dt

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mktogether.lib.forms import moment_of
from partnerships.story.reading import story
from records.access import fresh_check, signed_in
from records.acting import posted
from reviews import access, actions, audit_reading
from reviews.forms import AuditForm, EndAuditForm
from reviews.views.acting import CRUMB, FORM, form_page, once

AUDITS = {"label": "Yearly audits", "href": "/cases/audits/"}
LEAD = (
    "You read every case whose rapid review was decided in that year, also one that is decided meanwhile, until the "
    "last day; not who the people in it are. Those who keep the cases are told, and nobody is asked. Each look is "
    "written down."
)


@signed_in
@fresh_check
@require_safe
def audits(request):
    """One's own audits, for the scrutineer."""
    _refuse_others(request)
    context = {
        "rows": audit_reading.audits(request.user, timezone.now()),
        "crumbs": [CRUMB, {"label": AUDITS["label"]}],
    }
    return render(request, "reviews/audits.html", context)


@signed_in
@fresh_check
@require_http_methods(FORM)
def begin(request):
    """Begin the audit of a year."""
    _refuse_others(request)
    form = AuditForm(posted(request))
    begun = once(request, form, lambda: _begin(request, form.cleaned_data), said="The audit has begun.")
    return begun or form_page(request, form, "Begin a yearly audit", under=AUDITS, lead=LEAD)


def _begin(request, typed):
    until = moment_of(typed["until"] + dt.timedelta(days=1), dt.time())
    return actions.begin_audit(typed["year"], typed["reason"], by=request.user, until=until, submission=request.POST)


@signed_in
@fresh_check
@require_safe
def audit(request, public_id):
    """An audit with its numbered list of cases."""
    found = _find(request, public_id)
    actions.note_audit_read(found, by=request.user, method=request.method)
    page = audit_reading.page(found, request.user, timezone.now())
    crumbs = [CRUMB, AUDITS, {"label": page["year"]}]
    return render(request, "reviews/audit.html", {**page, "story": story(request.user, found), "crumbs": crumbs})


@signed_in
@fresh_check
@require_http_methods(FORM)
def end(request, public_id):
    """End one's own audit before its day."""
    found = _find(request, public_id)
    form = EndAuditForm(posted(request))
    ended = once(request, form, lambda: actions.end_audit(found, by=request.user), said="The audit is ended.")
    lead = "The cases close to you at once. To read them again, begin another audit."
    return ended or form_page(request, form, "End the audit", under=AUDITS, lead=lead)


def _refuse_others(request):
    if not access.may_audit(request.user):
        raise Http404


def _find(request, public_id):
    found = audit_reading.find(request.user, public_id)
    if found is None:
        raise Http404
    return found
