"""From the parse tree of a voting rule to its tests; each method is named after the rule of the grammar."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lark import Token, Transformer

from partnerships.rules.clauses import AtLeast, Clause, FromEvery, Number, Share, Unit
from partnerships.rules.picking import n_in, pick, the_token, token_of, values
from partnerships.rules.pieces import Least, Noun, from_each, share_of
from partnerships.rules.terms import Measure, VoteTest


class VoteBuilder(Transformer[Token, Any]):
    """Turns the tree of a voting rule into its tests."""

    def vote(self, children: list[Any]) -> tuple[VoteTest, ...]:
        return tuple(values(children))

    def vote_word(self, children: list[Any]) -> VoteTest:
        measures = {
            "MOREFOR": Measure.AGAINST,
            "UNANIMOUS": Measure.UNANIMOUS,
            "NOBODYAGAINST": Measure.NOBODY_AGAINST,
        }
        return VoteTest(measures[children[0].type])

    def vote_share(self, children: list[Any]) -> VoteTest:
        token = the_token(children, "FRACTION", "MAJORITY")
        share, least = share_of(token), pick(children, Least)
        measure = Measure.CAST if token_of(children, "CAST") else Measure.PRESENT
        return VoteTest(measure, share=replace(share, more=share.more or bool(least and least.more)))

    def vote_each(self, children: list[Any]) -> VoteTest:
        return VoteTest(Measure.CLAUSE, clause=from_each(n_in(children)[0], values(children)[-1], Noun()))

    def vote_all(self, children: list[Any]) -> VoteTest:
        clause: Clause = values(children)[0]
        if isinstance(clause, AtLeast) and clause == AtLeast(Number(1), clause.group, clause.unit):
            whole = AtLeast(Share(1, 1, group=clause.group), clause.group)
            clause = FromEvery(1, clause.group) if clause.unit is Unit.AGENCIES else whole
        return test_of(clause)

    def vote_clause(self, children: list[Any]) -> VoteTest:
        return test_of(values(children)[0])


def test_of(clause: Clause) -> VoteTest:
    """The test of a clause that must be met in favour; a bare number or share of all members is counted by votes."""
    if isinstance(clause, AtLeast) and isinstance(clause.quantity, Share) and clause.group.everybody:
        return VoteTest(Measure.ALL, share=clause.quantity)
    if isinstance(clause, AtLeast) and clause == AtLeast(clause.quantity) and isinstance(clause.quantity, Number):
        return VoteTest(Measure.NUMBER, number=clause.quantity.n)
    return VoteTest(Measure.CLAUSE, clause=clause)
