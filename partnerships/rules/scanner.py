"""From the words people type to the tokens of the grammar.

Phrases that mean the same become one token ("not fewer than", "a minimum of"), words that carry no meaning for a rule
are dropped ("shall", "present"), and a comma or "and" is told apart by what follows it: between two names it makes a
list, otherwise it joins two clauses. Everything that is no word of the language is part of a name; a name that
contains such a word ("Health and Care") stands in quotes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from string import ascii_lowercase, ascii_uppercase

from partnerships.rules.ambiguity import refuse_two_readings
from partnerships.rules.lexemes import JOINERS, NAME, Lexeme, kind_at
from partnerships.rules.limits import check_depth, check_statement
from partnerships.rules.problems import Problem, RuleError
from partnerships.rules.reshaping import (
    bracketed,
    conditioned,
    itemised,
    joined,
    numbered,
    sectioned,
    tailed,
    without_brackets,
)
from partnerships.rules.vocabulary import SCAN, SCAN_VOTE

ENDS_A_NAME = re.compile(r"\s*(?:$|[,;).]|(?:and|or|plus|in favour)\b)", re.IGNORECASE)
# Phrases that stand for a token of another name.
RENAMED = {"MEMBERBODIES": "WORD", "MEMBERREPS": "WORD", "HALFPLUS": "MAJORITY", "NONEWHOM": "EXCLUDING"}
SMALL_LETTERS = str.maketrans(ascii_uppercase, ascii_lowercase)
WHICHEVER = "whichever is the greater"
ARTICLES = {"the", "a", "an"}
DROPPED = {"NOISE", "INWORDS", "THEBODY", "PRESENCEOF", "ABSENCE", "ORDEPUTY", "ORMORE", "WHOLLY"}


def scan_vote(body: str, line: int, column: int) -> list[Lexeme]:
    """The tokens of a voting rule, where "present" means something; a bare fraction is one of the votes cast."""
    out: list[Lexeme] = []
    lexemes = scan(body, line, column, SCAN_VOTE)
    for place, lexeme in enumerate(lexemes):
        kinds = kinds_of(lexemes[place : place + 4])
        if kinds in (["MAJORITY", "OF", "ATLEAST", "FRACTION"], ["MAJORITY", "OF", "MORETHAN", "FRACTION"]):
            continue  # "a majority of at least two thirds" is at least two thirds
        if lexeme.kind == "OF" and not out and kind_at(lexemes, place - 1) == "MAJORITY":
            continue
        votes = lexeme.kind == "CAST" and kind_at(out, len(out) - 1) == "NUMBER"  # "four votes" are four in favour
        out.append(replace(lexeme, kind="INFAVOUR") if votes else lexeme)
        if lexeme.kind == "UNANIMOUSOF" and kind_at(lexemes, place + 1) in NAME:
            out.append(Lexeme("ALL", "all", lexeme.column))
        after = lexemes[place + 1].kind if place + 1 < len(lexemes) else ""
        if lexeme.kind == "FRACTION" and after in ("", "AND", "SEMI", "INCLUDING", "LISTAND"):
            out.append(Lexeme("CAST", "of the votes cast", lexeme.column))
    return out


def scan(body: str, line: int, column: int, pattern: re.Pattern[str] = SCAN) -> list[Lexeme]:
    """The tokens of one statement's body, which begins at ``line`` and ``column`` of the text."""
    check_statement(body, line, column)
    found = tokens(body, line, column, pattern)
    check_depth(found, line)
    parts = sectioned(without_brackets(tailed(numbered(found))), line)
    whole = bracketed(itemised(conditioned(parts, line)))
    refuse_two_readings(whole, body, line, column)
    return joined(whole, line)


def tokens(body: str, line: int, column: int, pattern: re.Pattern[str]) -> list[Lexeme]:
    """The tokens as they stand, words that carry no meaning left out."""
    found: list[Lexeme] = []
    small = body.translate(SMALL_LETTERS)  # of the same length, unlike lower()
    greater: Lexeme | None = None
    place = 0
    while place < len(body):
        if body[place].isspace() or body[place] in ".!":
            place += 1
            continue
        match = pattern.match(small, place)
        if match is None:
            raise RuleError((unreadable(body, place, line, column),))
        kind = RENAMED.get(match.lastgroup or "WORD", match.lastgroup or "WORD")
        text = body[place : match.end()]
        if ends_a_name(text, found) and ENDS_A_NAME.match(body, match.end()):
            kind = "WORD"
        add(found, Lexeme(kind, text, column + place), line)
        place = match.end()
        if match.lastgroup == "ORWHERE":
            greater = Lexeme("WHICH", WHICHEVER, column + len(body))
    return [*found, greater] if greater is not None else found


