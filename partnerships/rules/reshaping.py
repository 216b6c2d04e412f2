"""Tokens put into the order that the grammar expects: brackets that add nothing, lists, alternatives, items.

A comma, "and" and "or" are told apart by what follows: between two names they make a list, otherwise they join clauses.
"""

from __future__ import annotations

from partnerships.rules.lexemes import JOINERS, NAME, Lexeme, end_of, ends_in_or, kind_at
from partnerships.rules.problems import Problem, RuleError

ADDING = {
    "OFWHOM",
    "INCLUDING",
    "NOMORE",
    "ROUNDED",
    "AND",
    "OR",
    "WHICH",
    "WHICHEVER",
    "VACANCIES",
    "DIFFERENTAGENCIES",
}
TAILS = {"OFWHOM", "NOMORE", "ROUNDED", "WHICH", "WHICHEVER", "VACANCIES", "DISTINCT"}
AFTER_ALTERNATIVE = {"COMMA", "SEMI", "RPAR", "AND", "PLUS", "INCLUDING", "OFWHOM", "INFAVOUR", "PRESIDING", "IF",
                     "OTHERWISE", "DISTINCT", "NOMORE", "SINCE", "UNTIL"}  # fmt: skip


def without_brackets(lexemes: list[Lexeme]) -> list[Lexeme]:
    """``lexemes`` without the brackets around what only adds to the clause before: "six members (of whom …)"."""
    out: list[Lexeme] = []
    dropped: list[bool] = []
    for place, lexeme in enumerate(lexemes):
        if lexeme.kind == "LPAR":
            after = [following.kind for following in lexemes[place + 1 : place + 4]]
            dropped.append(bool(after) and (after[0] in ADDING | {"RPAR"} or "OFWHOM" in after))
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


def numbered(lexemes: list[Lexeme]) -> list[Lexeme]:
    """``lexemes`` with the noun that "five, of whom …" and "half of each side" leave out; "both co-chairs" are two."""
    out: list[Lexeme] = []
    skipped: set[int] = set()
    for place, lexeme in enumerate(lexemes):
        after = kind_at(lexemes, place + 1)
        if place in skipped:
            continue
        if lexeme.kind == "EACH" and (number := share_of_each(out)) is not None:
            words = (("OF", "of"), ("MEMBERS", "members"), ("FROM", "from"))
            out[number + 1 :] = [*(Lexeme(kind, text, lexeme.column) for kind, text in words), lexeme]
            said = next((step for step in (1, 2) if kind_at(lexemes, place + step) == "NUMBER"), 0)
            skipped.add(place + said)  # "each of the two groups": how many there are, the membership says
            continue
        if lexeme.kind == "EITHER" and lexeme.text.casefold() == "both" and is_one_name(lexemes, place + 1):
            out.append(Lexeme("NUMBER", "two", lexeme.column))
            continue
        out.append(lexeme)
        if lexeme.kind == "NUMBER" and after == "COMMA" and kind_at(lexemes, place + 2) in ("OFWHOM", "ALLWHOM"):
            out.append(Lexeme("MEMBERS", "members", lexeme.column))
    return out


def share_of_each(out: list[Lexeme]) -> int | None:
    """Where the fraction stands in "half of each side", "a majority in each of the groups"; None where none does."""
    last = len(out) - 1
    if kind_at(out, last) in ("OF", "FROM"):
        last -= 1
    return last if kind_at(out, last) in ("FRACTION", "MAJORITY") else None


def is_one_name(lexemes: list[Lexeme], place: int) -> bool:
    """Whether one name stands at ``place`` and no list of two."""
    start = place
    while kind_at(lexemes, place) in NAME:
        place += 1
    return place > start and kind_at(lexemes, place) != "AND"


def sectioned(lexemes: list[Lexeme], line: int) -> list[Lexeme]:
    """``lexemes`` with brackets around the parts between semicolons that hold an "or": a semicolon binds last."""
    if any(lexeme.kind == "FOLLOWING" for lexeme in lexemes):
        return lexemes
    parts = parts_of(lexemes)
    out: list[Lexeme] = []
    for number, part in enumerate(parts):
        first = part[0].kind if part else ""
        if first == "OR" and number:
            return with_or(parts, line)
        if number and first not in ("AND", "PLUS", "OTHERWISE", "WITHPLUS"):
            out.append(Lexeme("SEMI", ";", part[0].column if part else lexemes[-1].column))
        joiner = part[:1] if first in ("AND", "PLUS", "OTHERWISE", "WITHPLUS") else []
        rest = part[len(joiner) :]
        plain = len(parts) == 1 or first == "OTHERWISE" or not has_or(rest)
        out.extend([*joiner, *(rest if plain else in_brackets(rest))])
    return out


