"""
What somebody holds at a moment, and how far that reaches.

A person's standing is loaded once a request, in one query beside the account's own (see partnerships/accounts.py), and
every question of access is asked of it: ``visible_to`` querysets ask how far an act reaches, ``may_…`` verdicts whether
it reaches one thing. Both read the one table of roles, so they cannot disagree.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.db.models import BigAutoField, BigIntegerField, CharField, DateTimeField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from mktogether.lib.prepared import Prepared
from partnerships import roles
from partnerships.models import Appointment, Body, Chairing, Exclusion, Grant, NamedDeputy, Office, Person
from partnerships.models.dated import in_force
from partnerships.models.grounds import grounded
from partnerships.roles import Act, Within

NONE = frozenset()
BODY = Body._meta.label
CHAIRING = "chairing "
GRANT = "grant "
EXCLUDED = "excluded"
OVERSEES = "oversees"


class Held(NamedTuple):
    """
    One thing that somebody holds: by which place, what it is, and on which board or group.

    A grant and an exclusion name a thing instead: ``subject`` says of which kind, ``subject_id`` which.
    """

    seat: int | None
    what: str
    body: int | None
    subject: str = ""
    subject_id: int | None = None


OFFICES = {
    Office.Kind.TEAM: roles.TEAM,
    Office.Kind.SCRUTINEER: roles.SCRUTINEER,
    Office.Kind.LEAD_PARTNER: roles.PARTNER,
    Office.Kind.DELEGATED_PARTNER: roles.PARTNER,
    Office.Kind.AGENCY_ADMINISTRATOR: roles.AGENCY_ADMINISTRATOR,
    Office.Kind.FINANCE_EDITOR: roles.FINANCE_EDITOR,
    Office.Kind.INFORMATION_GOVERNANCE: roles.INFORMATION_GOVERNANCE,
    Office.Kind.SYSTEM_ADMINISTRATOR: roles.SYSTEM_ADMINISTRATOR,
}
GRANTS = {
    Grant.Kind.PRESENTER: roles.PRESENTER,
    Grant.Kind.LAY_MEMBER: roles.LAY_MEMBER,
    Grant.Kind.DEMOCRATIC_SERVICES: roles.DEMOCRATIC_SERVICES,
    Grant.Kind.PANEL_MEMBER: roles.PANEL_MEMBER,
    Grant.Kind.REVIEWER: roles.REVIEWER,
    Grant.Kind.CASE_LEAD: roles.CASE_LEAD,
    Grant.Kind.AUDIT: roles.AUDITOR,
    Grant.Kind.EMERGENCY: roles.EMERGENCY,
}
# From what a row of HELD says to the role that it makes.
ROLE_OF = {
    "member": roles.MEMBER,
    "deputy": roles.DEPUTY,
    **{str(kind): role for kind, role in OFFICES.items()},
    **{f"{GRANT}{kind}": role for kind, role in GRANTS.items()},
    **{
        f"{CHAIRING}{Chairing.Part.CHAIR} {kind}": roles.PARTNERSHIP_CHAIR
        if kind == Body.Kind.STATUTORY
        else roles.GROUP_CHAIR
        for kind in Body.Kind
    },
    **{f"{CHAIRING}{Chairing.Part.VICE_CHAIR} {kind}": roles.VICE_CHAIR for kind in Body.Kind},
}


@dataclass(frozen=True, slots=True)
class Reach:
    """How far somebody's doing of one act reaches."""

    area: bool = False
    bodies: frozenset[int] = NONE
    agency: int | None = None
    objects: dict[str, frozenset[int]] = field(default_factory=dict)
    unadministered: bool = False

    def __bool__(self):
        return self.area or bool(self.bodies) or self.agency is not None or bool(self.objects) or self.unadministered

    def to_body(self, body_id):
        """Whether it reaches a board or group of the own area."""
        return self.area or body_id in self.bodies

    def of(self, label):
        """The ids of the things of the kind ``label`` that it reaches one by one."""
        return self.objects.get(label, NONE)


