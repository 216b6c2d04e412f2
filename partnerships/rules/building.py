"""From the parse tree to clauses, bottom up. Each method is named after the rule of the grammar that it answers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from lark import Token, Transformer

from partnerships.rules.clauses import (
    EVERYBODY,
    AllOf,
    AnyOf,
    Asks,
    AtLeast,
    Cap,
    Clause,
    Condition,
    FromEach,
    FromEvery,
    Group,
    Number,
    Reading,
    Share,
    SomeOf,
    Unit,
    When,
)
from partnerships.rules.modifying import bounded, modified
from partnerships.rules.names import number_of
from partnerships.rules.picking import is_lower, n_in, pick, safe_day, the, the_token, token_of, values, way_of
from partnerships.rules.pieces import (
    Besides,
    Least,
    Modifier,
    Names,
    Noun,
    OfWhom,
    Origin,
    Phrase,
    Without,
    all_of,
    any_of,
    base_of,
    checked_fraction,
    condition_of_number,
    counted,
    day_of,
    from_each,
    kind_said,
    number_in,
    one_of_group,
    problem,
    refuse_or_after_each,
    share_clause,
    share_of,
    until_of,
)
from partnerships.rules.terms import Measure, VoteTest
from partnerships.rules.vocabulary import NUM

LONGEST_NAME = 7


class Builder(Transformer[Token, Any]):
    """Turns the tree of the grammar into clauses."""

    # Whole bodies of statements
    def quorum(self, children: list[Any]) -> Clause:
        return self.inside(children)

    def voters(self, children: list[Any]) -> Group:
        phrase: Phrase = children[0]
        return phrase.group

    def named(self, children: list[Any]) -> tuple[str, ...]:
        names: Names = children[0]
        return names.names

    # Branches
    def any_of(self, children: list[Any]) -> Clause:
        refuse_or_after_each(children)
        which = token_of(children, "WHICH")
        if which is None:
            return any_of(values(children))
        return bounded(values(children), which, higher=not is_lower(str(which)))

    def all_of(self, children: list[Any]) -> Clause:
        return all_of(values(children))

    def greater_of(self, children: list[Any]) -> Clause:
        inner = pick(children, AllOf) or pick(children, AnyOf)
        return bounded(list(inner.clauses) if inner else values(children), children[0], higher=True)

    def lower_of(self, children: list[Any]) -> Clause:
        inner = pick(children, AllOf) or pick(children, AnyOf)
        return bounded(list(inner.clauses) if inner else values(children), children[0], higher=False)

    def inside(self, children: list[Any]) -> Clause:
        clause: Clause = values(children)[0]
        if token_of(children, "DISTINCT") is None:
            return clause
        return AllOf(clause.clauses if isinstance(clause, AllOf) else (clause,), distinct=True)

    def some_of(self, children: list[Any]) -> SomeOf:
        number, token = n_in(children)
        clauses: tuple[Clause, ...] = children[-1]
        if number > len(clauses):
            raise problem(token, f"{number} of {len(clauses)} clauses cannot be met.", f"Ask for 1 to {len(clauses)}.")
        return SomeOf(number, clauses)

    def all_following(self, children: list[Any]) -> Clause:
        return all_of(list(children[-1]))

    def items(self, children: list[Any]) -> tuple[Clause, ...]:
        return tuple(values(children))

    # Conditions
    def when(self, children: list[Any]) -> When:
        condition = the(children, Condition)
        clauses = [child for child in values(children) if not isinstance(child, Condition)]
        return When(condition, clauses[0], clauses[1] if len(clauses) > 1 else None)

    when_first = when

    def appointed(self, children: list[Any]) -> Condition:
        return Condition(Asks.APPOINTED, name=children[0])

    def vacant(self, children: list[Any]) -> Condition:
        return Condition(Asks.VACANT, name=children[0])

    def in_post(self, children: list[Any]) -> Condition:
        return condition_of_number(str(children[0]))

    def since(self, children: list[Any]) -> Condition:
        return Condition(Asks.SINCE, day=safe_day(children[0], day_of))

    def until(self, children: list[Any]) -> Condition:
        return Condition(Asks.UNTIL, day=safe_day(children[0], until_of))

    def meeting(self, children: list[Any]) -> Condition:
        return Condition(Asks.MEETING, name=kind_said(str(children[0]), "meeting"))

    def decision(self, children: list[Any]) -> Condition:
        return Condition(Asks.DECISION, name=kind_said(str(children[0]), "decision"))

    # One clause and what stands after it
    def part(self, children: list[Any]) -> Clause | Besides:
        return modified(children[0], children[1:])

    def single(self, children: list[Any]) -> Clause:
        return one_of_group(children[0])

    def least(self, children: list[Any]) -> Least:
        return Least(children[0].type == "MORETHAN", children[0])

    def count(self, children: list[Any]) -> Clause | Besides:
        number, token = n_in(children)
        noun = pick(children, Noun)
        clause = counted(number, noun, pick(children, Origin), pick(children, Without), token)
        return Besides(clause) if noun is not None and noun.other else clause

    def count_every(self, children: list[Any]) -> FromEvery:
        noun = pick(children, Noun)
        number = n_in(children)[0] if token_of(children, "NUMBER") is not None else 1
        return FromEvery(number, Group(kinds=noun.kinds) if noun else EVERYBODY)

    def count_different(self, children: list[Any]) -> AtLeast:
        return AtLeast(Number(n_in(children)[0]), Phrase(pick(children, Noun) or Noun()).group, Unit.AGENCIES)

    def different(self, children: list[Any]) -> AtLeast:
        number, _token = n_in(children)
        return AtLeast(
            Number(number), Phrase(replace(pick(children, Noun) or Noun(), different=True)).group, Unit.AGENCIES
        )

    def from_count(self, children: list[Any]) -> AtLeast:
        clause: AtLeast = values(children)[0]
        return clause

    of_count = from_count

    def members_from(self, children: list[Any]) -> Clause:
        agencies = the(children, AtLeast)
        if token_of(children, "NUMBER") is None:
            return agencies
        people, _token = n_in(children)
        asked = agencies.quantity.n if isinstance(agencies.quantity, Number) else people
        return agencies if people <= asked else all_of([AtLeast(Number(people), agencies.group), agencies])

    def count_of_total(self, children: list[Any]) -> AtLeast:
        number, token = n_in(children)
        phrase: Phrase = children[-1]
        total = number_in([child for child in children if isinstance(child, Token) and child.type == "NUMBER"][1])
        if number > total:
            raise problem(token, f"{number} of {total} cannot be met.", f"Ask for {total} or fewer.")
        return AtLeast(Number(number), phrase.group, phrase.unit)

    def of_whom(self, children: list[Any]) -> OfWhom:
        phrase: Phrase = children[-1]
        return OfWhom(AtLeast(Number(n_in(children)[0]), phrase.group, phrase.unit))

    def share_of_whom(self, children: list[Any]) -> OfWhom:
        phrase: Phrase = children[-1]
        share = share_of(the_token(children, "FRACTION", "MAJORITY"))
        return OfWhom(AtLeast(share, phrase.group, phrase.unit))

    def share_core(self, children: list[Any]) -> Clause:
        share, phrase = children[-1]
        least = pick(children, Least)
        return share_clause(replace(share, more=share.more or bool(least and least.more)), phrase)

    def share(self, children: list[Any]) -> tuple[Share, Phrase | None]:
        share, token = share_of(children[0]), token_of(children, "ROUNDED")
        if token is not None:
            share = replace(share, rounding=way_of(str(token)))
        return share, pick(children, Phrase)

    def base(self, children: list[Any]) -> Phrase:
        noun = pick(children, Noun) or Noun()
        if token_of(children, "WHOLE") is not None:
            noun = replace(noun, places=True)
        return Phrase(noun, pick(children, Origin), pick(children, Without))

    def each(self, children: list[Any]) -> Clause:
        return from_each(1, values(children)[0], Noun())

    def everyone(self, children: list[Any]) -> Clause:
        value = children[-1]
        if isinstance(value, Names):
            return FromEach(1, value.names)
        phrase: Phrase = value
        if phrase.unit is Unit.AGENCIES:
            return FromEvery(1, phrase.group)
        return share_clause(Share(1, 1, base_of(phrase.noun)), phrase)

    # Caps and other modifiers
    def limit(self, children: list[Any]) -> Cap:
        token: Token = children[0]
        reading = Reading.COUNTED if token_of(children, "EVERYBODY") is None else Reading.PRESENT
        if token.type == "NUMBER":
            return Cap(limit=number_in(token), reading=reading)
        over, under = checked_fraction(token)
        return Cap(None, over, under, reading=reading)

    def cap(self, children: list[Any]) -> Cap:
        cap = pick(children, Cap) or Cap()
        if token_of(children, "PERAGENCY") is not None:
            noun = pick(children, Noun)
            return replace(cap, each_agency=True, group=Group(kinds=noun.kinds) if noun else EVERYBODY)
        phrase = pick(children, Phrase) or Phrase(Noun())
        return replace(cap, group=phrase.group)

    def capped(self, children: list[Any]) -> Modifier:
        token = token_of(children, "OFWHOM", "INCLUDING")
        return Modifier("cap", pick(children, Cap), token)

    def whom(self, children: list[Any]) -> Modifier:
        return Modifier("whom", values(children)[-1], children[0])

    def including(self, children: list[Any]) -> Modifier:
        return Modifier("including", values(children)[-1], token_of(children, "INCLUDING"))

    def rounded(self, children: list[Any]) -> Modifier:
        return Modifier("rounded", way_of(str(children[0])), children[0])

    def single_max(self, children: list[Any]) -> Modifier:
        token = the_token(children, "SINGLEMAX")
        found = re.search(rf"more than ({NUM})", str(token), re.IGNORECASE)
        limit = number_of(found.group(1)) if found else 1
        return Modifier("cap", Cap(limit=limit, each_agency=True), token)

    def whichever(self, children: list[Any]) -> Modifier:
        return Modifier("whichever", str(children[0]), children[0])

    def vacancies(self, children: list[Any]) -> Modifier:
        return Modifier("vacancies", None, children[0])

    def plus_one(self, children: list[Any]) -> Modifier:
        return Modifier("plus one", None, children[0])

    def presiding(self, children: list[Any]) -> Modifier:
        return Modifier("presiding", None, children[0])

    # Noun phrases
    def group(self, children: list[Any]) -> Phrase:
        return Phrase(pick(children, Noun) or Noun(), pick(children, Origin), pick(children, Without))

    def group_or_names(self, children: list[Any]) -> Phrase | Names:
        value: Phrase | Names = children[0]
        return value

    def noun(self, children: list[Any]) -> Noun:
        words = {child.type: str(child).casefold() for child in children if isinstance(child, Token)}
        members = words.get("MEMBERS", "")
        return Noun(
            kinds=pick(children, tuple) or (),
            people=bool(members) or "WHOLE" in words,
            voting="VOTING" in words,
            in_post="INPOST" in words,
            different="DIFFERENT" in words,
            other="OTHER" in words or "OTHERS" in words,
            places="WHOLE" in words or "place" in members or "seat" in members,
        )

    def kinds(self, children: list[Any]) -> tuple[str, ...]:
        return tuple(values(children))

    def without(self, children: list[Any]) -> Without:
        return Without(tuple(values(children)))

    def origin(self, children: list[Any]) -> Origin:
        return Origin(values(children)[0], each=False, of=token_of(children, "OF") is not None)

    def each_origin(self, children: list[Any]) -> Origin:
        return Origin(values(children)[0], each=True, of=False)

    def names(self, children: list[Any]) -> Names:
        either = token_of(children[::-1], "LISTOR")
        return Names(tuple(values(children)), either=either is not None, token=either)

    names_two = names

    def name(self, children: list[Any]) -> str:
        if children[0].type == "QUOTED":
            return str(children[0])[1:-1].strip()
        if len(children) > LONGEST_NAME:
            message = f"“{' '.join(str(child) for child in children[:4])} …” is not understood as a rule."
            raise problem(children[0], message, "Say how many of whom; a name as long as this stands in quotes.")
        return " ".join(str(child) for child in children).rstrip("'’")

    # Votes
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
        return VoteTest(Measure.CLAUSE, clause=clause)

    def vote_clause(self, children: list[Any]) -> VoteTest:
        clause: Clause = values(children)[0]
        if isinstance(clause, AtLeast) and isinstance(clause.quantity, Share) and clause.group.everybody:
            return VoteTest(Measure.ALL, share=clause.quantity)
        if isinstance(clause, AtLeast) and clause == AtLeast(clause.quantity) and isinstance(clause.quantity, Number):
            return VoteTest(Measure.NUMBER, number=clause.quantity.n)
        return VoteTest(Measure.CLAUSE, clause=clause)
