"""Random rules, as values that the language can say."""

import datetime as dt

from hypothesis import strategies as st

from partnerships.rules.clauses import (
    AllOf,
    AnyOf,
    Asks,
    AtLeast,
    Base,
    Cap,
    Condition,
    FromEach,
    FromEvery,
    Group,
    Number,
    Presiding,
    Reading,
    Rounding,
    Share,
    SomeOf,
    Unit,
    When,
)
from partnerships.rules.terms import (
    BlockRule,
    CastingRule,
    Heading,
    Measure,
    Notice,
    NoticeUnit,
    QuorumRule,
    Scope,
    ScopeRule,
    Standing,
    StandingRule,
    Terms,
    VotersRule,
    VoteRule,
    VoteTest,
)

NAMES = st.sampled_from(["North", "East", "South", "West", "councillor", "lay", "chair", "officer", "Nobody Here"])
AWKWARD = st.sampled_from(
    ["Health and Care", "Director of Public Health", "A", "BLMK ICB", "Police, Fire and Crime", "one", "all",
     "Chair (acting)",
     "Members' Panel", "From Here", "Category 1 responder", "St John's", "O'Neill & Sons", "half", "no", "of whom"]
)  # fmt: skip
COUNTS = st.integers(1, 6)


def names(*, awkward, most=3, least=1):
    """Different names, none of them twice."""
    source = st.one_of(NAMES, AWKWARD) if awkward else NAMES
    return st.lists(source, min_size=least, max_size=most, unique=True).map(tuple)


@st.composite
def groups(draw, *, awkward=False, sources=True):
    """A group of places."""
    kinds = draw(st.one_of(st.just(()), names(awkward=awkward, most=2)))
    return Group(
        kinds,
        draw(st.one_of(st.just(()), names(awkward=awkward, most=2))) if sources else (),
        draw(st.booleans()) and draw(st.booleans()),
        draw(st.one_of(st.just(()), names(awkward=awkward, most=2))) if draw(st.booleans()) else (),
        bool(kinds) and draw(st.booleans()),
    )


@st.composite
def shares(draw, group, unit):
    """A fraction of a group."""
    fractions = [(1, 2, True), (1, 2, False), (1, 3, False), (2, 3, True), (1, 4, False), (40, 100, False)]
    if unit is Unit.PEOPLE:
        fractions.append((1, 1, False))
    over, under, more = draw(st.sampled_from(fractions))
    base = Base.IN_POST
    if unit is Unit.PEOPLE:
        base = draw(st.sampled_from([Base.VOTING, Base.VOTING_PLACES] if group.voting else [Base.IN_POST, Base.PLACES]))
    bounds = draw(st.sampled_from(["", "floor", "ceiling"]))
    plain = Group(
        group.kinds,
        group.sources,
        False,
        group.without,
        group.people or (base in (Base.PLACES, Base.VOTING_PLACES) and bool(group.kinds)),
    )
    return Share(
        over,
        under,
        base,
        plain,
        more,
        draw(st.sampled_from([None, *Rounding])),
        draw(COUNTS) if bounds == "floor" else None,
        draw(COUNTS) if bounds == "ceiling" else None,
    )


@st.composite
def caps(draw, *, awkward=False):
    """A limit that does not contradict the clause."""
    group = draw(groups(awkward=awkward, sources=False))
    if group == Group():
        group = Group(("councillor",))
    kind = draw(st.sampled_from(["limit", "share", "present", "agency"]))
    if kind == "agency":
        return Cap(draw(COUNTS), group=Group(kinds=("officer",)) if draw(st.booleans()) else Group(), each_agency=True)
    if kind == "limit":
        return Cap(draw(COUNTS), group=group)
    return Cap(None, 1, 2, group, reading=Reading.PRESENT if kind == "present" else Reading.COUNTED)


@st.composite
def counts(draw, *, awkward=False, capped=True):
    """A head count, a number of different agencies or names, or a fraction."""
    unit = draw(st.sampled_from([Unit.PEOPLE, Unit.PEOPLE, Unit.AGENCIES, Unit.NAMES]))
    if unit is Unit.NAMES:
        listed = draw(names(awkward=awkward, least=2, most=4))
        return AtLeast(Number(draw(st.integers(1, len(listed)))), Group(sources=listed), unit)
    group = draw(groups(awkward=awkward))
    if unit is Unit.AGENCIES:
        group = Group(group.kinds, group.sources if group.kinds else (), group.voting, group.without)
    limits = tuple(draw(st.lists(caps(awkward=awkward), max_size=2))) if capped else ()
    if draw(st.booleans()):
        return AtLeast(Number(draw(COUNTS)), group, unit, tuple(cap for cap in limits if cap.group != group))
    share = draw(shares(group, unit))
    if share.group.people != group.people:
        group = Group(group.kinds, group.sources, group.voting, group.without, share.group.people)
    return AtLeast(share, group, unit, tuple(cap for cap in limits if cap.group != group))


@st.composite
def leaves(draw, *, awkward=False, present_caps=True):
    """A clause without branches."""
    kind = draw(st.sampled_from(["count", "count", "each", "every", "presiding"]))
    if kind == "count":
        clause = draw(counts(awkward=awkward))
        if not present_caps:
            limits = tuple(cap for cap in clause.caps if cap.reading is Reading.COUNTED)
            clause = AtLeast(clause.quantity, clause.group, clause.unit, limits)
        return clause
    if kind == "each":
        listed = draw(names(awkward=awkward, least=2, most=4))
        return FromEach(draw(st.integers(1, 2)), listed, draw(st.sampled_from([(), ("officer",)])), draw(st.booleans()))
    if kind == "every":
        n = draw(st.integers(1, 2))
        return FromEvery(n, Group(draw(names(awkward=awkward, most=1)), voting=draw(st.booleans())))
    return Presiding(Group(draw(names(awkward=awkward, most=2))))


