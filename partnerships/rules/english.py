"""Terms as sentences for people. What is stated parses again; what is not stated is said as well."""

from __future__ import annotations

from functools import lru_cache

from partnerships.rules.names import sentence
from partnerships.rules.parsing import parse_terms
from partnerships.rules.printing import (
    clause_text,
    group_text,
    heading_of_statement,
    parts_text,
    statement_text,
    test_text,
)
from partnerships.rules.problems import RuleError
from partnerships.rules.terms import (
    BlockRule,
    CastingRule,
    DiscretionRule,
    Note,
    QuorumRule,
    Standing,
    StandingRule,
    Statement,
    Terms,
    VotersRule,
    VoteRule,
)

WHO = {
    Standing.DEPUTIES: "Deputies",
    Standing.SUBSTITUTES: "Substitutes",
    Standing.VACANT_DEPUTIES: "Deputies for vacant places",
    Standing.REMOTE: "Remote members",
    Standing.INTERESTS: "Members who declare an interest",
}


def terms_english(terms: Terms) -> tuple[str, ...]:
    """The rules as sentences, and "not stated" for quorum and votes where nothing is stated."""
    words = [english_of(statement) for statement in terms.statements]
    if not any(isinstance(statement, QuorumRule) for statement in terms.statements):
        words.insert(0, "Quorum: not stated.")
    if not any(isinstance(statement, VoteRule) for statement in terms.statements):
        words.append("Votes: not stated.")
    return tuple(words)


@lru_cache(maxsize=512)
def english_of(statement: Statement) -> str:
    """One statement as a sentence: in prose where that is read back as the same rule, and otherwise as it is typed."""
    words = prose_of(statement)
    if words.endswith(": not stated."):
        return words
    try:
        same = parse_terms(words).statements == (statement,)
    except RuleError:
        same = False
    return words if same else sentence(statement_text(statement))


def prose_of(statement: Statement) -> str:
    """One statement in prose."""
    if isinstance(statement, Note | DiscretionRule):
        return sentence(statement_text(statement))
    heading = heading_of_statement(statement)
    if isinstance(statement, QuorumRule):
        if statement.clause is None:
            return f"Quorum{heading}: not stated."
        return f"The quorum{heading} is {clause_text(statement.clause)}."
    if isinstance(statement, VoteRule):
        tests = " and ".join(test_text(test) for test in statement.tests)
        return f"Votes{heading}: {tests or 'not stated'}."
    if isinstance(statement, StandingRule):
        return standing_english(statement, heading)
    return plain_english(statement) if not heading else sentence(statement_text(statement))


def standing_english(rule: StandingRule, heading: str) -> str:
    """What deputies, substitutes and the like may do."""
    if rule.counts is None and rule.votes is None:
        return sentence(statement_text(rule))
    group = "" if rule.group.everybody else f" for {group_text(rule.group)}"
    return f"{WHO[rule.whose]}{group}{heading} {parts_text(rule)[1]}."


def plain_english(statement: Statement) -> str:
    """Who votes, blocks and the casting vote, where nothing narrows them."""
    if isinstance(statement, VotersRule):
        return f"Only {group_text(statement.group)} may vote."
    if isinstance(statement, BlockRule):
        return sentence(parts_text(statement)[1])
    if isinstance(statement, CastingRule) and statement.given:
        body = parts_text(statement)[1]
        return sentence(f"{body if body.startswith('the ') else 'the ' + body} has a casting vote")
    return sentence(statement_text(statement))
