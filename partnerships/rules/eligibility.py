"""Who may fill which place at a moment, for quorum and for votes, and the reasons of those who may not."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from partnerships.rules.clauses import Group
from partnerships.rules.facts import Capacity, Mode, Occasion, Presence, Room, Seat
from partnerships.rules.names import one_of, plain, sentence
from partnerships.rules.terms import Notice, NoticeUnit, Scope, ScopeRule, Standing, StandingRule, Terms, VotersRule

SILENT_COUNTS = {
    Standing.DEPUTIES: True,
    Standing.SUBSTITUTES: False,
    Standing.VACANT_DEPUTIES: False,
    Standing.REMOTE: True,
    Standing.INTERESTS: False,
}
ASSUMED = {
    Standing.DEPUTIES: "Named deputies count: assumed, the terms are silent.",
    Standing.SUBSTITUTES: "A colleague who is no named deputy is in attendance and does not count: assumed, the terms "
    "are silent.",
    Standing.VACANT_DEPUTIES: "A deputy for a vacant place does not count: assumed, the terms are silent.",
    Standing.REMOTE: "Remote attendance counts: assumed, the terms are silent.",
    Standing.INTERESTS: "A member who withdraws for a declared interest does not count for the item: assumed, the "
    "terms are silent.",
}
DEFAULT_SCOPES = (Scope.ITEM, Scope.VOTE)


def in_group(seat: Seat, group: Group) -> bool:
    """Whether ``group`` speaks of ``seat``."""
    if group.everybody:
        return True
    labels = seat.labels
    return (
        (not group.voting or seat.votes)
        and (not group.kinds or any(plain(name) in labels for name in group.kinds))
        and (not group.sources or any(plain(name) in labels for name in group.sources))
        and not any(plain(name) in labels for name in group.without)
    )


@dataclass
class Standings:
    """What the terms say of deputies, substitutes, remote attendance and interests, on one day for one decision."""

    terms: Terms
    room: Room
    decision: str
    rules: dict[Standing, tuple[StandingRule, ...]] = field(default_factory=dict)
    assumed: dict[Standing, str] = field(default_factory=dict)

    def of(self, whose: Standing) -> tuple[StandingRule, ...]:
        """The statements about such people, the most particular first."""
        if whose not in self.rules:
            self.rules[whose] = self.terms.standings(whose, self.decision, self.room.meeting_kind, self.room.on)
        return self.rules[whose]

    def may(self, whose: Standing, seat: Seat, *, voting: bool) -> bool:
        """Whether such people count (or vote) in ``seat``; what is assumed is remembered."""
        for rule in self.of(whose):
            answer = rule.votes if voting else rule.counts
            if answer is not None and in_group(seat, rule.group):
                return answer
        self.assumed[whose] = ASSUMED[whose]
        return SILENT_COUNTS[whose]

    def notice(self, whose: Standing, seat: Seat) -> Notice | None:
        """The notice that the terms ask for in ``seat``."""
        return next((rule.notice for rule in self.of(whose) if rule.notice and in_group(seat, rule.group)), None)


@dataclass
class Candidates:
    """Who could fill which seat: for each seat (by its place in the room's list) the people, the rightful one first."""

    people: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    capacity: dict[tuple[str, int], Capacity] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    presence: dict[str, Presence] = field(default_factory=dict)

    def add(self, person: str, seat: int, capacity: Capacity) -> None:
        """``person`` could fill ``seat`` in that capacity."""
        if (person, seat) not in self.capacity:
            self.capacity[(person, seat)] = capacity
            self.people[seat].append(person)

    def name(self, person: str) -> str:
        """What to call a person."""
        return self.presence[person].words if person in self.presence else person


def scopes_of(terms: Terms, room: Room, decision: str) -> tuple[Scope, ...]:
    """When the quorum must stand; each item and each vote where the terms are silent."""
    rules = [
        rule
        for rule in terms.statements
        if isinstance(rule, ScopeRule) and rule.when.applies(decision, room.meeting_kind, room.on)
    ]
    return max(rules, key=lambda rule: rule.when.rank).scopes if rules else DEFAULT_SCOPES


def moment_of(terms: Terms, room: Room, decision: str) -> dt.datetime | None:
    """The moment whose attendance is judged: now, or where the scope says so the opening or the item's beginning."""
    scopes = scopes_of(terms, room, decision)
    if room.at is None or Scope.CONTINUOUS in scopes or room.occasion == Occasion.OPENING:
        return room.at
    if room.occasion == Occasion.VOTE and Scope.VOTE in scopes:
        return room.at
    if Scope.ITEM in scopes:
        return room.item_from if room.occasion == Occasion.ITEM and room.item_from is not None else room.at
    return room.starts_at if room.starts_at is not None else room.at


def candidates(terms: Terms, room: Room, decision: str, *, voting: bool, at: dt.datetime | None) -> Candidates:
    """Who could fill which seat at ``at``, for quorum or (``voting``) for votes."""
    found = Candidates()
    standings = Standings(terms, room, decision)
    voters = voters_of(terms, room, decision) if voting else None
    held, deputised = lookup(room.seats)
    recused = room.recused()
    there = present_at(room, at)
    found.presence.update({presence.person: presence for presence in reversed(there)})
    barred: list[tuple[str, str]] = []
    for presence in there:
        for seat, capacity in openings(presence, room.seats, held, deputised):
            place = room.seats[seat]
            if not (place.votes if voting else place.counts) or (voters is not None and not in_group(place, voters)):
                continue
            reason = bar(presence, place, capacity, standings, found, recused, room, voting=voting)
            if reason:
                barred.append((presence.person, reason))
            else:
                found.add(presence.person, seat, capacity)
    settle(found, barred)
    found.assumed.extend(standings.assumed.values())
    return found


def present_at(room: Room, at: dt.datetime | None) -> list[Presence]:
    """Who is there at ``at`` and not only as an adviser or observer; somebody in the room is not remote as well."""
    there = [
        presence
        for presence in room.present
        if presence.capacity not in (Capacity.ADVISER, Capacity.OBSERVER) and presence.is_there(at)
    ]
    inside = {presence.person for presence in there if presence.mode == Mode.ROOM}
    return [presence for presence in there if presence.mode == Mode.ROOM or presence.person not in inside]


def settle(found: Candidates, barred: list[tuple[str, str]]) -> None:
    """Put the rightful people first, and keep the reasons of those alone who may fill no seat at all."""
    for seat, people in found.people.items():
        if len(people) > 1:
            people.sort(key=lambda person: RANK[found.capacity[(person, seat)]])
    seated = {person for person, _seat in found.capacity}
    found.reasons.extend(reason for person, reason in barred if person not in seated)


RANK = {Capacity.MEMBER: 0, Capacity.DEPUTY: 1, Capacity.SUBSTITUTE: 2, Capacity.ADVISER: 3, Capacity.OBSERVER: 4}


def voters_of(terms: Terms, room: Room, decision: str) -> Group | None:
    """The members who vote, where the terms name them."""
    rules = [
        rule
        for rule in terms.statements
        if isinstance(rule, VotersRule) and rule.when.applies(decision, room.meeting_kind, room.on)
    ]
    return max(rules, key=lambda rule: rule.when.rank).group if rules else None


def lookup(seats: tuple[Seat, ...]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """The seats that each person holds, and those for which each is a named deputy."""
    held: dict[str, list[int]] = {}
    deputised: dict[str, list[int]] = {}
    for place, seat in enumerate(seats):
        if seat.holder is not None:
            held.setdefault(seat.holder, []).append(place)
        for deputy in seat.deputies:
            deputised.setdefault(deputy, []).append(place)
    return held, deputised


def openings(
    presence: Presence, seats: tuple[Seat, ...], held: dict[str, list[int]], deputised: dict[str, list[int]]
) -> list[tuple[int, Capacity]]:
    """The seats that somebody present might fill, before the terms are asked."""
    person = presence.person
    mine = [(place, Capacity.MEMBER) for place in held[person]] if person in held else []
    if presence.seat is None and person not in deputised:
        return mine
    named = [(place, Capacity.DEPUTY) for place in deputised.get(presence.person, ())]
    if presence.seat is None or any(seats[place].key == presence.seat for place, _capacity in mine + named):
        return mine + named
    if presence.capacity == Capacity.MEMBER:
        return mine + named
    stood = [(place, Capacity.SUBSTITUTE) for place, seat in enumerate(seats) if seat.key == presence.seat]
    return mine + named + stood


def bar(
    presence: Presence,
    seat: Seat,
    capacity: Capacity,
    standings: Standings,
    found: Candidates,
    recused: frozenset[str],
    room: Room,
    *,
    voting: bool,
) -> str:
    """Why somebody may not fill ``seat``, as a sentence, or nothing."""
    verb = "vote" if voting else "count"
    who = presence.words
    if presence.person in recused and (voting or not standings.may(Standing.INTERESTS, seat, voting=False)):
        return f"{who} does not {verb}: withdrawn for a declared interest."
    if presence.mode == Mode.REMOTE and not standings.may(Standing.REMOTE, seat, voting=voting):
        return f"{who} does not {verb}: remote, and the terms ask for the room."
    if capacity == Capacity.MEMBER:
        return ""
    if seat.holder is not None and seat.holder in recused and seat.holder in found.presence:
        return f"{who} does not {verb} for {seat.words}: the member is here and has withdrawn."
    whose = Standing.DEPUTIES if capacity == Capacity.DEPUTY else Standing.SUBSTITUTES
    if seat.holder is None and not standings.may(Standing.VACANT_DEPUTIES, seat, voting=voting):
        return f"{who} does not {verb} for {seat.words}: the place is vacant."
    if not standings.may(whose, seat, voting=voting):
        return f"{who} does not {verb}: {'deputies' if capacity == Capacity.DEPUTY else 'substitutes'} do not."
    late = lateness(presence, standings.notice(whose, seat), room)
    return sentence(f"{who} does not {verb}: {late}") if late else ""


def lateness(presence: Presence, notice: Notice | None, room: Room) -> str:
    """Why the notice that the terms ask for did not arrive in time, or nothing."""
    if notice is None:
        return ""
    if presence.notice is None:
        return "no notice was received"
    if room.starts_at is None:
        return ""
    if notice.unit is NoticeUnit.START:
        if presence.notice < room.starts_at:
            return ""
        return f"notice arrived at {clock(presence.notice, room)}, not before the start at {room.starts_at:%H:%M}"
    if notice.unit is NoticeUnit.HOURS:
        in_time = presence.notice <= room.starts_at - dt.timedelta(hours=notice.n)
    elif notice.unit is NoticeUnit.DAYS:
        in_time = presence.notice.date() <= room.starts_at.date() - dt.timedelta(days=notice.n)
    else:
        in_time = presence.notice.date() <= working_days_before(room.starts_at.date(), notice.n, room.holidays)
    if in_time:
        return ""
    unit = one_of(notice.unit.value) if notice.n == 1 else notice.unit.value
    return f"notice arrived at {clock(presence.notice, room)}, less than {notice.n} {unit} before the start"


def clock(moment: dt.datetime, room: Room) -> str:
    """A time, with its date where that is not the meeting's."""
    return f"{moment:%H:%M}" if moment.date() == room.on else f"{moment:%H:%M} on {moment.day} {moment:%B %Y}"


def working_days_before(day: dt.date, n: int, holidays: frozenset[dt.date]) -> dt.date:
    """The day that lies ``n`` working days before ``day``, which itself does not count."""
    while n > 0:
        day -= dt.timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            n -= 1
    return day
