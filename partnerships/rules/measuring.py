"""Plans: what a rule asks of sets of filled seats.

A plan has leaves that measure a set of seats against a number, and branches over them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from partnerships.rules.clauses import (
    Cap,
    Clause,
)
from partnerships.rules.flow import Links, Node, add_link, largest_flow
from partnerships.rules.matching import Seating, bits

Buckets = tuple[tuple[int, int], ...]


class Kind(StrEnum):
    """How a leaf measures: people, different agencies, different names, or whoever presides."""

    PEOPLE = "people"
    AGENCIES = "agencies"
    NAMES = "names"
    PRESIDING = "presiding"


@dataclass(frozen=True)
class Need:
    """A leaf: at least ``n`` of ``seats``, of whom each bucket (a set of seats, a number) counts no more than so many.

    ``present`` are caps on everybody present. ``label`` and ``noun`` are for the explanation; ``of`` is the size of
    what a fraction is a fraction of.
    """

    kind: Kind
    n: int
    seats: int
    label: str
    buckets: Buckets = ()
    capped: Buckets = ()
    present: tuple[tuple[int, Cap], ...] = ()
    names: tuple[tuple[str, int], ...] = ()
    clause: Clause | None = None
    of: int | None = None
    disjoint: bool = True
    known: dict[int, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def names_seats(self) -> Buckets:
        """The seats of each name, as buckets of one."""
        return tuple((mask & self.seats, 1) for _name, mask in self.names)

    def measure(self, filled: int) -> int:
        """How many of those filled the leaf counts."""
        mine = filled & self.seats
        if self.kind is Kind.NAMES:
            return sum(1 for _name, mask in self.names if mine & mask)
        if not self.buckets:
            return mine.bit_count()
        if not self.disjoint:
            if mine not in self.known:
                self.known[mine] = most(mine, self.buckets)
            return self.known[mine]
        total, rest = 0, mine
        for mask, cap in self.buckets:
            total += min((mine & mask).bit_count(), cap)
            rest &= ~mask
        return total + rest.bit_count()

    def holds(self, filled: int) -> bool:
        """Whether the leaf is met by the seats filled."""
        if self.measure(filled) < self.n:
            return False
        return all((filled & mask).bit_count() <= cap.of(filled.bit_count()) for mask, cap in self.present)


@dataclass(frozen=True)
class All:
    """Every part holds; ``distinct``: with no seat counted for two of them."""

    parts: tuple[Plan, ...]
    distinct: bool = False


@dataclass(frozen=True)
class Some:
    """At least ``k`` of the parts hold."""

    k: int
    parts: tuple[Plan, ...]


Plan = Need | All | Some


def holds(plan: Plan, filled: int) -> bool:
    """Whether ``plan`` is met by the seats filled."""
    if isinstance(plan, Need):
        return plan.holds(filled)
    if isinstance(plan, Some):
        return sum(1 for part in plan.parts if holds(part, filled)) >= plan.k
    if not all(holds(part, filled) for part in plan.parts):
        return False
    return not plan.distinct or any(apart(needs, filled) for needs in ways_met(plan.parts, filled))


def leaves(plan: Plan) -> list[Need]:
    """The leaves of ``plan``, in order."""
    if isinstance(plan, Need):
        return [plan]
    return [leaf for part in plan.parts for leaf in leaves(part)]


def ways_met(parts: tuple[Plan, ...], filled: int) -> Iterator[list[Need]]:
    """The sets of leaves by which all of ``parts`` are met: of alternatives, one that holds."""
    if not parts:
        yield []
        return
    first, rest = parts[0], parts[1:]
    for mine in ways_one(first, filled):
        for others in ways_met(rest, filled):
            yield [*mine, *others]


def ways_one(plan: Plan, filled: int) -> Iterator[list[Need]]:
    """The sets of leaves by which one part is met."""
    if isinstance(plan, Need):
        yield [plan]
    elif isinstance(plan, Some):
        for chosen in combinations([part for part in plan.parts if holds(part, filled)], plan.k):
            yield from ways_met(chosen, filled)
    else:
        yield from ways_met(plan.parts, filled)


def apart(needs: list[Need], filled: int) -> bool:
    """Whether every need can have filled seats of its own."""
    slots = {}
    for number, need in enumerate(needs):
        for slot in range(need.n):
            slots[(number, slot)] = [str(seat) for seat in bits(filled & need.seats)]
    keys = list(slots)
    seating = Seating({place: slots[key] for place, key in enumerate(keys)}).fill_all(range(len(keys)))
    return seating.filled.bit_count() == len(keys)


def most(mine: int, buckets: Buckets) -> int:
    """The most of ``mine`` that can be counted when the limits overlap.

    Limits that fall into two families, each without overlap (such as one for councillors and one for every agency), are
    a flow between the two; more of them are tried out over the few kinds of seat there are.
    """
    kinds: dict[tuple[int, ...], int] = {}
    for seat in bits(mine):
        kind = tuple(place for place, (mask, _cap) in enumerate(buckets) if mask >> seat & 1)
        kinds[kind] = kinds.get(kind, 0) + 1
    families = families_of(buckets)
    if len(families) <= 2:
        return _flow(kinds, buckets, families)
    free = kinds.pop((), 0)
    bound = [(kind, size) for kind, size in sorted(kinds.items(), key=lambda pair: len(pair[0]))]
    return free + _most(tuple(bound), tuple(cap for _mask, cap in buckets), {})


def families_of(buckets: Buckets) -> list[set[int]]:
    """The buckets in as few families without overlap as are found one after the other."""
    families: list[tuple[int, set[int]]] = []
    for place, (mask, _cap) in enumerate(buckets):
        for number, (seen, members) in enumerate(families):
            if not seen & mask:
                families[number] = (seen | mask, members | {place})
                break
        else:
            families.append((mask, {place}))
    return [members for _seen, members in families]


def _flow(kinds: dict[tuple[int, ...], int], buckets: Buckets, families: list[set[int]]) -> int:
    """From the source through the buckets of one family, the kinds of seat and the buckets of the other to the sink."""
    links: Links = {"source": {}, "sink": {}}
    first = families[0] if families else set()
    for kind, size in kinds.items():
        node: Node = ("kind", kind)
        into = next((place for place in kind if place in first), None)
        out = next((place for place in kind if place not in first), None)
        if into is not None:
            add_link(links, "source", ("bucket", into), buckets[into][1])
        add_link(links, "source" if into is None else ("bucket", into), node, size)
        if out is not None:
            add_link(links, ("bucket", out), "sink", buckets[out][1])
        add_link(links, node, "sink" if out is None else ("bucket", out), size)
    return largest_flow(links)


def _most(
    kinds: tuple[tuple[tuple[int, ...], int], ...], left: tuple[int, ...], known: dict[tuple[int, tuple[int, ...]], int]
) -> int:
    if not kinds:
        return 0
    key = (len(kinds), left)
    if key not in known:
        (kind, size), rest = kinds[0], kinds[1:]
        highest = min(size, *(left[place] for place in kind))
        best = 0
        for taken in range(highest, -1, -1):
            after = tuple(cap - taken if place in kind else cap for place, cap in enumerate(left))
            best = max(best, taken + _most(rest, after, known))
        known[key] = best
    return known[key]


def are_disjoint(buckets: Buckets) -> bool:
    """Whether no seat is in two buckets."""
    seen = 0
    for mask, _cap in buckets:
        if seen & mask:
            return False
        seen |= mask
    return True
