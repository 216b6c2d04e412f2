"""Rules back as text. The text is plain English, and parsing it gives the same rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from partnerships.rules.clauses import (
    AllOf,
    AnyOf,
    Asks,
    AtLeast,
    Base,
    Cap,
    Clause,
    Condition,
    FromEach,
    FromEvery,
    Group,
    Presiding,
    Reading,
    Share,
    SomeOf,
    Unit,
    When,
)
from partnerships.rules.headings import decision_text
from partnerships.rules.lexemes import Lexeme
from partnerships.rules.names import in_words, listed, names_units, one_of
from partnerships.rules.phrases import fraction_words
from partnerships.rules.problems import RuleError
from partnerships.rules.scanner import scan, scan_vote
from partnerships.rules.terms import (
    BlockRule,
    CastingRule,
    DiscretionRule,
    Heading,
    Measure,
    Note,
    Notice,
    NoticeUnit,
    QuorumRule,
    ScopeRule,
    StandingRule,
    Statement,
    Terms,
    VotersRule,
    VoteRule,
    VoteTest,
)


@lru_cache(maxsize=2048)
def name_text(name: str) -> str:
    """A name as it stands in a rule: in quotes where it holds a word of the language."""
    return name if name != "A" and all(is_plain(name, read) for read in (scan, scan_vote)) else f'"{name}"'


def is_plain(name: str, read: Callable[[str, int, int], list[Lexeme]]) -> bool:
    """Whether ``name`` is read back as the same one name without quotes."""
    try:
        lexemes = read(f"{name} x", 1, 1)  # what follows must not draw its last word to itself
        around = [read(words, 1, 1) for words in (f"{name} or x", f"x or {name}", f"half of the {name} members")]
    except RuleError:
        return False
    mine = [lexeme.kind for lexeme in lexemes[:-1]]
    wanted = ([*mine, "LISTOR", "WORD"], ["WORD", "LISTOR", *mine], ["FRACTION", "OF", *mine, "MEMBERS"])
    if any([lexeme.kind for lexeme in found] != kinds for found, kinds in zip(around, wanted, strict=True)):
        return False
    kinds = [lexeme.kind for lexeme in lexemes]
    return (
        bool(kinds)
        and kinds[0] == kinds[-1] == "WORD"
        and set(kinds) <= {"WORD", "OF"}
        and " ".join(lexeme.text for lexeme in lexemes) == f"{name} x"
        and not name.endswith(("'", "’"))
    )


def names_text(names: tuple[str, ...], last: str) -> str:
    """Names as a list."""
    return listed([name_text(name) for name in names], last)


def group_text(group: Group, n: int = 2, unit: Unit = Unit.PEOPLE, base: Base | None = None) -> str:
    """The places that a group speaks of, as the noun of a clause."""
    words = noun_text(group, n, unit, base)
    if group.sources and (group.kinds or unit is Unit.PEOPLE):
        words += f" from {names_text(group.sources, 'or')}"
    if group.without:
        words += f" other than {names_text(group.without, 'and')}"
    return words


def noun_text(group: Group, n: int, unit: Unit, base: Base | None) -> str:
    """The noun alone: "members", "different districts", "voting councillors", "councillor places"."""
    many = n != 1
    if unit is Unit.AGENCIES:
        voting = "voting " if group.voting else ""
        if group.kinds:
            alone = not many and len(group.kinds) == 1 and names_units(group.kinds[0])
            return f"{'' if alone else 'different '}{voting}{names_text(group.kinds, 'or')}"
        return f"different {voting}{'agencies' if many else 'agency'}"
    voting = "voting " if group.voting or base in (Base.VOTING, Base.VOTING_PLACES) else ""
    if base in (Base.PLACES, Base.VOTING_PLACES):
        return f"{voting}{names_text(group.kinds, 'or')} places".replace("  ", " ").strip()
    if not group.kinds:
        return f"{voting}{'members' if many else 'member'}{' in post' if base is Base.IN_POST else ''}"
    words = f"{voting}{names_text(group.kinds, 'or')}"
    if group.people:
        words += " members" if many else " member"
    if base is Base.IN_POST and not voting:
        words += " in post"
    return words


def share_text(share: Share, group: Group, unit: Unit) -> str:
    """A fraction with its base, rounding, floor and ceiling."""
    base = None if unit is Unit.AGENCIES else share.base
    if (share.over, share.under, share.more) == (1, 1, False):
        words = f"all {group_text(group, 2, unit, base)}"
    else:
        words = f"{fraction_words(share.over, share.under, more=share.more)} of the {group_text(group, 2, unit, base)}"
    if share.rounding is not None:
        words += f", rounded {share.rounding.value}"
    if share.floor is not None:
        words += f", or {in_words(share.floor)}, whichever is the greater"
    if share.ceiling is not None:
        words += f", or {in_words(share.ceiling)}, whichever is the lower"
    return words


def cap_text(cap: Cap) -> str:
    """A limit: "of whom no more than half may be councillors"."""
    limit = in_words(cap.limit) if cap.limit is not None else fraction_words(cap.over, cap.under)
    if cap.each_agency:
        kind = f" {names_text(cap.group.kinds, 'or')}" if cap.group.kinds else ""
        return f"no more than {limit}{kind} from any one agency"
    if cap.reading is Reading.PRESENT:
        return f"no more than {limit} of everybody present may be {group_text(cap.group)}"
    return f"of whom no more than {limit} may be {group_text(cap.group)}"


def at_least_text(clause: AtLeast) -> str:
    """A head count, a number of different ones, or a fraction."""
    quantity = clause.quantity
    if isinstance(quantity, Share):
        words = share_text(quantity, clause.group, clause.unit)
    elif clause.unit is Unit.NAMES:
        words = f"{in_words(quantity.n)} of {names_text(clause.group.sources, 'and')}"
    else:
        words = f"{in_words(quantity.n)} {group_text(clause.group, quantity.n, clause.unit)}"
    return ", ".join((words, *(cap_text(cap) for cap in clause.caps)))


def each_text(clause: FromEach) -> str:
    """One from each of a list of names."""
    kinds = f" {'voting ' if clause.voting else ''}{names_text(clause.kinds, 'or')}" if clause.kinds else ""
    voting = " voting member" if clause.voting and not clause.kinds else ""
    return f"{in_words(clause.n)}{kinds}{voting} from each of {names_text(clause.names, 'and')}"


def every_text(clause: FromEvery) -> str:
    """One from each agency of a group."""
    group = clause.group
    if clause.share is not None:
        return every_share_text(clause.share, group)
    if group.without or (group.voting and not group.kinds):
        return f"all {group_text(group, 2, Unit.AGENCIES)}"
    if not group.kinds:
        return f"{in_words(clause.n)} from each agency"
    voting = " voting member" if group.voting else ""
    if group.sources:
        kinds = f" {'voting ' if group.voting else ''}{names_text(group.kinds, 'or')}"
        return f"{in_words(clause.n)}{kinds} from each of {names_text(group.sources, 'or')}"
    if clause.n == 1 and not voting:
        return each_of_text(group)
    return f"{in_words(clause.n)}{voting} from each of the {names_text(group.kinds, 'or')}"


def every_share_text(share: Share, group: Group) -> str:
    """A share of the members of each agency: "half of the members from each of the sides"."""
    names = group.sources or group.kinds
    whose = Group(group.kinds if group.sources else (), (), group.voting)
    words = share_text(replace(share, rounding=None, floor=None, ceiling=None), whose, Unit.PEOPLE)
    rounding = f", rounded {share.rounding.value}" if share.rounding is not None else ""
    return f"{words} from each of the {names_text(names, 'or')}{rounding}"


def each_of_text(group: Group) -> str:
    """ "Each of the statutory partners", or where the name is in the singular "every statutory partner"."""
    (name, *more) = group.kinds
    if more or one_of(name) != name or " " not in name:
        return f"each of the {names_text(group.kinds, 'or')}"
    return f"every {name_text(name)}"


def clause_text(clause: Clause) -> str:
    """A clause in the words of the language."""
    if isinstance(clause, AtLeast):
        return at_least_text(clause)
    if isinstance(clause, FromEach):
        return each_text(clause)
    if isinstance(clause, FromEvery):
        return every_text(clause)
    if isinstance(clause, Presiding):
        return f"{group_text(clause.group, 1)} presiding"
    if isinstance(clause, AllOf):
        return " and ".join(inner_text(part) for part in clause.clauses) + (
            ", distinct people" if clause.distinct else ""
        )
    if isinstance(clause, AnyOf):
        return " or ".join(inner_text(part) for part in clause.clauses)
    if isinstance(clause, SomeOf):
        return (
            f"{in_words(clause.k)} of the following: {', '.join(f'({clause_text(part)})' for part in clause.clauses)}"
        )
    return when_text(clause)


def inner_text(clause: Clause) -> str:
    """A clause inside another: in brackets where it would otherwise run into its neighbours."""
    plain = isinstance(clause, AtLeast | FromEach | FromEvery) and not clause_text(clause).startswith(
        ("all ", "each ", "every ")
    )
    has_tail = isinstance(clause, AtLeast) and (clause.caps or isinstance(clause.quantity, Share))
    return clause_text(clause) if plain and not has_tail else f"({clause_text(clause)})"


def when_text(clause: When) -> str:
    """A condition with its two sides."""
    condition = condition_text(clause.condition)
    words = f"({clause_text(clause.then)}) {condition}"
    return words if clause.otherwise is None else f"{words}, otherwise ({clause_text(clause.otherwise)})"


def condition_text(condition: Condition) -> str:
    """A condition as it stands after a clause."""
    asks = condition.asks
    if asks is Asks.SINCE and condition.day:
        return f"from {day_text(condition.day)}"
    if asks is Asks.UNTIL and condition.day:
        return f"until {day_text(condition.day)}"
    if asks in (Asks.MEETING, Asks.DECISION):
        return f"if the {asks.value} is {condition.name}"
    if asks is Asks.APPOINTED:
        return f"if {name_text(condition.name)} has been appointed"
    if asks is Asks.VACANT:
        return f"if {name_text(condition.name)} is vacant"
    return f"if there are {bounds_text(condition)} {asks.value}"


def bounds_text(condition: Condition) -> str:
    """The bounds of a number: "at least three", "no more than two", "exactly four"."""
    if condition.least is not None and condition.most is not None:
        return f"exactly {in_words(condition.least)}"
    if condition.least is not None:
        return f"at least {in_words(condition.least)}"
    return f"no more than {in_words(condition.most or 0)}"


def day_text(day: dt.date) -> str:
    """A date as the language has it."""
    return f"{day.day} {day:%B %Y}"


def heading_of_statement(statement: Statement) -> str:
    """The qualifiers of a statement's heading; only quorum and votes take any words after "for"."""
    if isinstance(statement, Note):
        return ""
    return heading_text(statement.when, any_words=isinstance(statement, QuorumRule | VoteRule))


