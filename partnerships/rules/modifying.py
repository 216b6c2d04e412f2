"""What stands after a clause and changes it: caps, "of whom", "including", rounding, floors, presiding."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast

from lark import Token

from partnerships.rules.clauses import (
    AllOf,
    AnyOf,
    AtLeast,
    Base,
    Cap,
    Clause,
    FromEach,
    FromEvery,
    Group,
    Number,
    Presiding,
    Rounding,
    Share,
    Unit,
)
from partnerships.rules.names import number_of
from partnerships.rules.pieces import Besides, Modifier, OfWhom, all_of, problem
from partnerships.rules.vocabulary import NUM


def modified(core: Clause | OfWhom | Besides, modifiers: list[Modifier]) -> Clause | Besides:
    """``core`` with everything that stands after it."""
    if isinstance(core, Besides):
        inner = modified(core.clause, modifiers)
        return inner if isinstance(inner, Besides) else Besides(inner)
    clause: Clause = core.clause if isinstance(core, OfWhom) else core
    others: list[Clause | Besides] = []
    for modifier in modifiers:
        clause, more = with_modifier(clause, modifier, others)
        if more is not None:
            others.append(more)
    return all_of([clause, *others])


def with_modifier(
    clause: Clause, modifier: Modifier, others: list[Clause | Besides]
) -> tuple[Clause, Clause | Besides | None]:
    """``clause`` changed by ``modifier``, and what it asks beside that."""
    value = modifier.value
    if modifier.kind == "cap" and isinstance(value, Cap):
        return capped(clause, value, modifier.token), None
    if modifier.kind in ("whom", "including"):
        return asked_beside(clause, value, modifier, others)
    if modifier.kind == "rounded" and isinstance(value, Rounding):
        return rounded(clause, value, modifier.token), None
    if modifier.kind == "vacancies":
        return with_vacancies(clause, modifier.token), None
    if modifier.kind == "all whom" and isinstance(value, Group):
        return only(clause, value, modifier.token), None
    if modifier.kind == "plus one":
        return plus_one(clause)
    if modifier.kind == "whichever":
        return with_bound(clause, str(value), modifier.token), None
    return presided(clause, modifier.token), None


def asked_beside(
    clause: Clause, value: object, modifier: Modifier, others: list[Clause | Besides]
) -> tuple[Clause, Clause | Besides | None]:
    """ "Including one councillor", "at least one of whom …", "never fewer than three" after a fraction."""
    inner = value.clause if isinstance(value, OfWhom) else value
    if isinstance(inner, AtLeast) and (isinstance(value, OfWhom) or modifier.kind == "whom"):
        if isinstance(inner.quantity, Share) and isinstance(clause, AtLeast) and isinstance(clause.quantity, Share):
            return capped(clause, all_but(inner.quantity, inner.group, clause, modifier.token), modifier.token), None
        return clause, narrowed(inner, clause)
    if modifier.token is not None and isinstance(value, AtLeast) and is_majority_of_some(value):
        raise problem(
            modifier.token,
            "“With a majority of them” can be read in two ways: of all of them, or of those who are counted.",
            "Write “… and a majority of the officers”, or the number: “six members, at least four of whom are "
            "officers”.",
        )
    floor = None if others else floor_of(clause, value)
    if floor is not None:
        return floor, None
    return clause, cast("Clause | Besides", value)


def only(clause: Clause, group: Group, token: Token | None) -> Clause:
    """ "Three members, all of whom must be councillors": only they are counted."""
    if not isinstance(clause, AtLeast) or clause.unit is not Unit.PEOPLE or isinstance(clause.quantity, Share):
        raise problem(token, "There is no number of people here of whom all could be of a kind.", "Name the number.")
    inner = narrowed(AtLeast(clause.quantity, group), clause)
    return replace(clause, group=replace(inner.group, without=(*clause.group.without, *group.without)))


def is_majority_of_some(clause: AtLeast) -> bool:
    """Whether a majority of some kind of people is asked for."""
    share = clause.quantity
    return (
        isinstance(share, Share) and share.more and (share.over, share.under) == (1, 2) and not clause.group.everybody
    )


def plus_one(clause: Clause) -> tuple[Clause, Besides | None]:
    """ "Half the members plus one" is more than half; after anything else, one other member."""
    if isinstance(clause, AtLeast) and isinstance(clause.quantity, Share):
        return replace(clause, quantity=replace(clause.quantity, more=True)), None
    return clause, Besides(AtLeast(Number(1)))


def floor_of(clause: Clause, value: object) -> Clause | None:
    """A fraction with the floor that "never fewer than three" after it sets; None where ``value`` is something else."""
    if not (isinstance(clause, AtLeast) and isinstance(value, AtLeast)):
        return None
    share, number = clause.quantity, value.quantity
    if not (isinstance(share, Share) and isinstance(number, Number)) or share.floor is not None:
        return None
    if value.caps or value.unit is not Unit.PEOPLE or value.group not in (Group(), clause.group):
        return None
    return replace(clause, quantity=replace(share, floor=number.n))


def all_but(share: Share, group: Group, outer: AtLeast, token: Token | None) -> Cap:
    """ "At least half of whom are lay" of a number that is itself a share: no more than half are others."""
    if share.more or not group.kinds or group.sources:
        raise problem(
            token, "A share of a share is only understood as “at least half of whom are …”.", "Name the number."
        )
    others = Group(outer.group.kinds, outer.group.sources, False, (*outer.group.without, *group.kinds))
    return Cap(None, share.under - share.over, share.under, others)


def narrowed(inner: AtLeast, outer: Clause) -> AtLeast:
    """``inner`` asked of the people whom ``outer`` counts: of its group, and a share of its number."""
    quantity = inner.quantity
    if isinstance(quantity, Share) and isinstance(outer, AtLeast) and isinstance(outer.quantity, Number):
        quantity = Number(quantity.of(outer.quantity.n))
    group = inner.group
    if isinstance(outer, AtLeast) and not outer.group.everybody:
        sources = group.sources or outer.group.kinds or outer.group.sources
        group = replace(group, sources=sources, voting=group.voting or outer.group.voting)
    return replace(inner, quantity=quantity, group=group)


def capped(clause: Clause, cap: Cap, token: Token | None) -> Clause:
    """``clause`` with a cap on its head count; a cap that contradicts the clause is an error."""
    if isinstance(clause, AllOf) and not clause.distinct:
        first, *rest = clause.clauses
        return all_of([capped(first, cap, token), *rest])
    if not isinstance(clause, AtLeast):
        raise problem(token, "There is no number of people here that a limit could bind.", "Write “six members, …”.")
    same = cap.group == clause.group and not cap.each_agency
    if same and isinstance(clause.quantity, Number) and cap.of(clause.quantity.n) < clause.quantity.n:
        raise problem(
            token,
            f"The limit contradicts the clause: {clause.quantity.n} are asked for and at most "
            f"{cap.of(clause.quantity.n)} may be of the same people.",
            "Change the limit, or the people whom it binds.",
        )
    return replace(clause, caps=(*clause.caps, cap))


def rounded(clause: Clause, way: Rounding, token: Token | None) -> Clause:
    """``clause`` with the rounding of its fraction."""
    if isinstance(clause, FromEvery) and clause.share is not None:
        return replace(clause, share=replace(clause.share, rounding=way))
    if not (isinstance(clause, AtLeast) and isinstance(clause.quantity, Share)):
        raise problem(token, "There is no fraction here to round.", "Leave the rounding out, or name a fraction.")
    return replace(clause, quantity=replace(clause.quantity, rounding=way))


def with_vacancies(clause: Clause, token: Token | None) -> Clause:
    """A fraction of the members in post ("excluding vacancies") or of all the places ("including vacancies")."""
    if not (isinstance(clause, AtLeast) and isinstance(clause.quantity, Share)):
        raise problem(token, "There is no fraction here that vacant places could change.", "Leave this out.")
    voting = clause.quantity.base in (Base.VOTING, Base.VOTING_PLACES)
    if re.match(r"(?:including|counting|inclusive|whether)", str(token), re.IGNORECASE):
        base = Base.VOTING_PLACES if voting else Base.PLACES
    else:
        base = Base.VOTING if voting else Base.IN_POST
    group, share = clause.group, replace(clause.quantity, base=base)
    if group.kinds and base in (Base.PLACES, Base.VOTING_PLACES):  # "councillor places"
        group, share = replace(group, people=True), replace(share, group=replace(share.group, people=True))
    return replace(clause, quantity=share, group=group)


def with_bound(clause: Clause, words: str, token: Token | None) -> Clause:
    """ "… or three, whichever is the greater"."""
    found = re.search(NUM, words.casefold())
    number = number_of(found.group()) if found else 1
    lower = re.search(r"(?:lower|lesser|smaller|fewer|less)", words.casefold()) is not None
    return with_limit(clause, number, token, higher=not lower)


def with_limit(clause: Clause, number: int, token: Token | None, *, higher: bool) -> Clause:
    """``clause`` with a floor (``higher``) or a ceiling under its fraction."""
    if not isinstance(clause, AtLeast):
        raise problem(
            token, "Only numbers and fractions can be compared.", "Write “one third of the members or three”."
        )
    quantity = clause.quantity
    if isinstance(quantity, Number):
        chosen = max(quantity.n, number) if higher else min(quantity.n, number)
        return replace(clause, quantity=Number(chosen))
    if higher:
        return replace(clause, quantity=replace(quantity, floor=number))
    return replace(clause, quantity=replace(quantity, ceiling=number))


def bounded(clauses: list[Clause], token: Token, *, higher: bool) -> Clause:
    """Of a number and a fraction, the greater or the lower."""
    numbers = [c for c in clauses if isinstance(c, AtLeast) and isinstance(c.quantity, Number)]
    shares = [c for c in clauses if isinstance(c, AtLeast) and isinstance(c.quantity, Share)]
    if len(clauses) != 2 or len(numbers) != 1 or len(shares) != 1:
        raise problem(
            token, "“Whichever” compares one number with one fraction.", "Write “one third of the members or three”."
        )
    number = max(clause.quantity.n for clause in numbers if isinstance(clause.quantity, Number))
    return with_limit(shares[0], number, token, higher=higher)


def presided(clause: Clause, token: Token | None) -> Clause:
    """ "The chair or vice-chair presiding"."""
    if isinstance(clause, AtLeast) and clause.unit is Unit.PEOPLE and isinstance(clause.quantity, Number):
        return Presiding(clause.group)
    if isinstance(clause, AnyOf):
        return AnyOf(tuple(presided(part, token) for part in clause.clauses))
    if isinstance(clause, FromEach | FromEvery):
        raise problem(token, "Only one person presides.", "Write “the chair or vice-chair presiding”.")
    raise problem(token, "It is not clear who is to preside.", "Write “the chair or vice-chair presiding”.")
