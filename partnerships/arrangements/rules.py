"""
What holds of structures in time, as pure functions: lines that lead round, days in force, who came after whom.

No database and no Django: facts in, an answer out.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Moment = TypeVar("Moment", dt.date, dt.datetime)


def loop(parents: Mapping[Key, Iterable[Key]]) -> tuple[Key, ...]:
    """
    A way that leads upwards and comes back to where it began, without its end; empty where there is none.

    ``parents`` maps each body to those above it. Of several loops the first in the order of the mapping is found.
    """
    settled: set[Key] = set()
    for start in parents:
        way: list[Key] = []
        open_ends = [(start, iter(parents.get(start, ())))] if start not in settled else []
        if open_ends:
            way.append(start)
        while open_ends:
            node, above = open_ends[-1]
            parent = next(above, None)
            if parent is None:
                open_ends.pop()
                way.pop()
                settled.add(node)
            elif parent in way:
                return tuple(way[way.index(parent) :])
            elif parent not in settled:
                way.append(parent)
                open_ends.append((parent, iter(parents.get(parent, ()))))
    return ()


def loop_in_words(names: Sequence[str]) -> str:
    """The sentence for a loop: “Review reports to Assurance, which reports to Review: …”."""
    if len(names) == 1:
        return f"{names[0]} would be above itself. Take that line out."
    round_trip = ", which is below ".join([*names[1:], names[0]])
    return f"{names[0]} is below {round_trip}: lines upwards must not lead round. Take one of them out."


def is_in_force(first: dt.date, last: dt.date | None, day: dt.date) -> bool:
    """Whether what holds from ``first`` to ``last``, both included, holds on ``day``; without a last day, for ever."""
    return first <= day and (last is None or day <= last)


def overlap(spans: Sequence[tuple[Moment, Moment | None]]) -> tuple[int, int] | None:
    """
    The positions of the first two of ``spans``, as [start, end), that hold at the same moment; None where no two do.

    A span that ends when it begins never holds, and overlaps nothing.
    """
    real = [number for number, (start, end) in enumerate(spans) if end is None or start < end]
    order = sorted(real, key=lambda number: (spans[number][0], number))
    for earlier, later in itertools.pairwise(order):
        end = spans[earlier][1]
        if end is None or end > spans[later][0]:
            return min(earlier, later), max(earlier, later)
    return None


def heir(key: Key, successions: Mapping[Key, tuple[Key, dt.date | None]], day: dt.date) -> Key:
    """
    Who stands in the place of ``key`` on ``day``, by who came after whom and since when (None: not stated, so always).

    MK CCG on a day of 2024 is the ICB; on a day of 2021 it is the CCG that followed it.
    """
    seen = {key}
    while key in successions:
        following, since = successions[key]
        if following in seen or (since is not None and day < since):
            break
        seen.add(following)
        key = following
    return key


def counted_as(key: Key, part_of: Mapping[Key, Key | None]) -> Key:
    """The agency as which ``key`` counts: for a service that reports apart the agency that it is part of."""
    seen = {key}
    while (above := part_of.get(key)) is not None and above not in seen:
        seen.add(above)
        key = above
    return key


def first_day_of(partial: str) -> dt.date | None:
    """The first day that a year, month or day (“2022”, “2022-07”, “2022-07-01”) can mean; None where none is stated."""
    return dt.date.fromisoformat((partial + "-01-01")[:10]) if partial else None


def turn_is_over(since: dt.date, months: int | None, day: dt.date) -> bool:
    """Whether a chair who began ``since`` has sat longer than a turn of ``months``; never where no turn is stated."""
    if months is None:
        return False
    whole = (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
    return whole >= months


def ineligible(offices: Iterable[str], barred: Iterable[str]) -> tuple[str, ...]:
    """Of the specified roles that somebody holds, those whose holders may not be members; in order."""
    return tuple(sorted(set(offices) & set(barred)))
