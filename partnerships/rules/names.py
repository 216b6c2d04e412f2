"""Names and numbers as people write them: plural or singular, with or without "the", in words or digits."""

from __future__ import annotations

import re
from functools import lru_cache

UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
NUMBERS = {word: number for number, word in enumerate(UNITS)} | TENS
ORDINALS = {
    "half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "twelfth": 12, "twentieth": 20,
}  # fmt: skip
SMALLEST_FOR_DIGITS = 13

# What stands for organisations or areas and not for people: "four districts" are four different ones.
UNIT_NOUNS = frozenset(
    [
        "agency",
        "authority",
        "organisation",
        "organization",
        "body",
        "partner",
        "district",
        "borough",
        "council",
        "trust",
        "constituency",
        "area",
        "sector",
        "force",
        "service",
        "parish",
        "ward",
        "county",
        "region",
        "locality",
        "department",
        "directorate",
        "institution",
        "employer",
        "board",
        "practice",
        "college",
        "school",
        "provider",
        "association",
        "company",
        "union",
        "federation",
        "stakeholder",
    ]
)


# What is said of a person: "no independent chair", not "nobody from independent chair".
PERSON_NOUNS = frozenset(
    {
        "chair", "chairman", "chairperson", "president", "convenor", "member", "councillor", "officer", "director",
        "clinician", "person", "nurse", "doctor", "treasurer", "secretary", "commander", "representative", "governor",
        "chief", "executive", "leader", "parent", "trustee", "observer", "adviser", "advisor", "tenant", "student",
    }
)  # fmt: skip


# "Two co-opted members" are two places of the class "co-opted member", as of the class "co-opted".
PEOPLE_NOUNS = (" member", " representative", " delegate", " nominee")


def without_noun(label: str) -> str:
    """A plain label without the noun for people that a rule takes as such: "lay member" → "lay"; or nothing."""
    return next((label.removesuffix(noun) for noun in PEOPLE_NOUNS if label.endswith(noun)), "")


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """``name`` for comparing: no case, no article, single spaces, the last word in the singular.

    >>> plain("The Responsible  Authorities")
    'responsible authority'
    """
    words = re.sub(r"[\s\-‐‑–]+", " ", name.replace("’", "'")).strip().casefold().split()
    if len(words) > 1 and words[0] in {"the", "a", "an"}:
        words = words[1:]
    if not words:
        return ""
    return " ".join((*words[:-1], singular(words[-1])))


def singular(word: str) -> str:
    """The singular of one English noun, well enough to match what people type."""
    word = re.sub(r"'s?$", "", word) or word
    if word in {"people", "persons"}:
        return "person"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def plural(phrase: str) -> str:
    """The plural of a noun phrase; a phrase that is one already stays."""
    head, _, last = phrase.rpartition(" ")
    lower = last.casefold()
    if singular(lower) != lower or last.isupper() or not last:
        return phrase
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        many = last[:-1] + "ies"
    elif lower.endswith(("s", "x", "ch", "sh")):
        many = last + "es"
    else:
        many = last + "s"
    return f"{head} {many}".strip()


def one_of(phrase: str) -> str:
    """The singular of a noun phrase, its case kept: "Responsible Authorities" → "Responsible Authority"."""
    head, _, last = phrase.rpartition(" ")
    lower = last.casefold()
    single = singular(lower)
    if single == lower or last.isupper():
        return phrase
    stem = last[: len(single)] if lower.startswith(single) else last[:-3] + "y"
    return f"{head} {stem}".strip()


def names_units(name: str) -> bool:
    """Whether ``name`` stands for organisations or areas ("responsible authorities") and not for people."""
    return plain(name).rpartition(" ")[2] in UNIT_NOUNS


def number_of(text: str) -> int:
    """The whole number that ``text`` says, in digits or in words up to ninety-nine."""
    text = text.strip().casefold()
    if text.isdigit():
        return int(text)
    total = 0
    for word in re.split(r"[\s\-]+", text):
        total += NUMBERS[word]
    return total


def in_words(number: int) -> str:
    """``number`` as running text has it: words up to twelve, then digits."""
    return UNITS[number] if 0 <= number < SMALLEST_FOR_DIGITS else str(number)


def listed(words: tuple[str, ...] | list[str], last: str = "and") -> str:
    """``words`` as a list in a sentence: "A, B and C"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def sentence(text: str) -> str:
    """``text`` with a capital at its start and a full stop at its end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".") if text else ""


def are_people(name: str) -> bool:
    """Whether ``name`` is a plural of people: "councillors", "lay members"; of these a rule must say how many."""
    last = name.rpartition(" ")[2].casefold()
    return singular(last) != last and singular(last) in PERSON_NOUNS


BODIES = frozenset(
    {
        "partners",
        "agencies",
        "organisations",
        "organizations",
        "authorities",
        "bodies",
        "districts",
        "boroughs",
        "parishes",
    }
)


def are_bodies(name: str) -> bool:
    """Whether ``name`` is a plural of bodies: "statutory partners"; of these too a rule must say how many."""
    return name.rpartition(" ")[2].casefold() in BODIES