def add(found: list[Lexeme], lexeme: Lexeme, line: int) -> None:
    """``lexeme`` at the end of those found, or what it stands for."""
    kind, before = lexeme.kind, kind_at(found, len(found) - 1)
    if kind == "INROOM":
        message = f"“{lexeme.text}” is a rule about remote attendance, and stands on a line of its own."
        remedy = "Leave it out here, and write “remote: do not count” below."
        raise RuleError((Problem(line, lexeme.column, message, remedy),))
    if kind == "NOISE" and lexeme.text.casefold() in ARTICLES and before in JOINERS:
        found[-1] = replace(found[-1], text=f"{found[-1].text} the")
    elif kind == "THECOUNCIL":
        of_the_council(found, lexeme, line)
    elif words := instead(found, lexeme):
        found.extend(replace(lexeme, kind=name, text=text) for name, text in words)
    elif kind not in DROPPED and not (kind == "COMMA" and before == "COMMA"):
        found.append(lexeme)


def instead(found: list[Lexeme], lexeme: Lexeme) -> tuple[tuple[str, str], ...]:
    """The tokens for which a phrase stands where it stands for several, or for another than its own."""
    kind, text = lexeme.kind, lexeme.text
    if kind == "THEBODY" and kind_at(found, len(found) - 1) == "EACH":
        return ("OF", "of"), ("WORD", text.split()[-1])
    if kind == "PERAGENCY" and text.casefold().startswith("one ") and "NOMORE" not in kinds_of(found[-4:]):
        return ("NUMBER", "one"), ("WORD", text.split(maxsplit=1)[1])
    if kind == "NOTALLSAME":  # they come from two agencies at least
        return ("INCLUDING", "including"), ("NUMBER", "two"), ("DIFFERENT", "different"), ("WORD", "agencies")
    if kind == "ORWHERE":  # "three or, where greater, one third": whichever is the greater, which is said at the end
        return (("OR", text),)
    if kind == "MEMBERS" and is_end_of_title(found, lexeme):  # "Integrated Care Board members"
        title, noun = text.split(maxsplit=1)
        return ("WORD", title), ("MEMBERS", noun)
    return (("NUMBER", "one"), ("OTHER", "other")) if kind == "ANOTHER" else ()


def is_end_of_title(found: list[Lexeme], lexeme: Lexeme) -> bool:
    """Whether "Board members" stands after the beginning of a name in capitals, whose end "Board" then is."""
    starts = re.match(r"(?:Board|Committee) ", lexeme.text) is not None
    return starts and kind_at(found, len(found) - 1) == "WORD" and found[-1].text[:1].isupper()


def kinds_of(lexemes: list[Lexeme]) -> list[str]:
    """The kinds of the tokens."""
    return [lexeme.kind for lexeme in lexemes]


def of_the_council(found: list[Lexeme], lexeme: Lexeme, line: int) -> None:
    """ "Of the council": after "the whole number of members" this body, and otherwise it may be an agency's name."""
    kinds = kinds_of(found[-2:])
    name = lexeme.text.split()[-1]
    if "TOTAL" in kinds or "WHOLE" in kinds:
        return
    if kinds[-1:] in (["MEMBERS"], ["FRACTION"], ["MAJORITY"]):
        words = f"{found[-1].text.strip()} {lexeme.text}"
        message = f"“{words}” can be read in two ways: all of this body, or those of an agency."
        remedy = f"Write “members” for all of them, or “members from {name}” for that agency’s."
        raise RuleError((Problem(line, lexeme.column, message, remedy),))
    found.extend([replace(lexeme, kind="OF"), replace(lexeme, kind="WORD", text=name)])


def ends_a_name(word: str, found: list[Lexeme]) -> bool:
    """Whether a word of the language may be part of a name where a name ends: "Agency A", "Ward 3"."""
    return word == "A" or (word.isdigit() and bool(found) and found[-1].kind == "WORD")


def unreadable(body: str, place: int, line: int, column: int) -> Problem:
    """The problem of a character that is no part of the language."""
    if body[place] in '"“':
        return Problem(line, column + place, "A quotation mark is opened and not closed.", 'Close it with ".')
    return Problem(
        line,
        column + place,
        f"The character “{body[place]}” has no meaning in a rule.",
        "Leave it out, or put the name that contains it in quotation marks.",
    )