NOWHERE = Reach()


@dataclass(frozen=True)
class Standing:
    """What somebody holds at a moment. Empty for somebody without an account or a place."""

    person: Person | None = None
    held: tuple[Held, ...] = ()

    @cached_property
    def area_ids(self):
        """The areas in which they have a part: that of their person, while they hold anything at all."""
        holds = any(row.what != EXCLUDED for row in self.held)
        return frozenset({self.person.area_id}) if holds else NONE

    @cached_property
    def structure_of(self):
        """The areas whose structure is known to them: boards, partners, and those that other areas share with it."""
        return self.area_ids if self.reach(Act.SEE_STRUCTURE).area else NONE

    def reach(self, act):
        """How far their doing of ``act`` reaches."""
        return self._reaches.get(act, NOWHERE)

    def opens(self, act):
        """Whether there may be a list to read by ``act``: it reaches further than to single items or cases."""
        reach = self.reach(act)
        return reach.area or bool(reach.bodies) or reach.agency is not None

    @property
    def is_guest(self):
        """Whether they hold nothing but what lets them see single things: they take no part in the partnerships."""
        return bool(self.area_ids) and not self.reach(Act.SEE_STRUCTURE)

    @property
    def is_let_in(self):
        """Whether they hold something by a grant."""
        return any(row.what.startswith(GRANT) for row in self.held)

    def may(self, act, body):
        """Whether they may do ``act`` on ``body``, a board or group."""
        return body.area_id in self.area_ids and self.reach(act).to_body(body.pk)

    def excluded(self, label):
        """The ids of the things of the kind ``label`` that are not there for them: this beats all that they hold."""
        return self._excluded.get(label, NONE)

    @cached_property
    def roles(self):
        """The roles that they have, whatever for."""
        return frozenset(ROLE_OF[row.what].key for row in self.held if row.what in ROLE_OF)

    @property
    def is_team(self):
        return roles.TEAM.key in self.roles

    @property
    def is_scrutineer(self):
        return roles.SCRUTINEER.key in self.roles

    @cached_property
    def offices(self):
        """The specified roles that they hold."""
        return frozenset(row.what for row in self.held if row.what in OFFICES)

    @cached_property
    def member_of(self):
        return self._bodies("member")

    @cached_property
    def deputy_on(self):
        return self._bodies("deputy")

    @cached_property
    def chairs(self):
        return self._bodies(f"{CHAIRING}{Chairing.Part.CHAIR} ")

    @cached_property
    def vice_chairs(self):
        return self._bodies(f"{CHAIRING}{Chairing.Part.VICE_CHAIR} ")

    @cached_property
    def oversees(self):
        """The groups that report to a board which they chair."""
        return self._bodies(OVERSEES)

    @cached_property
    def seats(self):
        """The places that they hold or deputise for."""
        return frozenset(row.seat for row in self.held if row.seat is not None)

    @property
    def bodies(self):
        """The boards and groups that they take part in, in whatever capacity."""
        return self.member_of | self.deputy_on | self.chairs | self.vice_chairs | self.reach(Act.READ).of(BODY)

    @property
    def sees_all_meetings(self):
        """The team and the scrutineer read the ordinary business of every group of their area."""
        return self.reach(Act.READ).area

    def reads(self, body):
        """Whether they read the ordinary business of ``body``: its meetings, decisions and actions."""
        return self.may(Act.READ, body)

    @cached_property
    def emergencies(self):
        """The things that they read only because of an emergency, as (kind of thing, id)."""
        emergency = f"{GRANT}{Grant.Kind.EMERGENCY}"
        return frozenset((row.subject, row.subject_id) for row in self.held if row.what == emergency)

    def _bodies(self, what):
        return frozenset(row.body for row in self.held if row.what.startswith(what))

    @cached_property
    def _excluded(self):
        found = defaultdict(set)
        for row in self.held:
            if row.what == EXCLUDED:
                found[row.subject].add(row.subject_id)
        return {label: frozenset(ids) for label, ids in found.items()}

    @cached_property
    def _reaches(self):
        """Every act that they may do, with how far it reaches; made once from the table of roles."""
        made = defaultdict(
            lambda: {
                "area": False,
                "bodies": set(),
                "agency": None,
                "objects": defaultdict(set),
                "unadministered": False,
            }
        )
        for row in self.held:
            for act, within in ROLE_OF[row.what].may.items() if row.what in ROLE_OF else ():
                self._add(made[act], row, within)
        return {
            act: Reach(
                reach["area"],
                frozenset(reach["bodies"]),
                reach["agency"],
                {label: frozenset(ids) for label, ids in reach["objects"].items()},
                reach["unadministered"],
            )
            for act, reach in made.items()
        }

    def _add(self, reach, row, within):
        if Within.AREA in within:
            reach["area"] = True
        if Within.BODY in within:
            reach["bodies"].add(row.body)
        if Within.REPORTING in within:
            reach["bodies"] |= self.oversees
        if Within.AGENCY in within:
            reach["agency"] = self.person.agency_id
        if Within.UNADMINISTERED in within:
            reach["unadministered"] = True
        if Within.OBJECT in within:
            reach["objects"][row.subject].add(row.subject_id)
            if row.subject == BODY:
                reach["bodies"].add(row.subject_id)


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


