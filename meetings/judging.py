"""Gathers the facts of a meeting and asks the rules in force on its day."""

from functools import lru_cache

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigAutoField, DateField

from meetings import roster
from meetings.models import Attendance
from mktogether.lib.prepared import Prepared
from partnerships import rules
from partnerships.models import TermsOfReference

CAPACITIES = {
    Attendance.FilledBy.PRINCIPAL: rules.Capacity.MEMBER,
    Attendance.FilledBy.DEPUTY: rules.Capacity.DEPUTY,
    Attendance.FilledBy.SUBSTITUTE: rules.Capacity.SUBSTITUTE,
    # By whom is not known: the post itself stands for whoever came.
    Attendance.FilledBy.REPRESENTED: rules.Capacity.MEMBER,
}


@lru_cache(maxsize=512)
def parsed(text):
    """The rules of ``text``; terms are read far more often than they change."""
    return rules.parse_terms(text)


COLUMNS = [field.attname for field in TermsOfReference._meta.concrete_fields]
TERMS = Prepared(
    lambda body, day: TermsOfReference.objects.in_force_on(day).filter(body=body).values_list(*COLUMNS)[:1],
    body=BigAutoField(),
    day=DateField(),
)


def terms_of(meeting):
    """The terms of reference in force on the day of ``meeting``, or None."""
    found = TERMS(body=meeting.body_id, day=roster.local_day(meeting))
    return TermsOfReference.from_db(DEFAULT_DB_ALIAS, COLUMNS, found[0]) if found else None


def rules_of(terms):
    """The rules of ``terms``; where there are none, everything is not stated."""
    return parsed(terms.rules if terms else "")


def judge(meeting, places, terms, *, at=None, decision="ordinary", recused=()):
    """
    The verdict on ``meeting`` at the moment ``at`` (None: everybody recorded as there) for a kind of ``decision``.

    ``places`` is the roster, ``terms`` the terms of reference in force on the day (None: nothing is stated), and
    ``recused`` are the ids of those who have withdrawn from the item in hand.
    """
    return rules.judge(rules_of(terms), room(meeting, places, at=at, recused=recused), decision=decision)


def room(meeting, places, *, at=None, recused=()):
    """The facts of ``meeting`` at ``at``, as the rules take them; ``recused`` have withdrawn from the item in hand."""
    return rules.Room(
        on=roster.local_day(meeting),
        at=at,
        seats=tuple(seat(place) for place in places),
        present=tuple(presence(place, meeting) for place in places if place.is_there),
        meeting_kind=meeting.kind,
        starts_at=meeting.starts_at,
        recusals=tuple(str(person) for person in sorted(recused)),
    )


def seat(place):
    """
    A place as the rules know it: its classes and its agency's. A service counts as the agency that it is part of, and
    rules can name it beside.

    A reason names people by the post of whoever holds the place; a rule can still name the place by its own title.
    """
    return rules.Seat(
        key=str(place.seat_id),
        agency=place.counts_as or place.agency,
        title=place.holder or place.title,
        also_called=(place.title,),
        classes=frozenset([*place.classes, *(place.agency_classes or ()), *place.in_chair]) | _as_a_service(place),
        votes=place.votes,
        counts=place.counts,
        holder=holder_of(place),
        deputies=tuple(str(person) for person, _post in place.deputies),
    )


def _as_a_service(place):
    """What a place of a service carries besides: the name of the service, and the types of its agency."""
    return frozenset([place.agency, *(place.counts_as_classes or ())]) if place.counts_as else frozenset()


def holder_of(place):
    """The member of ``place`` as the rules know them; where the source names only the post, the post itself."""
    if place.holder_id is None:
        return f"post {place.seat_id}" if place.post_only else None
    return str(place.holder_id)


def presence(place, meeting):
    """Who fills ``place``, as the rules know them."""
    return rules.Presence(
        person=holder_of(place) if place.person_id is None else str(place.person_id),
        name=place.person or place.title,
        agency=place.counts_as or place.agency,
        seat=str(place.seat_id),
        capacity=CAPACITIES[place.filled_by],
        mode=rules.Mode.REMOTE if place.how == Attendance.How.REMOTE else rules.Mode.ROOM,
        intervals=tuple(place.presences),
        notice=place.notice_at,
        presiding=place.person_id is not None and place.person_id == meeting.presiding_id,
    )
