"""
Answering the invitation for a place: the member themself, or for them whoever plans the meeting; and the deputy who is
sent, of whether they come.
"""

from django.db import transaction
from django.utils import timezone

from meetings import roster
from meetings.actions.changing import CHANGED, held
from meetings.models import DeputyReleased, Meeting, Reply
from meetings.reminders_of_deputies import told_that_they_are_sent
from meetings.replying.access import may_reply
from mktogether.lib.verdict import Refusal
from records import history

Answer, Came, DeputyAnswer = Reply.Answer, Reply.Came, Reply.DeputyAnswer
GIVEN, BY_LINK, ENTERED = "reply.given", "reply.given_by_link", "reply.entered"


@transaction.atomic
def reply(meeting, seat_id, answer, *, by, person, reason="", deputy_id=None, colleague="", by_link=False):
    """
    Answer the invitation to ``meeting`` for the place ``seat_id`` of ``person``; a later answer replaces it.

    ``answer`` is one of Reply.Answer. Apologies give a ``reason``; who sends somebody names a named deputy
    (``deputy_id``) or the post of a ``colleague``. ``by`` is the account that it is written down as of, and ``by_link``
    says that it came by the link in their mail. What stands already leaves no trace. Raises Refusal once the meeting
    has begun, for a place that is not theirs on its day, for apologies without a reason, and for a deputy who is not
    named or is sent already.
    """
    meeting, found = _held_until_it_begins(meeting)
    place = _own_place(found, seat_id, person)
    values = _facts(found, place, answer, reason, deputy_id, colleague) | {"came": Came.THEMSELVES}
    _write(meeting, place, values, by, BY_LINK if by_link else GIVEN)
    return meeting


@transaction.atomic
def enter_reply(meeting, seat_id, answer, *, by, came, reason="", deputy_id=None, colleague=""):
    """
    Enter for the member of the place ``seat_id`` the reply that reached ``by`` outside the portal.

    ``came`` is one of Reply.Came: by telephone, by word or by mail. It counts like one that the member gives, who can
    change it by their own link. The history says who entered it, and on whose behalf. Refuses what ``reply`` refuses.
    """
    meeting, found = _held_until_it_begins(meeting)
    place = _held_place(found, seat_id)
    if came not in Came.values or came == Came.THEMSELVES:
        raise Refusal("Choose how the reply came.", "came")
    values = _facts(found, place, answer, reason, deputy_id, colleague) | {"came": came}
    _write(meeting, place, values, by, ENTERED, details={history.ON_BEHALF_OF: place.holder_id})
    return meeting


@transaction.atomic
def reply_as_deputy(meeting, seat_id, answer, *, by, person, by_link=False):
    """
    Say whether ``person``, who is sent as the deputy for the place ``seat_id``, comes: one of Reply.DeputyAnswer.

    Where they cannot come the place counts as open again, and its member is told. Raises Refusal once the meeting has
    begun, and for a place for which they are not sent.
    """
    meeting, found = _held_until_it_begins(meeting)
    place = next((place for place in found if place.seat_id == seat_id), None)
    if place is None or place.answer_deputy_id != person.pk:
        raise Refusal("You are not sent to this meeting as a deputy, so there is no reply to give.")
    if answer not in DeputyAnswer.values:
        raise Refusal("Choose whether you come.", "answer")
    if answer != place.deputy_answer:
        given = Reply.objects.regardless(CHANGED).get(meeting=meeting, seat_id=seat_id)
        changes = history.changed(given, deputy_answer=answer, deputy_at=timezone.now())
        given.save(update_fields=list(changes))
        verb = "reply.by_deputy_by_link" if by_link else "reply.by_deputy"
        history.record(verb, given, by=by, within=meeting, changes=changes)
        _raise_version(meeting)
    return meeting


def _held_until_it_begins(meeting):
    """``meeting``, held until the transaction ends, with its places."""
    meeting = held(meeting)
    if not (verdict := may_reply(meeting, timezone.now())):
        raise Refusal(verdict.reason)
    return meeting, roster.places(meeting)


