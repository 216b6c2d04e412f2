"""How many there are by the words of a rule: "each of the two statutory partners" says two, whoever has a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from partnerships.rules.checking import check_terms
from partnerships.rules.facts import Seat
from partnerships.rules.names import NUMBERS, in_words, number_of, one_of, plain, plural, without_noun
from partnerships.rules.parsing import parse_terms
from partnerships.rules.problems import Problem

SO_MANY = re.compile(
    rf"\b(?:each|every one|all) (?:of )?(?:the )?(?P<number>{'|'.join(NUMBERS)}|\d{{1,2}}) "
    r"(?P<name>[\w’'&-]+(?: [\w’'&-]+){0,5})",
    re.IGNORECASE,
)


def check_text(text: str, seats: tuple[Seat, ...]) -> tuple[Problem, ...]:
    """What in the rules ``text`` does not fit the membership: as ``check_terms``, and numbers that are others."""
    return (*check_terms(parse_terms(text), seats), *miscounted(text, seats))


def miscounted(text: str, seats: tuple[Seat, ...]) -> Iterator[Problem]:
    """Where a rule says how many partners of a type there are, and another number of them has a place."""
    for line, words in enumerate(text.splitlines(), start=1):
        for found in SO_MANY.finditer(words):
            said, (name, there) = number_of(found["number"]), _named(found["name"], seats)
            if there and there != said:
                have = f"{plural(name)} have" if there > 1 else f"{one_of(name)} has"
                asks = f" It asks for each of the {in_words(there)}." if there > 1 else ""
                yield Problem(
                    line,
                    found.start() + 1,
                    f"“{found[0]}”: the rule says {in_words(said)}, and {in_words(there)} {have} a place.{asks}",
                    "Write the number that there are, or name those that are meant: “one from each of A and B”.",
                )


def _named(words: str, seats: tuple[Seat, ...]) -> tuple[str, int]:
    """The longest beginning of ``words`` that is a type of places, and how many agencies have such places."""
    parts = words.split(" ")
    for end in range(len(parts), 0, -1):
        name = " ".join(parts[:end])
        agencies = {seat.agency for seat in seats if plain(name) in _types(seat)}
        if agencies:
            return name, len(agencies)
    return words, 0


def _types(seat: Seat) -> set[str]:
    names = {plain(name) for name in seat.classes}
    return names | {without_noun(name) for name in names} - {""}
