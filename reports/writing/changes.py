"""What changed between two texts, paragraph by paragraph and word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from reports.writing.blocks import Block

# Two paragraphs with less in common are one that is gone and one that is new, not one that changed.
ALIKE = 0.4


class What(StrEnum):
    """What became of a paragraph or of some words; the value says it to whoever reads."""

    SAME = "unchanged"
    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """Words in a row that are alike in both texts, or new, or gone."""

    what: What
    words: str


@dataclass(frozen=True)
class Change:
    """One paragraph: what became of it, its key where it is still there, and its words in pieces."""

    what: What
    key: str
    pieces: tuple[Piece, ...]


def changes(before: Sequence[Block], after: Sequence[Block]) -> list[Change]:
    """Every paragraph of both, in the order of ``after``; what is gone stands where it was."""
    found: list[Change] = []
    matcher = SequenceMatcher(None, [one.words for one in before], [one.words for one in after], autojunk=False)
    for _tag, first, end, new_first, new_end in matcher.get_opcodes():
        found.extend(_stretch(before[first:end], after[new_first:new_end]))
    return found


def has_changed(found: Sequence[Change]) -> bool:
    """Whether anything did."""
    return any(change.what is not What.SAME for change in found)


def _stretch(before: Sequence[Block], after: Sequence[Block]) -> Iterator[Change]:
    """Paragraphs of one stretch in pairs, as far as they have something in common."""
    left = list(before)
    for block in after:
        partner = next((one for one in left if _alike(one.words, block.words)), None)
        if partner is None:
            yield Change(What.NEW, block.key, (Piece(What.NEW, block.words),))
            continue
        while left[0] is not partner:
            yield _gone(left.pop(0))
        left.pop(0)
        same = partner.words == block.words
        pieces = (Piece(What.SAME, block.words),) if same else tuple(_words(partner.words, block.words))
        yield Change(What.SAME if same else What.CHANGED, block.key, pieces)
    for block in left:
        yield _gone(block)


def _gone(block: Block) -> Change:
    return Change(What.GONE, "", (Piece(What.GONE, block.words),))


def _alike(before: str, after: str) -> bool:
    matcher = SequenceMatcher(None, before.split(), after.split(), autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _words(before: str, after: str) -> Iterator[Piece]:
    old, new = before.split(), after.split()
    for tag, first, end, new_first, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(What.SAME, " ".join(new[new_first:new_end]))
            continue
        if end > first:
            yield Piece(What.GONE, " ".join(old[first:end]))
        if new_end > new_first:
            yield Piece(What.NEW, " ".join(new[new_first:new_end]))
