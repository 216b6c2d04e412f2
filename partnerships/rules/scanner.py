"""From the words people type to the tokens of the grammar.

Phrases that mean the same become one token ("not fewer than", "a minimum of"), words that carry no meaning for a rule
are dropped ("shall", "present"), and a comma or "and" is told apart by what follows it: between two names it makes a
list, otherwise it joins two clauses. Everything that is no word of the language is part of a name; a name that
contains such a word ("Health and Care") stands in quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from partnerships.rules.problems import Problem, RuleError
from partnerships.rules.vocabulary import SCAN, SCAN_VOTE

ENDS_A_NAME = re.compile(r"\s*(?:$|[,;).]|(?:and|or|plus|in favour)\b)", re.IGNORECASE)
NAME = {"WORD", "QUOTED"}
JOINERS = {"COMMA", "AND", "OR"}
ADDING = {"OFWHOM", "INCLUDING", "NOMORE", "ROUNDED", "AND", "OR", "WHICH", "WHICHEVER", "VACANCIES"}
TAILS = {"OFWHOM", "NOMORE", "ROUNDED", "WHICH", "WHICHEVER", "VACANCIES", "DISTINCT"}
AFTER_ALTERNATIVE = {"COMMA", "SEMI", "RPAR", "AND", "PLUS", "INCLUDING", "OFWHOM", "INFAVOUR", "PRESIDING", "IF",
                     "OTHERWISE", "DISTINCT", "NOMORE", "SINCE", "UNTIL"}  # fmt: skip
LONGEST_STATEMENT = 2000


@dataclass(frozen=True)
class Lexeme:
    """One token: its kind, the words that stand there, and their column."""

    kind: str
    text: str
    column: int


def scan_vote(body: str, line: int, column: int) -> list[Lexeme]:
    """The tokens of a voting rule, where "present" means something; a bare fraction is one of the votes cast."""
    out: list[Lexeme] = []
    lexemes = scan(body, line, column, SCAN_VOTE)
    for place, lexeme in enumerate(lexemes):
        out.append(lexeme)
        after = lexemes[place + 1].kind if place + 1 < len(lexemes) else ""
        if lexeme.kind == "FRACTION" and after in ("", "AND", "SEMI", "INCLUDING", "LISTAND"):
            out.append(Lexeme("CAST", "of the votes cast", lexeme.column))
    return out


def scan(body: str, line: int, column: int, pattern: re.Pattern[str] = SCAN) -> list[Lexeme]:
    """The tokens of one statement's body, which begins at ``line`` and ``column`` of the text."""
    if len(body) > LONGEST_STATEMENT:
        raise RuleError(
            (
                Problem(
                    line,
                    column,
                    f"This statement has {len(body):,} characters; the longest that is read has {LONGEST_STATEMENT:,}.",
                    "Split it into several statements, one a line.",
                ),
            )
        )
    found: list[Lexeme] = []
    place = 0
    while place < len(body):
        if body[place].isspace() or body[place] in ".!":
            place += 1
            continue
        match = pattern.match(body, place)
        if match is None:
            raise RuleError((unreadable(body, place, line, column),))
        kind = "WORD" if match.lastgroup == "MEMBERBODIES" else match.lastgroup or "WORD"
        if ends_a_name(match.group(), found) and ENDS_A_NAME.match(body, match.end()):
            kind = "WORD"
        if kind not in ("NOISE", "ABSENCE", "ORDEPUTY", "ORMORE", "WHOLLY"):
            found.append(Lexeme(kind, match.group(), column + place))
        place = match.end()
    return joined(bracketed(itemised(without_brackets(tailed(found)))))


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


def without_brackets(lexemes: list[Lexeme]) -> list[Lexeme]:
    """``lexemes`` without the brackets around what only adds to the clause before: "six members (of whom …)"."""
    out: list[Lexeme] = []
    dropped: list[bool] = []
    for place, lexeme in enumerate(lexemes):
        if lexeme.kind == "LPAR":
            after = [following.kind for following in lexemes[place + 1 : place + 4]]
            dropped.append(bool(after) and (after[0] in ADDING or "OFWHOM" in after))
            if dropped[-1]:
                continue
        elif lexeme.kind == "RPAR" and dropped and dropped.pop():
            continue
        out.append(lexeme)
    return out


def tailed(lexemes: list[Lexeme]) -> list[Lexeme]:
    """``lexemes`` without the semicolon before what only adds to the clause before it: "…; distinct people"."""
    out = []
    for place, lexeme in enumerate(lexemes):
        after = kind_at(lexemes, place + 1)
        if not ((lexeme.kind == "SEMI" and after in TAILS) or (lexeme.kind == "AND" and after == "DISTINCT")):
            out.append(lexeme)
    return out


def bracketed(lexemes: list[Lexeme]) -> list[Lexeme]:
    """``lexemes`` with brackets around the alternatives in "…, and X or Y" and "… and either X or Y"."""
    out: list[Lexeme] = []
    place = 0
    while place < len(lexemes):
        lexeme = lexemes[place]
        out.append(lexeme)
        place += 1
        after = lexemes[place] if place < len(lexemes) else None
        if lexeme.kind not in ("AND", "COMMA") or after is None:
            continue
        either = after.kind == "EITHER" and after.text.casefold() == "either"
        start = place + 1 if either else place
        comma = lexeme.kind == "AND" and len(out) > 1 and out[-2].kind == "COMMA"
        end = end_of_alternatives(lexemes, start, only_names=not either) if either or comma else None
        if end is not None:
            out.append(Lexeme("LPAR", "(", lexemes[start].column))
            out.extend(bracketed(lexemes[start:end]))
            out.append(Lexeme("RPAR", ")", lexemes[end - 1].column))
            place = end
    return out


