"""Several needs at once: which seats to fill so that all of them are met.

Each need has places to give: so many, within its buckets. A flow takes people over seats to those places. A seat that
several needs count would have to be in two flows at once; where needs are nested, the wider one asks only for what is
left, and where they cross, the seats that count for both are tried out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from partnerships.rules.flow import Links, Node, add_link, largest_flow
from partnerships.rules.matching import Seating, bits, mask_of
from partnerships.rules.measuring import Kind, Need


@dataclass(frozen=True)
class Slots:
    """What one need still asks for: ``n`` of ``seats``, within buckets."""

    n: int
    seats: int
    buckets: tuple[tuple[int, int], ...] = ()


def jointly(
    needs: list[Need], people: dict[int, list[str]], order: list[int], *, distinct: bool = False
) -> Seating | None:
    """People on seats such that every need is met, on as many seats as can be filled; None where that cannot be."""
    slots = [slots_of(need) for need in needs if need.n > 0]
    found = search(slots, people, 0, distinct=distinct)
    if found is None:
        return None
    return found.fill_all(order)


def slots_of(need: Need) -> Slots:
    """The need as slots; different names are buckets of one."""
    if need.kind is Kind.NAMES:
        return Slots(need.n, need.seats, tuple((mask & need.seats, 1) for _name, mask in need.names))
    return Slots(need.n, need.seats, need.buckets)


def search(
    slots: list[Slots], people: dict[int, list[str]], must: int, *, distinct: bool, among: list[int] | None = None
) -> Seating | None:
    """A seating that fills the seats of ``must`` and the slots, trying out the seats that count for several."""
    seating = Seating(people)
    for seat in bits(must):
        if not seating.fill(seat):
            return None
    if not all(coverable(slot, people, must) for slot in slots):
        return None
    found = Flow(people, slots if distinct else nested(slots), must).solve()
    if found is not None or distinct:
        return found
    return cross(slots, people, must, sorted(people) if among is None else among)


def cross(slots: list[Slots], people: dict[int, list[str]], must: int, among: list[int]) -> Seating | None:
    """Count a seat for every need that it meets, one kind of seat after the other.

    A kind that did not help is left out from there on, and so are the seats before it: every set is tried once.
    """
    tried: set[tuple[object, ...]] = set()
    for place, seat in enumerate(among):
        if must >> seat & 1 or not people[seat]:
            continue
        for_it = [number for number, slot in enumerate(slots) if slot.n > 0 and counts_for(slot, seat)]
        kind = (tuple(for_it), tuple(people[seat]), tuple(bucket_of(slots[number], seat) for number in for_it))
        if len(for_it) < 2 or kind in tried:
            continue
        tried.add(kind)
        left = [used(slot, seat) if number in for_it else slot for number, slot in enumerate(slots)]
        found = search(left, people, must | 1 << seat, distinct=False, among=among[place + 1 :])
        if found is not None:
            return found
    return None


def counts_for(slot: Slots, seat: int) -> bool:
    """Whether filling ``seat`` helps the slot."""
    return bool(slot.seats >> seat & 1) and all(cap > 0 for mask, cap in slot.buckets if mask >> seat & 1)


def bucket_of(slot: Slots, seat: int) -> tuple[int, ...]:
    """The buckets of the slot that hold ``seat``."""
    return tuple(place for place, (mask, _cap) in enumerate(slot.buckets) if mask >> seat & 1)


def used(slot: Slots, seat: int) -> Slots:
    """The slot after ``seat`` has been counted for it."""
    buckets = tuple((mask, cap - 1) if mask >> seat & 1 else (mask, cap) for mask, cap in slot.buckets)
    return Slots(slot.n - 1, slot.seats & ~(1 << seat), buckets)


def coverable(slot: Slots, people: dict[int, list[str]], must: int) -> bool:
    """Whether the slot alone could be met beside the seats of ``must``."""
    return slot.n <= 0 or Flow(people, [slot], must).solve() is not None


def nested(slots: list[Slots]) -> list[Slots]:
    """A need without buckets that holds others asks only for what they leave, where all of them nest."""
    inner = sorted(slots, key=lambda slot: (slot.seats.bit_count(), bool(slot.buckets) is False))
    out: list[Slots] = []
    for place, slot in enumerate(inner):
        below = [small for small in inner[:place] if small.seats & slot.seats]
        if slot.buckets or any(small.seats & ~slot.seats for small in below):
            out.append(slot)
            continue
        asked = sum(small.n for small in out[:place] if small.seats & slot.seats and small.n > 0)
        out.append(replace(slot, n=max(0, slot.n - asked)))
    return out


class Flow:
    """People over seats to slots, each once."""

    def __init__(self, people: dict[int, list[str]], slots: list[Slots], must: int):
        self.links: Links = {"source": {}, "sink": {}}
        self.wanted = 0
        self.people = people
        for seat, names in people.items():
            for name in names:
                self.link(("person", name), ("seat", seat), 1)
                self.link("source", ("person", name), 1)
        for seat in bits(must):
            self.link(("seat", seat), "sink", 1)
            self.wanted += 1
        for place, slot in enumerate(slots):
            if slot.n > 0:
                self.add(place, slot, must)

    def link(self, start: Node, end: Node, size: int) -> None:
        """A link of ``size``."""
        add_link(self.links, start, end, size)

    def add(self, place: int, slot: Slots, must: int) -> None:
        """The slot and its buckets; a seat goes through each bucket that holds it."""
        self.wanted += slot.n
        self.link(("slot", place), "sink", slot.n)
        for number, (_mask, cap) in enumerate(slot.buckets):
            self.link(("in", place, number), ("out", place, number), max(cap, 0))
        for seat in bits(slot.seats & ~must):
            if ("seat", seat) not in self.links:
                continue
            start: Node = ("seat", seat)
            for number in bucket_of(slot, seat):
                self.link(start, ("in", place, number), slot.n if start != ("seat", seat) else 1)
                start = ("out", place, number)
            self.link(start, ("slot", place), slot.n if start != ("seat", seat) else 1)

    def solve(self) -> Seating | None:
        """The seating of a flow that meets all slots, or None."""
        # A seat passes one person on: what leaves it is bounded by what may enter, one.
        self.split_seats()
        if largest_flow(self.links, wanted=self.wanted) < self.wanted:
            return None
        return self.seating()

    def split_seats(self) -> None:
        """Give each seat a way in and a way out with room for one between them."""
        for node in [node for node in self.links if isinstance(node, tuple) and node[0] == "seat"]:
            out = ("left", node[1])
            ends = {end: size for end, size in self.links[node].items() if size > 0}
            for end, size in ends.items():
                del self.links[node][end]
                del self.links[end][node]
                self.link(out, end, size)
            self.link(node, out, 1)

    def seating(self) -> Seating:
        """Who sits where in the flow that was found."""
        on: dict[int, str] = {}
        for seat, names in self.people.items():
            for name in names:
                if self.links[("seat", seat)][("person", name)] > 0:
                    on[seat] = name
        return Seating(self.people, on, {name: seat for seat, name in on.items()}, mask_of(on))
