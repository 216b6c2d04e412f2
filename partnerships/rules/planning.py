"""Clauses made ready for one membership: names become seats, conditions are answered, fractions become numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

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
from partnerships.rules.matching import bits
from partnerships.rules.measuring import All, Buckets, Kind, Need, Plan, Some, are_disjoint
from partnerships.rules.names import plain


@dataclass
class Membership:
    """The seats of a body on one day, asked about by name."""

    seats: tuple[Seat, ...]
    on: dt.date
    decision: str = "ordinary"
    meeting: str = "ordinary"
    presider: int = 0
    counting: int = field(default=0, init=False)
    voting_rule: bool = False
    _groups: dict[Group, int] = field(default_factory=dict, init=False)
    _labels: dict[str, int] = field(default_factory=dict, init=False)
    _voting: int = field(default=0, init=False)

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
    if clause.share is not None:
        return All(tuple(from_share(clause, clause.share, part, name, membership) for name, part in parts.items()))
    return All(tuple(Need(Kind.PEOPLE, clause.n, part, agency, clause=clause) for agency, part in parts.items()))


def from_share(clause: FromEvery, share: Share, part: int, agency: str, membership: Membership) -> Need:
    """The leaf for one agency of which a share of its own members is asked."""
    size = part.bit_count() if share.base in (Base.PLACES, Base.VOTING_PLACES) else membership.in_post(part)
    return Need(Kind.PEOPLE, max(share.of(size), 1), part, agency, clause=clause, of=size)


def need_of(clause: AtLeast, membership: Membership) -> Need:
    """The leaf for a head count, a number of different agencies or names, or a fraction."""
    mask = membership.group(clause.group)
    n, of = quantity_of(clause.quantity, clause.unit, membership)
    label = listed_or(clause.group)
    if clause.unit is Unit.AGENCIES and not clause.group.kinds:
        label = label.replace("members", "agencies", 1)
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


def quantity_of(quantity: Quantity, unit: Unit, membership: Membership) -> tuple[int, int | None]:
    """The number asked for, and the base where it is a fraction of one."""
    if isinstance(quantity, Number):
        return quantity.n, None
    base = membership.base(quantity, unit)
    # A fraction of nobody is not met by nobody.
    return max(quantity.of(base), 1), base


def listed_or(group: Group) -> str:
    """The group as the rule names it: "councillors or officers from Council"."""
    words = " or ".join(group.kinds) or ("voting members" if group.voting else "members")
    if group.people:
        words += " members"
    if group.voting and group.kinds:
        words = f"voting {words}"
    if group.sources:
        words += f" from {' or '.join(group.sources)}"
    if group.without:
        words += f" other than {' or '.join(group.without)}"
    return words
