"""Who is there in a scenario: short words for the common case, keys for everything that a rule may ask."""

from __future__ import annotations

import datetime as dt

from partnerships.rules.facts import Ballot, Capacity, Choice, Interval, Mode, Presence, Recusal, Seat
from partnerships.rules.scenarios.reading import Value, maybe

PRESENT_KEYS = (
    "person", "seat", "as", "mode", "remote", "from", "until", "intervals", "notice", "presiding", "name", "agency",
)  # fmt: skip
VOTE_KEYS = ("for", "against", "abstain", "casting", "agreed", "open")
CAPACITIES = {capacity.value: capacity for capacity in Capacity}
MODES = {mode.value: mode for mode in Mode}
CHOICES = {choice.value: choice for choice in Choice}


class People:
    """The people whom a scenario can name: by their own key, by the seat they hold, or as "deputy of" a seat."""

    def __init__(self, seats: tuple[Seat, ...]):
        self.seats = {seat.key: seat for seat in seats}
        self.known = {seat.holder for seat in seats} | {name for seat in seats for name in seat.deputies}

    def person(self, value: Value) -> str:
        """The person whom the text names."""
        word = value.text("a seat, a person, or “deputy of” a seat")
        person = self.find(word)
        if person is None:
            raise value.wrong(
                f"Nobody is called “{word}”.", "a seat, the holder or a deputy of one, or “deputy of” a seat"
            )
        return person

    def find(self, word: str) -> str | None:
        """The person, or None."""
        if word in self.known:
            return word
        if word in self.seats:
            return self.seats[word].holder
        if word.startswith("deputy of ") and (seat := self.seats.get(word.removeprefix("deputy of "))):
            return next(iter(seat.deputies), None)
        return None

    def seat_of(self, person: str) -> str | None:
        """The seat that a person holds or deputises for."""
        for seat in self.seats.values():
            if seat.holder == person:
                return seat.key
        return next((seat.key for seat in self.seats.values() if person in seat.deputies), None)


def present_of(value: Value, absent: Value | None, people: People, day: dt.date) -> tuple[Presence, ...]:
    """Those who are there: a list, or ``all``, without those under ``absent``."""
    away = {people.person(item) for item in absent.items("a list of people")} if absent is not None else set()
    if not value.is_list and not value.is_map and not value.is_empty and value.text().casefold() == "all":
        entries = [Presence(seat.holder) for seat in people.seats.values() if seat.holder is not None]
        once = {presence.person: presence for presence in entries}
        return tuple(presence for presence in once.values() if presence.person not in away)
    found = [presence_of(item, people, day) for item in value.items("a list of people")]
    return tuple(presence for presence in found if presence.person not in away)


def presence_of(value: Value, people: People, day: dt.date) -> Presence:
    """One who is there."""
    if not value.is_map:
        person = people.person(value)
        deputy = all(seat.holder != person for seat in people.seats.values())
        return Presence(person, capacity=Capacity.DEPUTY if deputy else Capacity.MEMBER)
    keys = value.keys(PRESENT_KEYS)
    capacity = maybe(keys, "as", lambda entry: entry.choice(CAPACITIES), Capacity.MEMBER)
    seat = maybe(keys, "seat", Value.text, None)
    if seat is not None and seat not in people.seats:
        raise keys["seat"].wrong(f"There is no seat “{seat}”.", f"one of: {', '.join(people.seats)}")
    remote = maybe(keys, "remote", Value.flag, False)
    return Presence(
        who_of(keys, value, seat, capacity, people),
        name=maybe(keys, "name", Value.text, ""),
        agency=maybe(keys, "agency", Value.text, ""),
        seat=seat,
        capacity=capacity,
        mode=maybe(keys, "mode", lambda entry: entry.choice(MODES), Mode.REMOTE if remote else Mode.ROOM),
        intervals=intervals_of(keys, day),
        notice=maybe(keys, "notice", lambda entry: entry.moment(day), None),
        presiding=maybe(keys, "presiding", Value.flag, False),
    )


