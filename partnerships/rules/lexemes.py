"""The tokens of the language, and finding one's way among them."""

from __future__ import annotations

from dataclasses import dataclass

NAME = frozenset({"WORD", "QUOTED"})
JOINERS = frozenset({"COMMA", "AND", "OR"})


@dataclass(frozen=True)
class Lexeme:
    """One token: its kind, the words that stand there, and their column."""

    kind: str
    text: str
    column: int


def kind_at(lexemes: list[Lexeme], place: int) -> str:
    """The kind of the token at ``place``, or nothing beyond the end."""
    return lexemes[place].kind if 0 <= place < len(lexemes) else ""


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
    return len(lexemes)


def ends_in_or(lexemes: list[Lexeme], start: int) -> bool:
    """Whether the list of names that runs on from ``start`` has "or" before its last name."""
    for place, lexeme in enumerate(lexemes[start:], start):
        if lexeme.kind == "OR":
            return place + 1 < len(lexemes) and lexemes[place + 1].kind in NAME
        if lexeme.kind not in NAME | {"COMMA", "OF"}:
            return False
    return False
