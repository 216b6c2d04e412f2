"""The qualifiers of a heading: the kind of decision, the kind of meeting, and the dates."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from partnerships.rules.conditions import day_of, until_of
from partnerships.rules.names import one_of
from partnerships.rules.problems import Problem, RuleError
from partnerships.rules.terms import ALWAYS, Heading

DATE = r"(?:\d{1,2} [A-Za-z]+ \d{4}|\d{4}-\d{2}-\d{2})"
SMALL = r"(?:an? |the |any |all |every |each )?"
# "For the board", "at any meeting": these narrow nothing.
THE_BODY = re.compile(
    r"\b(?:for|of|in|at) (?:(?:the |a |any |each |all )?meetings? of (?:the|a|any)|the|a|any|"
    r"each|all) (?:(?:[\w-]+ ){0,2}?(?:board|committee|"
    r"partnership|group|panel|forum|council|assembly)s?|meetings?)\b(?! \w+ (?:meeting|decision)| of\b)",
    re.IGNORECASE,
)
MEETING = re.compile(
    rf"\b(?:at|of|for|in) {SMALL}((?:(?!(?:at|of|for|in)\b)[\w'’&-]+ ){{1,5}})meetings?\b", re.IGNORECASE
)
DECISION = re.compile(
    rf"\b(?:for|on|about) {SMALL}((?:(?!\bfor\b).)+?) (?:decisions?|matters?|business|items?|motions?)\b", re.IGNORECASE
)
ABOUT = re.compile(
    r"for (?:(?:decisions?|items?|matters?|business|motions?|questions?|votes?) (?:on|about|to|concerning|regarding|"
    rf"relating to) )?{SMALL}(.+)",
    re.IGNORECASE,
)
AT = re.compile(rf"at {SMALL}((?:(?!(?:on|when|if|where|for|of)\b)[\w'’&-]++ ?)+)", re.IGNORECASE)
ANY = {"any", "all", "every", "each", "other"}


class Place(Protocol):
    """A line of the text, for the place of a problem."""

    @property
    def text(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def column(self) -> int: ...


def heading_of(rest: str, line: Place, *, takes_decisions: bool) -> tuple[Heading, str]:
    """The heading that the qualifiers say, and what is left of them."""
    when, rest = dated(rest, line)
    rest = THE_BODY.sub(" ", rest)
    found = MEETING.search(rest)
    if found is not None:
        kind = " ".join(found.group(1).casefold().split())
        when = when if kind in ANY else replace(when, meeting=kind)
        rest = rest.replace(found.group(0), " ")
    found = DECISION.search(rest)
    if found is not None:
        kind = " ".join(found.group(1).casefold().split())
        when = when if kind in ANY else replace(when, decision=kind)
        rest = rest.replace(found.group(0), " ")
    when, left = named(when, " ".join(rest.split()), takes_decisions=takes_decisions)
    strange = [
        words
        for words, what in ((when.meeting, "meeting"), (when.decision, "decision"))
        if words and not is_kind(words, what)
    ]
    return when, " ".join([*strange, left]).strip()


# Words that no kind of decision or meeting holds: a sentence that was not understood.
NO_KIND = re.compile(
    r"(?:is|are|be|been|being|has|have|shall|must|will|would|may|can|quorum|quorate|casting|than|whichever|not|need|needs|if|"
    r"when|where|unless|which|whom|otherwise|at|for|in|from|since|until|before|each|every|any|all|members|meeting|meetings)",
    re.IGNORECASE,
)
LONGEST_KIND = {"meeting": 5, "decision": 10}


def is_kind(words: str, what: str) -> bool:
    """Whether ``words`` can be the name of a kind of decision or meeting."""
    parts = words.split()
    mine = NO_KIND if what == "meeting" else re.compile(NO_KIND.pattern.replace("|members", ""), re.IGNORECASE)
    return (
        0 < len(parts) <= LONGEST_KIND[what]
        and all(re.fullmatch(r"[\w’'&/-]+,?", part) and not mine.fullmatch(part) for part in parts)
        and parts[-1] not in ("and", "or", "of", "the", "a", "an", "to", "with")
    )


def named(when: Heading, rest: str, *, takes_decisions: bool) -> tuple[Heading, str]:
    """Whatever else stands after "for" is the kind of decision, and after "at" the kind of meeting."""
    found = re.fullmatch(rf"(.*?)\s*\b({AT.pattern})", rest, re.IGNORECASE)
    if found is not None and not when.meeting and " for " not in f" {found.group(2)} ":
        when, rest = replace(when, meeting=one_of(found.group(3).casefold().strip())), found.group(1)
    found = ABOUT.fullmatch(rest)
    if found is not None and not when.decision and takes_decisions:
        return replace(when, decision=found.group(1).casefold()), ""
    return when, rest


def dated(rest: str, line: Place) -> tuple[Heading, str]:
    """The dates between which the statement holds, and the qualifiers without them."""
    when = ALWAYS
    for pattern, read in (
        (rf"\b(?:from|since|on or after) ({DATE})", "since"),
        (rf"\b((?:until|before) {DATE})", "until"),
    ):
        found = re.search(pattern, rest, re.IGNORECASE)
        if found is None:
            continue
        try:
            day = day_of(found.group(1)) if read == "since" else until_of(found.group(1))
        except ValueError as error:
            place = line.column + line.text.find(found.group(0))
            message = f"“{found.group(0)}” names no day of the calendar."
            raise RuleError((Problem(line.number, place, message, "Write it as 1 April 2025."),)) from error
        when = replace(when, since=day) if read == "since" else replace(when, until=day)
        rest = rest.replace(found.group(0), " ")
    return when, rest


def decision_text(decision: str) -> str:
    """The kind of decision with its noun: "financial decisions", and "constitutional changes" as it stands."""
    words = decision.split()
    if len(words) > 1 and (words[-1].endswith("s") or words[0].endswith("ing") or {"of", "to"} & set(words)):
        when, left = heading_of(f" for {decision}", _NOWHERE, takes_decisions=True)
        if not left and when == Heading(decision=decision):
            return decision
    return f"{decision} decisions"


class _Nowhere:
    text, number, column = "", 0, 0


_NOWHERE = _Nowhere()
