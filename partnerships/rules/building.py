"""From the parse tree to clauses, bottom up. Each method is named after the rule of the grammar that it answers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from lark import Token

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
    Rounding,
    Share,
    SomeOf,
    Unit,
    When,
)
from partnerships.rules.conditions import condition_of_number, day_of, kind_said, until_of
from partnerships.rules.modifying import bounded, modified
from partnerships.rules.names import number_of
from partnerships.rules.picking import is_lower, n_in, pick, safe_day, the, the_token, token_of, values, way_of
from partnerships.rules.pieces import (
    Agencies,
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
    counted,
    different_share,
    from_each,
    least_of,
    members_from,
    number_in,
    one_of_group,
    problem,
    refuse_or_after_each,
    refuse_others,
    share_clause,
    share_of,
)
from partnerships.rules.vocabulary import NUM
from partnerships.rules.votes import VoteBuilder

LONGEST_NAME = 7
LONGEST_NAME_LETTERS = 120


class Builder(VoteBuilder):
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
        parts = []
        for before, child in zip([None, *children], children, strict=False):
            beside = isinstance(before, Token) and before.type == "WITHPLUS" and not isinstance(child, Besides)
            parts.append(Besides(child) if beside else child)  # "in addition to": nobody counts for both
        clauses = values(parts)
        if len(clauses) == 1:
            refuse_others(clauses)
        return all_of(clauses)

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
        refuse_others(values(children))
        return tuple(values(children))

    # Conditions
    def when(self, children: list[Any]) -> When:
        condition = the(children, Condition)
        clauses = [child for child in values(children) if not isinstance(child, Condition)]
        refuse_others(clauses)
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
        if isinstance(children[0], OfWhom) and isinstance(children[0].clause.quantity, Share):
            message = "A share of whom? No number of people stands before it."
            raise problem(children[0].token, message, "Name a number of people first: “six members, half of whom …”.")
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
        noun, token = pick(children, Noun), the_token(children, "PERAGENCY")
        if not re.search(r"\b(?:each|every|per)\b", str(token), re.IGNORECASE):
            raise problem(token, f"It is not clear what “{token}” asks for.", "Write “from each agency”, or name one.")
        number = n_in(children)[0] if token_of(children, "NUMBER") is not None else 1
        return FromEvery(number, Group(kinds=noun.kinds) if noun else EVERYBODY)

    def count_different(self, children: list[Any]) -> AtLeast:
        return AtLeast(Number(n_in(children)[0]), Phrase(pick(children, Noun) or Noun()).group, Unit.AGENCIES)

    def different(self, children: list[Any]) -> AtLeast:
        found = pick(children, tuple)
        if found is not None:
            share, phrase = found
            noun = replace(phrase.noun if phrase else Noun(), different=True)
            share = least_of(share, children) if isinstance(share, Share) else share
            return different_share(share, replace(phrase or Phrase(noun), noun=noun))
        number, _token = n_in(children)
        return AtLeast(
            Number(number), Phrase(replace(pick(children, Noun) or Noun(), different=True)).group, Unit.AGENCIES
        )

    def from_count(self, children: list[Any]) -> Agencies:
        return Agencies(values(children)[0], each=token_of(children, "EACH") is not None)

    of_count = of_each_count = from_count

    def members_from(self, children: list[Any]) -> Clause:
        people = n_in(children)[0] if token_of(children, "NUMBER") is not None else None
        return members_from(people, pick(children, Noun) or Noun(), the(children, Agencies))

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

    def of_whom_from(self, children: list[Any]) -> OfWhom:
        clause = counted(n_in(children)[0], Noun(), the(children, Origin), None, n_in(children)[1])
        if not isinstance(clause, AtLeast):
            raise problem(n_in(children)[1], "It is not clear where they come from.", "Name one agency or class.")
        return OfWhom(clause)

    def of_whom_not(self, children: list[Any]) -> OfWhom:
        group = children[-1].group
        if group.sources or group.without or not group.kinds:
            raise problem(n_in(children)[1], "It is not clear who is meant.", "Write “at least one of whom is not …”.")
        return OfWhom(AtLeast(Number(n_in(children)[0]), Group(without=group.kinds)))

    def share_of_whom(self, children: list[Any]) -> OfWhom:
        phrase: Phrase = children[-1]
        token = the_token(children, "FRACTION", "MAJORITY")
        return OfWhom(AtLeast(share_of(token), phrase.group, phrase.unit), token)

    def share_core(self, children: list[Any]) -> Clause:
        share, phrase = children[-1]
        if isinstance(share, Number):
            return AtLeast(share, phrase.group, phrase.unit)
        return share_clause(least_of(share, children), phrase)

    def share(self, children: list[Any]) -> tuple[Share | Number, Phrase | None]:
        share, token = share_of(the_token(children, "FRACTION", "MAJORITY")), token_of(children, "ROUNDED")
        if token is not None:
            share = replace(share, rounding=way_of(str(token)))
        if token_of(children, "NEARESTTO") is not None:
            share = replace(share, rounding=Rounding.NEAREST)
        number = token_of(children, "NUMBER")
        if number is not None:  # "a majority of the seven members": a number that the rule itself gives
            return Number(max(share.of(number_in(number)), 1)), Phrase(the(children, Noun))
        return share, pick(children, Phrase)

    def base(self, children: list[Any]) -> Phrase:
        noun = pick(children, Noun) or Noun()
        if token_of(children, "WHOLE") is not None:
            noun = replace(noun, places=True)
        if token_of(children, "TOTAL") is not None and not noun.in_post:
            noun = replace(noun, places=True, people=True)
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

    def all_whom(self, children: list[Any]) -> Modifier:
        value = children[-1]
        group = Group(sources=value.names.names) if isinstance(value, Origin) else value.group
        return Modifier("all whom", group, children[0])

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
            many=members.endswith(("s", "people")),
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
        return Names(tuple(values(children)), either=either is not None, token=either or token_of(children, "LISTAND"))

    names_two = names

    def name(self, children: list[Any]) -> str:
        if sum(len(child) for child in children) > LONGEST_NAME_LETTERS:
            raise problem(children[0], "This name is too long to be one.", "Shorten it, or use a class instead.")
        if children[0].type == "QUOTED":
            return str(children[0])[1:-1].strip()
        if len(children) > LONGEST_NAME:
            message = f"“{' '.join(str(child) for child in children[:4])} …” is not understood as a rule."
            raise problem(children[0], message, "Say how many of whom; a name as long as this stands in quotes.")
        return " ".join(str(child) for child in children).rstrip("'’")