def takes_part(person, at):
    """Whether ``person`` has a place or a specified role, deputises or chairs; a grant by itself is no part."""
    parts = {what for what in ROLE_OF if not what.startswith(GRANT)}
    return any(what in parts for _seat, what, *_rest in HELD(person=person.pk, at=at))


def _load(user, at):
    person = getattr(user, "person", None)
    if person is None:
        return NOBODY
    return Standing(person, tuple(Held(*row) for row in HELD(person=person.pk, at=at)))


def _held(person, at):
    text = CharField()
    nothing = Cast(Value(None), BigIntegerField())  # PostgreSQL takes a bare NULL in a union for text
    no_subject = (Value("", text), nothing)
    members = Appointment.objects.filter(in_force(at), in_force(at, "seat__"), person=person)
    deputies = NamedDeputy.objects.filter(in_force(at), in_force(at, "seat__"), person=person)
    chairs = Chairing.objects.filter(in_force(at), person=person)
    offices = Office.objects.filter(in_force(at), person=person)
    all_grants = Grant.objects.regardless("what somebody holds decides what they see")
    grants = all_grants.filter(in_force(at), grounded(at), person=person)
    exclusions = Exclusion.objects.regardless("they are what is hidden").filter(in_force(at), person=person)
    above = "reports_to__chairings__"
    bodies = Body.objects.regardless("what somebody holds decides what they see").order_by()
    reporting = bodies.filter(in_force(at, above), **{f"{above}person": person, f"{above}part": Chairing.Part.CHAIR})
    chairing = Concat(Value(CHAIRING), "part", Value(" "), "body__kind", output_field=text)
    granted = Concat(Value(GRANT), "kind", output_field=text)
    return members.values_list("seat_id", Value("member", text), "seat__body_id", *no_subject).union(
        deputies.values_list("seat_id", Value("deputy", text), "seat__body_id", *no_subject),
        chairs.values_list(nothing, chairing, "body_id", *no_subject),
        reporting.values_list(nothing, Value(OVERSEES, text), "pk", *no_subject),
        offices.values_list(nothing, "kind", nothing, *no_subject),
        grants.order_by().values_list(nothing, granted, nothing, "subject", "subject_id"),
        exclusions.order_by().values_list(nothing, Value(EXCLUDED, text), nothing, "subject", "subject_id"),
        all=True,
    )


# Every request of somebody signed in asks this.
HELD = Prepared(_held, person=BigAutoField(), at=DateTimeField())
