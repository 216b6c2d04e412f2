"""Planning, opening, closing and correcting a meeting."""

from django.db import transaction
from django.utils import timezone

from meetings import minutes, record
from meetings.actions.changing import CHANGED, held, touch
from meetings.models import Correction, Meeting
from meetings.sight import sight_of
from mktogether.lib.scoped import regardless
from mktogether.lib.verdict import Refusal
from records import history, jobs, submissions

# Filled by acts and not by a form: empty until then, whatever the model says of blank fields.
SET_BY_ACTS = [
    "opened_at",
    "opened_by",
    "roll_checked_at",
    "roll_checked_by",
    "closed_at",
    "closed_by",
    "cancelled_at",
    "cancelled_by",
    "quorum_since",
]


def _check(meeting):
    """Raise ValidationError where the database would refuse the meeting; another at its time counts, seen or not."""
    with regardless("the check looks for another meeting at the same time"):
        meeting.full_clean(exclude=SET_BY_ACTS)


@transaction.atomic
def plan_meeting(meeting, *, by, submission=None):
    """
    Put a new meeting into the calendar.

    ``submission`` is the posted form, which has one effect however often it arrives. Raises ValidationError where the
    database would refuse the meeting.
    """
    claimed = submissions.claim(submission, by=by)
    meeting.area_id = meeting.body.area_id
    _check(meeting)
    meeting.save()
    history.record("meeting.planned", meeting, by=by, changes={"starts_at": (None, meeting.starts_at)})
    submissions.leads_to(claimed, meeting.get_absolute_url())
    return meeting


@transaction.atomic
def change_meeting(meeting, *, by, starts_at, ends_at, mode, place, submission=None):
    """
    Move a planned meeting, or say how and where it takes place.

    Calendars take it over by its next sequence. Where the start moves, everybody is asked anew: replies from before
    were to another day or time. Raises Refusal once the meeting has begun, for what happened stays as it was, and
    ValidationError where the database would refuse the new time. A change to what already stands leaves no trace.
    """
    claimed = submissions.claim(submission, by=by)
    meeting = held(meeting)
    if meeting.opened_at:
        raise Refusal("This meeting has begun. Its time and place stay as they are.")
    changes = history.changed(meeting, starts_at=starts_at, ends_at=ends_at, mode=mode, place=place)
    if changes:
        now = timezone.now()
        meeting.moved_at = now if "starts_at" in changes else meeting.moved_at
        arranged = _arrange_anew(meeting, now)
        _check(meeting)
        meeting.save(update_fields=["moved_at", *arranged, *changes])
        history.record("meeting.changed", meeting, by=by, changes=changes)
    submissions.leads_to(claimed, meeting.get_absolute_url())
    return meeting


def _arrange_anew(meeting, now):
    """Have the live page and calendars take over what is said of ``meeting`` at ``now``; the names of what changed."""
    meeting.version += 1
    meeting.sequence += 1
    meeting.arranged_at = now
    return ["version", "sequence", "arranged_at"]


@transaction.atomic
def open_meeting(meeting, *, by):
    """Begin the meeting: from now on entries count as of the moment they are made. Opening twice changes nothing."""
    meeting = held(meeting)
    if meeting.opened_at is None:
        history.record("meeting.opened", meeting, by=by)
        now = timezone.now()
        touch(meeting, now, opened_at=now, opened_by=by)
    return meeting


@transaction.atomic
def close_meeting(meeting, *, by):
    """
    Close the meeting: freeze roster, rules, verdicts and reasons, and ask for its minutes.

    Never refused for want of a quorum or of an entry; a meeting that nobody opened counts as opened now.
    """
    now = timezone.now()
    meeting = held(meeting)
    opened = {} if meeting.opened_at else {"opened_at": now, "opened_by": by}
    touch(meeting, now, closed_at=now, closed_by=by, **opened)
    record.freeze(meeting, at=now)
    history.record("meeting.closed", meeting, by=by, changes={"closed_at": (None, now)})
    request_minutes(meeting, by=by)
    return meeting


@transaction.atomic
def cancel_meeting(meeting, reason, *, by, submission=None):
    """Say that the meeting does not take place, and why. Raises Refusal without a reason, or once it has begun."""
    claimed = submissions.claim(submission, by=by)
    meeting = held(meeting)
    if meeting.opened_at:
        raise Refusal("This meeting has begun. Close it instead.")
    if not reason.strip():
        raise Refusal("Enter why the meeting does not take place.", "reason")
    meeting.cancelled_at = timezone.now()
    meeting.cancelled_by = by
    meeting.cancelled_because = reason.strip()
    arranged = _arrange_anew(meeting, meeting.cancelled_at)
    meeting.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_because", *arranged])
    history.record("meeting.cancelled", meeting, by=by, changes={"cancelled_because": (None, reason)})
    submissions.leads_to(claimed, meeting.get_absolute_url())
    return meeting


@transaction.atomic
def correct_record(meeting, text, reason, *, by, submission=None):
    """Add a correction beside the record of a closed meeting. The record itself stays as it was frozen."""
    claimed = submissions.claim(submission, by=by)
    if not meeting.is_closed:
        raise Refusal("This meeting is not closed yet. Change the entry itself.")
    correction = Correction.objects.create(meeting=meeting, text=text.strip(), reason=reason.strip(), by=by)
    history.record("meeting.corrected", correction, by=by, within=meeting, changes={"text": (None, text.strip())})
    Meeting.objects.regardless(CHANGED).filter(pk=meeting.pk).update(version=meeting.version + 1)
    submissions.leads_to(claimed, meeting.get_absolute_url())
    return correction


@transaction.atomic
def request_minutes(meeting, *, by, confidential=False):
    """
    Ask for the minutes as a PDF; minutes already made from the same record are given back as they are.

    They hold what whoever asks may see of the meeting, and are found by those alone who see the same.
    """
    kind = minutes.WITH_CONFIDENTIAL if confidential else minutes.OPEN_PART
    sight = minutes.part(sight_of(by, meeting), confidential=confidential)
    inputs = minutes.fingerprint(meeting, sight)
    return jobs.request(kind, meeting, by=by, inputs=inputs, audience=sight.audience)