def end_of_alternatives(lexemes: list[Lexeme], start: int, *, only_names: bool) -> int | None:
    """Where the alternatives end that begin at ``start``, or None where none are joined by "or"."""
    seen, place = False, start
    while place < len(lexemes):
        kind = lexemes[place].kind
        if kind == "LPAR":
            place = end_of(lexemes, place + 1)
        elif kind == "RPAR" or kind == "SEMI":
            break
        elif kind == "OR":
            seen = True
        elif seen and kind in AFTER_ALTERNATIVE and not (kind == "COMMA" and kind_at(lexemes, place + 1) == "OR"):
            break
        elif only_names and kind not in NAME | {"OF", "COMMA"}:
            return None
        place += 1
    return place if seen and place > start else None


def kind_at(lexemes: list[Lexeme], place: int) -> str:
    """The kind of the token at ``place``, or nothing after the end."""
    return lexemes[place].kind if place < len(lexemes) else ""


def itemised(lexemes: list[Lexeme]) -> list[Lexeme]:
    """``lexemes`` with a semicolon between the items of "the following", however they are joined."""
    out: list[Lexeme] = []
    place = 0
    while place < len(lexemes):
        out.append(lexemes[place])
        place += 1
        if out[-1].kind == "FOLLOWING":
            place = items(lexemes, place, out)
    return out


def items(lexemes: list[Lexeme], place: int, out: list[Lexeme]) -> int:
    """Append the items that begin at ``place``; where they end. Bracketed items end with the last bracket."""
    bracketed = place < len(lexemes) and lexemes[place].kind == "LPAR"
    end = end_of(lexemes, place)
    own = any(lexeme.kind == "SEMI" for lexeme in lexemes[place:end])
    while place < end:
        lexeme = lexemes[place]
        if lexeme.kind == "LPAR":
            close = end_of(lexemes, place + 1)
            out.extend([lexeme, *itemised(lexemes[place + 1 : close]), *lexemes[close : close + 1]])
            place = close + 1
            if bracketed and place < end and not separates(lexemes, place):
                return place
        elif (lexeme.kind in JOINERS and not own) or lexeme.kind == "SEMI":
            if out[-1].kind != "SEMI":
                out.append(Lexeme("SEMI", lexeme.text, lexeme.column))
            place += 1
        else:
            out.append(lexeme)
            place += 1
    return place


def separates(lexemes: list[Lexeme], place: int) -> bool:
    """Whether what stands at ``place`` leads on to another bracket."""
    while place < len(lexemes) and lexemes[place].kind in JOINERS | {"SEMI"}:
        place += 1
    return place < len(lexemes) and lexemes[place].kind == "LPAR"


def end_of(lexemes: list[Lexeme], place: int) -> int:
    """Where the bracket closes in which ``place`` stands, or the end."""
    depth = 0
    while place < len(lexemes):
        kind = lexemes[place].kind
        if kind == "LPAR":
            depth += 1
        elif kind == "RPAR":
            if depth == 0:
                return place
            depth -= 1
        place += 1
    return place


def joined(lexemes: list[Lexeme]) -> list[Lexeme]:
    """``lexemes`` with each comma, "and" and "or" told apart: LISTAND and LISTOR stand between names."""
    out: list[Lexeme] = []
    i = 0
    while i < len(lexemes):
        lexeme = lexemes[i]
        if lexeme.kind not in JOINERS:
            out.append(lexeme)
            i += 1
            continue
        following = i + 1
        kind = lexeme.kind
        while following < len(lexemes) and lexemes[following].kind in JOINERS | {"EITHER"}:
            if lexemes[following].kind in ("AND", "OR"):
                kind = lexemes[following].kind
            following += 1
        after = lexemes[following].kind if following < len(lexemes) else ""
        if after in NAME and kind == "COMMA" and out and out[-1].kind == "MEMBERS" and ends_in_or(lexemes, following):
            out.append(lexeme)  # "four members, the chair or vice-chair": all of them or one of three? It is refused
        elif after in NAME:
            out.append(
                Lexeme(
                    "LISTOR" if kind == "OR" or (kind == "COMMA" and ends_in_or(lexemes, following)) else "LISTAND",
                    lexeme.text,
                    lexeme.column,
                )
            )
        elif kind != "COMMA":
            out.append(Lexeme(kind, lexeme.text, lexeme.column))
        i = following
    return [lexeme for lexeme in out if lexeme.kind != "EITHER"]


def ends_in_or(lexemes: list[Lexeme], start: int) -> bool:
    """Whether the list of names that runs on from ``start`` has "or" before its last name."""
    for place, lexeme in enumerate(lexemes[start:], start):
        if lexeme.kind == "OR":
            return place + 1 < len(lexemes) and lexemes[place + 1].kind in NAME
        if lexeme.kind not in NAME | {"COMMA", "OF"}:
            return False
    return False
