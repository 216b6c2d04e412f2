"""Fractions and bases in words."""

from __future__ import annotations

from math import gcd

from partnerships.rules.clauses import Base, Rounding, Share
from partnerships.rules.names import in_words

PARTS = {3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth"}


def fraction_words(over: int, under: int, *, more: bool = False) -> str:
    """A fraction as people say it: "half", "two thirds", "40 %", "a majority"."""
    if more and (over, under) == (1, 2):
        return "a majority"
    prefix = "more than " if more else ""
    if (over, under) == (1, 2):
        return f"{prefix}half"
    if under in PARTS and gcd(over, under) == 1 and over < under:
        return f"{prefix}{in_words(over)} {PARTS[under]}{'s' if over > 1 else ''}"
    if under == 100:
        return f"{prefix}{over} %"
    decimals = len(str(under)) - 3
    if under == 100 * 10**decimals and decimals > 0:
        digits = str(over).rjust(decimals + 1, "0")
        return f"{prefix}{digits[:-decimals]}.{digits[-decimals:]} %"
    return f"{prefix}{over}/{under}"


def share_words(share: Share, size: int) -> str:
    """How a fraction comes to its number: "one third of 20 members in post, rounded up, never fewer than three"."""
    base = {
        Base.PLACES: "places",
        Base.IN_POST: "in post",
        Base.VOTING: "entitled to vote",
        Base.VOTING_PLACES: "voting places",
    }
    whole = share.over == share.under and not share.more
    fraction = "all" if whole else fraction_words(share.over, share.under, more=share.more)
    words = f"{fraction} of {size} {base[share.base]}"
    if not share.more and (size * share.over) % share.under:
        words += f", rounded {(share.rounding or Rounding.UP).value}"
    if share.floor is not None:
        words += f", never fewer than {in_words(share.floor)}"
    if share.ceiling is not None:
        words += f", never more than {in_words(share.ceiling)}"
    return words
