"""Who was represented, read for somebody: the matrix of one board or group, and those of all that they read."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import CharField, F, Q
from django.utils import timezone

from meetings import dates, years
from meetings.models import Attendance, Meeting
from meetings.representation import rules
from mktogether.lib.among import Numbers
from mktogether.lib.prepared import Prepared
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


def _places(seats):
    rows = seats.order_by("order", "id")
    return rows.values_list(*SEAT, F("agency__short_name"), F("agency__name"))


# The places of boards and groups, of all partners or of one; who held places; and what is recorded of them.
PLACES = Prepared(lambda bodies: _places(Seat.objects.filter(body__pk__among=bodies)), bodies=Numbers())
PLACES_OF = Prepared(
    lambda bodies, agency: _places(Seat.objects.filter(body__pk__among=bodies, agency__short_name=agency)),
    bodies=Numbers(),
    agency=CharField(),
)
SPANS = Prepared(
    lambda seats: (
        Appointment.objects.filter(seat__pk__among=seats).order_by().values_list("seat_id", "starts_at", "ends_at")
    ),
    seats=Numbers(),
)
ENTRIES = Prepared(
    lambda meetings, seats: (
        Attendance.objects.regardless("of meetings that were found before")
        .filter(meeting__pk__among=meetings, seat__pk__among=seats)
        .order_by()
        .values_list("meeting_id", "seat_id", "filled_by", "why_not")
    ),
    meetings=Numbers(),
    seats=Numbers(),
)


def _matrices(meetings, agency=None):
    """For each board or group of ``meetings`` its matrix, of all places or of one partner's; four queries."""
    held, cancelled = {}, {}
    for row in meetings.order_by("starts_at").values_list(*MEETING, named=True):
        bodies = held if row.closed_at else cancelled
        bodies.setdefault(row.body_id, []).append(row)
    seats = PLACES(bodies=held) if agency is None else PLACES_OF(bodies=held, agency=agency)
    of_seats = [seat[0] for seat in seats]
    by_body = {}
    for seat in seats:
        by_body.setdefault(seat[1], []).append(seat)
    holders, entries = _holders(of_seats), _entries(held, of_seats)
    return {
        body: _matrix(by_body.get(body, []), held.get(body, []), holders, entries, len(cancelled.get(body, ())))
        for body in (held | cancelled)
    }


def _holders(seats):
    """When each of the places ``seats`` (ids) had a member."""
    holders = {}
    for seat, starts_at, ends_at in SPANS(seats=seats):
        holders.setdefault(seat, []).append(rules.Span(starts_at, ends_at))
    return holders


def _entries(held, seats):
    """What is recorded, by meeting and place."""
    ids = [row.id for meetings in held.values() for row in meetings]
    return {(meeting, seat): entry for meeting, seat, *entry in ENTRIES(meetings=ids, seats=seats)}


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
