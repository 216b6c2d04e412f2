"""Finding one's way among the children of a rule of the grammar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from lark import Token

from partnerships.rules.clauses import Rounding
from partnerships.rules.pieces import Least, number_in, problem

Kind = TypeVar("Kind")


def pick(children: list[Any], kind: type[Kind]) -> Kind | None:
    """The first child of that type, or None."""
    return next((child for child in children if isinstance(child, kind)), None)


def token_of(children: list[Any], *types: str) -> Token | None:
    """The first token of one of those types, or None."""
    return next((child for child in children if isinstance(child, Token) and child.type in types), None)


def the_token(children: list[Any], *types: str) -> Token:
    """The first token of one of those types, where the grammar has one."""
    return next(child for child in children if isinstance(child, Token) and child.type in types)


def the(children: list[Any], kind: type[Kind]) -> Kind:
    """The first child of that type, where the grammar has one."""
    return next(child for child in children if isinstance(child, kind))


def values(children: list[Any]) -> list[Any]:
    """The children that are no tokens."""
    return [child for child in children if not isinstance(child, Token)]


def n_in(children: list[Any]) -> tuple[int, Token]:
    """The number that a clause asks for, and its token; "more than three" asks for four."""
    token = the_token(children, "NUMBER")
    least = pick(children, Least)
    number = number_in(token) + bool(least and least.more)
    if number < 1:
        raise problem(token, "A clause that asks for nobody says nothing.", "Ask for one or more, or leave it out.")
    return number, token


def safe_day(token: Token, read: Callable[[str], dt.date]) -> dt.date:
    """The date in ``token``, or the error at its place."""
    try:
        return read(str(token))
    except ValueError as error:
        raise problem(token, f"“{token}” names no day of the calendar.", "Write it as 1 April 2025.") from error


def way_of(words: str) -> Rounding:
    """The way to round that the words say: "rounded up to the nearest whole number" is up."""
    words = words.casefold()
    return Rounding.DOWN if " down" in words else Rounding.UP if " up" in words else Rounding.NEAREST


def is_lower(words: str) -> bool:
    """Whether "whichever is the …" asks for the lower of the two."""
    return any(word in words.casefold() for word in ("lower", "lesser", "smaller", "fewer", "less"))
