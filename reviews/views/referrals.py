"""Referring an incident, the receipt of it, and what the team does with what was referred."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mktogether.lib.paging import page_of
from partnerships.granting import subjects
from partnerships.standing import standing_of
from records.access import fresh_check, signed_in
from reviews import access, actions, queries, referral_reading
from reviews.forms import AcceptForm, CloseReferralForm, ReferForm
from reviews.models import Referral
from reviews.views.acting import CRUMB, form_page, once, posted

FORM = ["GET", "HEAD", "POST"]
LEAD = (
    "Four questions. The support team reads what you send and gets in touch with you. If somebody is in danger "
    "now, ring 999 first."
)
REFERRALS = {"label": "Referrals", "href": "/cases/referrals/"}
RECEIPTS = {"label": "What you referred", "href": "/cases/receipts/"}
LONGEST = 120


@signed_in
@fresh_check
@require_http_methods(FORM)
def refer(request):
    """Refer an incident to the Case Review Panel."""
    if not access.may_refer(request.user):
        raise Http404
    area_id = standing_of(request.user).person.area_id
    form = ReferForm(posted(request), agencies=queries.agencies_of_area(area_id))
    sent = once(request, form, lambda: _refer(request, form).receipt_url, said="The referral is sent.")
    return sent or form_page(request, form, "Refer to the Case Review Panel", lead=LEAD)


def _refer(request, form):
    typed = form.cleaned_data
    return actions.refer(
        typed["kind"],
        typed["happened"],
        known_on=typed["known_on"],
        agencies=typed["agencies"],
        by=request.user,
        submission=request.POST,
    )


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
    found = Referral.objects.receipts_of(request.user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
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
    opened(request, found)
    context = {
        **referral_reading.one(found, request.user),
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
        return turned_away(request, found)
    sent = {"kind": found.kind, "known_on": found.known_on, "about": found.happened[:LONGEST]}
    form = AcceptForm(posted(request), initial=sent, team=queries.rest_of_team(request.user, timezone.now()))
    accepted = once(request, form, lambda: _accept(request, found, form), said="The case is registered.")
    if accepted:
        return accepted
    opened(request, found)
    lead = f"It was sent as: “{found.happened}” Put kind, day and line right where they are not."
    return form_page(request, form, "Accept the referral", lead=lead, under=crumb_of(found))


def _accept(request, referral, form):
    typed = form.cleaned_data
    return actions.accept_referral(
        referral,
        typed["kind"],
        typed["about"],
        known_on=typed["known_on"],
        by=request.user,
        second=typed["second"],
        submission=request.POST,
    )


@signed_in
@fresh_check
@require_http_methods(FORM)
def close(request, public_id):
    """Close a referral without a case, with a reason."""
    found = find(request, public_id)
    if found.is_decided:
        return turned_away(request, found)
    form = CloseReferralForm(posted(request))
    closed = once(
        request,
        form,
        lambda: actions.close_referral(found, form.cleaned_data["because"], by=request.user),
        said="The referral is closed.",
    )
    if closed:
        return closed
    opened(request, found)
    return form_page(request, form, "Close the referral", under=crumb_of(found))


def find(request, public_id):
    """The referral with this address, for the team; for everybody else there is no such page."""
    rows = Referral.objects.visible_to(request.user).select_related("person__agency", "case")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def opened(request, referral):
    """Note that the referral was read, where a page of it is about to be shown, also of a form with its mistakes."""
    actions.note_referral_read(referral, by=request.user, method=request.method)


def turned_away(request, referral):
    """Back to the referral: somebody was first."""
    messages.info(request, "Somebody decided about this referral already.")
    return redirect(referral)


def crumb_of(referral):
    """The way back to a referral."""
    return {"label": referral.number, "href": referral.get_absolute_url()}
