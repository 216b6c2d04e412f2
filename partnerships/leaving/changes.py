"""What would change if something that somebody holds ended: told before each such act."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils import timezone

from partnerships import queries, reading, rules
from partnerships.explaining import opening, words
from partnerships.explaining.holdings import APPOINTMENT, CHAIR, DEPUTISING, GRANTED, ROLE, load
from partnerships.models import Grant, Person, TermsOfReference
from partnerships.rules.names import listed

HEADINGS = {
    APPOINTMENT: "Places that fall vacant",
    DEPUTISING: "Places that lose a named deputy",
    CHAIR: "Boards and groups that lose their chair or vice-chair",
    ROLE: "Specified roles that end",
    GRANTED: "Access by exception that ends",
}


@dataclass(frozen=True)
class BoardChange:
    """A board or group that somebody leaves, and what is left of its membership."""

    id: int
    name: str
    href: str
    could_before: bool
    could_after: bool
    health: list

    @property
    def turns(self):
        """Whether it could be quorate until then, and cannot any more."""
        return self.could_before and not self.could_after


@dataclass(frozen=True)
class Changes:
    """Everything that ends for ``person`` at the moment ``at``; ``whole`` where they leave and nothing is left."""

    person: Person
    at: dt.datetime
    is_now: bool
    whole: bool
    ending: tuple
    withdrawn: tuple  # what would have begun later, and now never does
    boards: tuple[BoardChange, ...]
    successor: Person | None = None

    @property
    def when(self):
        """When everything ends, in words."""
        return "at once" if self.is_now else f"at the end of {words.last_moment(self.at)}"

    @property
    def lost(self):
        """The boards and groups that cannot be quorate any more, in a sentence; empty where there are none."""
        names = listed([board.name for board in self.boards if board.turns])
        if not names:
            return ""
        return f"{names} cannot be quorate any more." if self.is_now else f"From then {names} cannot be quorate."

    @property
    def parts(self):
        """(heading, [(what, address)]) of what ends, in the order of the headings."""
        found = []
        for kind, heading in HEADINGS.items():
            of_kind = [_told(holding) for holding in self.ending if holding.kind == kind]
            if of_kind:
                found.append((heading, of_kind))
        if self.withdrawn:
            found.append(("What would have begun later, and is withdrawn", [_told(held) for held in self.withdrawn]))
        return found

    @property
    def switches_off(self):
        """Whether the account is switched off and its sessions end with this act."""
        return self.whole and self.is_now and self.person.user is not None and self.person.user.is_active

    @property
    def keeps_account(self):
        """Whether the account stays, and opens nothing from that moment on."""
        return self.whole and not self.is_now and self.person.user is not None and self.person.user.is_active


def _told(holding):
    title = f" ({holding.title})" if holding.seat else ""
    return f"{words.capitalised(words.what(holding))}{title}", holding.board_href


def if_they_left(person, at, *, user, successor=None):
    """What would change if ``person`` left at ``at``, as far as ``user`` may know it."""
    grants = Grant.objects.visible_to(user)
    holdings = opening.titled(user, load([person.pk], grants=grants))
    return _changes(person, [held for held in holdings if not held.is_over(at)], at, whole=True, successor=successor)


def if_it_ended(person, holding, at):
    """What would change if the one thing ``holding`` ended at ``at``."""
    return _changes(person, [holding], at, whole=False)


def _changes(person, holdings, at, *, whole, successor=None):
    ending = [holding for holding in holdings if holding.starts_at <= at]
    return Changes(
        person=person,
        at=at,
        is_now=at <= timezone.now(),
        whole=whole,
        ending=tuple(opening.together(ending)),
        withdrawn=tuple(opening.together(holding for holding in holdings if holding.starts_at > at)),
        boards=tuple(_boards(ending, at)),
        successor=successor,
    )


def _boards(ending, at):
    """What is left of each membership, in three queries for any number of boards."""
    left = {holding.body: holding for holding in ending if holding.seat}
    if not left:
        return
    on = timezone.localdate(at)
    places = queries.places_of(left, at)
    terms = {terms.body_id: terms for terms in TermsOfReference.objects.in_force_on(on).filter(body__in=left)}
    for body, holding in sorted(left.items(), key=lambda entry: entry[1].board):
        seats = tuple(reading.seat(place) for place in places[body])
        parsed = reading.parsed(terms.get(body))
        before = rules.health(parsed, seats, on)
        after = rules.health(parsed, tuple(_without(seat, ending) for seat in seats), on)
        yield BoardChange(
            body, holding.board, holding.board_href, before.possible, after.possible, reading.health(after)
        )


def _without(seat, ending):
    """The place ``seat`` without whoever leaves it."""
    for holding in ending:
        if str(holding.seat) != seat.key:
            continue
        who = str(holding.person)
        if holding.kind == APPOINTMENT and seat.holder == who:
            seat = replace(seat, holder=None)
        elif holding.kind == DEPUTISING:
            seat = replace(seat, deputies=tuple(deputy for deputy in seat.deputies if deputy != who))
    return seat
