"""
What somebody may do follows from the places, deputisings, chairs and offices that they hold at this moment.

A person's standing is loaded once a request, in one query beside the account's own (see partnerships/accounts.py), and
every question of access is asked of it.
"""

from dataclasses import dataclass, field

from django.db.models import CharField, F, Value
from django.utils import timezone

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
    held = list(_held(person, at))
    if not held:
        return Standing(person=person)

    def bodies(kind):
        return frozenset(row["on_body"] for row in held if row["what"] == kind)

    chairs = bodies(Chairing.Part.CHAIR)
    return Standing(
        person=person,
        area_ids=frozenset({person.area_id}),
        member_of=bodies("member"),
        deputy_on=bodies("deputy"),
        chairs=chairs,
        vice_chairs=bodies(Chairing.Part.VICE_CHAIR),
        offices=frozenset(row["what"] for row in held if row["on_body"] is None),
        chairs_partnership=any(row["on_body"] in chairs and row["body_kind"] == Body.Kind.STATUTORY for row in held),
        seats=frozenset(row["seat_ref"] for row in held if row["seat_ref"] is not None),
    )


def _held(person, at):
    """One row for each thing held: what it is, on which board or group, by which place."""
    text = CharField()
    nothing = Value(None, output_field=Appointment._meta.pk)
    on_seat = {"on_body": F("seat__body_id"), "body_kind": F("seat__body__kind")}
    members = Appointment.objects.filter(in_force(at), in_force(at, "seat__"), person=person).values(
        seat_ref=F("seat_id"), what=Value("member", text), **on_seat
    )
    deputies = NamedDeputy.objects.filter(in_force(at), in_force(at, "seat__"), person=person).values(
        seat_ref=F("seat_id"), what=Value("deputy", text), **on_seat
    )
    chairs = Chairing.objects.filter(in_force(at), person=person).values(
        seat_ref=nothing, what=F("part"), on_body=F("body_id"), body_kind=F("body__kind")
    )
    offices = Office.objects.filter(in_force(at), person=person).values(
        seat_ref=nothing, what=F("kind"), on_body=nothing, body_kind=Value("", text)
    )
    return members.union(deputies, chairs, offices, all=True)
