"""How often boards and groups met, read for somebody: of one in the years at hand, and of all that they read."""

from dataclasses import dataclass

from django.db.models import DateField
from django.utils import timezone

from meetings import queries, years
from meetings.frequency import rules
from meetings.models import Meeting
from mktogether.lib.among import Numbers
from mktogether.lib.prepared import Prepared
from partnerships.models import Body, TermsOfReference
from partnerships.roles import Act
from partnerships.standing import standing_of

QUORATE = {"quorate": True, "not quorate": False}
IN_ROOM = {Meeting.Mode.IN_PERSON: True, Meeting.Mode.VIRTUAL: False, Meeting.Mode.HYBRID: False}


@dataclass(frozen=True, slots=True)
class OfBody:
    """A board or group with its year."""

    name: str
    slug: str
    is_earlier: bool
    year: rules.Year


def of_body(body, by_year, now):
    """The years of ``body`` counted, by their numbers; ``by_year`` are its meetings as light rows. One query."""
    if not by_year:
        return {}
    versions = _versions([body.pk], min(by_year), max(by_year)).get(body.pk, [])
    return {number: _year(versions, rows, number, now) for number, rows in by_year.items()}


def of_all(user, number, now):
    """
    The year ``number`` of every board and group whose meetings ``user`` reads, of those that were there; three queries.

    One was there that met, or of which terms were in force, in that year.
    """
    begins, ends = years.span(number)
    seen = _meetings_read_by(user).filter(starts_at__gte=begins, starts_at__lt=ends)
    by_body = {}
    for row in queries.meeting_rows(seen.order_by("starts_at")):
        by_body.setdefault(row.body_id, []).append(row)
    bodies = _bodies_read_by(user).exclude(kind__in=Body.MEETS_NOT_HERE)
    named = list(bodies.order_by("name").values_list("pk", "name", "slug", "earlier_structure", "closed_on"))
    versions = _versions([row[0] for row in named], number, number)
    today = timezone.localdate(now)
    return [
        OfBody(
            name,
            slug,
            not Body.is_of_today(structure, closed_on, today),
            _year(versions.get(pk, []), by_body.get(pk, []), number, now),
        )
        for pk, name, slug, structure, closed_on in named
        if pk in by_body or pk in versions
    ]


def years_known(user, now):
    """The years in which meetings lie that ``user`` reads, the latest first; this year is always among them."""
    starts = _meetings_read_by(user).order_by().values_list("starts_at", flat=True)
    found = {years.year_of(moment) for moment in starts}
    return sorted(found | {years.year_of(now)}, reverse=True)


def _meetings_read_by(user):
    """The meetings of boards and groups that ``user`` reads, and not one by itself that an emergency opens."""
    reach = standing_of(user).reach(Act.READ)
    seen = Meeting.objects.visible_to(user)
    return seen if reach.area else seen.filter(body__in=reach.bodies)


def _bodies_read_by(user):
    """The boards and groups of their own areas whose meetings ``user`` reads."""
    standing = standing_of(user)
    reach = standing.reach(Act.READ)
    seen = Body.objects.visible_to(user).filter(area__in=standing.area_ids)
    return seen if reach.area else seen.filter(pk__in=reach.bodies)


VERSIONS = Prepared(
    lambda bodies, begins, ends: (
        TermsOfReference.objects.filter(body__pk__among=bodies)
        .overlapping(begins, ends)
        .order_by("starts_on")
        .values_list("body_id", "starts_on", "ends_on", "meetings_a_year", "at_least", "in_person_a_year")
    ),
    bodies=Numbers(),
    begins=DateField(),
    ends=DateField(),
)


def _versions(bodies, first, last):
    """The versions of terms of each of ``bodies`` that hold in any of the years from ``first`` to ``last``."""
    begins, ends = years.days(first)[0], years.days(last)[1]
    by_body = {}
    for body, *version in VERSIONS(bodies=bodies, begins=begins, ends=ends):
        by_body.setdefault(body, []).append(rules.Version(*version))
    return by_body


def _year(versions, rows, number, now):
    return rules.year(versions, [_sitting(row) for row in rows], *years.days(number), timezone.localdate(now))


def _sitting(row):
    if row.cancelled_at:
        return rules.Sitting(rules.State.CANCELLED)
    state = rules.State.HELD if row.closed_at else rules.State.PLANNED
    return rules.Sitting(state, QUORATE.get(row.quorum_status), IN_ROOM.get(row.mode))
