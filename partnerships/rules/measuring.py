"""Clauses made ready for one membership: names become sets of seats, fractions become numbers.

What is left is a plan: leaves that measure a set of filled seats against a number, and branches over them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from partnerships.rules.clauses import (
    AllOf,
    AnyOf,
    Asks,
    AtLeast,
    Base,
    Cap,
    Clause,
    Condition,
    FromEach,
    FromEvery,
    Group,
    Number,
    Presiding,
    Quantity,
    Reading,
    Share,
    SomeOf,
    Unit,
    When,
)
from partnerships.rules.eligibility import in_group
from partnerships.rules.facts import Seat
from partnerships.rules.flow import Links, Node, add_link, largest_flow
from partnerships.rules.matching import Seating, bits
from partnerships.rules.names import plain

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
    return not plan.distinct or apart(leaves(plan), filled)


def leaves(plan: Plan) -> list[Need]:
    """The leaves of ``plan``, in order."""
    if isinstance(plan, Need):
        return [plan]
    return [leaf for part in plan.parts for leaf in leaves(part)]


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


@dataclass
class Membership:
    """The seats of a body on one day, asked about by name."""

    seats: tuple[Seat, ...]
    on: dt.date
    decision: str = "ordinary"
    meeting: str = "ordinary"
    presider: int = 0
    counting: int = 0
    voting_rule: bool = False
    _groups: dict[Group, int] = field(default_factory=dict)
    _labels: dict[str, int] = field(default_factory=dict)
    _voting: int = 0

    def __post_init__(self) -> None:
        labels = self._labels
        for place, seat in enumerate(self.seats):
            bit = 1 << place
            if seat.votes:
                self._voting |= bit
            if seat.votes if self.voting_rule else seat.counts:
                self.counting |= bit
                for label in seat.labels:
                    labels[label] = labels.get(label, 0) | bit

    def group(self, group: Group) -> int:
        """The seats of which ``group`` speaks, among those that count."""
        if group.everybody:
            return self.counting
        if group not in self._groups:
            mask = self.counting & self._voting if group.voting else self.counting
            for names in (group.kinds, group.sources):
                if names:
                    mask &= self.any_of(names)
            self._groups[group] = mask & ~self.any_of(group.without)
        return self._groups[group]

    def any_of(self, names: tuple[str, ...]) -> int:
        """The seats that carry one of the names."""
        mask = 0
        for name in names:
            mask |= self._labels.get(plain(name), 0)
        return mask

    def named(self, name: str) -> int:
        """The seats that carry ``name`` as agency, class or title."""
        return self.group(Group(kinds=(name,)))

    def by_agency(self, mask: int) -> dict[str, int]:
        """``mask`` taken apart by agency; a seat without an agency stands for itself."""
        found: dict[str, int] = {}
        for place in bits(mask):
            agency = self.seats[place].agency or self.seats[place].words
            found[agency] = found.get(agency, 0) | 1 << place
        return found

    def in_post(self, mask: int) -> int:
        """How many of these seats are filled by an appointment."""
        return sum(1 for place in bits(mask) if self.seats[place].holder is not None)

    def base(self, share: Share, unit: Unit) -> int:
        """The number of which ``share`` is a share."""
        mask = self.group(share.group)
        if share.base in (Base.VOTING, Base.VOTING_PLACES):
            mask &= self.group(Group(voting=True))
        if unit is Unit.AGENCIES:
            return len(self.by_agency(mask))
        if share.base in (Base.PLACES, Base.VOTING_PLACES):
            return mask.bit_count()
        return self.in_post(mask)

    def is_so(self, condition: Condition) -> bool:
        """The answer to a condition."""
        asks = condition.asks
        if asks is Asks.SINCE:
            return condition.day is not None and self.on >= condition.day
        if asks is Asks.UNTIL:
            return condition.day is not None and self.on <= condition.day
        if asks is Asks.MEETING:
            return plain(condition.name) == plain(self.meeting)
        if asks is Asks.DECISION:
            return plain(condition.name) == plain(self.decision)
        if asks in (Asks.APPOINTED, Asks.VACANT):
            return (self.appointed(condition.name) > 0) is (asks is Asks.APPOINTED)
        everyone = mask_all(self.seats)
        number = self.in_post(self.counting)
        if asks is Asks.VACANCIES:
            number = everyone.bit_count() - self.in_post(everyone)
        return (condition.least is None or number >= condition.least) and (
            condition.most is None or number <= condition.most
        )

    def appointed(self, name: str) -> int:
        """How many places of that name are filled, whether they count or not."""
        group = Group(kinds=(name,))
        return sum(1 for seat in self.seats if seat.holder is not None and in_group(seat, group))


def mask_all(seats: tuple[Seat, ...]) -> int:
    """All seats as one set."""
    return (1 << len(seats)) - 1


def plan_of(clause: Clause, membership: Membership) -> Plan:
    """``clause`` for this membership; conditions are answered, so that only the room is left to ask."""
    if isinstance(clause, AtLeast):
        return need_of(clause, membership)
    if isinstance(clause, FromEach):
        return All(tuple(from_name(clause, name, membership) for name in clause.names))
    if isinstance(clause, FromEvery):
        return from_every(clause, membership)
    if isinstance(clause, Presiding):
        mask = membership.group(clause.group)
        return Need(Kind.PRESIDING, 1, mask & membership.presider, listed_or(clause.group), clause=clause)
    if isinstance(clause, AllOf):
        return All(tuple(plan_of(part, membership) for part in clause.clauses), clause.distinct)
    if isinstance(clause, AnyOf):
        return Some(1, tuple(plan_of(part, membership) for part in clause.clauses))
    if isinstance(clause, SomeOf):
        return Some(clause.k, tuple(plan_of(part, membership) for part in clause.clauses))
    return plan_when(clause, membership)


def plan_when(clause: When, membership: Membership) -> Plan:
    """The side of a condition that holds."""
    chosen = clause.then if membership.is_so(clause.condition) else clause.otherwise
    return All(()) if chosen is None else plan_of(chosen, membership)


def from_name(clause: FromEach, name: str, membership: Membership) -> Need:
    """The leaf for one name of a list."""
    group = Group(clause.kinds, (name,), clause.voting) if clause.kinds else Group((name,), (), clause.voting)
    label = f"{name} {clause.kinds[0]}" if clause.kinds else name
    return Need(Kind.PEOPLE, clause.n, membership.group(group), label, clause=clause)


def from_every(clause: FromEvery, membership: Membership) -> Plan:
    """A leaf for each agency that has a place in the group; nothing to ask of is never met."""
    mask = membership.group(clause.group)
    parts = membership.by_agency(mask)
    if not parts:
        return Need(Kind.PEOPLE, clause.n, 0, listed_or(clause.group), clause=clause)
    return All(tuple(Need(Kind.PEOPLE, clause.n, part, agency, clause=clause) for agency, part in parts.items()))


def need_of(clause: AtLeast, membership: Membership) -> Need:
    """The leaf for a head count, a number of different agencies or names, or a fraction."""
    mask = membership.group(clause.group)
    n, of = quantity_of(clause.quantity, clause.unit, membership)
    label = listed_or(clause.group)
    if clause.unit is Unit.NAMES:
        names = tuple((name, membership.named(name)) for name in clause.group.sources)
        return Need(Kind.NAMES, n, mask, label, names=names, clause=clause, of=of)
    capped, present = caps_of(clause, n, mask, membership)
    if clause.unit is Unit.AGENCIES:
        agencies = tuple((part, 1) for part in membership.by_agency(mask).values())
        buckets = agencies + capped
        apart_ = not capped
        return Need(Kind.AGENCIES, n, mask, label, buckets, capped, present, clause=clause, of=of, disjoint=apart_)
    return Need(
        Kind.PEOPLE, n, mask, label, capped, capped, present, clause=clause, of=of, disjoint=are_disjoint(capped)
    )


def caps_of(clause: AtLeast, n: int, mask: int, membership: Membership) -> tuple[Buckets, tuple[tuple[int, Cap], ...]]:
    """The caps on those counted, as buckets, and the caps on everybody present."""
    capped: list[tuple[int, int]] = []
    present: list[tuple[int, Cap]] = []
    for cap in clause.caps:
        mine = membership.group(cap.group)
        if cap.reading is Reading.PRESENT:
            present.append((mine, cap))
        elif cap.each_agency:
            capped.extend((part, cap.of(n)) for part in membership.by_agency(mine & mask).values())
        else:
            capped.append((mine & mask, cap.of(n)))
    return tuple(capped), tuple(present)


def are_disjoint(buckets: Buckets) -> bool:
    """Whether no seat is in two buckets."""
    seen = 0
    for mask, _cap in buckets:
        if seen & mask:
            return False
        seen |= mask
    return True


def quantity_of(quantity: Quantity, unit: Unit, membership: Membership) -> tuple[int, int | None]:
    """The number asked for, and the base where it is a fraction of one."""
    if isinstance(quantity, Number):
        return quantity.n, None
    base = membership.base(quantity, unit)
    # A fraction of nobody is not met by nobody.
    return max(quantity.of(base), 1), base


def listed_or(group: Group) -> str:
    """The group as the rule names it: "councillors or officers from MKCC"."""
    words = " or ".join(group.kinds) or ("voting members" if group.voting else "members")
    if group.voting and group.kinds:
        words = f"voting {words}"
    if group.sources:
        words += f" from {' or '.join(group.sources)}"
    if group.without:
        words += f" other than {' or '.join(group.without)}"
    return words
