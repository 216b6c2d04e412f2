"""Which seats can be filled at once. A person fills one seat, a seat is filled by one person.

Seats are bits of a whole number, so that a set of seats is one number and counting is one operation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


def bits(mask: int) -> Iterator[int]:
    """The places of the bits set in ``mask``, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_of(places: Iterable[int]) -> int:
    """The set of ``places`` as one number."""
    mask = 0
    for place in places:
        mask |= 1 << place
    return mask


@dataclass
class Seating:
    """People on seats. A seat once filled stays filled; who sits on it may change when another joins."""

    people: dict[int, list[str]]
    on: dict[int, str] = field(default_factory=dict)
    of: dict[str, int] = field(default_factory=dict)
    filled: int = 0

    def copy(self) -> Seating:
        """The same people on the same seats."""
        return Seating(self.people, dict(self.on), dict(self.of), self.filled)

    def fill(self, seat: int) -> bool:
        """Fill ``seat``, moving others to other seats where that keeps theirs filled; whether it could be done."""
        if self.filled >> seat & 1:
            return True
        for person in self.people.get(seat, ()):
            if person not in self.of:  # somebody is free: nobody has to move
                self.on[seat] = person
                self.of[person] = seat
                self.filled |= 1 << seat
                return True
        moves = self._moves(seat)
        if moves is None:
            return False
        for place, person in moves:
            self.on[place] = person
            self.of[person] = place
        self.filled |= 1 << seat
        return True

    def _moves(self, seat: int) -> list[tuple[int, str]] | None:
        """Who moves where so that ``seat`` is filled: the shortest chain, or None where there is none."""
        came_from: dict[str, int] = {}
        queue = [seat]
        for place in queue:
            for person in self.people.get(place, ()):
                if person in came_from:
                    continue
                came_from[person] = place
                if person not in self.of:
                    return self._chain(person, came_from, seat)
                queue.append(self.of[person])
        return None

    def _chain(self, person: str, came_from: dict[str, int], seat: int) -> list[tuple[int, str]]:
        moves = []
        while True:
            place = came_from[person]
            moves.append((place, person))
            if place == seat:
                return moves
            person = self.on[place]

    def fill_all(self, seats: Iterable[int]) -> Seating:
        """Fill as many of ``seats`` as can be, the first of them with preference."""
        for seat in seats:
            self.fill(seat)
        return self


def seated(people: dict[int, list[str]], order: Iterable[int]) -> Seating:
    """People on as many seats as can be filled, those early in ``order`` with preference."""
    return Seating(people).fill_all(order)
