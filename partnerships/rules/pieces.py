"""The pieces between the parse tree and the clauses: names, nouns, fractions, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lark import Token

from partnerships.rules.clauses import (
    AllOf,
    AnyOf,
    AtLeast,
    Base,
    Clause,
    FromEach,
    FromEvery,
    Group,
    Number,
    Share,
    Unit,
)
from partnerships.rules.names import (
    ORDINALS,
    are_bodies,
    are_people,
    names_units,
    number_of,
    one_of,
    plain,
    plural,
    singular,
)
from partnerships.rules.problems import Problem, RuleError

MOST = 1_000_000
PLACES = re.compile(r"(?:places|seats|membership|complement|strength|establishment|whole|total|full)", re.IGNORECASE)


def problem(token: Token | None, message: str, remedy: str) -> RuleError:
    """The error at ``token``."""
    line, column = (token.line or 0, token.column or 0) if token is not None else (0, 0)
    return RuleError((Problem(line, column, message, remedy),))


def number_in(token: Token) -> int:
    """The number that stands in a NUMBER token; "six (6)" is six."""
    number = number_of(str(token).split("(")[0].rstrip("+ "))
    if number > MOST:
        raise problem(token, "No body has so many members.", f"Write a number up to {MOST:,}.")
    return number


def fraction_of(text: str) -> tuple[int, int]:
    """The fraction that ``text`` says: "two thirds", "half", "1/3", "33.3 %"."""
    text = re.sub(r"[\s-]+(?:majority|vote).*$", "", text.casefold().strip())
    in_percent = re.match(r"([a-z][a-z -]*?)[ -]*(?:%|per ?cent)", text)
    if in_percent:
        return number_of(in_percent.group(1)), 100
    percent = re.match(r"(\d+)(?:\.(\d+))?\s*(?:%|per)", text)
    if percent:
        decimals = percent.group(2) or ""
        return int(percent.group(1) + decimals), 100 * 10 ** len(decimals)
    if "/" in text:
        over, under = text.split("/")
        return int(over), int(under)
    words = re.split(r"[\s\-]+", text)
    part = ORDINALS[singular(words[-1])]
    return (number_of(" ".join(words[:-1])) if len(words) > 1 else 1), part


@dataclass(frozen=True)
class Names:
    """A list of names: joined by "and" (all of them) or by "or" (any)."""

    names: tuple[str, ...]
    either: bool = False
    token: Token | None = None


@dataclass(frozen=True)
class Noun:
    """Whom a clause counts: kinds, or people in general."""

    kinds: tuple[str, ...] = ()
    people: bool = False
    voting: bool = False
    in_post: bool = False
    different: bool = False
    other: bool = False
    places: bool = False
    many: bool = False


@dataclass(frozen=True)
class Origin:
    """Where they come from: "from each of …", "from …", "of …"."""

    names: Names
    each: bool
    of: bool

    @property
    def apart(self) -> list[Origin]:
        """One origin for each name."""
        return [Origin(Names((name,)), each=False, of=self.of) for name in self.names.names]


@dataclass(frozen=True)
class Without:
    """Who is left out."""

    names: tuple[str, ...]


# Words that stand for any organisation: "four agencies", "four different organisations".
ANY_AGENCY = {
    "agency",
    "organisation",
    "organization",
    "partner agency",
    "partner organisation",
    "member organisation",
    "member agency",
}


@dataclass(frozen=True)
class Phrase:
    """A noun phrase: the places that it speaks of, and how it speaks of them."""

    noun: Noun
    origin: Origin | None = None
    without: Without | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds named; none where the kind is "agencies", which all are."""
        heads = self.noun.people and not self.noun.different
        if len(self.noun.kinds) == 1 and plain(self.noun.kinds[0]) in ANY_AGENCY and not heads:
            return ()
        return self.noun.kinds

    @property
    def group(self) -> Group:
        """The places that the phrase speaks of."""
        kinds, sources = self.kinds, self.origin.names.names if self.origin else ()
        if self.unit is Unit.AGENCIES and not kinds:
            kinds, sources = sources, ()
            if len(kinds) == 1 and plain(kinds[0]) in ANY_AGENCY:
                kinds = ()
        people = self.noun.people and bool(kinds) and self.unit is Unit.PEOPLE
        return Group(kinds, sources, self.noun.voting, self.without.names if self.without else (), people)

    @property
    def unit(self) -> Unit:
        """Whether the phrase counts heads or different organisations: "four districts" are four different ones."""
        if self.noun.different or self.kinds != self.noun.kinds:
            return Unit.AGENCIES
        if self.noun.people and self.noun.kinds:
            return Unit.PEOPLE
        names = self.noun.kinds or (self.origin.names.names if self.origin and self.origin.of else ())
        if len(names) == 1 and names_units(names[0]):
            # "Three members of the pension board" are people; "three representatives of the districts" are districts.
            one_body = not self.noun.kinds and self.noun.people and plural(names[0]) != names[0]
            return Unit.PEOPLE if one_body else Unit.AGENCIES
        return Unit.PEOPLE


