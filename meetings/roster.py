"""The places of a meeting with everything that is known of each: who holds it, who deputises, who came."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import BigAutoField, DateTimeField, FilteredRelation, Q
from django.utils import timezone

from meetings.models import Attendance, Presence
from mktogether.lib.prepared import Prepared
from partnerships.models import NamedDeputy, Seat
from partnerships.models.dated import in_force


@dataclass(slots=True)
class Place:
    """A place at a meeting. ``filled_by`` is empty while nothing is recorded."""

    seat_id: int
    title: str
    agency_id: int
    agency: str
    agency_name: str
    agency_classes: list[str]
    classes: list[str]
    votes: bool
    counts: bool
    holder_id: int | None
    holder: str | None
    entry_id: int | None
    filled_by: str
    person_id: int | None
    person: str | None
    how: str
    why_not: str
    reason: str
    notice_at: dt.datetime | None
    answer: str
    answer_reason: str
    answer_deputy_id: int | None
    answer_deputy: str | None
    deputies: list[tuple[int, str]] = field(default_factory=list)
    presences: list[tuple[dt.datetime, dt.datetime | None]] = field(default_factory=list)

    @property
    def is_there(self):
        return self.filled_by not in {"", Attendance.FilledBy.NOBODY}

    @property
    def state(self):
        """The state as the attendance buttons name it: present, remote, deputy, apologies, absent or nothing yet."""
        if self.filled_by in {Attendance.FilledBy.DEPUTY, Attendance.FilledBy.SUBSTITUTE}:
            return "deputy"
        if self.filled_by == Attendance.FilledBy.PRINCIPAL:
            return "present" if self.how == Attendance.How.ROOM else "remote"
        return self.why_not

    @property
    def proposed(self):
        """What checking the roll would record, from the reply to the invitation; nothing once something is recorded."""
        if self.filled_by or self.holder_id is None:
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


COLUMNS = {
    "seat_id": "id",
    "title": "title",
    "agency_id": "agency_id",
    "agency": "agency__short_name",
    "agency_name": "agency__name",
    "agency_classes": "agency__classes",
    "classes": "classes",
    "votes": "votes",
    "counts": "counts",
    "holder_id": "holding__person_id",
    "holder": "holding__person__post",
    "entry_id": "entry__id",
    "filled_by": "entry__filled_by",
    "person_id": "entry__person_id",
    "person": "entry__person__post",
    "how": "entry__how",
    "why_not": "entry__why_not",
    "reason": "entry__reason",
    "notice_at": "entry__notice_at",
    "answer": "reply__answer",
    "answer_reason": "reply__reason",
    "answer_deputy_id": "reply__deputy_id",
    "answer_deputy": "reply__deputy__post",
}
TEXTS = ("filled_by", "how", "why_not", "reason", "answer", "answer_reason")


def places(meeting):
    """The places of ``meeting`` on its day, in their order, in three queries whatever their number."""
    found = [_place(row) for row in SEATS(body=meeting.body_id, meeting=meeting.pk, at=meeting.starts_at)]
    by_seat = {place.seat_id: place for place in found}
    for seat_id, person_id, post in DEPUTIES(body=meeting.body_id, at=meeting.starts_at):
        if seat_id in by_seat:
            by_seat[seat_id].deputies.append((person_id, post))
    for seat_id, starts_at, ends_at in TIMES(meeting=meeting.pk):
        by_seat[seat_id].presences.append((starts_at, ends_at))
    return found


def _seats(body, meeting, at):
    seats = Seat.objects.filter(body=body).in_force(at)
    with_people = seats.annotate(
        holding=FilteredRelation("appointments", condition=in_force(at, "appointments__")),
        entry=FilteredRelation("attendance", condition=Q(attendance__meeting=meeting)),
        reply=FilteredRelation("replies", condition=Q(replies__meeting=meeting)),
    )
    return with_people.order_by("order", "id").values_list(*COLUMNS.values())


def _deputies(body, at):
    deputies = NamedDeputy.objects.filter(in_force(at), seat__body=body).order_by("id")
    return deputies.values_list("seat_id", "person_id", "person__post")


def _times(meeting):
    times = Presence.objects.filter(attendance__meeting=meeting).order_by("starts_at")
    return times.values_list("attendance__seat_id", "starts_at", "ends_at")


# A page of a meeting asks these each time, and a tap twice.
SEATS = Prepared(_seats, body=BigAutoField(), meeting=BigAutoField(), at=DateTimeField())
DEPUTIES = Prepared(_deputies, body=BigAutoField(), at=DateTimeField())
TIMES = Prepared(_times, meeting=BigAutoField())


def _place(row):
    values = dict(zip(COLUMNS, row, strict=True))
    for name in TEXTS:
        values[name] = values[name] or ""
    return Place(**values)


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
