"""Answering the invitation for a place."""

from django.db import transaction
from django.utils import timezone

from meetings import roster
from meetings.actions.changing import CHANGED, held
from meetings.models import Meeting, Reply
from meetings.replying.access import may_reply
from mktogether.lib.verdict import Refusal
from records import history

Answer = Reply.Answer
GIVEN, BY_LINK = "reply.given", "reply.given_by_link"


@transaction.atomic
def reply(meeting, seat_id, answer, *, by, person, reason="", deputy_id=None, colleague="", by_link=False):
    """
    Answer the invitation to ``meeting`` for the place ``seat_id`` of ``person``; a later answer replaces it.

    ``answer`` is one of Reply.Answer. Apologies may give a ``reason``; who sends somebody names a named deputy
    (``deputy_id``) or the post of a ``colleague``. ``by`` is the account that it is written down as of, and ``by_link``
    says that it came by the link in their mail. What stands already leaves no trace. Raises Refusal once the meeting
    has begun, for a place that is not theirs on its day, and for a deputy who is not named or is sent already.
    """
    meeting = held(meeting)
    if not (verdict := may_reply(meeting, timezone.now())):
        raise Refusal(verdict.reason)
    found = roster.places(meeting)
    place = _own_place(found, seat_id, person)
    values = _facts(found, place, answer, reason, deputy_id, colleague)
    before = {
        "answer": place.answer,
        "deputy_id": place.answer_deputy_id,
        "colleague": place.answer_deputy if place.sends_colleague else "",
        "reason": place.answer_reason,
    }
    if values != before:
        _write(meeting, place, values, before, by, BY_LINK if by_link else GIVEN)
    return meeting


def _write(meeting, place, values, before, by, verb):
    given, _new = Reply.objects.regardless(CHANGED).update_or_create(
        meeting=meeting, seat_id=place.seat_id, defaults={**values, "at": timezone.now()}
    )
    changes = {name: (before[name] or None, value) for name, value in values.items() if value != before[name]}
    history.record(verb, given, by=by, within=meeting, changes=changes)
    Meeting.objects.regardless(CHANGED).filter(pk=meeting.pk).update(version=meeting.version + 1)


def _own_place(found, seat_id, person):
    for place in found:
        if place.seat_id == seat_id and place.holder_id == person.pk:
            return place
    raise Refusal("You have no such place on the day of this meeting, so there is no reply to give for it.")


def _facts(found, place, answer, reason, deputy_id, colleague):
    """The columns that the answer means."""
    if answer not in Answer.values:
        raise Refusal("Choose coming, perhaps, apologies or a deputy.", "answer")
    sent, named = None, ""
    if answer == Answer.DEPUTY:
        sent = _deputy(found, place, deputy_id) if deputy_id else None
        named = "" if sent else " ".join(colleague.split())
        if not sent and not named:
            raise Refusal("Choose who comes in your place, or enter their post.", "deputy")
    return {
        "answer": answer,
        "deputy_id": sent,
        "colleague": named,
        "reason": " ".join(reason.split()) if answer == Answer.APOLOGIES else "",
    }


def _deputy(found, place, deputy_id):
    named = dict(place.deputies)
    if deputy_id not in named:
        raise Refusal(f"Choose one of the deputies who are named for {place.title}.", "deputy")
    for other in found:
        if other.seat_id == place.seat_id:
            continue
        if other.answer == Answer.DEPUTY and other.answer_deputy_id == deputy_id:
            raise Refusal(
                f"{named[deputy_id]} comes for {other.holder or other.title} already, and one person fills one place. "
                "Choose somebody else.",
                "deputy",
            )
    return deputy_id