@dataclass(frozen=True)
class Least:
    """ "At least" or, with ``more``, "more than"."""

    more: bool
    token: Token


@dataclass(frozen=True)
class Agencies:
    """Different agencies from which people come; ``each``: from every one of them."""

    clause: AtLeast
    each: bool


@dataclass(frozen=True)
class OfWhom:
    """Something that is asked of the people whom the clause before counts."""

    clause: AtLeast
    token: Token | None = None


@dataclass(frozen=True)
class Besides:
    """ "Three other members": nobody counted for the clauses beside it counts for this one."""

    clause: Clause


@dataclass(frozen=True)
class Modifier:
    """Something that stands after a clause and changes it, with the token at which it stands."""

    kind: str
    value: object
    token: Token | None = None


def share_of(token: Token) -> Share:
    """The fraction that a FRACTION or MAJORITY token says."""
    if token.type == "MAJORITY":
        return Share(1, 2, more=True)
    over, under = checked_fraction(token)
    return Share(over, under)


def checked_fraction(token: Token) -> tuple[int, int]:
    """The fraction in ``token``; one of nothing, by nothing or above the whole is an error."""
    over, under = fraction_of(str(token))
    if under == 0 or over == 0:
        raise problem(token, f"“{token}” is a fraction of nothing.", "Write a fraction such as one third or 50 %.")
    if over > under:
        raise problem(token, f"“{token}” is more than the whole.", "Write a fraction of one or less.")
    return over, under


def base_of(noun: Noun) -> Base:
    """What the fraction is a fraction of."""
    if noun.voting:
        return Base.VOTING_PLACES if noun.places and not noun.in_post else Base.VOTING
    return Base.PLACES if noun.places and not noun.in_post else Base.IN_POST


def share_clause(share: Share, phrase: Phrase | None) -> Clause:
    """At least that share of the places of which ``phrase`` speaks (or of all)."""
    if phrase is None:
        return AtLeast(share)
    if phrase.origin is not None and phrase.origin.each and len(phrase.origin.names.names) > 1:
        return all_of([share_clause(share, replace(phrase, origin=part)) for part in phrase.origin.apart])
    if phrase.origin is not None and phrase.origin.each:
        return share_of_every(share, phrase, phrase.origin)
    group, unit = phrase.group, phrase.unit
    base = Base.IN_POST if unit is Unit.AGENCIES else base_of(phrase.noun)
    return AtLeast(replace(share, base=base, group=replace(group, voting=False)), group, unit)


def share_of_every(share: Share, phrase: Phrase, origin: Origin) -> FromEvery:
    """ "Half of the members from each of the sides": of each agency that carries the name, that share of its own."""
    kinds = phrase.noun.kinds
    group = Group(kinds or origin.names.names, origin.names.names if kinds else (), phrase.noun.voting)
    base = base_of(phrase.noun)
    return FromEvery(1, group, replace(share, base=base, group=Group()))


def least_of(share: Share, children: Sequence[object]) -> Share:
    """``share``, and "more than" where that stands before it."""
    return replace(share, more=share.more or any(isinstance(child, Least) and child.more for child in children))


def different_share(share: Share | Number, phrase: Phrase) -> AtLeast:
    """ "Half of the partner agencies", counted as different ones."""
    group = phrase.group
    if isinstance(share, Share):
        share = replace(share, base=Base.IN_POST, group=replace(group, voting=False))
    return AtLeast(share, group, Unit.AGENCIES)


def members_from(people: int | None, noun: Noun, agencies: Agencies) -> Clause:
    """ "Five councillors from at least three of the districts": so many people, from so many different agencies."""
    clause = agencies.clause
    group, asked = clause.group, clause.quantity
    if len(noun.kinds) == 1 and plain(noun.kinds[0]) in ANY_AGENCY:
        noun = replace(noun, kinds=())
    whose = replace(group, kinds=noun.kinds, sources=group.kinds) if noun.kinds else group
    if isinstance(asked, Share):
        clause = replace(clause, quantity=replace(asked, group=replace(whose, voting=False)))
    if agencies.each:
        return FromEvery(people or 1, whose)
    different = replace(clause, group=whose)
    if people is None or (isinstance(asked, Number) and people <= asked.n):
        return different
    heads = Group(noun.kinds, group.kinds, group.voting or noun.voting, group.without, noun.people and bool(noun.kinds))
    return all_of([AtLeast(Number(people), heads), different])


