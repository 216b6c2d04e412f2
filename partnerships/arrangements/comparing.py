"""
Two editions side by side, as pure functions: boards that stay, close, are added or succeeded, rules and places.

No database and no Django: two editions as plain values in, what is different out. Comparing an edition with itself says
nothing, and the other order says the same mirrored.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Key = Hashable


class What(StrEnum):
    """What happened to one thing that terms state."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"  # now not stated
    NEW = "new"  # was not stated


class Fate(StrEnum):
    """What became of a board between two editions."""

    STAYS = "stays"
    SUCCEEDED = "succeeded"  # another stands in its place
    PRECEDED = "preceded"  # the same, seen from the newer one
    CLOSED = "closed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Place:
    """A place: whose it is, as the edition calls them, the agency that stands for them today, and its title."""

    agency: str
    heir: Key
    title: str


@dataclass(frozen=True, slots=True)
class Board:
    """A board in an edition: what its terms state, as (label, words; empty: not stated), and its places."""

    key: Key
    name: str
    kind: str = ""
    stated: tuple[tuple[str, str], ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition by its boards, in their order."""

    name: str
    boards: tuple[Board, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that terms state, in both editions."""

    label: str
    before: str
    after: str
    what: What


@dataclass(frozen=True, slots=True)
class Pair:
    """A board with what stands for it in the other edition; None where nothing does."""

    before: Board | None
    after: Board | None
    fate: Fate
    rows: tuple[Row, ...] = ()

    @property
    def is_renamed(self) -> bool:
        """Whether it is the same board under another name."""
        return self.fate == Fate.STAYS and any(row.label == NAME and row.what != What.SAME for row in self.rows)

    @property
    def changes(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.what != What.SAME)


@dataclass(frozen=True, slots=True)
class Move:
    """A place of one partner, by its title: the boards that lost it, and those that gained it."""

    heir: Key
    title: str
    before: tuple[Key, ...]
    after: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is different, with what is the same beside it."""

    older: Edition
    newer: Edition
    pairs: tuple[Pair, ...]
    moves: tuple[Move, ...]

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is different."""
        return not self.moves and all(pair.fate == Fate.STAYS and not pair.changes for pair in self.pairs)

    def count(self, what: What) -> int:
        """How many things that terms state were changed, gone or new, over all boards that both editions have."""
        return sum(row.what == what for pair in self.pairs for row in pair.rows)

    def fates(self, fate: Fate) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.fate == fate)


NAME, STATUS, PLACES = "Name", "Status", "Places"


def compare(older: Edition, newer: Edition, successions: Mapping[Key, Key] | None = None) -> Comparison:
    """
    ``older`` beside ``newer``. ``successions`` says which board came after which, whichever edition each stands in.

    A board stands beside itself, beside the first that came after it in the other edition, or alone. Of several that
    one board came after, each stands beside it.
    """
    related = _related(older, newer, successions or {})
    pairs: list[Pair] = []
    for board in older.boards:
        partners = [other for other in newer.boards if (board.key, other.key) in related]
        pairs += [_pair(board, other, related[board.key, other.key]) for other in partners]
        if not partners:
            pairs.append(Pair(board, None, Fate.CLOSED))
    alone = [board for board in newer.boards if not any(after == board.key for _before, after in related)]
    pairs += [Pair(None, board, Fate.ADDED) for board in alone]
    return Comparison(older, newer, tuple(pairs), _moves(pairs))


def _related(older: Edition, newer: Edition, successions: Mapping[Key, Key]) -> dict[tuple[Key, Key], Fate]:
    """The keys that stand beside each other, with why."""
    old = {board.key for board in older.boards}
    new = {board.key for board in newer.boards}
    found: dict[tuple[Key, Key], Fate] = {}
    for key in new:
        before = _first_in(key, old, successions)
        if before is not None:
            found[before, key] = Fate.STAYS if before == key else Fate.PRECEDED
    for key in old:
        after = _first_in(key, new, successions)
        if after is not None:
            found[key, after] = Fate.STAYS if after == key else Fate.SUCCEEDED
    return found


def _first_in(key: Key, keys: set[Key], successions: Mapping[Key, Key]) -> Key | None:
    """``key`` itself or the first that came after it and is one of ``keys``; None where none is."""
    seen: set[Key] = set()
    while key not in keys:
        seen.add(key)
        following = successions.get(key)
        if following is None or following in seen:
            return None
        key = following
    return key