def heading_text(when: Heading, *, any_words: bool) -> str:
    """The qualifiers of a heading."""
    words = ""
    if when.decision:
        words += f" for {decision_text(when.decision) if any_words else f'{when.decision} decisions'}"
    if when.meeting:
        words += f" at {when.meeting} meetings"
    if when.since is not None:
        words += f" from {day_text(when.since)}"
    if when.until is not None:
        words += f" until {day_text(when.until)}"
    return words


def test_text(test: VoteTest) -> str:
    """One test of a voting rule."""
    if test.measure is Measure.AGAINST:
        return "more votes for than against"
    if test.measure is Measure.UNANIMOUS:
        return "unanimity"
    if test.measure is Measure.NOBODY_AGAINST:
        return "nobody against"
    if test.measure is Measure.NUMBER:
        return f"{in_words(test.number or 0)} in favour"
    if test.measure is Measure.CLAUSE and test.clause is not None:
        return f"({clause_text(test.clause)}) in favour"
    share = test.share or Share(1, 2, more=True)
    if test.measure is Measure.ALL:
        return (
            f"{share_text(share, Group(voting=share.base in (Base.VOTING, Base.VOTING_PLACES)), Unit.PEOPLE)} in favour"
        )
    base = "votes cast" if test.measure is Measure.CAST else "those present"
    return f"{fraction_words(share.over, share.under, more=share.more)} of {base}"


