"""The lines of terms of reference: which statement each makes, under which heading.

The canonical form is ``heading: body``. The prose that people paste ("The quorum for the Board will consist of …",
"Only core members will have the right to vote.") is brought to it first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from partnerships.rules.casting import casting_of
from partnerships.rules.clauses import EVERYBODY, AtLeast, Clause, Group, Number
from partnerships.rules.headings import heading_of
from partnerships.rules.names import one_of, plain
from partnerships.rules.pieces import ANY_AGENCY
from partnerships.rules.problems import Problem, RuleError
from partnerships.rules.prose import READY
from partnerships.rules.standing import SCOPES, left_over, standing_body
from partnerships.rules.terms import (
    BlockRule,
    CastingRule,
    DiscretionRule,
    Heading,
    Note,
    QuorumRule,
    Scope,
    ScopeRule,
    Standing,
    StandingRule,
    Statement,
    VotersRule,
    VoteRule,
    VoteTest,
)

ClauseReader = Callable[[str, int, int], Clause]
VoteReader = Callable[[str, int, int], tuple[VoteTest, ...]]
GroupReader = Callable[[str, int, int], Group]
THROUGHOUT = re.compile(
    r",?\s*(?:present |in attendance )?throughout(?: the)?(?: (?:whole|entire))?(?: (?:meeting|"
    r"proceedings))?",
    re.IGNORECASE,
)
PREFIX = re.compile(
    r"(?:a |the )?quorum of |(?:all )?decisions (?:are|will be|shall be|must be) (?:made|taken|reached) by |"
    r"(?:by|on) (?:a )?show of hands(?:,| and| by)* |"
    # Where agreement is sought first, what decides is what holds when it is not reached.
    r"(?:by )?(?:general )?(?:consensus|agreement|unanimity)(?:,? (?:wherever|where|if|when(?:ever)?) (?:at all "
    r")?possible)?"
    r"[,;]? (?:or,? |and,? |but,? )?(?:otherwise|failing (?:that|which|this)|if not|if (?:this|that|consensus|it) "
    r"(?:is not "
    r"(?:possible|reached|achieved)|cannot be (?:reached|achieved))|where (?:this|that|consensus|it) (?:is not "
    r"(?:possible|"
    r"reached|achieved)|cannot be (?:reached|achieved))),? (?:then )?(?:by )?(?=a |the |more |two|three|\w+ ?%|"
    r"majority|"
    r"simple|half|at least)|"
    r"(?:all of )?the following(?: members| people| persons)?(?: (?:must|shall|should|will))?(?: all)?(?: be| attend)*"
    r"(?: present)?: ",
    re.IGNORECASE,
)
NOT_STATED = re.compile(
    r"(?:not (?:stated|specified|defined|known|applicable)|unspecified|none (?:stated|specified)|silent|nothing stated|"
    r"unknown|n/a|tbc|tbd|to be (?:agreed|confirmed|decided|determined))\.?",
    re.IGNORECASE,
)
HEADS = re.compile(
    r"(?P<head>quorum|votes?|voting|decisions? needs?|voters?|deputies for vacant places|deputies|deputy|"
    r"named deputies|"
    r"substitutes?|alternates?|designees?|remote(?: attendance| members)?|virtual attendance|declared interests?|"
    r"recusals?|interests|scope|casting vote|discretion|block voting|blocks?|one vote|notes?)\b"
    r"(?P<rest>[^:]*):(?P<body>.*)",
    re.IGNORECASE,
)
SYNONYMS = {
    "vote": "votes", "voting": "votes", "decision needs": "votes", "decisions need": "votes", "voter": "voters",
    "deputy": "deputies", "named deputies": "deputies", "substitute": "substitutes", "alternate": "deputies",
    "alternates": "deputies", "designee": "deputies", "designees": "deputies", "remote attendance": "remote",
    "remote members": "remote", "virtual attendance": "remote", "declared interest": "declared interests",
    "recusal": "declared interests", "recusals": "declared interests", "interests": "declared interests",
    "blocks": "block", "block voting": "block", "one vote": "block", "notes": "note",
}  # fmt: skip


BLOCK = re.compile(
    r"(?:each|every) [^,;]+ (?:has|having|have|shall have|to have) one vote|one vote (?:for|per) [^,;]+", re.IGNORECASE
)
BLOCK_FIRST = re.compile(rf"(?P<block>{BLOCK.pattern})(?:[,;] (?:and )?| and )(?P<body>.+)", re.IGNORECASE)
EACH_MEMBER = re.compile(
    r"(?:each|every) (?:voting )?member .*one vote|one vote (?:for|per) (?:each )?(?:voting )?member", re.IGNORECASE
)
# "Those present": whoever comes is enough.
WHOEVER_COMES = re.compile(
    r"(?:(?:such|any|the|those|whichever|however many|whatever)(?: number of)?(?: of)?(?: the)? )?(?:those|members?|"
    r"people|persons?|number|many|whoever|whatever number|anybody|anyone)(?: who| that| as)?(?: is| are)?"
    r"(?: then| there)?(?: (?:and )?(?:present|attending|in attendance|there|attends?|comes?|turns? up))"
    r"(?: at (?:the|that) meeting)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """One statement as it stands in the text."""

    text: str
    number: int
    column: int = 1


@dataclass(frozen=True)
class Split:
    """A statement taken apart: what it is about, the qualifiers of its heading, and its body with its column."""

    head: str
    rest: str
    body: str
    column: int


def statements_of(text: str) -> Iterator[Line]:
    """The statements of ``text``: one a line, an indented line carries on, sentences on one line are several."""
    held: Line | None = None
    for number, raw in enumerate(text.splitlines(), start=1):
        line = re.sub(r"(?:^|\s)#.*$", "", raw).rstrip()
        if held is not None and line[:1].isspace() and line.strip():
            held = replace(held, text=f"{held.text} {line.strip()}")
            continue
        if held is not None:
            yield from sentences(held)
        stripped = re.sub(r"^\s*(?:[-*•]\s+)?", "", line)
        held = Line(stripped, number, len(line) - len(stripped) + 1) if stripped else None
    if held is not None:
        yield from sentences(held)


def sentences(line: Line) -> Iterator[Line]:
    """The sentences of one line; a note stays whole."""
    if re.match(r"(?:notes?|discretion)\b", line.text, re.IGNORECASE):
        yield line
        return
    start = 0
    for end in re.finditer(r"\.\s+(?=[A-Z“\"])|$", line.text):
        part = line.text[start : end.start()]
        if part.strip():
            yield Line(part, line.number, line.column + start)
        start = end.end()


def split(line: Line) -> Split:
    """``line`` taken apart. Without a heading, a line is a quorum clause."""
    found = HEADS.fullmatch(line.text)
    if found is not None:
        head = found.group("head").casefold()
        head, rest = SYNONYMS.get(head, head), found.group("rest")
    else:
        found, head = next(
            ((match, head) for pattern, head in READY if (match := pattern.fullmatch(line.text))), (None, "")
        )
        if found is None:
            return Split("quorum", "", line.text, line.column)
        rest = found.group("rest") or ""
        groups = found.groupdict()
        if groups.get("others"):  # "observers may not vote": all but they do
            return Split(head, rest, f"members other than {groups['others']}", line.column)
        if groups.get("none"):
            return Split(subject_of(groups["none"].casefold()), rest, "not permitted", line.column)
        if head == "standing":
            head = subject_of(groups["subject"].casefold())
        if head == "votes for":
            head, rest = "votes", f" for {rest}"
    start = found.start("body")
    body = found.group("body")
    if head == "quorum":
        body, more, start = without_frame(body, start)
        rest = f"{rest} {more}".rstrip()
    prefix = PREFIX.match(body.lstrip())
    start += len(body) - len(body.lstrip())
    if prefix is not None:
        body, start = body.lstrip()[prefix.end() :], start + prefix.end()
    return Split(head, rest, body.strip().rstrip(" ."), line.column + start)


def without_frame(body: str, start: int) -> tuple[str, str, int]:
    """The body of a quorum without a sentence around it ("four members shall form a quorum"), and its heading."""
    inner = body.strip()
    for pattern, head in READY:
        found = pattern.fullmatch(inner) if head == "quorum" else None
        if found is not None:
            place = start + len(body) - len(body.lstrip()) + found.start("body")
            return found.group("body"), found.group("rest") or "", place
    return body, "", start


SUBJECTS = (
    ("substitute", "substitutes"),
    ("interest|withdr|recuse", "declared interests"),
    ("deput|alternate|designee", "deputies"),
)


def subject_of(words: str) -> str:
    """Of whom a sentence speaks: deputies, substitutes, remote attendance, declared interests."""
    if "vacant" in words:
        return "deputies for vacant places"
    for pattern, head in SUBJECTS:
        if re.search(pattern, words):
            return head
    return "remote"


def read_statement(
    line: Line, *, clause_of: ClauseReader, vote_of: VoteReader, group_of: GroupReader
) -> list[Statement]:
    """The statements that ``line`` makes."""
    parts = split(line)
    if parts.head == "note":
        return [Note(parts.body)]
    when, left = heading_of(parts.rest, line, takes_decisions=parts.head in ("quorum", "votes"))
    if not parts.body:
        raise RuleError(
            (
                Problem(
                    line.number,
                    parts.column,
                    f"Nothing is said after “{parts.head}:”.",
                    "Say it, or write “not stated”.",
                ),
            )
        )
    if parts.head == "discretion":
        return [DiscretionRule(parts.body, when)]
    if parts.head in ("quorum", "votes", "voters"):
        refuse_rest(left, parts, line)
        return judged(parts, when, line.number, clause_of, vote_of, group_of)
    group = EVERYBODY
    if left:
        words = re.sub(r"^(?:for|of)\s+", "", left)
        group = group_of(words, line.number, line.column + max(line.text.find(words), 0))
    if parts.head == "block":
        return block_in(parts, line.number, when)
    return [standing(parts, when, group, line, group_of)]


def refuse_rest(left: str, parts: Split, line: Line) -> None:
    """A heading may name a kind of decision, a kind of meeting and dates, and nothing else."""
    if left:
        place = line.column + max(line.text.find(left.split()[0]), 0)
        remedy = (
            "Write “quorum for financial decisions:”, “quorum at adjourned meetings:” or “quorum from 1 April 2025:”."
        )
        raise RuleError((Problem(line.number, place, f"“{left}” is no heading that is understood.", remedy),))


def judged(
    parts: Split, when: Heading, number: int, clause_of: ClauseReader, vote_of: VoteReader, group_of: GroupReader
) -> list[Statement]:
    """A statement about quorum, votes or voters."""
    silent = NOT_STATED.fullmatch(parts.body) is not None
    if parts.head == "quorum" and (found := THROUGHOUT.search(parts.body)) is not None:
        body = parts.body[: found.start()] + " " * len(found.group()) + parts.body[found.end() :]
        return [QuorumRule(clause_of(body, number, parts.column), when), ScopeRule((Scope.CONTINUOUS,), when)]
    if parts.head == "quorum":
        if WHOEVER_COMES.fullmatch(parts.body):
            return [QuorumRule(AtLeast(Number(1)), when)]
        return [QuorumRule(None if silent else clause_of(parts.body, number, parts.column), when)]
    if parts.head == "voters":
        return [] if silent else [voters_of(parts, number, when, group_of)]
    if BLOCK.fullmatch(parts.body):
        return block_in(parts, number, when)
    first = BLOCK_FIRST.fullmatch(parts.body)
    if first is not None:
        body = first.group("body")
        rest = replace(parts, body=body, column=parts.column + first.start("body"))
        prefix = re.match(r"decisions (?:shall|will|are to|must)? ?(?:be |are )?(?:made |taken |reached )?by ", body)
        if prefix is not None:
            rest = replace(rest, body=body[prefix.end() :], column=rest.column + prefix.end())
        block = block_in(replace(parts, body=first.group("block")), number, when)
        return [*judged(rest, when, number, clause_of, vote_of, group_of), *block]
    body, blocks = without_block(parts, number, when)
    body, casting = without_casting(body, when, lambda words: group_of(words, number, parts.column))
    rule = VoteRule(() if silent else vote_of(body, number, parts.column), when)
    return [rule, *blocks, *casting]


def voters_of(parts: Split, number: int, when: Heading, group_of: GroupReader) -> VotersRule:
    """ "All members except observers", "councillors and officers": of voters, "and" and "or" say the same."""
    everybody = re.match(r"all (?=\w)", parts.body, re.IGNORECASE)
    start = everybody.end() if everybody else 0
    body = re.sub(r"\band\b", " or", parts.body[start:]) if " and " in parts.body else parts.body[start:]
    if '"' in parts.body or "“" in parts.body:
        body = parts.body[start:]
    return VotersRule(group_of(body, number, parts.column + start), when)


def block_in(parts: Split, number: int, when: Heading) -> list[Statement]:
    """Who has one vote together; "each member has one vote" says nothing, as it is so without the statement."""
    if EACH_MEMBER.fullmatch(parts.body):
        return []
    block = block_of(parts, number, when)
    if plain(" ".join(block.names)) in ("member", "voting member", "person"):
        raise unread(parts, number, "Name who has one vote together, such as “one vote for each agency”.")
    return [block]


def without_casting(body: str, when: Heading, read: Callable[[str], Group]) -> tuple[str, list[Statement]]:
    """``body`` without "…, the chair having a casting vote", and who has it."""
    if "casting vote" not in body.casefold():
        return body, []
    found = re.search(r"(?:,\s*|\s+)(?:and |with )?(?:the )?(?P<who>(?:[\w-]+ ){1,6}?(?:having|has|shall have|to "
                      r"have) (?:a |"
                      r"the )?(?:second |second or )?casting vote(?:,? (?:in|if|where|when) [\w ]*?(?:tied?|equal|"
                      r"equality)[\w ]*)?)\.?$", body, re.IGNORECASE)  # fmt: skip
    if found is None:
        return body, []
    return body[: found.start()], [CastingRule(*casting_of(found.group("who"), read), when)]


def without_block(parts: Split, number: int, when: Heading) -> tuple[str, list[Statement]]:
    """The body without "…, each agency having one vote", and who has one vote together."""
    found = re.search(r"[,;]\s*(?:and |with )?(?P<block>(?:each|every) [\w' -]+? (?:has|having|have|shall have|"
                      r"to have) one vote|one vote (?:for|per) [\w' -]+)$", parts.body, re.IGNORECASE)  # fmt: skip
    if found is None:
        return parts.body, []
    return parts.body[: found.start()], block_in(replace(parts, body=found.group("block")), number, when)


def standing(parts: Split, when: Heading, group: Group, line: Line, group_of: GroupReader) -> Statement:
    """A statement that is no clause: scope, casting vote, blocks, deputies, remote attendance, interests."""
    text = parts.body.casefold()
    if parts.head == "scope":
        scopes = tuple(scope for scope, pattern in SCOPES if re.search(pattern, text))
        if not scopes:
            raise unread(parts, line.number, "Write “at the opening”, “throughout”, “at each item” or “at each vote”.")
        return ScopeRule(scopes, when)
    if parts.head == "casting vote":
        given, whose = casting_of(parts.body, lambda words: group_of(words, line.number, parts.column))
        if whose.without:
            raise unread(parts, line.number, "Name a post, “the chair” for whoever presides, or “none”.")
        return CastingRule(given, whose, when)
    strange = left_over(parts.body)
    if strange:
        message = f"“{strange}” is not understood after “{parts.head}:”."
        remedy = "Write “count and vote”, “count, do not vote” or “do not count”, and the notice; leave the rest out."
        raise RuleError((Problem(line.number, parts.column + max(text.find(strange), 0), message, remedy),))
    counts, votes, notice = standing_body(parts.body)
    if counts is None and votes is None and notice is None:
        raise unread(
            parts, line.number, "Write “count and vote”, “count, do not vote”, “do not count”, or “not stated”."
        )
    return StandingRule(Standing(parts.head), counts, votes, group, notice, when)


A_NAME = re.compile(r"[^\W\d_][\w' -]{0,59}")


def block_of(parts: Split, number: int, when: Heading) -> BlockRule:
    """ "One vote for each district", "each agency has one vote"."""
    body = parts.body.casefold()
    found = re.search(r"(?:for|per|each|every)\s+(?:each |every )?(?:member )?(.+?)(?:\s+(?:has|having|have|"
                      r"shall have|to have)"
                      r" one vote)?$", body)  # fmt: skip
    name = one_of(found.group(1) if found else body)
    if not A_NAME.fullmatch(name) or len(name.split()) > 5:
        raise unread(parts, number, "Name who has one vote together, such as “one vote for each agency”.")
    return BlockRule(() if name in ANY_AGENCY or name in ("body", "partner") else (name,), when)


def unread(parts: Split, number: int, remedy: str) -> RuleError:
    """The error of a body that says nothing known."""
    return RuleError(
        (Problem(number, parts.column, f"“{parts.body}” is not understood after “{parts.head}:”.", remedy),)
    )
