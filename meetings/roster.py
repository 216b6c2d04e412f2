"""The places of a meeting with everything that is known of each: who holds it, who deputises, who came."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import BigAutoField, DateTimeField, FilteredRelation, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from meetings.models import Attendance, Reply
from mktogether.lib.prepared import Prepared
from partnerships.models import NamedDeputy, Seat
from partnerships.models.dated import in_force
from partnerships.queries import CHAIRS, NO_PARTNER, carried_by_chairs, in_chair


@dataclass(slots=True)
class Place:
    """A place at a meeting. ``filled_by`` is empty while nothing is recorded."""

    seat_id: int
    title: str
    agency_id: int | None
    agency: str
    agency_name: str
    agency_classes: list[str] | None
    counts_as: str
    counts_as_classes: list[str] | None
    classes: list[str]
    votes: bool
    counts: bool
    post_only: bool
    in_attendance: bool
    holder_id: int | None
    holder: str | None
    answer: str
    answer_reason: str
    answer_deputy_id: int | None
    answer_deputy: str | None
    answered_at: dt.datetime | None
    came: str
    deputy_answer: str
    deputy_answered_at: dt.datetime | None
    is_chair: bool
    is_vice_chair: bool
    entry_id: int | None = None
    filled_by: str = ""
    person_id: int | None = None
    person: str | None = None
    how: str = ""
    why_not: str = ""
    reason: str = ""
    notice_at: dt.datetime | None = None
    deputies: list[tuple[int, str]] = field(default_factory=list)
    presences: list[tuple[dt.datetime, dt.datetime | None]] = field(default_factory=list)
    in_chair: list[str] = field(default_factory=list)

    @property
    def is_there(self):
        return self.filled_by not in {"", Attendance.FilledBy.NOBODY}

    @property
    def is_held(self):
        """Whether it had a mandate on the day: somebody held it, or the source names only the post."""
        return self.holder_id is not None or self.post_only

    @property
    def state(self):
        """The state as the attendance buttons name it: present, remote, deputy, apologies, absent or nothing yet."""
        if self.filled_by == Attendance.FilledBy.REPRESENTED:
            return "represented"
        if self.filled_by in {Attendance.FilledBy.DEPUTY, Attendance.FilledBy.SUBSTITUTE}:
            return "deputy"
        if self.filled_by == Attendance.FilledBy.PRINCIPAL:
            return "present" if self.how == Attendance.How.ROOM else "remote"
        return self.why_not

    @property
    def sends_colleague(self):
        """Whether the reply sends somebody who is no named deputy: in attendance, and counted only as a substitute."""
        return self.answer == Reply.Answer.DEPUTY and self.answer_deputy_id is None

    @property
    def deputy_stays_away(self):
        """Whether the deputy who is sent said that they cannot come, so that nobody is announced for the place."""
        return self.deputy_answer == Reply.DeputyAnswer.APOLOGIES

    @property
    def proposed(self):
        """What checking the roll would record, from the reply to the invitation; nothing once something is recorded."""
        if self.filled_by or self.holder_id is None or self.sends_colleague or self.deputy_stays_away:
            return ""
        return {"accept": "present", "apologies": "apologies", "deputy": "deputy"}.get(self.answer, "")

    @property
    def left_at(self):
        """When they left for good, if they did."""
        return self.presences[-1][1] if self.presences else None

    @property
    def joined_at(self):
        """When they joined, if that was not at the start."""
        return self.presences[0][0] if self.presences else None


SEAT = {
    "seat_id": "id",
    "title": "title",
    "agency_id": "agency_id",
    "agency": Coalesce("agency__short_name", Value(NO_PARTNER)),
    "agency_name": Coalesce("agency__name", Value("Belongs to no partner")),
    "agency_classes": "agency__classes",
    "counts_as": Coalesce("agency__part_of__short_name", Value("")),
    "counts_as_classes": "agency__part_of__classes",
    "classes": "classes",
    "votes": "votes",
    "counts": "counts",
    "post_only": "post_only",
    "in_attendance": "in_attendance",
    "holder_id": "holding__person_id",
    "holder": "holding__person__post",
    "answer": Coalesce("reply__answer", Value("")),
    "answer_reason": Coalesce("reply__reason", Value("")),
    "answer_deputy_id": "reply__deputy_id",
    "answer_deputy": Coalesce("reply__deputy__post", NullIf("reply__colleague", Value(""))),
    "answered_at": "reply__at",
    "came": Coalesce("reply__came", Value("")),
    "deputy_answer": Coalesce("reply__deputy_answer", Value("")),
    "deputy_answered_at": "reply__deputy_at",
}
EVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
ENTRY = {
    "entry_id": "id",
    "filled_by": "filled_by",
    "person_id": "person_id",
    "person": "person__post",
    "how": "how",
    "why_not": "why_not",
    "reason": "reason",
    "notice_at": "notice_at",
}


def places(meeting):
    """The places of ``meeting`` on its day, in their order, in three queries whatever their number."""
    values = {"body": meeting.body_id, "at": meeting.starts_at}
    asked = {"meeting": meeting.pk, "moved": meeting.moved_at or EVER}
    found = {row[0]: Place(*row) for row in SEATS(**values, **asked)}
    for seat_id, starts_at, ends_at, *entry in ENTRIES(meeting=meeting.pk):
        place = found.get(seat_id)
        if place is None:  # the dates of the place were changed since; its entry stays in history and in the record
            continue
        for name, value in zip(ENTRY, entry, strict=True):
            setattr(place, name, value)
        if starts_at is not None:
            place.presences.append((starts_at, ends_at))
    carried = carried_by_chairs((place.classes, place.is_chair, place.is_vice_chair) for place in found.values())
    for place, parts in zip(found.values(), carried, strict=True):
        place.in_chair = parts
    for seat_id, person_id, post in DEPUTIES(**values):
        if seat_id in found:
            found[seat_id].deputies.append((person_id, post))
    return list(found.values())


def _seats(body, meeting, at, moved):
    seats = (
        Seat.objects.filter(body=body)
        .in_force(at)
        .annotate(
            holding=FilteredRelation("appointments", condition=in_force(at, "appointments__")),
            reply=FilteredRelation("replies", condition=Q(replies__meeting=meeting, replies__at__gte=moved)),
        )
        .annotate(**in_chair(at))
    )
    return seats.order_by("order", "id").values_list(*SEAT.values(), *CHAIRS)


def _entries(meeting):
    """What is recorded of each place: a row for each time that somebody came, or one row without times."""
    entries = Attendance.objects.of(meeting).order_by("presences__starts_at")
    return entries.values_list("seat_id", "presences__starts_at", "presences__ends_at", *ENTRY.values())


def _deputies(body, at):
    deputies = NamedDeputy.objects.filter(in_force(at), seat__body=body).order_by("id")
    return deputies.values_list("seat_id", "person_id", "person__post")


# A page of a meeting asks these each time. They are three and not one because planning a query of nine tables takes
# PostgreSQL three times as long as answering these.
SEATS = Prepared(_seats, body=BigAutoField(), meeting=BigAutoField(), at=DateTimeField(), moved=DateTimeField())
ENTRIES = Prepared(_entries, meeting=BigAutoField())
DEPUTIES = Prepared(_deputies, body=BigAutoField(), at=DateTimeField())


def filled(found):
    """How many of the members' places were filled, of how many that had a mandate on the day."""
    members = [place for place in found if not place.in_attendance]
    return sum(place.is_there for place in members), sum(place.is_held for place in members)


@dataclass(frozen=True, slots=True)
class Group:
    """The places of one agency, as the page shows them together."""

    agency: str
    agency_name: str
    places: tuple[Place, ...]

    @property
    def there(self):
        return sum(place.is_there for place in self.places)


def grouped(found):
    """``found`` by agency, agencies in the order of their first place."""
    order = {}
    for place in found:
        order.setdefault(place.agency_id, len(order))
    ranked = sorted(found, key=lambda place: order[place.agency_id])
    return [
        Group(members[0].agency, members[0].agency_name, tuple(members))
        for members in (list(rows) for _agency, rows in groupby(ranked, key=lambda place: place.agency_id))
    ]


def local_day(meeting):
    """The day of the meeting in Europe/London, by which terms of reference are chosen."""
    return timezone.localdate(meeting.starts_at)
