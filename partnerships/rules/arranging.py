"""Who sits where, so that a rule holds if it can hold at all.

Most meetings leave no choice: everybody has one seat. Where somebody could fill two, all people are first put on as
many seats as can be filled; only when the rule fails on those and would hold on other seats is there a search.
"""

from __future__ import annotations

from collections.abc import Iterable

from partnerships.rules.joint import jointly
from partnerships.rules.matching import Seating, mask_of, seated
from partnerships.rules.measuring import All, Kind, Need, Plan, Some, are_disjoint, holds, leaves


def arrange(plan: Plan, people: dict[int, list[str]], first: Iterable[int] = ()) -> Seating:
    """The people on seats so that ``plan`` holds, or where it cannot hold so that as many clauses hold as can.

    ``first`` are the seats that are filled by preference: those whose own member is there.
    """
    order = order_of(people, first)
    seating = seated(people, order)
    if seating.filled.bit_count() == len(order) or holds(plan, seating.filled):
        return seating
    return holding(plan, people, order) or best(plan, people, order, seating)


def order_of(people: dict[int, list[str]], first: Iterable[int] = ()) -> list[int]:
    """The seats that somebody could fill, those of ``first`` before the others."""
    early = [seat for seat in first if people.get(seat)]
    known = set(early)
    return [*early, *(seat for seat in sorted(people) if people[seat] and seat not in known)]


def can_hold(plan: Plan, people: dict[int, list[str]]) -> bool:
    """Whether ``plan`` holds however the people sit best."""
    order = order_of(people)
    seating = seated(people, order)
    if holds(plan, seating.filled):
        return True
    return seating.filled.bit_count() < len(order) and holding(plan, people, order) is not None


def holding(plan: Plan, people: dict[int, list[str]], order: list[int]) -> Seating | None:
    """People on seats so that ``plan`` holds, or None where it cannot."""
    reachable = mask_of(order)
    if holds(plan, reachable):
        for needs, distinct in alternatives(plan, reachable):
            found = jointly(needs, people, order, distinct=distinct)
            if found is not None and holds(plan, found.filled):
                return found
    return None


def best(plan: Plan, people: dict[int, list[str]], order: list[int], seating: Seating) -> Seating:
    """The seats on which the most clauses hold, one clause after the other."""
    kept: list[Need] = []
    for need in leaves(plan):
        found = jointly([*kept, need], people, order)
        if found is not None:
            kept.append(need)
            seating = found
    return seating


def alternatives(plan: Plan, reachable: int) -> Iterable[tuple[list[Need], bool]]:
    """The sets of leaves that would each meet ``plan``, leaving out those that the reachable seats cannot meet."""
    if isinstance(plan, Need):
        if plan.kind is Kind.NAMES and not are_disjoint(plan.names_seats):
            # One seat may stand for several of the names: each name is a need of its own.
            parts = tuple(Need(Kind.PEOPLE, 1, mask & plan.seats, name) for name, mask in plan.names)
            yield from some_of(parts, plan.n, reachable)
        elif plan.holds(reachable) or plan.present:
            yield [plan], False
        return
    if isinstance(plan, Some):
        yield from some_of(plan.parts, plan.k, reachable)
        return
    yield from all_of(plan, reachable)


def all_of(plan: All, reachable: int) -> Iterable[tuple[list[Need], bool]]:
    """One alternative of each part, in every combination."""

    def combine(place: int) -> Iterable[tuple[list[Need], bool]]:
        if place == len(plan.parts):
            yield [], plan.distinct
            return
        for mine, distinct in alternatives(plan.parts[place], reachable):
            for rest, also in combine(place + 1):
                yield [*mine, *rest], distinct or also

    yield from combine(0)


def some_of(parts: tuple[Plan, ...], k: int, reachable: int) -> Iterable[tuple[list[Need], bool]]:
    """The alternatives of every ``k`` of the parts."""
    if k == 0:
        yield [], False
        return
    for place in range(len(parts) - k + 1):
        for mine, distinct in alternatives(parts[place], reachable):
            for rest, also in some_of(parts[place + 1 :], k - 1, reachable):
                yield [*mine, *rest], distinct or also
