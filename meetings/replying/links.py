"""
The links by which a member answers an invitation without signing in.

A link is a signed text: for one meeting and one mandate (the appointment of a person to a place), sent to one address.
Nothing of it is kept. Each time it is opened everything is asked anew: that the mandate is in force, that the account
can sign in and still has that address, that its owner sees the meeting, and that this has not begun. So it dies with
the place, with the account, with a new address, and when the meeting begins; and it opens nothing else.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from meetings import roster
from meetings.models import Meeting, Reply
from meetings.replying.access import may_reply
from partnerships.models import Appointment
from partnerships.models.dated import in_force

Answer = Reply.Answer
LABELS = {
    Answer.ACCEPT: "I am coming",
    Answer.TENTATIVE: "Perhaps",
    Answer.APOLOGIES: "Send apologies",
    Answer.DEPUTY: "Send my deputy",
}
SALT = "meetings.replying.links"
SHAPE = re.compile(r"(\d{1,18})-(\d{1,18})-([0-9a-f]{16})")
WORDS_OF_THE_HOLDER = "a link names its meeting; whoever holds it answers as the member to whom it was sent"


@dataclass(frozen=True)
class Named:
    """What a link holds, as text: the keys of a meeting and of what it speaks by, and the digest of an address."""

    meeting_pk: str
    pk: str
    sent_to: str


@dataclass(frozen=True)
class Invited:
    """Whom a link speaks for: the meeting, the place there, and the person with their account."""

    meeting: Meeting
    place: Any  # meetings.roster.Place
    person: Any  # partnerships.models.Person


def links_for(meeting, person):
    """
    The links of ``person`` for the mail about ``meeting``: (label, absolute address) for each answer and place.

    None where they cannot answer: they have no account, no place on its day, or it has begun or was cancelled.
    """
    if not may_reply(meeting, timezone.now()) or not can_sign_in(person):
        return []
    mandates = list(_mandates(meeting, timezone.now()).filter(person=person).order_by("seat__order", "id"))
    links = []
    for mandate in mandates:
        address = settings.SITE_ORIGIN + reverse("replies:reply", args=[token(meeting, mandate, person.user.email)])
        of_place = f", for {mandate.seat.title}" if len(mandates) > 1 else ""
        links += [(f"{label}{of_place}", f"{address}?answer={answer}") for answer, label in LABELS.items()]
    return links


def token(meeting, mandate, email):
    """What a link to answer for ``mandate``, an appointment, holds: ids, what it was sent to, and our signature."""
    return sign(SALT, meeting.pk, mandate.pk, email)


def find(text):
    """For whom the link with the token ``text`` speaks at this moment; None once it is dead, whatever it died of."""
    named = read(SALT, text)
    if named is None:
        return None
    meeting, now = meeting_of(named), timezone.now()
    if meeting is None or not may_reply(meeting, now):
        return None
    mandate = _mandates(meeting, now).filter(pk=named.pk).select_related("person__user", "seat").first()
    if mandate is None or not may_speak(mandate.person, meeting, named.sent_to):
        return None
    places = (place for place in roster.places(meeting) if place.seat_id == mandate.seat_id)
    place = next((place for place in places if place.holder_id == mandate.person_id), None)
    return Invited(meeting, place, mandate.person) if place else None


def sign(salt, meeting_pk, pk, email):
    """The signed text that names a meeting, the row with the key ``pk`` and the address that it is sent to."""
    return Signer(salt=salt, sep=".").sign(f"{meeting_pk}-{pk}-{_address_digest(email)}")


def read(salt, text):
    """What a text signed under ``salt`` names; None where it was not signed so."""
    try:
        signed = SHAPE.fullmatch(Signer(salt=salt, sep=".").unsign(text))
    except BadSignature:
        return None
    return Named(*signed.groups()) if signed else None


def meeting_of(named):
    """The meeting that a link names, whoever holds it."""
    meetings = Meeting.objects.regardless(WORDS_OF_THE_HOLDER).select_related("body")
    return meetings.filter(pk=named.meeting_pk).first()


def _address_digest(email):
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:16]


def _mandates(meeting, now):
    """The appointments to places of the group that are in force now and when the meeting begins."""
    of_group = Appointment.objects.filter(in_force(now, "seat__"), seat__body=meeting.body_id)
    return of_group.in_force(now).in_force(meeting.starts_at).select_related("seat")


def can_sign_in(person):
    """Whether ``person`` has an account in use and an address."""
    return person.user is not None and person.user.is_active and bool(person.user.email)


def may_speak(person, meeting, sent_to):
    """Whether a link that went to the address with the digest ``sent_to`` still speaks for ``person``."""
    if not can_sign_in(person) or _address_digest(person.user.email) != sent_to:
        return False
    return Meeting.objects.visible_to(person.user).filter(pk=meeting.pk).exists()