def _write(meeting, place, values, by, verb, details=None):
    before = {
        "answer": place.answer,
        "deputy_id": place.answer_deputy_id,
        "colleague": place.answer_deputy if place.sends_colleague else "",
        "reason": place.answer_reason,
        "came": place.came,
        "deputy_answer": place.deputy_answer,
    }
    kept = _kept_of_deputy(place, values)
    values |= {"deputy_answer": kept["deputy_answer"]}
    if values == before:
        return
    given, _new = Reply.objects.regardless(CHANGED).update_or_create(
        meeting=meeting, seat_id=place.seat_id, defaults={**values, **kept, "at": timezone.now()}
    )
    changes = {name: (before[name] or None, value) for name, value in values.items() if value != before[name]}
    history.record(verb, given, by=by, within=meeting, changes=changes, details=details)
    if before["deputy_id"] not in {None, values["deputy_id"]}:
        _release(meeting, place)
    _raise_version(meeting)


def _release(meeting, place):
    """
    The deputy who was sent for ``place`` is told, if they know of it, that they need not come any more.

    What a mail that has not gone out yet would say of it, nobody has to be told.
    """
    if place.deputy_answer == DeputyAnswer.APOLOGIES:
        return
    told = told_that_they_are_sent(meeting.pk, place.answer_deputy_id).exists()
    if told or place.deputy_answer == DeputyAnswer.ACCEPT:
        released = DeputyReleased.objects.regardless(CHANGED)
        released.create(meeting=meeting, deputy_id=place.answer_deputy_id, at=timezone.now())


def _kept_of_deputy(place, values):
    """What the deputy said stays while the same one is sent; one who cannot come is asked anew by being sent again."""
    if values["deputy_id"] == place.answer_deputy_id and place.deputy_answer == DeputyAnswer.ACCEPT:
        return {"deputy_answer": place.deputy_answer, "deputy_at": place.deputy_answered_at}
    return {"deputy_answer": "", "deputy_at": None}


def _raise_version(meeting):
    Meeting.objects.regardless(CHANGED).filter(pk=meeting.pk).update(version=meeting.version + 1)


def _own_place(found, seat_id, person):
    for place in found:
        if place.seat_id == seat_id and place.holder_id == person.pk:
            return place
    raise Refusal("You have no such place on the day of this meeting, so there is no reply to give for it.")


def _held_place(found, seat_id):
    for place in found:
        if place.seat_id == seat_id and place.holder_id is not None:
            return place
    raise Refusal("Nobody holds this place on the day of the meeting, so there is no reply to enter for it.")


def _facts(found, place, answer, reason, deputy_id, colleague):
    """The columns that the answer means."""
    if answer not in Answer.values:
        raise Refusal("Choose coming, perhaps, apologies or a deputy.", "answer")
    because = " ".join(reason.split()) if answer == Answer.APOLOGIES else ""
    if answer == Answer.APOLOGIES and not because:
        raise Refusal("Enter the reason for the apologies, such as “on leave”.", "reason")
    sent, named = None, ""
    if answer == Answer.DEPUTY:
        sent = _deputy(found, place, deputy_id) if deputy_id else None
        named = "" if sent else " ".join(colleague.split())
        if not sent and not named:
            raise Refusal("Choose who comes instead, or enter their post.", "deputy")
    return {
        "answer": answer,
        "deputy_id": sent,
        "colleague": named,
        "reason": because,
    }


def _deputy(found, place, deputy_id):
    named = dict(place.deputies)
    if deputy_id not in named:
        raise Refusal(f"Choose one of the deputies who are named for {place.title}.", "deputy")
    for other in found:
        if other.seat_id == place.seat_id:
            continue
        if other.answer_deputy_id == deputy_id and not other.deputy_stays_away:
            raise Refusal(
                f"{named[deputy_id]} comes for {other.holder or other.title} already, and one person fills one place. "
                "Choose somebody else.",
                "deputy",
            )
    return deputy_id
