"""Referring an incident, the receipt of it, and what the team does with what was referred."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mktogether.lib.paging import page_of
from mktogether.lib.verdict import refused
from partnerships.granting import subjects
from partnerships.standing import standing_of
from partnerships.story.reading import story
from records.access import fresh_check, signed_in
from records.acting import posted
from reviews import access, actions, queries, referral_reading
from reviews.forms import AcceptForm, CloseReferralForm, ReferForm
from reviews.models import Referral
from reviews.views.acting import CRUMB, FORM, form_page, once, opened, turned_away

LEAD = (
    "Four questions. The support team reads what you send and gets in touch with you. If somebody is in danger "
    "now, ring 999 first."
)
REFERRALS = {"label": "Referrals", "href": "/cases/referrals/"}
RECEIPTS = {"label": "What you referred", "href": "/cases/receipts/"}
LONGEST = 120
DECIDED = refused(actions.REFERRAL_DECIDED)


@signed_in
@fresh_check
@require_http_methods(FORM)
def refer(request):
    """Refer an incident to the Case Review Panel."""
    if not access.may_refer(request.user):
        raise Http404
    area_id = standing_of(request.user).person.area_id
    form = ReferForm(posted(request), agencies=queries.agencies_of_area(area_id))
    sent = once(
        request,
        form,
        lambda: actions.refer(**form.facts(), by=request.user, submission=request.POST),
        said="The referral is sent.",
        leads_to=lambda referral: referral.receipt_url,
    )
    return sent or form_page(request, form, "Refer to the Case Review Panel", lead=LEAD)


@signed_in
@fresh_check
@require_safe
def receipts(request):
    """What somebody referred themselves."""
    found = queries.referral_rows(Referral.objects.receipts_of(request.user))
    pages = page_of(found, request.GET.get("page"), {})
    rows = [{"href": f"/cases/receipts/{row.public_id}/", **referral_reading.sent(row)} for row in pages.rows]
    context = {"rows": rows, "pages": pages, "may_refer": access.may_refer(request.user)}
    return render(request, "reviews/receipts.html", context)


@signed_in
@fresh_check
@require_safe
def receipt(request, public_id):
    """What somebody sent, and when. What became of it is not theirs to see."""
    found = get_object_or_404(Referral.objects.receipts_of(request.user), public_id=public_id)
    actions.note_receipt_read(found, by=request.user, method=request.method)
    context = {**referral_reading.receipt(found), "crumbs": [RECEIPTS, {"label": found.number}]}
    return render(request, "reviews/receipt.html", context)


@signed_in
@fresh_check
@require_safe
def referrals(request):
    """The referrals that the team sees."""
    if not access.may_register(request.user):
        raise Http404
    return render(request, "reviews/referrals.html", referral_reading.listed(request.user, request.GET))


@signed_in
@fresh_check
@require_safe
def referral(request, public_id):
    """A referral, for the team: what was sent, and what it is like."""
    found = find(request, public_id)
    opened(request, found, actions.note_referral_read)
    context = {
        **referral_reading.one(found, request.user),
        "story": story(request.user, found),
        "href": found.get_absolute_url(),
        "withdraw_href": subjects.of(found).address_for(found, "withdraw"),
        "crumbs": [CRUMB, REFERRALS, {"label": found.number}],
    }
    return render(request, "reviews/referral.html", context)


@signed_in
@fresh_check
@require_http_methods(FORM)
def accept(request, public_id):
    """Accept a referral: the case that it becomes is registered."""
    found = find(request, public_id)
    if found.is_decided:
        return turned_away(request, found, DECIDED)
    sent = {"kind": found.kind, "known_on": found.known_on, "about": found.happened[:LONGEST]}
    form = AcceptForm(posted(request), initial=sent, team=queries.rest_of_team(request.user, timezone.now()))
    accepted = once(
        request,
        form,
        lambda: actions.accept_referral(found, **form.facts(), by=request.user, submission=request.POST),
        said="The case is registered.",
    )
    lead = f"It was sent as: “{found.happened}” Put kind, day and line right where they are not."
    return accepted or _form_page(request, form, "Accept the referral", found, lead=lead)


@signed_in
@fresh_check
@require_http_methods(FORM)
def close(request, public_id):
    """Close a referral without a case, with a reason."""
    found = find(request, public_id)
    if found.is_decided:
        return turned_away(request, found, DECIDED)
    form = CloseReferralForm(posted(request))
    closed = once(
        request,
        form,
        lambda: actions.close_referral(found, form.cleaned_data["because"], by=request.user),
        said="The referral is closed.",
    )
    return closed or _form_page(request, form, "Close the referral", found)


def find(request, public_id):
    """The referral with this address, for the team; for everybody else there is no such page."""
    referrals = Referral.objects.visible_to(request.user).select_related("person__agency", "case")
    return get_object_or_404(referrals, public_id=public_id)


def _form_page(request, form, heading, referral, lead=""):
    opened(request, referral, actions.note_referral_read)
    under = {"label": referral.number, "href": referral.get_absolute_url()}
    return form_page(request, form, heading, lead=lead, under=under)
