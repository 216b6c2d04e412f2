"""What holds for every rule and every room."""

from dataclasses import replace
from itertools import combinations

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from partnerships.rules import Presence, Seat, Status, Terms, judge
from partnerships.rules.clauses import AllOf, AtLeast, Cap, Group, Number, Unit
from partnerships.rules.terms import QuorumRule
from tests.partnerships.rules import brute
from tests.partnerships.rules.bodies import room as room_of
from tests.partnerships.rules.bodies import rooms, seat
from tests.partnerships.rules.rule_strategies import clauses, groups

MANY = settings(max_examples=100, deadline=None)
SOME = settings(max_examples=50, deadline=None)


def rule(clause):
    """Terms with one quorum clause."""
    return Terms((QuorumRule(clause),))


@given(clauses(distinct=False, most=4), rooms(most=5))
@MANY
def test_it_agrees_with_trying_every_seating(clause, room):
    assert (judge(rule(clause), room).status is Status.QUORATE) == brute.quorate(clause, room)


@given(st.lists(st.tuples(st.integers(1, 3), groups(sources=False)), min_size=2, max_size=3), rooms(most=5))
@SOME
def test_distinct_people_agree_with_sharing_them_out_by_hand(parts, room):
    clause = AllOf(tuple(AtLeast(Number(n), group, Unit.PEOPLE) for n, group in parts), distinct=True)
    assert (judge(rule(clause), room).status is Status.QUORATE) == brute.quorate(clause, room)


@given(clauses(present_caps=False, most=4), rooms(most=5), st.data())
@SOME
def test_one_more_person_never_breaks_a_quorum(clause, room, data):
    assume(room.present)
    fewer = data.draw(st.lists(st.sampled_from(room.present), unique=True))
    if judge(rule(clause), replace(room, present=tuple(fewer))).status is Status.QUORATE:
        assert judge(rule(clause), room).status is Status.QUORATE


@given(clauses(most=4), rooms(most=5), st.randoms(use_true_random=False))
@SOME
def test_order_does_not_matter(clause, room, random):
    seats, present = list(room.seats), list(room.present)
    random.shuffle(seats)
    random.shuffle(present)
    shuffled = replace(room, seats=tuple(seats), present=tuple(present))
    assert judge(rule(clause), shuffled).status is judge(rule(clause), room).status


@given(clauses(most=4), rooms(most=5))
@SOME
def test_names_of_people_do_not_matter(clause, room):
    def other(person):
        return None if person is None else f"x{hash(person) % 9973}-{person[::-1]}"

    seats = tuple(
        replace(seat, holder=other(seat.holder), deputies=tuple(map(other, seat.deputies))) for seat in room.seats
    )
    present = tuple(replace(one, person=other(one.person), name="Somebody") for one in room.present)
    assert judge(rule(clause), replace(room, seats=seats, present=present)).status is judge(rule(clause), room).status


# The first seat is bound by both limits that bind the other two: two are counted, and it is not one of them.
OVERLAPPING = AtLeast(
    Number(1), caps=tuple(Cap(limit=1, group=Group((name,))) for name in ("councillor", "lay", "officer", "chair"))
)
OVERLAPPED = room_of(
    [seat("a", "", "councillor", "lay"), seat("b", "", "councillor", "officer"), seat("c", "", "lay", "chair")],
    "a", "b", "c",
)  # fmt: skip


@given(clauses(most=4), rooms(most=5))
@example(OVERLAPPING, OVERLAPPED)
@SOME
def test_the_numbers_of_its_findings_add_up(clause, room):
    judgement = judge(rule(clause), room)
    seated = {one.seat: one.person for one in judgement.counted}
    assert len(seated) == len({one.person for one in judgement.counted}) == len(judgement.counted)
    for finding in judgement.findings:
        assert {one.seat for one in finding.people} <= set(seated)
        assert len(finding.people) >= finding.count or finding.count > len(seated)
        if finding.state != "not met":
            assert finding.count >= finding.needed
        if finding.state == "needed":
            assert finding.count == finding.needed
    assert judgement.is_quorate == brute.meets(clause, places(judgement, room), room) or has_distinct(clause)


def places(judgement, room):
    """The seats of those who count."""
    keys = {one.seat for one in judgement.counted}
    return frozenset(place for place, seat in enumerate(room.seats) if seat.key in keys)


def has_distinct(clause):
    """Whether some part asks for distinct people."""
    if getattr(clause, "distinct", False):
        return True
    parts = (*getattr(clause, "clauses", ()), getattr(clause, "then", None), getattr(clause, "otherwise", None))
    return any(has_distinct(part) for part in parts if part is not None)


@given(clauses(present_caps=False, distinct=False, most=3), rooms(most=5))
@SOME
def test_mending_sets_mend_and_no_smaller_set_does(clause, room):
    assume("Presiding" not in repr(clause))  # whoever comes may be asked to preside: nothing to try by hand
    judgement = judge(rule(clause), room)
    assume(judgement.status is Status.NOT_QUORATE)
    here = {one.person for one in room.present}
    away = sorted(
        {seat.holder for seat in room.seats if seat.holder}
        | {name for seat in room.seats if seat.holder for name in seat.deputies}
    )
    away = [person for person in away if person not in here]
    fewest = next(
        (
            size
            for size in range(1, len(away) + 1)
            if any(brute.quorate(clause, joined(room, chosen)) for chosen in combinations(away, size))
        ),
        None,
    )
    if not judgement.mending:
        assert fewest is None or fewest > 3
        return
    assert judgement.mending[0].size == fewest
    for mending in judgement.mending:
        assert any(brute.quorate(clause, joined(room, people)) for people in choices(mending))


def joined(room, people):
    """The room with these people in it too."""
    return replace(room, present=(*room.present, *(Presence(person) for person in people)))


def choices(mending):
    """Every way to take the people of a mending set."""
    ways = [()]
    for arrival in mending.arrivals:
        picked = []
        for some in combinations(arrival.people, arrival.k):
            picked.extend(product_of(some))
        ways = [(*way, *more) for way in ways for more in picked]
    return ways


def product_of(options):
    """One of each option."""
    ways = [()]
    for option in options:
        ways = [(*way, person) for way in ways for person in option]
    return ways


@given(rooms())
@SOME
def test_without_a_rule_the_verdict_is_not_stated(room):
    judgement = judge(Terms(), room)
    assert judgement.status is Status.NOT_STATED
    assert not judgement.is_quorate
    assert judgement.sentence == "Quorum: not stated."


def test_a_seat_is_named_by_what_it_carries():
    assert Seat("a", "The Council", "Head of Care", frozenset({"councillors"})).labels == {
        "council",
        "head of care",
        "councillor",
        "a",
    }