def with_or(parts: list[list[Lexeme]], line: int) -> list[Lexeme]:
    """ "…; or …": the two sides, each in brackets. Of more parts it is not clear which are the alternatives."""
    if len(parts) > 2 or len(parts[1]) < 2 or not parts[0]:
        message = "“; or” after several parts can be read in two ways."
        remedy = "Put the alternatives in brackets: “A and (B or C)”, or “A or B or C”."
        raise RuleError((Problem(line, parts[-1][0].column if parts[-1] else 1, message, remedy),))
    return [*in_brackets(parts[0]), parts[1][0], *in_brackets(parts[1][1:])]


def in_brackets(lexemes: list[Lexeme]) -> list[Lexeme]:
    """``lexemes`` between brackets."""
    return [Lexeme("LPAR", "(", lexemes[0].column), *lexemes, Lexeme("RPAR", ")", lexemes[-1].column)]


def has_or(lexemes: list[Lexeme]) -> bool:
    """Whether an "or" stands there outside all brackets."""
    depth = 0
    for lexeme in lexemes:
        depth += (lexeme.kind == "LPAR") - (lexeme.kind == "RPAR")
        if lexeme.kind == "OR" and depth == 0:
            return True
    return False


def parts_of(lexemes: list[Lexeme]) -> list[list[Lexeme]]:
    """``lexemes`` taken apart at the semicolons outside all brackets."""
    parts: list[list[Lexeme]] = [[]]
    depth = 0
    for lexeme in lexemes:
        depth += (lexeme.kind == "LPAR") - (lexeme.kind == "RPAR")
        if lexeme.kind == "SEMI" and depth == 0:
            parts.append([])
        else:
            parts[-1].append(lexeme)
    return parts


CONDITION_ENDS = {"APPOINTED", "VACANT", "INPOSTCMP", "MEETING", "DECISION", "SINCE", "UNTIL"}
CLAUSE_JOINERS = {"AND", "OR", "PLUS", "WITHPLUS"}


def conditioned(lexemes: list[Lexeme], line: int) -> list[Lexeme]:
    """``lexemes`` with brackets around all that a condition governs: "if …, A and B, otherwise C and D"."""
    out: list[Lexeme] = []
    place = 0
    while place < len(lexemes):  # what stands in brackets, first
        out.append(lexemes[place])
        if lexemes[place].kind == "LPAR":
            close = end_of(lexemes, place + 1)
            out.extend(conditioned(lexemes[place + 1 : close], line))
            place = close
        else:
            place += 1
    otherwise = next(iter(outside(out, {"OTHERWISE"})), len(out))
    ends = [end for end in outside(out, CONDITION_ENDS) if end < otherwise]
    if not ends:
        return out
    first = out[0].kind == "IF" or ends[0] == 0
    start = next((end for end in outside(out, {"IF", *CONDITION_ENDS}) if end <= ends[0]), 0)
    if not first and (otherwise < len(out) or kind_at(out, start) == "IF"):
        refuse_joined_before(out[:start], line)
    rest = conditioned(out[otherwise + 1 :], line) if otherwise < len(out) else []
    then = out[ends[0] + 1 : otherwise] if first else []
    kept = out[: ends[0] + 1] if first else out[:otherwise]
    return [*kept, *together(then), *out[otherwise : otherwise + 1], *together(rest)]


def refuse_joined_before(lexemes: list[Lexeme], line: int) -> None:
    """ "A and B if …": does the condition bind both? A comma before "and" says that it binds the second alone."""
    for place in outside(lexemes, CLAUSE_JOINERS):
        names = kind_at(lexemes, place - 1) in NAME and kind_at(lexemes, place + 1) in NAME
        if kind_at(lexemes, place - 1) != "COMMA" and not (names and lexemes[place].kind == "OR"):
            message = "The condition can be read in two ways: it binds both clauses before it, or the last alone."
            remedy = "Put in brackets what it binds: “(A and B) if …”, or “A and (B if …)”."
            raise RuleError((Problem(line, lexemes[place].column, message, remedy),))


def outside(lexemes: list[Lexeme], kinds: set[str]) -> list[int]:
    """Where tokens of these kinds stand outside all brackets."""
    found, depth = [], 0
    for place, lexeme in enumerate(lexemes):
        depth += (lexeme.kind == "LPAR") - (lexeme.kind == "RPAR")
        if depth == 0 and lexeme.kind in kinds:
            found.append(place)
    return found


def together(lexemes: list[Lexeme]) -> list[Lexeme]:
    """``lexemes`` in brackets where they are more than one clause, a comma at either end left out."""
    while lexemes and lexemes[0].kind in ("COMMA", "SEMI"):
        lexemes = lexemes[1:]
    ends = lexemes[-1:] if lexemes and lexemes[-1].kind in ("COMMA", "SEMI") else []
    inner = lexemes[: len(lexemes) - len(ends)]
    return [*in_brackets(inner), *ends] if outside(inner, CLAUSE_JOINERS) else lexemes


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
            place = min(end_of(lexemes, place + 1), len(lexemes) - 1)
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


def joined(lexemes: list[Lexeme], line: int) -> list[Lexeme]:
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
