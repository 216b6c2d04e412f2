"""Sentences for what the parser did not expect: what stands there, and what would mend it."""

from __future__ import annotations

from lark import UnexpectedToken

from partnerships.rules.problems import Problem

NAMES = {"WORD", "QUOTED"}
COUNTS = {"NUMBER", "FRACTION", "MAJORITY"}


def refusal(error: UnexpectedToken, line: int, end: int) -> Problem:
    """The problem where the parser stopped."""
    token = error.token
    expected = set(error.accepts or error.expected or ())
    if token.type == "$END":
        return Problem(line, end, "The clause stops before it is complete.", at_the_end(expected))
    column = token.column or 1
    word = str(token).strip()
    return Problem(line, column, f"“{word}” does not fit here.", remedy(token.type, expected, word))


def at_the_end(expected: set[str]) -> str:
    """What is missing where the text ends."""
    if "INFAVOUR" in expected and not expected & NAMES:
        return "Say what is needed, such as “in favour”."
    if expected & NAMES and not expected & COUNTS:
        return "Name an agency, a class or a post."
    if "RPAR" in expected:
        return "Close the bracket with “)”."
    return "Say how many of whom, such as “six members” or “one from each of Council, Police, Fire”."


def remedy(kind: str, expected: set[str], word: str = "") -> str:
    """What would mend a token that does not fit."""
    if kind == "REFUSED" and word.casefold() in ("no", "none", "neither"):
        return "Write “not stated” where nothing is stated, and otherwise how many of whom are needed."
    if kind == "RPAR":
        return "Leave the bracket out, or open one before it with “(”."
    if kind in NAMES:
        if expected & {"LISTAND", "AND"} and not expected & NAMES:
            return "Join two clauses with “and” or “or”; a name that contains “and”, “of” or “from” stands in quotes."
        return "Say how many of whom; a name that contains a word of the language stands in quotes."
    if kind == "NUMBER" and not expected & COUNTS:
        return "Join two clauses with “and”; a name with a number in it stands in quotes."
    if expected & NAMES and not expected & COUNTS:
        return "A name is expected: an agency, a class or a post. One that is a word of the language stands in quotes."
    if kind in ("AND", "OR", "PLUS", "SEMI", "COLON"):
        return "Two clauses are joined by one word; leave this out, or say what follows it."
    return "Say how many of whom, such as “six members” or “one from each of Council, Police, Fire”."
