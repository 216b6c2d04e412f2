"""Warnings about terms held against a membership: names that no place carries, clauses that can never be met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from difflib import get_close_matches

from partnerships.rules.clauses import (
    AllOf,
    AnyOf,
    Asks,
    AtLeast,
    Clause,
    FromEach,
    FromEvery,
    Group,
    Presiding,
    SomeOf,
    When,
)
from partnerships.rules.explaining import shortfall
from partnerships.rules.facts import Seat
from partnerships.rules.measuring import holds
from partnerships.rules.names import plain, sentence, without_noun
from partnerships.rules.planning import Membership, mask_all, plan_of
from partnerships.rules.problems import Problem
from partnerships.rules.terms import (
    BlockRule,
    CastingRule,
    QuorumRule,
    StandingRule,
    Statement,
    Terms,
    VotersRule,
    VoteRule,
)


def check_terms(terms: Terms, seats: tuple[Seat, ...]) -> tuple[Problem, ...]:
    """What in ``terms`` does not fit the membership, as warnings; the line is that of the statement in ``text()``."""
    known = names_of(seats)
    problems: list[Problem] = []
    for line, statement in enumerate(terms.statements, start=1):
        unknown = [name for name in dict.fromkeys(names_in(statement)) if plain(name) not in known]
        asked = needed_names(statement)
        problems.extend(stranger(name, line, known, needed=name in asked) for name in unknown)
        if not unknown:
            problems.extend(unreachable(statement, line, seats))
    return tuple(problems)


def names_of(seats: tuple[Seat, ...]) -> dict[str, str]:
    """Every name by which a place can be spoken of, in plain form, with the words it came from."""
    known: dict[str, str] = {}
    for seat in seats:
        for name in (seat.agency, *sorted(seat.classes), *seat.also_called, seat.title, seat.key):
            if name:
                known.setdefault(plain(name), name)
                known.setdefault(without_noun(plain(name)), name)
    known.pop("", None)
    return known


def needed_names(statement: Statement) -> set[str]:
    """The names whose places a rule asks for: not those that only limit, leave out or set a condition."""
    clauses: list[Clause | None] = []
    if isinstance(statement, QuorumRule):
        clauses = [statement.clause]
    elif isinstance(statement, VoteRule):
        clauses = [test.clause for test in statement.tests]
    return {name for clause in clauses if clause is not None for name in asked_names(clause)}


def quorum_names(terms: Terms) -> frozenset[str]:
    """The names of agencies, classes and places that a quorum asks for by name, in plain form."""
    quorums = [statement for statement in terms.statements if isinstance(statement, QuorumRule)]
    return frozenset(plain(name) for statement in quorums for name in needed_names(statement))


def asked_names(clause: Clause) -> Iterator[str]:
    """The names in a clause whose places it asks for."""
    if isinstance(clause, FromEach):
        yield from clause.names
        yield from clause.kinds
    elif isinstance(clause, AtLeast | FromEvery | Presiding):
        yield from clause.group.kinds
        yield from clause.group.sources
    else:
        for part in sides(clause) if isinstance(clause, When) else clause.clauses:
            yield from asked_names(part)


def stranger(name: str, line: int, known: dict[str, str], *, needed: bool) -> Problem:
    """A name that no place carries; ``needed``: the rule asks for such places."""
    close = get_close_matches(plain(name), list(known), n=1, cutoff=0.75)
    remedy = f"Did you mean “{known[close[0]]}”?" if close else "Use an agency, a class or the title of a place."
    if " of " in name and not close:
        remedy = "A name that contains a word of the language, such as “and” or “from”, stands in quotes."
    if (
        plain(name).rpartition(" ")[2] in ("board", "committee", "panel", "commission", "authority", "council")
        and not close
    ):
        remedy = f"Use an agency, a class or the title of a place; if “{name}” is this body, leave it out."
    if plain(name) in ("chair", "vice chair"):
        remedy = "Hand the chair over to the member of a place here, or choose “presiding”."
    effect = "this can never be met" if needed else "this has no effect"
    return Problem(line, 1, f"No place carries “{name}”: {effect}.", remedy)


def names_in(statement: Statement) -> Iterator[str]:
    """The names that a statement uses."""
    if isinstance(statement, QuorumRule):
        if statement.clause is not None:
            yield from clause_names(statement.clause)
    elif isinstance(statement, VoteRule):
        for test in statement.tests:
            if test.clause is not None:
                yield from clause_names(test.clause)
            elif test.share is not None:
                yield from group_names(test.share.group)
    elif isinstance(statement, StandingRule | VotersRule | CastingRule):
        yield from group_names(statement.group)
    elif isinstance(statement, BlockRule):
        yield from statement.names


def group_names(group: Group) -> Iterator[str]:
    """The names in a group."""
    yield from group.kinds
    yield from group.sources
    yield from group.without


def clause_names(clause: Clause) -> Iterator[str]:
    """The names in a clause, those of its conditions too."""
    if isinstance(clause, FromEach):
        yield from clause.names
        yield from clause.kinds
    elif isinstance(clause, AtLeast | FromEvery | Presiding):
        yield from group_names(clause.group)
        if isinstance(clause, AtLeast):
            for cap in clause.caps:
                yield from group_names(cap.group)
    elif isinstance(clause, When):
        if clause.condition.asks in (Asks.APPOINTED, Asks.VACANT):
            yield clause.condition.name
        for part in sides(clause):
            yield from clause_names(part)
    else:
        for part in clause.clauses:
            yield from clause_names(part)


def sides(clause: When) -> tuple[Clause, ...]:
    """Both sides of a condition."""
    return (clause.then,) if clause.otherwise is None else (clause.then, clause.otherwise)


def unreachable(statement: Statement, line: int, seats: tuple[Seat, ...]) -> Iterator[Problem]:
    """Clauses that would not be met if every place were filled and everybody came."""
    clauses = [statement.clause] if isinstance(statement, QuorumRule) else []
    voting = isinstance(statement, VoteRule)
    if isinstance(statement, VoteRule):
        clauses = [test.clause for test in statement.tests]
    filled = tuple(seat if seat.holder is not None else replaced(seat) for seat in seats)
    membership = Membership(filled, dt.date.min, voting_rule=voting)
    membership.presider = mask_all(filled)
    for clause in clauses:
        if clause is None or isinstance(clause, Presiding):
            continue
        for part in parts_of(clause):
            plan = plan_of(part, membership)
            if not holds(plan, membership.counting):
                lacks = shortfall(plan, membership.counting, membership)
                yield Problem(
                    line,
                    1,
                    sentence(f"This can never be met, even with every place filled and everybody here: {lacks}"),
                    "Change the number, or the places and their classes.",
                )


def replaced(seat: Seat) -> Seat:
    """The place as if somebody held it."""
    return Seat(
        seat.key, seat.agency, seat.title, seat.classes, seat.votes, seat.counts, f"holder of {seat.key}",
        seat.deputies, seat.also_called,
    )  # fmt: skip


def parts_of(clause: Clause) -> Iterator[Clause]:
    """The clauses that can be met or not by themselves; whoever presides is always to be found."""
    if isinstance(clause, AllOf) and clause.distinct:
        yield clause
    elif isinstance(clause, AllOf | AnyOf | SomeOf):
        for part in clause.clauses:
            yield from parts_of(part)
    elif isinstance(clause, When):
        for part in sides(clause):
            yield from parts_of(part)
    elif not isinstance(clause, Presiding):
        yield clause
