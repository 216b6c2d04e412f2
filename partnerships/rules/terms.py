"""Terms of reference as values: every statement of the rule language, and which of them applies when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from partnerships.rules.clauses import EVERYBODY, Clause, Group, Share
from partnerships.rules.names import plain

ORDINARY = "ordinary"


@dataclass(frozen=True)
class Heading:
    """To which decisions, meetings and days a statement applies. Nothing said: to all."""

    decision: str = ""
    meeting: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    def applies(self, decision: str, meeting: str, on: dt.date) -> bool:
        """Whether a statement with this heading speaks about such a decision, meeting and day."""
        return (
            (not self.decision or plain(self.decision) == plain(decision))
            and (not self.meeting or plain(self.meeting) == plain(meeting))
            and (self.since is None or self.since <= on)
            and (self.until is None or on <= self.until)
        )

    @property
    def rank(self) -> tuple[bool, bool, bool, dt.date]:
        """How particular the heading is; where several apply, the most particular holds, and of two the later."""
        return (
            bool(self.decision),
            bool(self.meeting),
            self.since is not None or self.until is not None,
            self.since or dt.date.min,
        )


ALWAYS = Heading()


@dataclass(frozen=True)
class QuorumRule:
    """What a meeting needs before it may do business. ``clause`` None is "not stated"."""

    clause: Clause | None
    when: Heading = ALWAYS


class Measure(StrEnum):
    """What the votes in favour are held against."""

    AGAINST = "more for than against"
    CAST = "votes cast"
    PRESENT = "those present"
    ALL = "all members"
    NUMBER = "number in favour"
    UNANIMOUS = "unanimity"
    NOBODY_AGAINST = "nobody against"
    CLAUSE = "in favour"


@dataclass(frozen=True)
class VoteTest:
    """One thing that the votes in favour must meet.

    ``clause`` is a quorum clause judged on the places that vote in favour: "every responsible authority in favour".
    """

    measure: Measure
    share: Share | None = None
    number: int | None = None
    clause: Clause | None = None


@dataclass(frozen=True)
class VoteRule:
    """What carries a decision. No test at all is "not stated"."""

    tests: tuple[VoteTest, ...]
    when: Heading = ALWAYS


class Standing(StrEnum):
    """Whose standing a statement settles."""

    DEPUTIES = "deputies"
    SUBSTITUTES = "substitutes"
    VACANT_DEPUTIES = "deputies for vacant places"
    REMOTE = "remote"
    INTERESTS = "declared interests"


class NoticeUnit(StrEnum):
    """In what notice is measured."""

    START = "start"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"


@dataclass(frozen=True)
class Notice:
    """How long before the start notice must have arrived."""

    unit: NoticeUnit = NoticeUnit.START
    n: int = 0


@dataclass(frozen=True)
class StandingRule:
    """Whether such people count towards quorum and whether they vote (None: this statement does not say)."""

    whose: Standing
    counts: bool | None = None
    votes: bool | None = None
    group: Group = EVERYBODY
    notice: Notice | None = None
    when: Heading = ALWAYS


class Scope(StrEnum):
    """Heading a quorum must stand."""

    OPENING = "at the opening"
    CONTINUOUS = "throughout"
    ITEM = "at each item"
    VOTE = "at each vote"


@dataclass(frozen=True)
class ScopeRule:
    """Heading the quorum must stand, under which heading."""

    scopes: tuple[Scope, ...]
    when: Heading = ALWAYS


@dataclass(frozen=True)
class VotersRule:
    """Which of the members vote."""

    group: Group
    when: Heading = ALWAYS


@dataclass(frozen=True)
class BlockRule:
    """One vote for each agency, or for each holder of one of the classes named."""

    names: tuple[str, ...] = ()
    when: Heading = ALWAYS


@dataclass(frozen=True)
class CastingRule:
    """Whether whoever presides has a second vote in a tie, and which posts have it where not any."""

    given: bool
    group: Group = EVERYBODY
    when: Heading = ALWAYS


@dataclass(frozen=True)
class DiscretionRule:
    """What whoever presides may do without a quorum, in the words of the terms."""

    words: str
    when: Heading = ALWAYS


@dataclass(frozen=True)
class Note:
    """A sentence that the page shows beside the rules."""

    words: str


Statement = (
    QuorumRule | VoteRule | StandingRule | ScopeRule | VotersRule | BlockRule | CastingRule | DiscretionRule | Note
)


@dataclass(frozen=True)
class Terms:
    """The rules of one body's terms of reference, in the order in which they were typed."""

    statements: tuple[Statement, ...] = ()

    def text(self) -> str:
        """The rules in the words of the rule language; parsing them gives the same terms."""
        from partnerships.rules.printing import terms_text

        return terms_text(self)

    def english(self) -> tuple[str, ...]:
        """The rules as sentences for people, what is not stated among them."""
        from partnerships.rules.english import terms_english

        return terms_english(self)

    def decisions(self) -> tuple[str, ...]:
        """The kinds of decision for which the terms have rules of their own, in order."""
        kinds: dict[str, str] = {}
        for rule in self.statements:
            if isinstance(rule, QuorumRule | VoteRule) and rule.when.decision:
                kinds.setdefault(plain(rule.when.decision), rule.when.decision)
        return tuple(kinds.values())

    def quorum(self, decision: str, meeting: str, on: dt.date) -> QuorumRule | None:
        """The quorum rule for such a decision at such a meeting on such a day, or None where none is stated."""
        rules = [
            rule
            for rule in self.statements
            if isinstance(rule, QuorumRule) and rule.when.applies(decision, meeting, on)
        ]
        return max(rules, key=lambda rule: rule.when.rank, default=None)

    def votes(self, decision: str, meeting: str, on: dt.date) -> VoteRule | None:
        """The voting rule for such a decision at such a meeting on such a day, or None where none is stated."""
        rules = [
            rule for rule in self.statements if isinstance(rule, VoteRule) and rule.when.applies(decision, meeting, on)
        ]
        return max(rules, key=lambda rule: rule.when.rank, default=None)

    def standings(self, whose: Standing, decision: str, meeting: str, on: dt.date) -> tuple[StandingRule, ...]:
        """What the terms say of such people, the most particular statement first."""
        rules = [
            rule
            for rule in self.statements
            if isinstance(rule, StandingRule) and rule.whose is whose and rule.when.applies(decision, meeting, on)
        ]
        return tuple(sorted(rules, key=lambda rule: (not rule.group.everybody, *rule.when.rank), reverse=True))