CONDITIONS = st.sampled_from(
    [
        Condition(Asks.APPOINTED, name="chair"),
        Condition(Asks.VACANT, name="chair"),
        Condition(Asks.IN_POST, least=3),
        Condition(Asks.VACANCIES, most=1),
        Condition(Asks.MEETING, name="adjourned"),
        Condition(Asks.DECISION, name="financial"),
        Condition(Asks.SINCE, day=dt.date(2025, 4, 1)),
        Condition(Asks.UNTIL, day=dt.date(2025, 3, 31)),
    ]
)


def flattened(parts, kind):
    """``parts`` without a branch of the same kind inside, as the parser makes them."""
    out = []
    for part in parts:
        out.extend(part.clauses if isinstance(part, kind) and not getattr(part, "distinct", False) else (part,))
    return tuple(out)


def clauses(*, awkward=False, present_caps=True, distinct=True, most=6):
    """A clause with branches."""

    def extend(inner):
        pairs = st.lists(inner, min_size=2, max_size=3)
        return st.one_of(
            pairs.map(lambda parts: AllOf(flattened(parts, AllOf))),
            pairs.map(lambda parts: AnyOf(flattened(parts, AnyOf))),
            st.tuples(st.integers(1, 2), pairs).map(lambda pair: SomeOf(pair[0], tuple(pair[1]))),
            st.tuples(CONDITIONS, inner, st.one_of(st.none(), inner)).map(lambda args: When(*args)),
            *([pairs.map(lambda parts: AllOf(flattened(parts, AllOf), distinct=True))] if distinct else []),
        )

    return st.recursive(leaves(awkward=awkward, present_caps=present_caps), extend, max_leaves=most)


HEADINGS = st.builds(
    Heading,
    st.sampled_from(["", "financial", "change of terms"]),
    st.sampled_from(["", "adjourned"]),
    st.sampled_from([None, dt.date(2024, 10, 1)]),
    st.sampled_from([None, dt.date(2026, 3, 31)]),
)
SHARES_OF_VOTES = st.sampled_from([Share(1, 2, more=True), Share(2, 3), Share(3, 4, more=True), Share(60, 100)])
VOTE_TESTS = st.one_of(
    st.sampled_from([VoteTest(Measure.AGAINST), VoteTest(Measure.UNANIMOUS), VoteTest(Measure.NOBODY_AGAINST)]),
    st.tuples(st.sampled_from([Measure.CAST, Measure.PRESENT, Measure.ALL]), SHARES_OF_VOTES).map(
        lambda pair: VoteTest(pair[0], share=pair[1])
    ),
    COUNTS.map(lambda n: VoteTest(Measure.NUMBER, number=n)),
    st.sampled_from(["responsible authorities", "North"]).map(
        lambda name: VoteTest(Measure.CLAUSE, clause=FromEvery(1, Group((name,))))
    ),
)
NOTICES = st.one_of(
    st.none(),
    st.just(Notice()),
    st.builds(Notice, st.sampled_from([unit for unit in NoticeUnit if unit != "start"]), COUNTS),
)


@st.composite
def standing_rules(draw):
    """What the terms say of deputies and the like; at least one thing."""
    counts_, votes = draw(st.sampled_from([True, False, None])), draw(st.sampled_from([True, False, None]))
    notice = draw(NOTICES)
    if counts_ is None and votes is None and notice is None:
        counts_ = True
    group = draw(st.one_of(st.just(Group()), st.just(Group(("councillors",)))))
    return StandingRule(draw(st.sampled_from(list(Standing))), counts_, votes, group, notice, draw(HEADINGS))


def statements(*, awkward=False):
    """Any statement of the language."""
    return st.one_of(
        st.builds(QuorumRule, st.one_of(st.none(), clauses(awkward=awkward)), HEADINGS),
        st.builds(VoteRule, st.lists(VOTE_TESTS, max_size=2).map(tuple), HEADINGS),
        standing_rules(),
        st.builds(ScopeRule, st.lists(st.sampled_from(list(Scope)), min_size=1, unique=True).map(
            lambda scopes: tuple(scope for scope in Scope if scope in scopes)), HEADINGS),
        st.builds(VotersRule, groups(awkward=awkward), HEADINGS),
        st.builds(BlockRule, st.sampled_from([(), ("district",)]), HEADINGS),
        st.builds(CastingRule, st.just(False), st.just(Group()), HEADINGS),
        st.builds(CastingRule, st.just(True), st.sampled_from([Group(), Group(("vice-chair",))]), HEADINGS),
    )  # fmt: skip


def all_terms(*, awkward=False):
    """Terms of one or two statements that do not say the same thing twice."""
    return (
        st.lists(statements(awkward=awkward), min_size=1, max_size=2)
        .filter(distinct_heads)
        .map(lambda found: Terms(tuple(found)))
    )


def distinct_heads(found):
    """Whether no two statements are of one kind."""
    return len({type(statement) for statement in found}) == len(found)
