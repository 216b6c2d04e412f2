"""The smallest sets of absent people whose arrival would make a meeting quorate.

Absent people who help the same clauses are interchangeable and are shown as one group: "any two of these five". Sets
are looked for from the fewest people upwards, and up to ``BEYOND`` people above the smallest set. Where that would take
more than ``SEARCHED`` tries, one set is shown that is found by taking whoever helps. Where people here could fill
several seats, up to ``TRIED`` sets of at most ``LARGEST_TRIED`` arrivals are tried in full beside that: what is shown
always mends, and beyond these bounds there may be a smaller set.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

from partnerships.rules.arranging import can_hold
from partnerships.rules.arrivals import arrivals_of
from partnerships.rules.joint import Flow, Slots
from partnerships.rules.judgement import Arrival, MendingSet
from partnerships.rules.matching import mask_of, seated
from partnerships.rules.measuring import All, Kind, Need, Plan, Some, holds, leaves
from partnerships.rules.names import in_words, listed
from partnerships.rules.planning import mask_all, plan_of

if TYPE_CHECKING:
    from partnerships.rules.judging import Case

SEARCHED = 1500
BEYOND = 1
SHOWN = 6
TRIED = 60
LARGEST_TRIED = 3

Help = tuple[object, ...]
Found = list[tuple[int, tuple[tuple[int, ...], ...]]]


@dataclass(frozen=True)
class Pool:
    """Units that help in the same way. A unit is one seat, or seats of which one is as good as another."""

    helps: frozenset[int]
    units: tuple[tuple[int, ...], ...]

    def mask(self, k: int) -> int:
        """The first seats of ``k`` units."""
        return mask_of(unit[0] for unit in self.units[:k])


def mending_of(case: Case) -> tuple[MendingSet, ...]:
    """The smallest ways to become quorate, the fewest people first."""
    if case.plan is None or case.rule is None or case.rule.clause is None:
        return ()
    # Whoever comes may also preside: for the search, the clause asks that they are there.
    plan = plan_of(case.rule.clause, replace(case.membership, presider=mask_all(case.room.seats)))
    filled = case.seating.filled
    if holds(plan, filled):
        return ()
    absent = arrivals_of(case)
    empty = {seat: people for seat, people in absent.items() if not filled >> seat & 1}
    shared = any_shared(empty)
    found = search(plan, filled, pools_of(plan, filled, empty), empty, shared)
    reachable = mask_of(seat for seat, people in case.people.people.items() if people)
    if filled != reachable:
        # Somebody here could sit elsewhere: whoever comes may free them, so that fewer arrivals could be enough.
        smallest = sum(k for k, _units in found[0]) if found else LARGEST_TRIED + 1
        found = mended_by_trial(case, plan, absent, fewest(plan, case.people.people, reachable), smallest) or found
    return tuple(mending_set(case, arrivals, absent) for arrivals in found)


def fewest(plan: Plan, people: dict[int, list[str]], reachable: int) -> int:
    """A number of arrivals below which the plan cannot hold, however those here are seated."""
    if isinstance(plan, Need):
        mine = {seat: names for seat, names in people.items() if plan.seats >> seat & 1}
        most = min(seated(mine, mine).filled.bit_count(), plan.measure(reachable))
        return plan.n - most if plan.kind is not Kind.NAMES else 0
    parts = sorted(fewest(part, people, reachable) for part in plan.parts)
    if isinstance(plan, Some):
        return parts[plan.k - 1]
    return max(parts[-1], together(plan.parts, people)) if parts else 0


def together(parts: tuple[Plan, ...], people: dict[int, list[str]]) -> int:
    """How many are lacking for needs that no seat shares: those asked for, less those here who could be seated."""
    union = asked = 0
    for part in parts:
        if isinstance(part, Need) and part.kind is not Kind.NAMES and not union & part.seats:
            union |= part.seats
            asked += part.n
    mine = {seat: names for seat, names in people.items() if union >> seat & 1}
    return asked - seated(mine, mine).filled.bit_count()


def any_shared(absent: dict[int, tuple[str, ...]]) -> bool:
    """Whether somebody absent could fill more than one of these seats."""
    names = [name for people in absent.values() for name in people]
    return len(names) != len(set(names))


def can_come(seats: Iterable[int], absent: dict[int, tuple[str, ...]]) -> bool:
    """Whether different people could fill these seats."""
    wanted = list(seats)
    return seated({seat: list(absent[seat]) for seat in wanted}, wanted).filled == mask_of(wanted)


def could_come(pools: list[Pool], taken: tuple[int, ...], absent: dict[int, tuple[str, ...]]) -> bool:
    """Whether different people could fill so many seats of each pool."""
    slots = []
    for pool, k in zip(pools, taken, strict=True):
        if k:
            units = tuple((mask_of(unit), 1) for unit in pool.units if len(unit) > 1)
            slots.append(Slots(k, mask_of(seat for unit in pool.units for seat in unit), units))
    return Flow({seat: list(people) for seat, people in absent.items()}, slots, 0).solve() is not None


def mended_by_trial(case: Case, plan: Plan, absent: dict[int, tuple[str, ...]], least: int, below: int) -> list[Found]:
    """Sets of at least ``least`` and fewer than ``below`` arrivals, each tried in full; the first size that has any."""
    tries = 0
    for size in range(max(least, 1), min(below, LARGEST_TRIED + 1)):
        found: list[Found] = []
        for chosen in combinations(sorted(absent), size):
            tries += 1
            if tries > TRIED:
                return found
            if not can_come(chosen, absent):
                continue
            people = {seat: list(names) for seat, names in case.people.people.items()}
            for seat in chosen:
                people.setdefault(seat, []).append(f"arrival {seat}")
            if can_hold(plan, people):
                found.append([(1, ((seat,),)) for seat in chosen])
        if found:
            return found[:SHOWN]
    return []


def pools_of(plan: Plan, filled: int, absent: dict[int, tuple[str, ...]]) -> list[Pool]:
    """The absent seats by what they help."""
    needs = leaves(plan)
    short = [number for number, need in enumerate(needs) if not need.holds(filled)]
    if not short:  # distinct people are asked: each clause holds, and they lack people of their own
        short = list(range(len(needs)))
    grouped: dict[Help, dict[Help, list[int]]] = {}
    helps: dict[Help, frozenset[int]] = {}
    for seat in sorted(absent):
        way, unit = [], []
        for number in short:
            kind, part = help_of(needs[number], seat, filled)
            way.append(kind)
            unit.append(part)
        if not any(way) and not any(need.present for need in needs):
            continue
        key: Help = tuple(way)
        single = tuple(unit) if any(part is not None for part in unit) else ("seat", seat)
        grouped.setdefault(key, {}).setdefault(single, []).append(seat)
        helps[key] = frozenset(number for number, kind in zip(short, way, strict=True) if kind)
    return [Pool(helps[key], tuple(tuple(seats) for seats in units.values())) for key, units in grouped.items()]


def help_of(need: Need, seat: int, filled: int) -> tuple[object, object]:
    """How a seat would help a clause, and the unit of which one seat is as good as another (or None)."""
    if not need.seats >> seat & 1:
        return None, None
    if need.kind is Kind.NAMES:
        names = tuple(name for name, mask in need.names if mask >> seat & 1 and not mask & filled)
        return ("names", len(names)) if names else None, names or None
    kinds: list[object] = ["counts"]
    unit: object = None
    for place, (mask, cap) in enumerate(need.buckets):
        if mask >> seat & 1:
            left = cap - (mask & filled).bit_count()
            if left <= 0:
                return None, None
            if cap == 1 and need.kind is Kind.AGENCIES:
                unit = place
            else:
                kinds.append(place)
    return tuple(kinds), unit


def targets(plan: Plan, filled: int, place: int = 0) -> tuple[list[int], int]:
    """The leaves one of which must come nearer next, by number, and the number of the leaf after the plan."""
    if isinstance(plan, Need):
        return ([] if plan.holds(filled) else [place]), place + 1
    chosen: list[int] = []
    for part in plan.parts:
        wanted, place = targets(part, filled, place)
        if isinstance(plan, Some):
            chosen.extend(wanted)
        elif wanted and not chosen:
            chosen = wanted
    if isinstance(plan, All) and plan.distinct and not chosen and not holds(plan, filled):
        chosen = list(range(place - len(leaves(plan)), place))
    return ([] if holds(plan, filled) else chosen), place


def search(plan: Plan, filled: int, pools: list[Pool], absent: dict[int, tuple[str, ...]], shared: bool) -> list[Found]:
    """The smallest numbers to take from each pool so that the plan holds; one set where there are too many to try."""
    quick = greedy(plan, filled, pools)
    if quick is not None and ways(len(pools), sum(quick) + BEYOND) > budget_of(plan, shared=shared):
        found = [quick] if not shared or could_come(pools, quick, absent) else []
    else:
        found = levels(plan, filled, pools, absent, shared)
    return [
        [(k, pool.units) for k, pool in zip(taken, pools, strict=True) if k] for taken in sorted(found, key=sum)[:SHOWN]
    ]


def ways(pools: int, size: int) -> int:
    """In how many ways up to ``size`` people can be taken from so many pools."""
    return comb(pools + size, size)


def budget_of(plan: Plan, *, shared: bool) -> int:
    """How many sets may be tried: fewer where each costs more."""
    dear = any(not need.disjoint for need in leaves(plan))
    return SEARCHED // ((20 if dear else 1) * (20 if shared else 1))


def greedy(plan: Plan, filled: int, pools: list[Pool]) -> tuple[int, ...] | None:
    """One set that mends, found by taking whoever brings any clause nearer, those who help most clauses first."""
    taken = [0] * len(pools)
    order = sorted(range(len(pools)), key=lambda place: -len(pools[place].helps))
    needs = leaves(plan)
    while not holds(plan, filled):
        wanted = [needs[number] for number in targets(plan, filled)[0]]
        for place in order:
            if taken[place] < len(pools[place].units):
                more = filled | 1 << pools[place].units[taken[place]][0]
                if any(need.measure(more) > need.measure(filled) for need in wanted):
                    taken[place] += 1
                    filled = more
                    break
        else:
            return None
    return tuple(taken)


def levels(
    plan: Plan, filled: int, pools: list[Pool], absent: dict[int, tuple[str, ...]], shared: bool
) -> list[tuple[int, ...]]:
    """Every smallest set, and those with ``BEYOND`` more people that hold none of them."""
    found: list[tuple[int, ...]] = []
    level: list[tuple[int, ...]] = [(0,) * len(pools)]
    seen: set[tuple[int, ...]] = set(level)
    while level and len(seen) < SEARCHED:
        following: list[tuple[int, ...]] = []
        for taken in level:
            if found and sum(taken) > sum(found[0]) + BEYOND:
                continue
            if any(all(a >= b for a, b in zip(taken, less, strict=True)) for less in found):
                continue
            mask = filled | sum_masks(pools, taken)
            if holds(plan, mask):
                if not shared or could_come(pools, taken, absent):
                    found.append(taken)
                continue
            following.extend(steps(plan, mask, pools, taken, seen))
        level = following
    return found


def sum_masks(pools: list[Pool], taken: tuple[int, ...]) -> int:
    """The seats that ``taken`` of each pool fill."""
    mask = 0
    for pool, k in zip(pools, taken, strict=True):
        if k:
            mask |= pool.mask(k)
    return mask


def steps(
    plan: Plan, mask: int, pools: list[Pool], taken: tuple[int, ...], seen: set[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """One more from each pool that helps what must be helped next."""
    wanted = set(targets(plan, mask)[0])
    out = []
    for place, pool in enumerate(pools):
        if taken[place] < len(pool.units) and (pool.helps & wanted or not pool.helps):
            more = (*taken[:place], taken[place] + 1, *taken[place + 1 :])
            if more not in seen:
                seen.add(more)
                out.append(more)
    return out


def mending_set(case: Case, chosen: Found, absent: dict[int, tuple[str, ...]]) -> MendingSet:
    """The set in words."""
    arrivals, texts = [], []
    for k, units in chosen:
        seats = [seat for unit in units for seat in unit]
        words = tuple(who_could(case, seat, absent[seat]) for seat in seats)
        keys = tuple(case.room.seats[seat].key for seat in seats)
        arrivals.append(Arrival(k, keys, tuple(absent[seat] for seat in seats), words))
        texts.append(arrival_words(k, [unit_words(case, unit, absent) for unit in units]))
    return MendingSet(tuple(arrivals), listed(texts), sum(arrival.k for arrival in arrivals))


def unit_words(case: Case, unit: tuple[int, ...], absent: dict[int, tuple[str, ...]]) -> str:
    """Who could fill a unit: one seat's people, or of several seats anybody from their agency."""
    if len(unit) < 3:
        return listed([who_could(case, seat, absent[seat]) for seat in unit], "or")
    agency = case.room.seats[unit[0]].agency
    return f"somebody from {agency}" if agency else "one of them"


