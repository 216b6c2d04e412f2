"""Small bodies, rooms and random ones for the tests of the rules."""

import datetime as dt

from hypothesis import strategies as st

from partnerships.rules import Capacity, Mode, Presence, Room, Seat

DAY = dt.date(2025, 1, 21)
NINE = dt.datetime.combine(DAY, dt.time(9))
AGENCIES = ("North", "East", "South", "West")
CLASSES = ("councillor", "lay", "chair", "officer")


def seat(key, agency="", *classes, holder=True, deputies=(), votes=True, counts=True, title=""):
    """A seat held by somebody of the same key, unless it is vacant (``holder=None``) or held by another."""
    return Seat(
        key, agency, title, frozenset(classes), votes, counts, key if holder is True else holder, tuple(deputies)
    )


def here(*people, **options):
    """People who are present throughout."""
    return tuple(Presence(person, person, **options) for person in people)


def room(seats, *people, present=(), **options):
    """A room with these people in it."""
    return Room(DAY, options.pop("at", None), tuple(seats), (*here(*people), *present), **options)


def council():
    """Four agencies, councillors among them, a deputy here and there."""
    return (
        seat("leader", "North", "councillor", "chair", deputies=["leader deputy"]),
        seat("adults", "North", "officer", deputies=["adults deputy"]),
        seat("opposition", "North", "councillor"),
        seat("police", "East", "officer", deputies=["police deputy"]),
        seat("nurse", "South", "officer", "vice-chair"),
        seat("lay", "", "lay"),
        seat("fire", "West", "officer"),
        seat("observer", "West", votes=False, counts=False),
    )


@st.composite
def bodies(draw, *, most=7):
    """A random body: holders may hold two seats, and deputies may be members elsewhere."""
    count = draw(st.integers(1, most))
    people = [f"p{number}" for number in range(count + 2)]
    return tuple(
        Seat(
            f"s{number}",
            draw(st.sampled_from(AGENCIES)),
            f"Post {number}",
            draw(st.frozensets(st.sampled_from(CLASSES), max_size=2)),
            draw(st.booleans()) or draw(st.booleans()),
            draw(st.booleans()) or draw(st.booleans()),
            draw(st.one_of(st.none(), st.sampled_from(people), st.just(f"p{number}"))),
            tuple(draw(st.lists(st.sampled_from(people), max_size=2, unique=True))),
        )
        for number in range(count)
    )


@st.composite
def rooms(draw, *, most=7):
    """A random body with some of its people present."""
    seats = draw(bodies(most=most))
    people = sorted({seat.holder for seat in seats if seat.holder} | {name for seat in seats for name in seat.deputies})
    present = draw(st.lists(st.sampled_from(people), unique=True)) if people else []
    return Room(
        DAY,
        None,
        seats,
        tuple(
            Presence(person, capacity=draw(st.sampled_from([Capacity.MEMBER, Capacity.DEPUTY])), mode=Mode.ROOM)
            for person in present
        ),
    )
