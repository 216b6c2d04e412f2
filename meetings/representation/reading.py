"""Who was represented, read for somebody: the matrix of one board or group, and those of all that they read."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from meetings import dates, years
from meetings.models import Attendance, Meeting
from meetings.representation import rules
from partnerships.models import Appointment, Seat
from partnerships.roles import Act
from partnerships.standing import standing_of

MEETING = (
    "id", "public_id", "body_id", "starts_at", "ends_at", "date_precision", "closed_at", "quorum_status", "note",
)  # fmt: skip
SEAT = (
    "id", "body_id", "title", "order", "note", "in_attendance", "post_only", "starts_at", "ends_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfBody:
    """A board or group with its matrix."""

    name: str
    slug: str
    is_earlier: bool
    matrix: rules.Matrix


def matrix(body, first_day, last_day, user):
    """
    The matrix of ``body`` over the meetings from ``first_day`` to ``last_day`` that ``user`` sees; four queries.

    A meeting counts once it is closed; those that were cancelled are counted and left out.
    """
    return _matrices(_within(user, first_day, last_day).filter(body=body)).get(body.pk, rules.EMPTY)


def whole_matrix(body, first_day, last_day):
    """The same of all its meetings, for a report whose readers are asked before; four queries."""
    meetings = Meeting.objects.regardless("the report holds it whole; who may read the report is asked before")
    return _matrices(_over(meetings, first_day, last_day).filter(body=body)).get(body.pk, rules.EMPTY)


def of_all(user, first_day, last_day, agency=None):
    """
    The matrices of every board and group that held or cancelled a meeting then and that ``user`` reads.

    With ``agency`` (the short name of a partner) of its places alone.
    """
    found = _read(_within(user, first_day, last_day), user)
    named = {
        pk: (name, slug, structure)
        for pk, name, slug, structure in found.order_by().values_list(
            "body_id", "body__name", "body__slug", "body__earlier_structure"
        )
    }
    made = [
        OfBody(name, slug, bool(structure), matrix)
        for (name, slug, structure), matrix in ((named[pk], matrix) for pk, matrix in _matrices(found, agency).items())
    ]
    return sorted(made, key=lambda one: (one.is_earlier, one.name))


def years_held(user, body=None):
    """The years in which meetings were closed that ``user`` sees, of ``body`` or of any; the latest first."""
    held = Meeting.objects.visible_to(user).filter(closed_at__isnull=False)
    held = _read(held, user) if body is None else held.filter(body=body)
    starts = held.order_by().values_list("starts_at", flat=True)
    return sorted({years.year_of(moment) for moment in starts}, reverse=True)


def _read(meetings, user):
    """Those of boards and groups whose meetings ``user`` reads, and not one by itself that an emergency opens."""
    reach = standing_of(user).reach(Act.READ)
    return meetings if reach.area else meetings.filter(body__in=reach.bodies)


def _within(user, first_day, last_day):
    """The meetings that ``user`` sees from the first moment of ``first_day`` to the last of ``last_day``."""
    return _over(Meeting.objects.visible_to(user), first_day, last_day)


def _over(meetings, first_day, last_day):
    """Those of ``meetings`` that were closed or cancelled and lie within these days."""
    begins, ends = (
        timezone.make_aware(dt.datetime.combine(day, dt.time())) for day in (first_day, last_day + dt.timedelta(days=1))
    )
    over = Q(closed_at__isnull=False) | Q(cancelled_at__isnull=False)
    return meetings.filter(over, starts_at__gte=begins, starts_at__lt=ends)


def _matrices(meetings, agency=None):
    """For each board or group of ``meetings`` its matrix, of all places or of one partner's; four queries."""
    held, cancelled = {}, {}
    for row in meetings.order_by("starts_at").values_list(*MEETING, named=True):
        bodies = held if row.closed_at else cancelled
        bodies.setdefault(row.body_id, []).append(row)
    of_partner = {} if agency is None else {"agency__short_name": agency}
    seats, holders = _places(held, of_partner)
    entries = _entries(held, of_partner)
    return {
        body: _matrix(seats.get(body, []), held.get(body, []), holders, entries, len(cancelled.get(body, ())))
        for body in (held | cancelled)
    }


def _places(held, of_partner):
    """The places of each board or group at any time of its meetings, and when each of them had a member."""
    rows = (
        Seat.objects.filter(body__in=held, **of_partner)
        .order_by("order", "id")
        .values_list(*SEAT, F("agency__short_name"), F("agency__name"), named=False)
    )
    seats = {}
    for row in rows:
        seats.setdefault(row[1], []).append(row)
    holders = {}
    spans = Appointment.objects.filter(seat__body__in=held, **{f"seat__{name}": of for name, of in of_partner.items()})
    for seat, starts_at, ends_at in spans.values_list("seat_id", "starts_at", "ends_at"):
        holders.setdefault(seat, []).append(rules.Span(starts_at, ends_at))
    return seats, holders


def _entries(held, of_partner):
    """What is recorded, by meeting and place."""
    ids = [row.id for meetings in held.values() for row in meetings]
    found = Attendance.objects.of(*ids).filter(**{f"seat__{name}": of for name, of in of_partner.items()})
    rows = found.values_list("meeting_id", "seat_id", "filled_by", "why_not")
    return {(meeting, seat): (filled_by, why_not) for meeting, seat, filled_by, why_not in rows}


def _matrix(seats, meetings, holders, entries, cancelled):
    posts, states = [], {}
    for pk, _body, title, order, note, in_attendance, post_only, starts_at, ends_at, agency, agency_name in seats:
        place = rules.Span(starts_at, ends_at)
        spans = None if post_only else holders.get(pk, [])
        of_post = {(pk, meeting.id): _state(meeting, pk, place, spans, entries) for meeting in meetings}
        if all(state == rules.State.NOT_APPLICABLE for state in of_post.values()):
            continue  # a place of another time
        states |= of_post
        posts.append(rules.Post(pk, title, agency or "", agency_name or "", order, not in_attendance, note))
    return rules.matrix(posts, [_sitting(meeting) for meeting in meetings], states, cancelled=cancelled)


def _state(meeting, seat, place, spans, entries):
    filled_by, why_not = entries.get((meeting.id, seat), ("", ""))
    mandate = rules.has_mandate(meeting.starts_at, place, spans)
    return rules.state_of(mandate=mandate, filled_by=filled_by, why_not=why_not)


def _sitting(meeting):
    return rules.Sitting(
        key=meeting.id,
        words=dates.day_of(meeting),
        short=dates.short_day(meeting),
        href=f"/meetings/{meeting.public_id}/",
        quorum=meeting.quorum_status,
        note=meeting.note,
        has_day=dates.has_day(meeting),
    )
