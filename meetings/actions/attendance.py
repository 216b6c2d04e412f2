"""Recording who is there."""

from django.db import transaction
from django.utils import timezone

from meetings import roster
from meetings.actions.changing import held, touch
from meetings.models import Attendance
from mktogether.lib.verdict import Refusal
from partnerships.models import Person, Seat
from records import history

FilledBy, How, WhyNot = Attendance.FilledBy, Attendance.How, Attendance.WhyNot
NOBODY = {
    "apologies": WhyNot.APOLOGIES,
    "absent": WhyNot.ABSENT,
    "unknown": WhyNot.UNKNOWN,
}
STATES = ("present", "remote", "deputy", "substitute", *NOBODY, "clear")


@transaction.atomic
def record_attendance(meeting, seat_id, state, *, by, person_id=None, how="", reason="", notice_at=None):
    """
    Record who fills the place ``seat_id`` at ``meeting``: the three facts of attendance in one act.

    ``state`` is one of STATES; "clear" takes the entry back. ``person_id`` names the deputy or substitute, and may be
    left out for a place with one named deputy. ``notice_at`` is when notice of a substitute arrived. Returns the
    verdict that follows. Raises Refusal for a place that is not of this body on the day, a vacant place, a deputy who
    is not named, or somebody who fills another place already.
    """
    now = timezone.now()
    meeting = held(meeting)
    found = roster.places(meeting)
    place = _place(found, seat_id, meeting)
    values = _facts(meeting, place, state, person_id, how)
    if values is None:
        _take_back(meeting, place, by)
        return touch(meeting, now)
    _refuse_second_place(found, place, values["person_id"])
    before = place.state
    entry = Attendance(
        pk=place.entry_id,  # the row of an earlier entry; nobody else writes while the meeting is held
        meeting=meeting,
        seat_id=place.seat_id,
        reason=reason,
        notice_at=notice_at,
        recorded_at=now,
        recorded_by=by,
        **values,
    )
    entry.save()
    _keep_times(meeting, entry, place, now)
    history.record("attendance.recorded", entry, by=by, within=meeting, changes={"state": (before or None, state)})
    return touch(meeting, now)


@transaction.atomic
def check_roll(meeting, *, by):
    """
    Check attendance: record, for each place without an entry, what its reply to the invitation announced.

    Nobody is present by default: places without a clear reply stay open. Returns the verdict that follows.
    """
    now = timezone.now()
    meeting = held(meeting)
    found = roster.places(meeting)
    taken = {place.person_id for place in found if place.person_id}
    for place in found:
        if not place.proposed:
            continue
        state = "remote" if place.proposed == "present" and meeting.mode == meeting.Mode.VIRTUAL else place.proposed
        values = _facts(meeting, place, state, place.answer_deputy_id, "")
        if values["person_id"] in taken:
            continue
        if values["person_id"]:
            taken.add(values["person_id"])
        entry = Attendance.objects.create(
            meeting=meeting,
            seat_id=place.seat_id,
            reason=place.answer_reason,
            recorded_at=now,
            recorded_by=by,
            **values,
        )
        history.record("attendance.recorded", entry, by=by, within=meeting, changes={"state": (None, state)})
    history.record("meeting.roll_checked", meeting, by=by)
    return touch(meeting, now, roll_checked_at=now, roll_checked_by=by)


@transaction.atomic
def record_leaving(meeting, seat_id, *, at, by):
    """Record that whoever fills the place left at ``at``: from that moment on they are not there."""
    meeting, entry = _entry(meeting, seat_id, by)
    current = entry.presences.filter(ends_at__isnull=True).order_by("-starts_at").first()
    if current is None:
        if entry.presences.exists():
            raise Refusal("They have left already.", "at")
        current = entry.presences.model(attendance=entry, starts_at=_beginning(meeting))
    if at < current.starts_at:
        raise Refusal("They left before they came. Enter a later time.", "at")
    current.ends_at = at
    current.save()
    history.record("attendance.left", entry, by=by, within=meeting, changes={"left": (None, at)})
    return touch(meeting, timezone.now())


