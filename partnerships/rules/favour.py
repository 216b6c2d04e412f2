"""Whether the votes that a decision must have could be had from those who are here."""

from __future__ import annotations

from partnerships.rules.arranging import arrange
from partnerships.rules.clauses import AtLeast, Clause, FromEvery, Share
from partnerships.rules.eligibility import candidates
from partnerships.rules.explaining import shortfall
from partnerships.rules.facts import Room
from partnerships.rules.measuring import holds, leaves
from partnerships.rules.names import in_words, plural
from partnerships.rules.planning import Membership, listed_or, plan_of
from partnerships.rules.terms import Measure, Terms, VoteRule, VoteTest


def favour_shortfall(terms: Terms, room: Room, decision: str, rule: VoteRule) -> str:
    """Why the decision cannot be carried even if everybody here votes for it, as a clause of a sentence; or nothing."""
    people = candidates(terms, room, decision, voting=True, at=room.at)
    membership = Membership(room.seats, room.on, decision, room.meeting_kind, voting_rule=True)
    voters = len({person for person, _seat in people.capacity})
    for test in rule.tests:
        needed = number_needed(test, membership)
        if needed is not None and voters < needed:
            return f"{voters} who may vote are here; a {decision} decision needs {in_words(needed)} in favour"
        if test.measure is not Measure.CLAUSE or test.clause is None:
            continue
        plan = plan_of(test.clause, membership)
        filled = arrange(plan, people.people).filled
        if not holds(plan, filled):
            here = sum(1 for need in leaves(plan) if need.holds(filled))
            return clause_lacking(test.clause, here, len(leaves(plan)), decision) or (
                f"{shortfall(plan, filled, membership)}; a {decision} decision needs them in favour"
            )
    return ""


def number_needed(test: VoteTest, membership: Membership) -> int | None:
    """The number of votes in favour that the membership alone settles."""
    if test.measure is Measure.NUMBER:
        return test.number
    if test.measure is Measure.ALL and isinstance(test.share, Share):
        return test.share.of(membership.base(test.share, AtLeast(test.share).unit))
    return None


def clause_lacking(clause: Clause, here: int, asked: int, decision: str) -> str:
    """ "Four of five responsible authorities are here; a financial decision needs all five in favour"."""
    if not isinstance(clause, FromEvery) or asked < 2:
        return ""
    noun = plural(listed_or(clause.group)).casefold()
    some = in_words(here) if here else "none"
    return (
        f"{some} of {in_words(asked)} {noun} {'is' if here == 1 else 'are'} here; a {decision} decision needs "
        f"all {in_words(asked)} in favour"
    )
