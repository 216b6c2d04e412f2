"""
What somebody may do follows from the places, deputisings, chairs and offices that they hold at this moment.

A person's standing is loaded once a request, in one query beside the account's own (see partnerships/accounts.py), and
every question of access is asked of it.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import BigAutoField, CharField, DateTimeField, Value
from django.utils import timezone

from mktogether.lib.prepared import Prepared
from partnerships.models import Appointment, Body, Chairing, NamedDeputy, Office, Person
from partnerships.models.dated import in_force

SEES_ALL_MEETINGS = frozenset({Office.Kind.TEAM, Office.Kind.SCRUTINEER})


@dataclass(frozen=True)
class Standing:
    """What somebody holds at a moment. Empty for somebody without an account or a place."""

    person: Person | None = None
    area_ids: frozenset[int] = frozenset()
    member_of: frozenset[int] = frozenset()
    deputy_on: frozenset[int] = frozenset()
    chairs: frozenset[int] = frozenset()
    vice_chairs: frozenset[int] = frozenset()
    offices: frozenset[str] = frozenset()
    chairs_partnership: bool = False
    seats: frozenset[int] = field(default=frozenset())

    @property
    def bodies(self):
        """The boards and groups that they take part in, in whatever capacity."""
        return self.member_of | self.deputy_on | self.chairs | self.vice_chairs

    @property
    def is_team(self):
        return Office.Kind.TEAM in self.offices

    @property
    def is_scrutineer(self):
        return Office.Kind.SCRUTINEER in self.offices

    @property
    def sees_all_meetings(self):
        """The team, the scrutineer and the chairs of the partnerships read the ordinary business of every group."""
        return bool(self.offices & SEES_ALL_MEETINGS) or self.chairs_partnership


NOBODY = Standing()


def standing_of(user, at=None):
    """
    What ``user`` holds now; kept on the account object for the rest of the request.

    ``at`` asks for another moment, and is not kept.
    """
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    if at is not None:
        return _load(user, at)
    if not hasattr(user, "_standing"):
        user._standing = _load(user, timezone.now())
    return user._standing


def _load(user, at):
    person = getattr(user, "person", None)
    if person is None:
        return NOBODY
    held = [Held(*row) for row in HELD(person=person.pk, at=at)]
    if not held:
        return Standing(person=person)

    def bodies(kind):
        return frozenset(row.body for row in held if row.what == kind)

    chairs = bodies(Chairing.Part.CHAIR)
    return Standing(
        person=person,
        area_ids=frozenset({person.area_id}),
        member_of=bodies("member"),
        deputy_on=bodies("deputy"),
        chairs=chairs,
        vice_chairs=bodies(Chairing.Part.VICE_CHAIR),
        offices=frozenset(row.what for row in held if row.body is None),
        chairs_partnership=any(row.body in chairs and row.body_kind == Body.Kind.STATUTORY for row in held),
        seats=frozenset(row.seat for row in held if row.seat is not None),
    )


class Held(NamedTuple):
    """One thing that somebody holds: by which place, what it is, and on which board or group."""

    seat: int | None
    what: str
    body: int | None
    body_kind: str


def _held(person, at):
    text = CharField()
    nothing = Value(None, output_field=BigAutoField())
    on_seat = ("seat__body_id", "seat__body__kind")
    members = Appointment.objects.filter(in_force(at), in_force(at, "seat__"), person=person)
    deputies = NamedDeputy.objects.filter(in_force(at), in_force(at, "seat__"), person=person)
    chairs = Chairing.objects.filter(in_force(at), person=person)
    offices = Office.objects.filter(in_force(at), person=person)
    return members.values_list("seat_id", Value("member", text), *on_seat).union(
        deputies.values_list("seat_id", Value("deputy", text), *on_seat),
        chairs.values_list(nothing, "part", "body_id", "body__kind"),
        offices.values_list(nothing, "kind", nothing, Value("", text)),
        all=True,
    )


# Every request of somebody signed in asks this.
HELD = Prepared(_held, person=BigAutoField(), at=DateTimeField())
