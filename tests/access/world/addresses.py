"""Addresses to ask for, and the forms that a view would take from whoever may."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone

from partnerships.explaining import holdings
from partnerships.models import Person


@dataclass(frozen=True)
class Case:
    """An address to ask for: the name of its route, the object in words, and how to fill the route from the world."""

    route: str
    on: str = ""
    fill: Callable = lambda world: {}
    send: Callable = field(default=lambda world: {})  # a form that the view would take from whoever may
    is_secret: bool = False  # whoever knows the address is taken for its owner, and it is told to nobody else


def of(name, attribute="public_id"):
    """Fill the route's ``public_id`` (or another part) from the object ``name`` of the world."""
    return lambda world: {attribute: getattr(getattr(world, name), attribute)}


def story_of(kind, name, attribute="public_id"):
    """The address of the whole history of the object ``name`` of the world."""
    return lambda world: {"kind": kind, "thing_id": getattr(getattr(world, name), attribute)}


def story_of_person(role):
    """The address of the whole history of what was done about the person of a role."""
    return lambda world: {"kind": "person", "thing_id": world.people[role].person.public_id}


def at_meeting(name, **parts):
    """The address of something at the meeting ``name``; the parts are values, or functions of the world."""
    return lambda world: {
        "public_id": getattr(world, name).public_id,
        **{part: value(world) if callable(value) else value for part, value in parts.items()},
    }


def item(number, of="in_session"):
    """The address part of an item of the meeting ``of``."""
    return lambda world: getattr(world, of).items.get(number=number).public_id


def seat(world):
    return world.seat.pk


def about(number, of="in_session"):
    """The address of an act on access to an item of the meeting ``of``."""
    return lambda world: {"path": "items", "key": str(getattr(world, of).items.get(number=number).public_id)}


def about_case(name):
    """The address of an act on access to the case ``name`` of the world."""
    return lambda world: {"path": "cases", "key": str(getattr(world, name).public_id)}


def switched_off(world):
    """The address part of the one person whose account is switched off."""
    return {"public_id": Person.objects.get(user__is_active=False).public_id}


def an_address(world):
    return {"email": "somebody.new@mktogether.example"}


def of_team(world):
    return {"act": "confirm", "post": "Partnership Officer", **an_address(world), **day("starts_on")}


def let_in(world):
    soon = timezone.localdate() + dt.timedelta(days=7)
    return {
        "act": "confirm",
        "kind": "presenter",
        "person": world.nobody.pk,
        "reason": "Wrote the paper.",
        "second": world.people["scrutineer"].person.pk,
        "until_0": soon.day,
        "until_1": soon.month,
        "until_2": soon.year,
    }


def emergency(world):
    second = world.people["information governance"].person.pk
    thing = f"meetings/{world.in_session.public_id}"
    return {"act": "confirm", "thing": thing, "reason": "An inspector asks today.", "second": second}


def because(world):
    return {"because": "It is not needed."}


def on_day(name):
    """A day that is over, for what has happened."""
    return {f"{name}_0": "10", f"{name}_1": "9", f"{name}_2": "2024"}


def day(name):
    return {f"{name}_0": "12", f"{name}_1": "1", f"{name}_2": "2032"}


def time_and_place(world, body="review"):
    return {"body": getattr(world, body).pk, **day("day"), "starts": "10:00", "ends": "12:00", "mode": "virtual"}


def an_action(world):
    return {"what": "Bring the report", "owner": world.people["chair"].person.pk, **day("due_on")}


def a_note(world):
    return {"note": "Said.", "seen": world.in_session.items.get(number=1).note_digest}


def a_decision(world):
    return {"wording": "Noted.", "how": "noted"}


def a_case(world):
    return {
        "kind": "child",
        "about": "infant, recovered",
        "second": world.clerk.person.pk,
        "read_again": "on",
        **on_day("known_on"),
    }


def an_interest(world):
    return {"act": "confirm", "person": world.people["chair"].person.pk, "reason": "A relative works there."}


def on_each_case(route, send=lambda world: {}):
    """The route of the open case and of the closed one."""
    return [
        Case(route, "an open case", of("case"), send),
        Case(route, "a closed case", of("closed_case"), send),
    ]


PLANNED, SESSION, CLOSED, CANCELLED = (
    ("planned", "a planned meeting"),
    ("in_session", "in session"),
    ("closed", "a closed meeting"),
    ("cancelled", "a cancelled meeting"),
)


def each(route, *meetings, send=lambda world: {}, **parts):
    """One case for each of the meetings named."""
    return [Case(route, words, at_meeting(name, **parts), send) for name, words in meetings]


MEMBER = "of the review group"
COLLEAGUE = "of the administrator's organisation"
INDEPENDENT = "of people without an organisation"
UNKEPT = "of an organisation without an administrator"


def someone(role):
    """Fill the route from the person of a role."""
    return lambda world: {"public_id": world.people[role].person.public_id}


def place_of(person):
    """The address parts of the one place in force that ``person`` holds or deputises for."""
    (holding,) = holdings.load([person.pk], at=timezone.now())
    return {"public_id": person.public_id, "kind": holding.kind, "pk": holding.pk}


def ends_it(world):
    last = timezone.localdate() + dt.timedelta(days=100)  # later than today, so that no account is switched off
    return {
        "act": "confirm",
        "reason": "Retired",
        "day_0": str(last.day),
        "day_1": str(last.month),
        "day_2": str(last.year),
    }
