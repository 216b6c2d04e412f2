"""
Whether two referrals could be about the same incident: by kind, by the days on which they were known, and by words.

It is a hint for somebody who decides, never a decision: what is alike is said, and nothing is joined.
"""

import datetime as dt
import re
from dataclasses import dataclass

NEAR = 21  # days: agencies hear of the same incident at different times
ALIKE = 0.34  # of all words of the two, how many stand in both
LITTLE = frozenset({"and", "are", "been", "for", "from", "had", "has", "have", "its", "sample", "that", "the", "their",
                    "they", "was", "were", "when", "which", "while", "who", "with"})  # fmt: skip
WORD = re.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Incident:
    """What is compared of a referral or a case: its kind, the day it was known, and a few safe words."""

    kind: str
    known_on: dt.date | None
    words: str


def alike(one: Incident, other: Incident) -> tuple[str, ...]:
    """Why the two could be the same, in words; empty where nothing says so. The order of the two does not matter."""
    apart = _apart(one, other)
    shared, share = _shared(one.words, other.words)
    is_near = apart is not None and apart <= NEAR
    is_same_kind = one.kind == other.kind
    if not ((is_near and (share >= ALIKE or (is_same_kind and apart == 0))) or (is_same_kind and share >= 2 * ALIKE)):
        return ()
    reasons = ["the same kind"] if is_same_kind else []
    if is_near:
        reasons.append("known on the same day" if apart == 0 else f"known {apart} day{'' if apart == 1 else 's'} apart")
    if shared:
        reasons.append(f"the same words: {', '.join(shared)}")
    return tuple(reasons)


def _apart(one: Incident, other: Incident) -> int | None:
    if one.known_on is None or other.known_on is None:
        return None
    return abs((one.known_on - other.known_on).days)


def _shared(one: str, other: str) -> tuple[list[str], float]:
    """The words that stand in both, and their share of all."""
    first, second = _words(one), _words(other)
    both = first & second
    return sorted(both), len(both) / len(first | second) if both else 0.0


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.lower())) - LITTLE
