"""Referring an incident to the Case Review Panel, and what the team does with a referral: accept it, or close it."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from mktogether.lib.verdict import Refusal
from partnerships.granting import notices, people
from partnerships.models import Agency, Exclusion
from partnerships.roles import Act
from partnerships.standing import standing_of
from records import history, submissions
from reviews import access
from reviews.actions.cases import register_case
from reviews.actions.checks import line, reason, refuse_day, refuse_unless
from reviews.models import Referral

LETTERS = "BCDFGHJKMNPQRTVWXY346789"  # read aloud on the telephone, none is taken for another
SAFE = "Enter in a few safe words what happened."
REFERRAL_DECIDED = "Somebody decided about this referral already."


@transaction.atomic
def refer(kind, happened, *, known_on, agencies, by, submission=None):
    """
    Refer an incident: its ``kind``, what ``happened`` in a few safe words, the day it was known, and the ``agencies``.

    The team is told by a mail that says nothing of it. Raises Refusal for who takes no part in the partnership, for a
    day ahead, for a line that is empty or identifies somebody, and without an agency.
    """
    claimed = submissions.claim(submission, by=by)
    refuse_unless(access.may_refer(by))
    person = standing_of(by).person
    happened = line(happened, "happened", SAFE)
    refuse_day(known_on, "known_on")
    found = list(Agency.objects.filter(area=person.area_id, pk__in=[agency.pk for agency in agencies]))
    if not found:
        raise Refusal("Choose at least one organisation that knew the people.", "agencies")
    referral = Referral.objects.create(
        area_id=person.area_id,
        number=_number(),
        kind=kind,
        happened=happened,
        known_on=known_on,
        referred_at=timezone.now(),
        referred_by=by,
        person=person,
    )
    referral.agencies.set(found)
    told = {"kind": (None, kind), "happened": (None, happened), "known_on": (None, known_on)}
    history.record("referral.sent", referral, by=by, changes=told)
    team = people.who_may(Act.REGISTER_CASES, person.area_id)
    notices.tell(team, referral, "An incident was referred. Somebody of the team decides about it.", key="sent")
    submissions.leads_to(claimed, referral.receipt_url)
    return referral


def _number():
    taken = Referral.objects.regardless("a number is drawn whoever may see the others")
    while taken.filter(number=(drawn := f"R-{get_random_string(6, LETTERS)}")).exists():
        pass
    return drawn


@transaction.atomic
def accept_referral(referral, kind, about, *, known_on, by, second, submission=None):
    """
    Accept a referral: register the case that it becomes, and keep out of it who was kept from the referral.

    Raises Refusal for one that is decided, and as ``register_case`` does; then nothing is registered.
    """
    claimed = submissions.claim(submission, by=by)
    referral = _to_decide(referral, by)
    case = register_case(kind, about, by=by, second=second, known_on=known_on)
    _keep_out(referral, case, second)
    _decide(referral, by, case=case)
    history.record("referral.accepted", referral, by=by, within=case)
    submissions.leads_to(claimed, case.get_absolute_url())
    return case


def _keep_out(referral, case, second):
    now = timezone.now()
    rows = Exclusion.objects.regardless("those kept from the referral are kept from the case")
    for exclusion in rows.in_force(now).about(referral):
        if exclusion.person_id == second.pk:
            raise Refusal("They have an interest in this. Choose another colleague.", "second")
        Exclusion.objects.create(
            area_id=case.area_id,
            person_id=exclusion.person_id,
            subject=case._meta.label,
            subject_id=case.pk,
            reason=exclusion.reason,
            declared_by_id=exclusion.declared_by_id,
            starts_at=now,
        )


@transaction.atomic
def close_referral(referral, because, *, by):
    """Close a referral without a case, and say why. Raises Refusal without a reason and for one that is decided."""
    referral = _to_decide(referral, by)
    because = reason(because, "because", "Enter why no case follows.")
    _decide(referral, by, closed_because=because)
    history.record("referral.closed", referral, by=by, changes={"closed_because": (None, because)})
    return referral


def note_referral_read(referral, *, by, method="GET"):
    """Write down that ``by`` was shown the referral by a request of ``method``."""
    history.read(referral, by=by, verb="referral.read", method=method)


def note_receipt_read(referral, *, by, method="GET"):
    """Write down that ``by``, who sent it, was shown the receipt."""
    history.read(referral, by=by, verb="referral.receipt_read", method=method)


def _to_decide(referral, by):
    rows = Referral.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    referral = rows.filter(pk=referral.pk).first()
    if referral is None:
        raise Refusal("Only the support team decides about referrals.")
    if referral.is_decided:
        raise Refusal(REFERRAL_DECIDED)
    return referral


def _decide(referral, by, **values):
    referral.decided_at, referral.decided_by = timezone.now(), by
    for name, value in values.items():
        setattr(referral, name, value)
    referral.save(update_fields=["decided_at", "decided_by", *values])