def who_of(keys: dict[str, Value], value: Value, seat: str | None, capacity: Capacity, people: People) -> str:
    """The person: named, or the member or first deputy of the seat."""
    if "person" in keys:
        word = keys["person"].text()
        found = people.find(word)
        if found is None and capacity is Capacity.MEMBER:
            raise keys["person"].wrong(f"Nobody is called “{word}”.", "a holder or deputy, or “as: substitute”")
        return found or word
    if seat is None:
        raise value.wrong("It is not said who this is.", "the key person or seat")
    if capacity is Capacity.MEMBER:
        holder = people.seats[seat].holder
        if holder is None:
            raise value.wrong(f"The place “{seat}” is vacant.", "a place with a member")
        return holder
    if capacity is Capacity.DEPUTY and people.seats[seat].deputies:
        return people.seats[seat].deputies[0]
    return f"{capacity.value} for {seat}"


def intervals_of(keys: dict[str, Value], day: dt.date) -> tuple[Interval, ...]:
    """From when to when: ``from`` and ``until``, or ``intervals: ["10:00-11:30", "13:00-"]``."""
    if "intervals" in keys:
        return tuple(interval_of(item, day) for item in keys["intervals"].items("a list of times"))
    if "from" not in keys and "until" not in keys:
        return ()
    since = maybe(keys, "from", lambda entry: entry.moment(day), None)
    return ((since, maybe(keys, "until", lambda entry: entry.moment(day), None)),)


def interval_of(value: Value, day: dt.date) -> Interval:
    """ "10:00-11:30", "13:00-" or "-11:30"."""
    word = value.text("times such as 10:00-11:30").replace("–", "-")
    start, dash, end = word.partition("-")
    if not dash:
        raise value.wrong(f"“{word}” is no interval.", "times such as 10:00-11:30")
    try:
        since, until = (dt.time.fromisoformat(part.strip()) if part.strip() else None for part in (start, end))
    except ValueError as error:
        raise value.wrong(f"“{word}” is no interval.", "times such as 10:00-11:30") from error
    return (
        dt.datetime.combine(day, since) if since else None,
        dt.datetime.combine(day, until) if until else None,
    )


def recusals_of(value: Value, people: People) -> tuple[Recusal, ...]:
    """Those who withdraw: people, or with the keys ``person`` and ``item`` for one item."""
    found = []
    for entry in value.items("a list of people"):
        if entry.is_map:
            keys = entry.keys(("person", "item"))
            if "person" not in keys:
                raise entry.wrong("It is not said who withdraws.", "the key person")
            found.append(Recusal(people.person(keys["person"]), maybe(keys, "item", Value.text, None)))
        else:
            found.append(Recusal(people.person(entry)))
    return tuple(found)


def ballots_of(keys: dict[str, Value], people: People) -> tuple[Ballot, ...]:
    """The votes under ``for``, ``against`` and ``abstain``; ``casting`` is the second vote of whoever presides."""
    found = []
    for word, choice in CHOICES.items():
        for entry in keys[word].items("a list of people") if word in keys else []:
            if entry.is_map:
                named = entry.keys(("person", "seat"))
                if not named:
                    raise entry.wrong("It is not said who votes.", "the key person or seat")
                person = people.person(named.get("person") or named["seat"])
                found.append(Ballot(person, maybe(named, "seat", Value.text, None), choice))
            else:
                found.append(Ballot(voter_of(entry, people), None, choice))
    return tuple(found)


def voter_of(entry: Value, people: People) -> str:
    """Whoever votes; a guest may have tried to, so that any name is taken."""
    word = entry.text("a person")
    return people.find(word) or word


def casting_of(value: Value, present: tuple[Presence, ...], people: People) -> Ballot:
    """The casting vote: ``for`` or ``against`` by whoever presides, or with the keys ``person`` and ``vote``."""
    if value.is_map:
        keys = value.keys(("person", "vote"))
        if set(keys) != {"person", "vote"}:
            raise value.wrong("The casting vote is not complete.", "the keys person and vote")
        return Ballot(people.person(keys["person"]), None, keys["vote"].choice(CHOICES), casting=True)
    presider = next((presence.person for presence in present if presence.presiding), "nobody")
    return Ballot(presider, None, value.choice(CHOICES), casting=True)
