"""
A structure as an outline: each body once, below the first of those that it is below.

No database and no Django. Where lines lead round, which the portal refuses, one of them begins an outline of its own.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

Key = Hashable


@dataclass(frozen=True, slots=True)
class Entry:
    """A body in the outline: below which it stands (None: at the top), and how deep."""

    key: Key
    above: Key | None
    level: int


def _first(keys: Sequence[Key], wanted: set[Key]) -> Key | None:
    return next((key for key in keys if key in wanted), None)


def outline(bodies: Sequence[Key], parents: Mapping[Key, Sequence[Key]]) -> tuple[Entry, ...]:
    """``bodies`` in depth-first order, those side by side in their own; ``parents`` are those above each, in order."""
    there = set(bodies)
    first = {key: _first(parents.get(key, ()), there - {key}) for key in bodies}
    below: dict[Key | None, list[Key]] = {}
    for key in bodies:
        below.setdefault(first[key], []).append(key)
    found: dict[Key, Entry] = {}

    def add(key: Key, above: Key | None, level: int) -> None:
        if key in found:
            return
        found[key] = Entry(key, above, level)
        for other in below.get(key, ()):
            add(other, key, level + 1)

    for key in [*below.get(None, ()), *bodies]:  # those that nothing at the top leads to come last
        add(key, None, 0)
    return tuple(found.values())