@transaction.atomic
def record_joining(meeting, seat_id, *, at, by):
    """Record that whoever fills the place joined, or came back, at ``at``."""
    meeting, entry = _entry(meeting, seat_id, by)
    last = entry.presences.order_by("-starts_at").first()
    if last and last.ends_at is None:
        entry.presences.filter(pk=last.pk).update(starts_at=at)
    elif last and at < last.ends_at:
        raise Refusal("They came back before they left. Enter a later time.", "at")
    else:
        entry.presences.create(starts_at=at)
    history.record("attendance.joined", entry, by=by, within=meeting, changes={"joined": (None, at)})
    return touch(meeting, timezone.now())


def _entry(meeting, seat_id, by):
    meeting = held(meeting)
    entry = Attendance.objects.of(meeting).filter(seat=seat_id).exclude(filled_by=FilledBy.NOBODY).first()
    if entry is None:
        raise Refusal("Nobody is recorded for this place. Record first who fills it.")
    return meeting, entry


def _beginning(meeting):
    return min(meeting.opened_at or meeting.starts_at, meeting.starts_at)


def _place(found, seat_id, meeting):
    for place in found:
        if place.seat_id == seat_id:
            return place
    title = Seat.objects.filter(body=meeting.body_id, pk=seat_id).values_list("title", flat=True).first()
    if title is not None:
        raise Refusal(
            f"{title} has no place on {meeting.body} on the day of this meeting: its mandate began later or was over. "
            "Nothing is recorded for it, and it is not counted.",
            "state",
        )
    raise Refusal(f"That person has no place on {meeting.body} on the day of this meeting.", "state")


def _facts(meeting, place, state, person_id, how):
    """The columns that ``state`` means for ``place``; None takes the entry back."""
    if state not in STATES:
        raise Refusal("Choose present, remote, deputy, apologies or absent.")
    if state == "clear":
        return None
    if state in NOBODY and not place.is_held:
        raise Refusal(
            f"The place of {place.title} is vacant on the day of this meeting, so nobody is away from it. "
            "Leave it without an entry: it is not counted.",
            "state",
        )
    if state in NOBODY:
        return {"filled_by": FilledBy.NOBODY, "person_id": None, "how": "", "why_not": NOBODY[state]}
    if state in {"present", "remote"}:
        if place.holder_id is None:
            raise Refusal(f"The place of {place.title} is vacant: nobody can be recorded as its member.")
        how = How.REMOTE if state == "remote" else How.ROOM
        return {"filled_by": FilledBy.PRINCIPAL, "person_id": place.holder_id, "how": how, "why_not": ""}
    how = how or (How.REMOTE if meeting.mode == meeting.Mode.VIRTUAL else How.ROOM)
    chosen = _substitute if state == "substitute" else _deputy
    filled_by = FilledBy.SUBSTITUTE if state == "substitute" else FilledBy.DEPUTY
    return {"filled_by": filled_by, "person_id": chosen(meeting, place, person_id), "how": how, "why_not": ""}


def _deputy(meeting, place, person_id):
    named = [person for person, _post in place.deputies]
    if not named:
        raise Refusal(
            f"No deputy is named for {place.title}. A colleague who is not named is in attendance and does not count."
        )
    if person_id is None and len(named) == 1:
        return named[0]
    if person_id is None:
        raise Refusal(f"Choose which deputy stands in for {place.title}.", "person")
    if person_id not in named:
        raise Refusal(
            f"That person is not a named deputy for {place.title}. Choose one of the named deputies.", "person"
        )
    return person_id


def _substitute(meeting, place, person_id):
    colleagues = Person.objects.filter(area=meeting.area_id, agency=place.agency_id)
    if person_id is None or not colleagues.filter(pk=person_id).exists():
        raise Refusal(f"Choose somebody from {place.agency} as the substitute for {place.title}.", "person")
    return person_id


def _refuse_second_place(found, place, person_id):
    if person_id is None:
        return
    for other in found:
        if other.person_id == person_id and other.seat_id != place.seat_id:
            raise Refusal(
                f"{other.person} fills the place of {other.title} already, and one person fills one place.", "person"
            )


def _take_back(meeting, place, by):
    entry = Attendance.objects.of(meeting).filter(seat=place.seat_id).first()
    if entry:
        history.record("attendance.cleared", entry, by=by, within=meeting, changes={"state": (place.state, None)})
        entry.delete()


def _keep_times(meeting, entry, place, now):
    """Somebody recorded as there after the roll was checked joined now; somebody not there has no times."""
    if not entry.is_there:
        entry.presences.all().delete()
    elif meeting.roll_checked_at and not place.is_there:
        entry.presences.create(starts_at=now)
