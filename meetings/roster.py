"""The places of a meeting with everything that is known of each: who holds it, who deputises, who came."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from meetings.models import Attendance, Presence
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


VALUES = {
    "seat_id": F("id"),
    "agency_name": F("agency__name"),
    "agency_classes": F("agency__classes"),
    "holder_id": F("holding__person_id"),
    "holder": F("holding__person__post"),
    "entry_id": F("entry__id"),
    "filled_by": F("entry__filled_by"),
    "person_id": F("entry__person_id"),
    "person": F("entry__person__post"),
    "how": F("entry__how"),
    "why_not": F("entry__why_not"),
    "reason": F("entry__reason"),
    "notice_at": F("entry__notice_at"),
    "answer": F("reply__answer"),
    "answer_reason": F("reply__reason"),
    "answer_deputy_id": F("reply__deputy_id"),
    "answer_deputy": F("reply__deputy__post"),
}


def places(meeting):
    """The places of ``meeting`` on its day, in their order, in three queries whatever their number."""
    at = meeting.starts_at
    seats = Seat.objects.filter(body=meeting.body_id).in_force(at)
    rows = (
        seats.annotate(
            holding=FilteredRelation("appointments", condition=in_force(at, "appointments__")),
            entry=FilteredRelation("attendance", condition=Q(attendance__meeting=meeting.pk)),
            reply=FilteredRelation("replies", condition=Q(replies__meeting=meeting.pk)),
        )
        .order_by("order", "id")
        .values("title", "agency_id", "classes", "votes", "counts", agency_short=F("agency__short_name"), **VALUES)
    )
    found = [_place(row) for row in rows]
    by_seat = {place.seat_id: place for place in found}
    deputies = NamedDeputy.objects.filter(in_force(at), seat__body=meeting.body_id).order_by("id")
    for seat_id, person_id, post in deputies.values_list("seat_id", "person_id", "person__post"):
        if seat_id in by_seat:
            by_seat[seat_id].deputies.append((person_id, post))
    times = Presence.objects.filter(attendance__meeting=meeting.pk).order_by("starts_at")
    for seat_id, starts_at, ends_at in times.values_list("attendance__seat_id", "starts_at", "ends_at"):
        by_seat[seat_id].presences.append((starts_at, ends_at))
    return found


TEXTS = ("filled_by", "how", "why_not", "reason", "answer", "answer_reason")


def _place(row):
    row["agency"] = row.pop("agency_short")
    for name in TEXTS:
        row[name] = row[name] or ""
    return Place(**row)


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