def standing_text(rule: StandingRule) -> str:
    """Whether such people count and vote, and with what notice."""
    counts = None if rule.counts is None else "count" if rule.counts else "do not count"
    votes = None if rule.votes is None else "vote" if rule.votes else "do not vote"
    said = ", ".join(word for word in (counts, votes) if word)
    if rule.counts and rule.votes:
        said = "count and vote"
    return ", ".join(word for word in (said, notice_text(rule.notice)) if word)


def notice_text(notice: Notice | None) -> str:
    """The notice that is asked for."""
    if notice is None:
        return ""
    if notice.unit is NoticeUnit.START:
        return "with notice before the start"
    unit = one_of(notice.unit.value) if notice.n == 1 else notice.unit.value
    return f"with notice {in_words(notice.n)} {unit} before"


def statement_text(statement: Statement) -> str:
    """One statement on one line."""
    if isinstance(statement, Note):
        return f"note: {statement.words}"
    head, body = parts_text(statement)
    return f"{head}{heading_of_statement(statement)}: {body}"


def parts_text(statement: Statement) -> tuple[str, str]:
    """The head and the body of a statement."""
    if isinstance(statement, QuorumRule):
        return "quorum", "not stated" if statement.clause is None else clause_text(statement.clause)
    if isinstance(statement, VoteRule):
        return "votes", " and ".join(test_text(test) for test in statement.tests) or "not stated"
    if isinstance(statement, StandingRule):
        group = "" if statement.group.everybody else f" for {group_text(statement.group)}"
        return f"{statement.whose.value}{group}", standing_text(statement)
    if isinstance(statement, ScopeRule):
        return "scope", " and ".join(scope.value for scope in statement.scopes)
    if isinstance(statement, VotersRule):
        return "voters", group_text(statement.group)
    return other_parts(statement)


def other_parts(statement: Statement) -> tuple[str, str]:
    """Head and body of the rarer statements."""
    if isinstance(statement, BlockRule):
        return "block", f"one vote for each {one_of(statement.names[0]) if statement.names else 'agency'}"
    if isinstance(statement, CastingRule):
        if not statement.given:
            return "casting vote", "none"
        return "casting vote", "the chair" if statement.group.everybody else group_text(statement.group, 1)
    if isinstance(statement, DiscretionRule):
        return "discretion", statement.words
    raise TypeError(statement)


def terms_text(terms: Terms) -> str:
    """All statements, one a line."""
    return "\n".join(statement_text(statement) for statement in terms.statements)
