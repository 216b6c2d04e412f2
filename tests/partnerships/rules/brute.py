"""The rules a second time, as slowly and as plainly as can be, to hold the fast answers against.

Every way to put the people on seats is tried; clauses are judged on sets of seats by their meaning alone. Nothing here
uses the planning, matching or measuring of the rules.
"""

from itertools import combinations, product

from partnerships.rules.clauses import (
    AllOf,
    AnyOf,
    Asks,
    AtLeast,
    Base,
    FromEach,
    FromEvery,
    Group,
    Number,
    Presiding,
    Reading,
    Rounding,
    SomeOf,
    Unit,
    When,
)
from partnerships.rules.facts import Capacity


def carries(seat, name):
    """Whether the seat goes by that name (the tests use names in the singular)."""
    return name.casefold() in {word.casefold() for word in (seat.agency, seat.title, seat.key, *seat.classes) if word}


def within(seat, group):
    """Whether the group speaks of the seat."""
    return (
        seat.counts
        and (not group.voting or seat.votes)
        and (not group.kinds or any(carries(seat, name) for name in group.kinds))
        and (not group.sources or any(carries(seat, name) for name in group.sources))
        and not any(carries(seat, name) for name in group.without)
    )


def seatings(seats, people):
    """Every set of seats that the people could fill at once, a person on one seat at a time."""
    options = []
    for person in people:
        mine = [
            place
            for place, seat in enumerate(seats)
            if seat.counts and (seat.holder == person or (person in seat.deputies and seat.holder is not None))
        ]
        options.append([None, *mine])
    found = set()
    for choice in product(*options):
        filled = [place for place in choice if place is not None]
        if len(filled) == len(set(filled)):
            found.add(frozenset(filled))
    return found


def quorate(clause, room):
    """Whether some way of seating the people present meets the clause."""
    people = sorted({one.person for one in room.present if one.capacity not in (Capacity.ADVISER, Capacity.OBSERVER)})
    # A cap on everybody present is judged on as many as can be seated, as the rules do; the others gain by more anyway.
    every = seatings(room.seats, people)
    most = max(map(len, every))
    return any(meets(clause, filled, room) for filled in every if len(filled) == most)


def meets(clause, filled, room):
    """Whether the clause holds on the seats filled."""
    if isinstance(clause, AllOf):
        if not all(meets(part, filled, room) for part in clause.clauses):
            return False
        return not clause.distinct or apart(clause, filled, room)
    if isinstance(clause, AnyOf):
        return any(meets(part, filled, room) for part in clause.clauses)
    if isinstance(clause, SomeOf):
        return sum(meets(part, filled, room) for part in clause.clauses) >= clause.k
    if isinstance(clause, When):
        side = clause.then if answer(clause.condition, room) else clause.otherwise
        return side is None or meets(side, filled, room)
    return leaf(clause, filled, room)


def leaf(clause, filled, room):
    """The clauses without branches."""
    seats = room.seats
    if isinstance(clause, FromEach):
        return all(
            sum(within(seats[place], Group(clause.kinds, (name,), clause.voting)) for place in filled) >= clause.n
            for name in clause.names
        )
    if isinstance(clause, FromEvery):
        agencies = {agency(seat) for seat in seats if within(seat, clause.group)}
        return bool(agencies) and all(
            sum(within(seats[place], clause.group) and agency(seats[place]) == one for place in filled) >= clause.n
            for one in agencies
        )
    if isinstance(clause, Presiding):
        presiding = {one.person for one in room.present if one.presiding}
        return any(seats[place].holder in presiding and within(seats[place], clause.group) for place in filled)
    return head_count(clause, filled, room)


def agency(seat):
    """The agency, or the seat for itself."""
    return seat.agency or seat.title or seat.key


def head_count(clause, filled, room):
    """Some of the people present are enough of the right kind and keep within the limits."""
    n = asked(clause, room)
    mine = [place for place in filled if within(room.seats[place], clause.group)]
    for cap in clause.caps:
        if cap.reading is Reading.PRESENT:
            here = sum(within(room.seats[place], cap.group) for place in filled)
            if here > limit(cap, len(filled)):
                return False
    if clause.unit is Unit.NAMES:
        return sum(any(carries(room.seats[place], name) for place in mine) for name in clause.group.sources) >= n
    if clause.unit is Unit.AGENCIES:
        picked = [chosen for chosen in combinations(mine, n) if len({agency(room.seats[p]) for p in chosen}) == n]
    else:
        picked = combinations(mine, n)
    return any(all(keeps(cap, chosen, n, room) for cap in clause.caps) for chosen in picked)


def limit(cap, size):
    """How many the cap lets through."""
    return cap.limit if cap.limit is not None else size * cap.over // cap.under


def keeps(cap, chosen, n, room):
    """Whether those counted keep within the cap."""
    if cap.reading is Reading.PRESENT:
        return True
    bound = [place for place in chosen if within(room.seats[place], cap.group)]
    if cap.each_agency:
        return all(
            sum(agency(room.seats[place]) == one for place in bound) <= limit(cap, n)
            for one in {agency(room.seats[place]) for place in bound}
        )
    return len(bound) <= limit(cap, n)


def asked(clause, room):
    """The number that a clause asks for."""
    quantity = clause.quantity
    if isinstance(quantity, Number):
        return quantity.n
    of = [seat for seat in room.seats if within(seat, quantity.group)]
    if quantity.base in (Base.VOTING, Base.VOTING_PLACES):
        of = [seat for seat in of if seat.votes]
    if clause.unit is Unit.AGENCIES:
        size = len({agency(seat) for seat in of})
    elif quantity.base in (Base.PLACES, Base.VOTING_PLACES):
        size = len(of)
    else:
        size = sum(seat.holder is not None for seat in of)
    exact = size * quantity.over / quantity.under
    if quantity.more:
        number = int(exact) + 1
    elif quantity.rounding is Rounding.DOWN:
        number = int(exact)
    elif quantity.rounding is Rounding.NEAREST:
        number = int(exact + 0.5)
    else:
        number = -int(-exact // 1)
    number = max(number, quantity.floor or 0)
    return max(min(number, quantity.ceiling or number), 1)


def answer(condition, room):
    """The answer to a condition."""
    if condition.asks is Asks.SINCE:
        return room.on >= condition.day
    if condition.asks is Asks.UNTIL:
        return room.on <= condition.day
    if condition.asks is Asks.MEETING:
        return room.meeting_kind == condition.name
    if condition.asks is Asks.DECISION:
        return condition.name == "ordinary"
    if condition.asks in (Asks.APPOINTED, Asks.VACANT):
        held = any(carries(seat, condition.name) and seat.holder is not None for seat in room.seats)
        return held is (condition.asks is Asks.APPOINTED)
    if condition.asks is Asks.IN_POST:
        number = sum(seat.counts and seat.holder is not None for seat in room.seats)
    else:
        number = sum(seat.holder is None for seat in room.seats)
    return (condition.least is None or number >= condition.least) and (
        condition.most is None or number <= condition.most
    )


def apart(clause, filled, room):
    """Whether each part can have people of its own: every way to share the seats out is tried."""
    wants = []
    for part in clause.clauses:
        if not isinstance(part, AtLeast) or part.unit is not Unit.PEOPLE or part.caps:
            return True
        wants.append((asked(part, room), part.group))
    places = sorted(filled)
    for shared in product(range(len(wants) + 1), repeat=len(places)):
        if all(
            sum(to == number and within(room.seats[place], group) for place, to in zip(places, shared, strict=True))
            >= n
            for number, (n, group) in enumerate(wants)
        ):
            return True
    return False