def who_could(case: Case, seat: int, people: tuple[str, ...]) -> str:
    """ "the LPA Commander or their deputy"."""
    place = case.room.seats[seat]
    words = f"the {place.title}" if place.title else (f"somebody from {place.agency}" if place.agency else place.key)
    if place.title and place.title.casefold().startswith("the "):
        words = place.title
    if place.holder not in people:
        return f"the deputy of {words}" if place.title else words
    present = case.people.presence.get(place.holder or "")
    if present is not None:
        words += " by coming into the room"
    if len(people) > 1:
        words += " or their deputy" if len(people) == 2 else " or one of their deputies"
    return words


def without_deputies(words: list[str]) -> list[str]:
    """Several people with deputies: the people, and "one of their deputies" once at the end."""
    plain = [word.removesuffix(" or their deputy").removesuffix(" or one of their deputies") for word in words]
    if len(words) < 2 or plain == words:
        return words
    return [*plain, "one of their deputies"]


def arrival_words(k: int, units: list[str]) -> str:
    """One group: "the chair or their deputy", "any two of these five: …"."""
    if k == len(units):
        return listed(units)
    words = without_deputies(units)
    if k == 1 and len(words) <= 4:
        return listed(words, "or")
    plain = list(dict.fromkeys(words if words == units else words[:-1]))
    deputies = "" if words == units else ", or their deputies"
    return f"any {in_words(k)} of these {in_words(len(units))}: {', '.join(plain)}{deputies}"


def remedy_of(sets: tuple[MendingSet, ...]) -> str:
    """What to do about it, in a sentence; nothing where nothing helps."""
    smallest = [mending for mending in sets if mending.size == sets[0].size] if sets else []
    if not smallest:
        return ""
    words = "; or ".join(mending.text for mending in smallest[:2])
    text = f"{words} would do."
    return text[:1].upper() + text[1:]
