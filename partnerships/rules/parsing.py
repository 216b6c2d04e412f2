"""Parsing of terms of reference: statements, their headings, and the clauses in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, UnexpectedToken
from lark.lexer import Lexer

from partnerships.rules.building import Builder
from partnerships.rules.clauses import Clause, Group
from partnerships.rules.lexemes import Lexeme
from partnerships.rules.limits import LONGEST_STATEMENT, check_length, check_number, check_statement
from partnerships.rules.printing import statement_text
from partnerships.rules.problems import Problem, RuleError
from partnerships.rules.refusals import refusal
from partnerships.rules.scanner import scan, scan_vote
from partnerships.rules.statements import Line, read_statement, statements_of
from partnerships.rules.terms import DiscretionRule, Note, Statement, Terms, VoteTest

GRAMMAR = Path(__file__).with_name("grammar.lark")
MOST_PROBLEMS = 20
SHOWN = 120
STARTS = ["quorum", "vote", "voters", "named"]


class Words(Lexer):
    """Hands the scanner's tokens to the parser; the parser itself never sees letters."""

    def __init__(self, lexer_conf: Any):
        del lexer_conf  # the scanner knows its tokens

    def lex(self, data: Any, parser_state: Any = None) -> Iterator[Token]:
        line, lexemes = data
        for lexeme in lexemes:
            yield Token(lexeme.kind, lexeme.text, line=line, column=lexeme.column)


@cache
def parser() -> Lark:
    """The parser of the grammar, with the tokens that the scanner makes."""
    grammar = GRAMMAR.read_text(encoding="utf-8")
    rules = "\n".join(line.partition("//")[0] for line in grammar.splitlines())
    tokens = sorted({word for word in _words(rules) if word.isupper() and len(word) > 1})
    return Lark(
        f"{grammar}\n%declare {' '.join(tokens)}\n",
        start=STARTS,
        parser="lalr",
        lexer=Words,
        transformer=Builder(),
        maybe_placeholders=False,
    )


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalpha() else " " for letter in text).split()


def parse_body(start: str, lexemes: list[Lexeme], line: int, end: int) -> Any:
    """What the tokens of one body mean. Raises :class:`RuleError` with the place of what does not fit."""
    try:
        return parser().parse((line, lexemes), start=start)
    except UnexpectedToken as error:
        raise RuleError((refusal(error, line, end),)) from error


def clause_of(body: str, line: int, column: int) -> Clause:
    """The quorum clause that ``body`` says."""
    clause: Clause = parse_body("quorum", scan(body, line, column), line, column + len(body))
    return clause


def vote_of(body: str, line: int, column: int) -> tuple[VoteTest, ...]:
    """What the votes must come to, as ``body`` says it."""
    tests: tuple[VoteTest, ...] = parse_body("vote", scan_vote(body, line, column), line, column + len(body))
    return tests


def group_of(body: str, line: int, column: int) -> Group:
    """The places of which ``body`` speaks."""
    group: Group = parse_body("voters", scan(body, line, column), line, column + len(body))
    return group


@lru_cache(maxsize=512)
def parse_terms(text: str) -> Terms:
    """The rules that ``text`` states, one statement a line; nothing stated is valid and means "not stated".

    Raises :class:`RuleError` with the problems found (the first twenty): line, column, what is wrong, and what would
    mend it.
    """
    check_length(text)
    placed: list[tuple[Line, Statement]] = []
    problems: list[Problem] = []
    for number, line in enumerate(statements_of(text), start=1):
        check_number(number, line.number)
        if len(problems) >= MOST_PROBLEMS:
            break
        try:
            statements = read_line(line)
            problems.extend(unsure(line, statement) for statement in statements if not reads_back(statement, line))
            placed.extend((line, statement) for statement in statements)
        except RuleError as error:
            problems.extend(at_least_in(line, problem) for problem in error.problems)
    problems.extend(repeated(placed))
    if problems:
        raise RuleError(tuple(problems))
    return Terms(tuple(statement for _line, statement in placed))


def reads_back(statement: Statement, line: Line) -> bool:
    """Whether the statement, written out, is read as the same: nothing is half-read."""
    if isinstance(statement, Note | DiscretionRule):
        return True
    text = statement_text(statement)
    if text == line.text:
        return True
    if len(text) > LONGEST_STATEMENT:
        return False
    try:
        return read_line(Line(text, 1)) == [statement]
    except RuleError:
        return False


def unsure(line: Line, statement: Statement) -> Problem:
    """The problem of a statement that would not be read back as the same."""
    text = statement_text(statement)
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN]} …"
    message = f"This is not understood for certain. The nearest reading is “{shown}”."
    if len(text) > LONGEST_STATEMENT:
        message = f"Written out, this rule has {len(text):,} characters; the longest has {LONGEST_STATEMENT:,}."
    return Problem(line.number, line.column, message, "Say it in shorter clauses, and put names in quotes.")


def at_least_in(line: Line, problem: Problem) -> Problem:
    """``problem`` with the place of its line, where what found it could not say more."""
    return problem if problem.line else replace(problem, line=line.number, column=line.column)


def read_line(line: Line) -> list[Statement]:
    """The statements that one line makes."""
    check_statement(line.text, line.number, line.column)
    return read_statement(line, clause_of=clause_of, vote_of=vote_of, group_of=group_of)


def repeated(placed: list[tuple[Line, Statement]]) -> list[Problem]:
    """Statements of one kind under one heading: which of them should hold? The place is the later one's."""
    seen: set[tuple[object, ...]] = set()
    problems = []
    for line, statement in placed:
        heading = getattr(statement, "when", None)
        if heading is None:
            continue
        key = (type(statement), heading, getattr(statement, "whose", None), getattr(statement, "group", None))
        if key in seen:
            problems.append(
                Problem(
                    line.number,
                    line.column,
                    f"Two statements say what holds for the same thing ({type_in_words(statement)}).",
                    "Keep one, join them with “and”, or give one a heading: a kind of decision or meeting, or a date.",
                )
            )
        seen.add(key)
    return problems


def type_in_words(statement: Statement) -> str:
    """What a statement is about, in a word or two."""
    name = type(statement).__name__.removesuffix("Rule").lower()
    return {"vote": "votes", "standing": str(getattr(statement, "whose", "")), "casting": "casting vote"}.get(
        name, name
    )
