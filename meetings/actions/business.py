"""Decisions, actions and notes."""

from django.db import transaction
from django.utils import timezone

from meetings import deciding, roster
from meetings.actions.changing import CHANGED, held, touch
from meetings.models import Action, AgendaItem, Decision, Meeting
from mktogether.lib.verdict import Refusal
from partnerships.models import Body
from records import history, submissions

CHANGED_SINCE = (
    "Somebody else changed this note while you wrote. It now says: “{}”. "
    "What you wrote stands below: put the two together, and save again."
)


@transaction.atomic
def put_decision(meeting, item, wording, *, by, how="agreed", votes=None, ratifies=None, submission=None):
    """
    Put ``wording`` to the meeting at this moment, and record what the terms of reference make of it.

    ``how`` is "agreed" (nobody objected), "votes" (``votes`` maps a place's id to for, against or abstain),
    "recommendation" (to be ratified by a quorate meeting) or "noted". The outcome is computed by the rules in force
    and never typed. ``ratifies`` is an earlier recommendation that this decision takes up. ``submission`` is the
    posted form, which has one effect however often it arrives. Raises Refusal for a decision put without a quorum:
    only a recommendation can be recorded then.
    """
    submissions.claim(submission, by=by)
    now = timezone.now()
    meeting = held(meeting)
    item = _item(meeting, item)
    wording = wording.strip()
    if not wording:
        raise Refusal("Enter the wording of the decision.", "wording")
    decision = deciding.decide(deciding.Facts.of(meeting), item, wording, how=how, votes=votes or {}, at=now, by=by)
    if ratifies is not None:
        _ratify(ratifies, decision, meeting, now)
    history.record(
        "decision.recorded",
        decision,
        by=by,
        within=item,
        changes={"wording": (None, wording), "outcome": (None, decision.outcome)},
    )
    touch(meeting, now)
    return decision


@transaction.atomic
def remove_decision(decision, *, by):
    """Take back a decision that was recorded by mistake, while the meeting is not closed. History keeps it."""
    meeting = held(decision.meeting)
    changes = {"wording": (decision.wording, None), "outcome": (decision.outcome, None)}
    history.record("decision.removed", decision, by=by, within=_item(meeting, decision.item), changes=changes)
    Decision.objects.regardless(CHANGED).filter(ratified_by=decision).update(ratified_by=None, ratified_at=None)
    decision.votes.all().delete()
    decision.delete()
    touch(meeting, timezone.now())


@transaction.atomic
def add_action(meeting, item, *, what, owner, due_on, by, submission=None):
    """
    Record that ``owner`` (a person) will do ``what`` by the day ``due_on``.

    ``submission`` is the posted form, which has one effect however often it arrives. Raises Refusal for a day before
    the meeting.
    """
    submissions.claim(submission, by=by)
    now = timezone.now()
    meeting = held(meeting)
    item = _item(meeting, item)
    if due_on < roster.local_day(meeting):
        raise Refusal("The day is before the meeting. Enter a day on or after it.", "due_on")
    action = Action.objects.create(
        area_id=meeting.area_id,
        body_id=meeting.body_id,
        meeting=meeting,
        item=item,
        what=what.strip(),
        owner=owner,
        agency_id=owner.agency_id,
        due_on=due_on,
    )
    told = {"what": (None, what), "owner": (None, owner.pk), "due": (None, due_on)}
    history.record("action.added", action, by=by, within=item, changes=told)
    touch(meeting, now)
    return action


@transaction.atomic
def complete_action(action, *, by):
    """Say that ``action`` is done. Saying so twice changes nothing."""
    action = Action.objects.regardless(CHANGED).select_for_update(of=("self",)).get(pk=action.pk)
    if action.done_at:
        return action
    action.done_at = timezone.now()
    action.done_by = by
    action.save(update_fields=["done_at", "done_by"])
    history.record("action.completed", action, by=by, within=named_by(action), changes={"done": (None, action.done_at)})
    return action


@transaction.atomic
def save_note(meeting, item, note, *, by, seen, done=False):
    """
    Keep the note of an item for the minutes; ``done`` says that the meeting has moved on from it.

    ``seen`` is the ``note_digest`` of the note that its writer had before their eyes. Raises Refusal, with the other
    text, where somebody else has changed the note since: nobody's words are lost without their knowing.
    """
    now = timezone.now()
    meeting = held(meeting)
    item = _item(meeting, item)
    if item.note_digest != seen and item.note != note.strip():
        raise Refusal(CHANGED_SINCE.format(item.note or "nothing"), "note")
    changes = history.changed(item, note=note.strip())
    if done and item.done_at is None:
        changes |= history.changed(item, done_at=now)
    if changes:
        item.save(update_fields=list(changes))
        history.record("item.noted", item, by=by, changes=changes)
        Meeting.objects.regardless(CHANGED).filter(pk=meeting.pk).update(version=meeting.version + 1)
    return item


def named_by(action):
    """What the history names an action by: the item at which it was agreed, or its board or group."""
    return (AgendaItem._meta.label, action.item_id) if action.item_id else (Body._meta.label, action.body_id)


def _item(meeting, item):
    found = AgendaItem.objects.of(meeting).filter(pk=item.pk).first()
    if found is None:
        raise Refusal("That item is not on the agenda of this meeting.")
    found.meeting = meeting
    return found


def _ratify(recommendation, decision, meeting, now):
    same_body = recommendation.meeting.body_id == meeting.body_id
    if not (same_body and recommendation.is_recommendation and recommendation.ratified_at is None):
        raise Refusal("Only an open recommendation of the same group can be ratified.", "ratifies")
    if decision.outcome not in {Decision.Outcome.CARRIED, Decision.Outcome.NOT_STATED}:
        return
    recommendation.ratified_at = now
    recommendation.ratified_by = decision
    recommendation.save(update_fields=["ratified_at", "ratified_by"])