def from_each(n: int, names: Names, noun: Noun, without: Without | None = None) -> Clause:
    """At least ``n`` from each of the names; a single name that is a class means each agency that carries it."""
    if names.either and len(names.names) > 1:
        raise problem(
            names.token,
            f"“Each of {', '.join(names.names[:-1])} or {names.names[-1]}” can be read in two ways.",
            "Write “and” before the last; an alternative stands in brackets: “… and (the chair or vice-chair)”.",
        )
    if len(names.names) == 1:
        left_out = without.names if without else ()
        if noun.kinds:
            return FromEvery(n, Group(noun.kinds, names.names, noun.voting, left_out))
        return FromEvery(n, Group(names.names, (), noun.voting, left_out))
    if without is not None:
        raise problem(names.token, "“Each of” a list leaves nobody out.", "Leave the name out of the list instead.")
    return FromEach(n, names.names, noun.kinds, noun.voting)


def counted(n: int, noun: Noun | None, origin: Origin | None, without: Without | None, token: Token) -> Clause:
    """At least ``n`` of what the noun phrase says."""
    phrase = Phrase(noun or Noun(), origin, without)
    if origin is None:
        return AtLeast(Number(n), phrase.group, phrase.unit)
    names = origin.names
    if origin.each:
        return from_each(n, names, phrase.noun, without)
    if origin.of and noun is None and len(names.names) > 1:
        return several_names(n, names, token)
    if len(names.names) > 1 and not names.either:
        if n > 1:
            raise problem(
                token,
                f"“{token} from {', '.join(names.names)}” can be read in two ways.",
                f"Write “{token} from each of …” or “{token} from {' or '.join(names.names)}”.",
            )
        return from_each(1, names, phrase.noun, without)
    if noun is None and origin.of:
        phrase = Phrase(Noun(kinds=names.names), None, without)
    return AtLeast(Number(n), phrase.group, phrase.unit)


def several_names(n: int, names: Names, token: Token) -> AtLeast:
    """At least ``n`` different ones of the names listed."""
    if n > len(names.names):
        raise problem(token, f"{n} of {len(names.names)} names cannot be met.", f"Ask for {len(names.names)} or fewer.")
    return AtLeast(Number(n), Group(sources=names.names), Unit.NAMES)


def all_of(clauses: Sequence[Clause | Besides]) -> Clause:
    """``clauses`` as one, a nested "all of" flattened; with "other" members, one of distinct people."""
    flat: list[Clause] = []
    apart = len(clauses) > 1 and any(isinstance(clause, Besides) for clause in clauses)
    for clause in clauses:
        if isinstance(clause, Besides):
            flat.append(clause.clause)
        elif isinstance(clause, AllOf) and not clause.distinct:
            flat.extend(clause.clauses)
        else:
            flat.append(clause)
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat), distinct=apart)


def refuse_others(clauses: Sequence[object]) -> None:
    """ "Two other members" with nobody beside them: whom do they leave out?"""
    if any(isinstance(clause, Besides) for clause in clauses):
        raise problem(
            None, "It is not clear whom “other” leaves out here.", "Name whom: “the chair and two other members”."
        )


def any_of(clauses: list[Clause]) -> Clause:
    """``clauses`` as alternatives, a nested "any of" flattened."""
    flat: list[Clause] = []
    for clause in clauses:
        flat.extend(clause.clauses if isinstance(clause, AnyOf) else (clause,))
    return flat[0] if len(flat) == 1 else AnyOf(tuple(flat))


def refuse_or_after_each(children: Sequence[object]) -> None:
    """ "One from each of A, B and C or D": does D stand for C alone, or for all of them?"""
    for before, joiner in pairwise(children):
        last = before.clauses[-1] if isinstance(before, AllOf) else before
        if (
            isinstance(joiner, Token)
            and joiner.type == "LISTOR"
            and not joiner.startswith(",")
            and isinstance(last, FromEach)
        ):
            raise problem(
                joiner,
                "“Each of … and … or …” can be read in two ways.",
                "Put the alternative in brackets, “… and (the chair or vice-chair)”, or the list, “(one from each "
                "of …) or …”.",
            )


def one_of_group(phrase: Phrase, token: Token | None = None) -> Clause:
    """A noun phrase without a number: one of it, and of a list that is joined by "and" one from each."""
    for name in phrase.noun.kinds:
        plural_members = phrase.noun.people and phrase.noun.many and phrase.origin is None
        if plural_members or (are_people(name) and not phrase.noun.people) or are_bodies(name):
            words = f"{name} members" if phrase.noun.people else name
            remedy = f"Write “one {one_of(words)}”, “each of the {words}” or a number."
            raise problem(token, f"It is not said how many {words} are needed.", remedy)
    origin = phrase.origin
    if origin is not None and not origin.names.either and (origin.each or len(origin.names.names) > 1):
        return from_each(1, origin.names, phrase.noun, phrase.without)
    return AtLeast(Number(1), phrase.group, phrase.unit)
