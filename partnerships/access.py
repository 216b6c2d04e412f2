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
from mktogether.lib.verdict import ALLOWED, refused
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
    oversees: frozenset[int] = frozenset()
    seats: frozenset[int] = field(default=frozenset())

    @property
    def bodies(self):
        """The boards and groups that they take part in, in whatever capacity."""
        return self.member_of | self.deputy_on | self.chairs | self.vice_chairs

    @property
    def readable_bodies(self):
        """Those whose ordinary business they read: their own, and for a chair those that report to theirs."""
        return self.bodies | self.oversees

    @property
    def is_team(self):
        return Office.Kind.TEAM in self.offices

    @property
    def is_scrutineer(self):
        return Office.Kind.SCRUTINEER in self.offices

    @property
    def sees_all_meetings(self):
        """The team and the scrutineer read the ordinary business of every group of their area."""
        return bool(self.offices & SEES_ALL_MEETINGS)

    def reads(self, body):
        """Whether they read the ordinary business of ``body``: its meetings, decisions and actions."""
        return body.pk in self.readable_bodies or (self.sees_all_meetings and body.area_id in self.area_ids)


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

    return Standing(
        person=person,
        area_ids=frozenset({person.area_id}),
        member_of=bodies("member"),
        deputy_on=bodies("deputy"),
        chairs=bodies(Chairing.Part.CHAIR),
        vice_chairs=bodies(Chairing.Part.VICE_CHAIR),
        offices=frozenset(row.what for row in held if row.body is None),
        oversees=bodies("oversees"),
        seats=frozenset(row.seat for row in held if row.seat is not None),
    )


class Held(NamedTuple):
    """One thing that somebody holds: by which place, what it is, and on which board or group."""

    seat: int | None
    what: str
    body: int | None


def _held(person, at):
    text = CharField()
    nothing = Value(None, output_field=BigAutoField())
    members = Appointment.objects.filter(in_force(at), in_force(at, "seat__"), person=person)
    deputies = NamedDeputy.objects.filter(in_force(at), in_force(at, "seat__"), person=person)
    chairs = Chairing.objects.filter(in_force(at), person=person)
    offices = Office.objects.filter(in_force(at), person=person)
    above = "reports_to__chairings__"
    reporting = Body.objects.order_by().filter(
        in_force(at, above), **{f"{above}person": person, f"{above}part": Chairing.Part.CHAIR}
    )
    return members.values_list("seat_id", Value("member", text), "seat__body_id").union(
        deputies.values_list("seat_id", Value("deputy", text), "seat__body_id"),
        chairs.values_list(nothing, "part", "body_id"),
        reporting.values_list(nothing, Value("oversees", text), "pk"),
        offices.values_list(nothing, "kind", nothing),
        all=True,
    )


# Every request of somebody signed in asks this.
HELD = Prepared(_held, person=BigAutoField(), at=DateTimeField())


def may_use_workbench(user):
    """Whoever has a part in an area tries rules on its boards; what they see there they see everywhere."""
    return ALLOWED if standing_of(user).area_ids else refused("The workbench is for people with a place or a role.")


def may_change_scenario(user, scenario):
    """Its author renames, changes, shares and deletes a scenario; others save a copy."""
    if scenario.created_by_id == user.pk and scenario.area_id in standing_of(user).area_ids:
        return ALLOWED
    return refused("Only its author can change this scenario. Save a copy of your own.")


def may_change_terms(user, body):
    """The team enters new versions of the terms of reference of the boards and groups of its area."""
    standing = standing_of(user)
    if body.area_id not in standing.area_ids:
        return refused("This board or group belongs to another area.")
    if standing.is_team:
        return ALLOWED
    return refused("Only the MK Together Team can enter a new version of the terms of reference.")
