"""How long and how deep a rule may be. Terms of reference are a page; anything beyond is a slip or an attack."""

from __future__ import annotations

from partnerships.rules.lexemes import Lexeme
from partnerships.rules.problems import Problem, RuleError

LONGEST_TEXT = 8000
LONGEST_STATEMENT = 2000
MOST_STATEMENTS = 60
DEEPEST = 20


def check_length(text: str) -> None:
    """Raises :class:`RuleError` for a text longer than any terms of reference."""
    if len(text) > LONGEST_TEXT:
        raise RuleError(
            (
                Problem(
                    text.count("\n", 0, LONGEST_TEXT) + 1,
                    LONGEST_TEXT - text.rfind("\n", 0, LONGEST_TEXT),
                    f"The text has {len(text):,} characters; the longest that is read has {LONGEST_TEXT:,}.",
                    "Keep the rules alone and leave the rest of the document out.",
                ),
            )
        )


def check_statement(text: str, line: int, column: int) -> None:
    """Raises :class:`RuleError` for a statement longer than anybody could take in."""
    if len(text) > LONGEST_STATEMENT:
        message = f"This statement has {len(text):,} characters; the longest that is read has {LONGEST_STATEMENT:,}."
        raise RuleError((Problem(line, column, message, "Split it into several statements, one a line."),))


def check_number(number: int, line: int) -> None:
    """Raises :class:`RuleError` for more statements than any terms of reference make."""
    if number > MOST_STATEMENTS:
        message = f"The text makes more than {MOST_STATEMENTS} statements."
        raise RuleError((Problem(line, 1, message, "Keep the rules of one body, and join or leave out the others."),))


def check_depth(lexemes: list[Lexeme], line: int) -> None:
    """Raises :class:`RuleError` where brackets are nested too deep or do not pair."""
    depth = 0
    opened: list[Lexeme] = []
    for lexeme in lexemes:
        if lexeme.kind == "LPAR":
            depth += 1
            opened.append(lexeme)
            if depth > DEEPEST:
                message = f"The clause is nested more than {DEEPEST} deep."
                raise RuleError((Problem(line, lexeme.column, message, "Write it as several simpler clauses."),))
        elif lexeme.kind == "RPAR" and opened:
            depth -= 1
            opened.pop()
    if opened:
        message = "A bracket is opened here and never closed."
        raise RuleError((Problem(line, opened[-1].column, message, "Close it with “)”."),))
