"""The verdict: is a meeting quorate, by the terms in force, with those who are there?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from partnerships.rules.arranging import arrange
from partnerships.rules.eligibility import Candidates, candidates, moment_of
from partnerships.rules.explaining import counted_of, findings_of, quorate_words, shortfall
from partnerships.rules.facts import Occasion, Room
from partnerships.rules.favour import favour_shortfall
from partnerships.rules.headings import decision_text
from partnerships.rules.judgement import Judgement, Other, Status
from partnerships.rules.matching import Seating, mask_of
from partnerships.rules.measuring import Kind, Plan, holds, leaves
from partnerships.rules.mending import mending_of, remedy_of
from partnerships.rules.names import sentence
from partnerships.rules.planning import Membership, plan_of
from partnerships.rules.terms import ORDINARY, DiscretionRule, QuorumRule, Terms, VoteRule


@dataclass(frozen=True)
class Case:
    """A room made ready to be judged under one rule."""

    terms: Terms
    room: Room
    decision: str
    rule: QuorumRule | None
    people: Candidates
    membership: Membership
    plan: Plan | None
    seating: Seating

    @property
    def met(self) -> bool:
        """Whether the rule is met; without a rule there is nothing to meet."""
        return self.plan is not None and holds(self.plan, self.seating.filled)


def case_of(terms: Terms, room: Room, decision: str, *, at_once: bool = False) -> Case:
    """The facts of ``room`` under the rule for ``decision``; ``at_once`` leaves the scope of the rule aside."""
    rule = terms.quorum(decision, room.meeting_kind, room.on)
    moment = room.at if at_once else moment_of(terms, room, decision)
    people = candidates(terms, room, decision, voting=False, at=moment)
    membership = Membership(room.seats, room.on, decision, room.meeting_kind)
    membership.presider = presider_of(people)
    if rule is None or rule.clause is None:
        seating = Seating(people.people).fill_all(own_first(people))
        return Case(terms, room, decision, rule, people, membership, None, seating)
    plan = plan_of(rule.clause, membership)
    return Case(terms, room, decision, rule, people, membership, plan, arrange(plan, people.people, own_first(people)))


def presider_of(people: Candidates) -> int:
    """The seats that whoever presides could fill."""
    presiding = {presence.person for presence in people.presence.values() if presence.presiding}
    return mask_of(seat for person, seat in people.capacity if person in presiding) if presiding else 0


def own_first(people: Candidates) -> list[int]:
    """The seats that can be filled, those whose own member is there before the others."""
    return sorted(people.people, key=lambda seat: (people.capacity[(people.people[seat][0], seat)] != "member", seat))


def judge(terms: Terms, room: Room, decision: str = ORDINARY) -> Judgement:
    """Whether the meeting in ``room`` is quorate for a decision of that kind, and why.

    The verdict is *not stated* where the terms have no rule: that is not the same as always quorate. ``others`` are the
    verdicts for the other kinds of decision that have rules of their own, and ``headline`` is one line for all of them.
    """
    case = case_of(terms, room, decision)
    judgement = judgement_of(case)
    others = tuple(
        other
        for kind in terms.decisions()
        if kind.casefold() != decision.casefold()
        and (other := other_of(terms, room, kind, judgement, case)) is not None
    )
    return replace(judgement, others=others, headline=headline_of(judgement, others))


def judgement_of(case: Case) -> Judgement:
    """The verdict under one rule."""
    counted = counted_of(case.seating, case.people, case.room.seats)
    silent = Judgement(
        Status.NOT_STATED,
        "Quorum: not stated.",
        counted=counted,
        reasons=tuple(dict.fromkeys(case.people.reasons)),
        assumed=tuple(dict.fromkeys(case.people.assumed)),
        discretion=discretion_of(case),
        decision=case.decision,
    )
    if case.plan is None:
        return silent
    filled = case.seating.filled
    stated = replace(silent, findings=findings_of(case.plan, filled, counted, case.room.seats))
    if case.met:
        words = sentence(f"Quorate: {quorate_words(case.plan, filled, case.membership)}")
        return replace(stated, status=Status.QUORATE, sentence=words)
    mending = mending_of(case)
    return replace(
        stated,
        status=Status.NOT_QUORATE,
        sentence=sentence(f"Not quorate: {shortfall(case.plan, filled, case.membership)}"),
        remedy=remedy_of(mending) or presiding_remedy(case),
        mending=mending,
    )


def presiding_remedy(case: Case) -> str:
    """Who would have to preside, where that is all that is lacking."""
    for need in leaves(case.plan) if case.plan is not None else ():
        if need.kind is Kind.PRESIDING and not need.holds(case.seating.filled):
            return f"The {need.label} would have to preside."
    return ""


def discretion_of(case: Case) -> tuple[str, ...]:
    """What whoever presides may do without a quorum, in the words of the terms."""
    return tuple(
        rule.words
        for rule in case.terms.statements
        if isinstance(rule, DiscretionRule) and rule.when.applies(case.decision, case.room.meeting_kind, case.room.on)
    )


def other_of(terms: Terms, room: Room, kind: str, main: Judgement, ordinary: Case) -> Other | None:
    """The verdict for another kind of decision: its own quorum, and the votes in favour that it must have."""
    own = terms.quorum(kind, room.meeting_kind, room.on)
    if own is not None and own.when.decision:
        mine = judgement_of(case_of(terms, replace(room, occasion=Occasion.VOTE), kind))
        status, words = mine.status, mine.sentence
    else:
        status, words = main.status, main.sentence
    votes = terms.votes(kind, room.meeting_kind, room.on)
    lacking = favour_shortfall(terms, room, kind, votes) if isinstance(votes, VoteRule) and votes.when.decision else ""
    if lacking and status is not Status.NOT_QUORATE:
        return Other(kind, Status.NOT_QUORATE, sentence(lacking), met=False)
    if own is None and not (votes and votes.when.decision):
        return None
    return Other(kind, status, words, met=status is not Status.NOT_QUORATE)


def headline_of(judgement: Judgement, others: tuple[Other, ...]) -> str:
    """One line for the ordinary verdict and the others: "Quorate, but not for financial decisions. …"."""
    short = [other for other in others if not other.met]
    able = [other for other in others if other.status is Status.QUORATE]
    if judgement.status is Status.QUORATE and short:
        kinds = " or ".join(f"{decision_text(other.decision)}" for other in short)
        return f"Quorate, but not for {kinds}. {plain_cause(short[0].sentence)}"
    if judgement.status is Status.NOT_QUORATE and able:
        kinds = " and ".join(f"{decision_text(other.decision)}" for other in able)
        return f"{judgement.sentence} Quorate for {kinds}."
    if judgement.status is Status.NOT_STATED and short:
        kinds = " or ".join(f"{decision_text(other.decision)}" for other in short)
        return f"Quorum: not stated, but not quorate for {kinds}. {plain_cause(short[0].sentence)}"
    return f"{judgement.sentence} {judgement.remedy}".strip()


def plain_cause(words: str) -> str:
    """The cause alone, as a sentence of its own."""
    cause = words.removeprefix("Not quorate: ")
    return cause[:1].upper() + cause[1:]
