"""The membership of a scenario file: agencies with their classes, and seats."""

from __future__ import annotations

from dataclasses import dataclass, replace

from partnerships.rules.facts import Seat
from partnerships.rules.scenarios.reading import Value, maybe

SEAT_KEYS = ("seat", "agency", "title", "classes", "votes", "counts", "holder", "deputies", "places", "also called")
MOST_SEATS = 500
MOST_DEPUTIES = 100
AGENCY_KEYS = ("classes", "also called")


@dataclass(frozen=True)
class Agency:
    """What all places of an agency have in common."""

    classes: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()


def agencies_of(value: Value) -> dict[str, Agency]:
    """The agencies by name: a list of classes, or the keys ``classes`` and ``also called``."""
    found = {}
    for name, entry in value.pairs("the agencies, each with its classes"):
        if entry.is_map:
            keys = entry.keys(AGENCY_KEYS)
            found[name] = Agency(maybe(keys, "classes", Value.texts, ()), maybe(keys, "also called", Value.texts, ()))
        else:
            found[name] = Agency(entry.texts())
    return found


def seats_of(value: Value, agencies: dict[str, Agency]) -> tuple[Seat, ...]:
    """The seats, in order; each key is there once."""
    seats: dict[str, Seat] = {}
    for entry in value.items("the seats"):
        for seat in seat_of(entry, agencies):
            if seat.key in seats:
                raise entry.wrong(f"There are two seats “{seat.key}”.", "a key of its own for each: “seat: …”")
            seats[seat.key] = seat
        if len(seats) > MOST_SEATS:
            raise entry.wrong(f"There are more than {MOST_SEATS:,} seats.", "the places of one body")
    return tuple(seats.values())


def seat_of(entry: Value, agencies: dict[str, Agency]) -> list[Seat]:
    """One entry: a seat, or with ``places`` several alike. A text alone is an agency with one place."""
    if not entry.is_map:
        name = entry.text("an agency, or the keys of a seat")
        return [with_agency(Seat(name, name, holder=name), agencies)]
    keys = entry.keys(SEAT_KEYS)
    agency, title = maybe(keys, "agency", Value.text, ""), maybe(keys, "title", Value.text, "")
    name = maybe(keys, "seat", Value.text, title or agency)
    if not name:
        raise entry.wrong("This seat has no name.", "one of: seat, agency, title")
    places = maybe(keys, "places", lambda value: value.number(1), 1)
    classes = frozenset(keys["classes"].texts()) if "classes" in keys else frozenset()
    other_names: tuple[str, ...] = keys["also called"].texts() if "also called" in keys else ()
    seats = []
    for number in range(1, places + 1):
        key = name if places == 1 else f"{name} {number}"
        seat = Seat(
            key,
            agency,
            title,
            classes,
            maybe(keys, "votes", Value.flag, True),
            maybe(keys, "counts", Value.flag, True),
            holder_of(keys, key),
            deputies_of(keys, key),
            other_names,
        )
        seats.append(with_agency(seat, agencies))
    return seats


def holder_of(keys: dict[str, Value], key: str) -> str | None:
    """Who holds the place: somebody named after it where the file does not say, nobody where it is vacant."""
    value = keys.get("holder")
    if value is None:
        return key
    if value.is_empty or value.text().casefold() in ("vacant", "nobody", "none"):
        return None
    return value.text()


def deputies_of(keys: dict[str, Value], key: str) -> tuple[str, ...]:
    """The named deputies; ``yes`` is one, ``2`` are two, each named after the place."""
    value = keys.get("deputies")
    if value is None:
        return ()
    if value.is_list or value.is_empty:
        return value.texts()
    word = value.text().casefold()
    if word in ("yes", "true", "1"):
        return (f"deputy of {key}",)
    if word in ("no", "false", "0", "none"):
        return ()
    if word.isdecimal():
        value.number(0, MOST_DEPUTIES)
        return tuple(f"deputy {number} of {key}" for number in range(1, int(word) + 1))
    return (value.text(),)


def with_agency(seat: Seat, agencies: dict[str, Agency]) -> Seat:
    """The seat with what its agency carries."""
    agency = agencies.get(seat.agency)
    if agency is None:
        return seat
    return replace(
        seat, classes=seat.classes | frozenset(agency.classes), also_called=(*seat.also_called, *agency.also_called)
    )