def _pair(before: Board, after: Board, fate: Fate) -> Pair:
    first = [_row(NAME, before.name, after.name), _row(STATUS, before.kind, after.kind), _places(before, after)]
    old, new = dict(before.stated), dict(after.stated)
    labels = dict.fromkeys([*old, *new])
    rows = [*first, *(_row(label, old.get(label, ""), new.get(label, "")) for label in labels)]
    return Pair(before, after, fate, tuple(row for row in rows if row.before or row.after))


def _row(label: str, before: str, after: str) -> Row:
    return Row(label, before, after, what_happened(before, after))


def what_happened(before: str, after: str) -> What:
    """What became of something that is stated in words; empty words state nothing."""
    if before == after:
        return What.SAME
    if not after:
        return What.GONE
    return What.CHANGED if before else What.NEW


def _places(before: Board, after: Board) -> Row:
    """How many places each partner has. A partner that another succeeded is the same one under another name."""
    counts = [Counter(place.heir for place in board.places) for board in (before, after)]
    old, new = places_in_words(before.places), places_in_words(after.places)
    return Row(PLACES, old, new, What.SAME if counts[0] == counts[1] else what_happened(old, new))


def places_in_words(places: Iterable[Place]) -> str:
    """“18 places: MKCC 5, BLMK ICB 2, …”, partners in the order of their first place; empty of none."""
    names = Counter(place.agency for place in places)
    total = sum(names.values())
    if not total:
        return ""
    return f"{total} place{'' if total == 1 else 's'}: {', '.join(f'{name} {n}' for name, n in names.items())}"


def _moves(pairs: Iterable[Pair]) -> tuple[Move, ...]:
    """Places that one board lost and another gained, of the same partner under the same title."""
    old: dict[Key, Counter[tuple[Key, str]]] = {}
    new: dict[Key, Counter[tuple[Key, str]]] = {}
    beside: dict[Key, set[Key]] = {}
    for pair in pairs:
        if pair.before is not None:
            old[pair.before.key] = _titles(pair.before)
            beside.setdefault(pair.before.key, set())
        if pair.after is not None:
            new[pair.after.key] = _titles(pair.after)
            if pair.before is not None:
                beside[pair.before.key].add(pair.after.key)
    lost = {key: titles - sum((new[other] for other in beside[key]), Counter()) for key, titles in old.items()}
    behind: dict[Key, set[Key]] = {key: {one for one, others in beside.items() if key in others} for key in new}
    gained = {key: titles - sum((old[other] for other in behind[key]), Counter()) for key, titles in new.items()}
    found = dict.fromkeys(one for titles in lost.values() for one in titles)
    return tuple(
        Move(heir, title, before, after)
        for heir, title in found
        if (before := tuple(key for key, titles in lost.items() if (heir, title) in titles))
        and (after := tuple(key for key, titles in gained.items() if (heir, title) in titles))
    )


def _titles(board: Board) -> Counter[tuple[Key, str]]:
    return Counter((place.heir, place.title) for place in board.places)


def marked(before: str, after: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """
    Both texts in pieces of whole words, each with whether it is in both: what is struck, and what is underlined.

    The pieces of a text, one after the other with a space between, are the text.
    """
    old, new = before.split(), after.split()
    pieces: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for tag, first, last, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, words in ((0, old[first:last]), (1, new[start:end])):
            if words:
                pieces[side].append((" ".join(words), tag == "equal"))
    return pieces


def sentences(pair: Pair) -> tuple[str, ...]:
    """What became of a board, in sentences; empty where nothing did."""
    before = pair.before.name if pair.before else ""
    after = pair.after.name if pair.after else ""
    if pair.fate == Fate.CLOSED:
        return (f"{before} is gone. No successor is named.",)
    if pair.fate == Fate.ADDED:
        return (f"{after} is new.",)
    first = {
        Fate.SUCCEEDED: f"In place of {before} stands {after}.",
        Fate.PRECEDED: f"In place of {before} stands {after}, which came before it.",
        Fate.STAYS: f"{before} is now called {after}." if pair.is_renamed else "",
    }[pair.fate]
    others = [row for row in pair.changes if row.label != NAME]
    return tuple(filter(None, [first, *(_in_a_sentence(row) for row in others)]))


def _in_a_sentence(row: Row) -> str:
    if row.what == What.GONE:
        return f"{row.label}: gone, now not stated. It was: {row.before.rstrip('.')}."
    if row.what == What.NEW:
        return f"{row.label}: new. {row.after.rstrip('.')}."
    return f"{row.label}: from “{row.before.rstrip('.')}” to “{row.after.rstrip('.')}”."
