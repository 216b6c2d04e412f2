"""The arithmetic of representation: Appendix A cell for cell, and what holds for every matrix."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.representation import rules, words
from meetings.representation.rules import THERE, Post, Share, Sitting, Span, State, matrix
from tests.meetings.representation.appendix import MARKS, MEETINGS, PARTNERS, PRINTED


def post(key, partner="MKCC", **more):
    return Post(key=key, title=f"Post {key}", partner=partner, partner_name=partner, order=key, **more)


def sitting(key, **more):
    return Sitting(key=key, words=f"Day {key}", short=f"Day {key}", **more)


@pytest.fixture(scope="module")
def appendix():
    posts = [
        Post(number, title, partner, partner, number, is_member=bool(partner))
        for number, (title, partner, _marks) in enumerate(PRINTED)
    ]
    sittings = [
        Sitting(number, name, name, quorum="not stated", note="As printed.", has_day=False)
        for number, name in enumerate(MEETINGS)
    ]
    states = {
        (row, column): State(MARKS[mark])
        for row, (_title, _partner, marks) in enumerate(PRINTED)
        for column, mark in enumerate(marks.split())
    }
    return matrix(posts, sittings, states)


# --- Appendix A ---


def test_members_were_represented_at_51_of_66_chances_and_every_printed_row_at_55_of_70(appendix):
    assert (words.of(appendix.total), words.percent(appendix.total)) == ("51 of 66", "77.3 %")
    assert (words.of(appendix.printed), words.percent(appendix.printed)) == ("55 of 70", "78.6 %")


def test_each_meeting_has_the_figures_of_the_printed_rows_and_of_the_members(appendix):
    assert [(words.of(column.printed), words.percent(column.printed)) for column in appendix.columns] == [
        ("15 of 18", "83.3 %"),
        ("13 of 17", "76.5 %"),
        ("14 of 17", "82.4 %"),
        ("13 of 18", "72.2 %"),
    ]
    assert [(words.of(column.share), words.percent(column.share)) for column in appendix.columns] == [
        ("14 of 17", "82.4 %"),
        ("12 of 16", "75.0 %"),
        ("13 of 16", "81.3 %"),
        ("12 of 17", "70.6 %"),
    ]


def test_whoever_was_no_member_then_is_not_counted_as_away(appendix):
    shares = {row.post.title: words.of(row.share) for row in appendix.rows}
    assert shares["Healthwatch MK"] == "1 of 1"
    assert shares["Chair of VSA/Community Action MK"] == "1 of 1"
    assert shares["Chief Operating Officer, MK CCG"] == "0 of 4"


def test_a_partner_is_there_when_anybody_came_for_one_of_its_posts(appendix):
    found = {partner.name: (partner.share.there, partner.share.of) for partner in appendix.partners}
    assert found == PARTNERS
    hospital = next(partner for partner in appendix.partners if partner.name == "MKUHFT")
    assert hospital.there == (True, True, True, True)  # by one or the other of its two posts


def test_the_answer_stands_first_in_sentences(appendix):
    assert words.summary(appendix) == [
        "Posts were represented at 51 of 66 chances (77.3 %).",
        "8 of 10 partners had somebody there every time.",
        "Represented less than half the time: Chief Operating Officer, MK CCG (0 of 4); Senior Operational Support "
        "Manager, Probation Service (1 of 4) and DCI, TVP (1 of 4).",
    ]


def test_the_notes_say_what_the_source_lacks(appendix):
    assert words.notes(appendix) == [
        "As printed.",
        "Independent Scrutineer attends without being a member and stands outside the totals. With every row counted: "
        "55 of 70 (78.6 %).",
        "No reasons are given, so that apologies and absence without word cannot be told apart.",
        "It is not said who came, so that “represented” may be a deputy.",
        "The days of the meetings are not given.",
        "A post counts only for the meetings at which it had a member: n/a is no absence.",
        "Quorum: not stated.",
    ]


def test_rows_stand_as_printed_by_partner_or_lowest_first(appendix):
    titles = [title for title, _partner, _marks in PRINTED]
    assert [row.post.title for row in rules.as_printed(reversed(appendix.rows))] == titles
    partners = [row.post.partner for row in rules.by_partner(appendix.members)]
    assert list(dict.fromkeys(partners)) == list(PARTNERS)
    assert partners == sorted(partners, key=list(PARTNERS).index)
    assert [row.post.title for row in rules.lowest_first(appendix.members)[:4]] == [
        "Chief Operating Officer, MK CCG",
        "Senior Operational Support Manager, Probation Service",
        "DCI, TVP",
        "Director Of Patient Care/Chief Nurse, MK UHFT",
    ]


# --- Mandates and states ---

NOON = dt.datetime(2024, 7, 16, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("place", "holders", "mandate"),
    [
        (Span(NOON), [Span(NOON)], True),
        (Span(NOON), [], False),
        (Span(NOON), None, True),
        (Span(NOON + HOUR), [Span(NOON)], False),
        (Span(NOON - HOUR, NOON), None, False),
        (Span(NOON - HOUR), [Span(NOON - HOUR, NOON)], False),
        (Span(NOON - HOUR), [Span(NOON - HOUR, NOON), Span(NOON)], True),
    ],
)
def test_a_post_has_a_mandate_while_its_place_holds_and_somebody_is_its_member(place, holders, mandate):
    assert rules.has_mandate(NOON, place, holders) is mandate


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"mandate": True, "filled_by": "principal"}, State.MEMBER),
        ({"mandate": True, "filled_by": "deputy"}, State.DEPUTY),
        ({"mandate": False, "filled_by": "substitute"}, State.SUBSTITUTE),
        ({"mandate": True, "filled_by": "represented"}, State.REPRESENTED),
        ({"mandate": True, "filled_by": "nobody", "why_not": "apologies"}, State.APOLOGIES),
        ({"mandate": True, "filled_by": "nobody", "why_not": "unknown"}, State.UNKNOWN),
        ({"mandate": False, "filled_by": "nobody", "why_not": "absent"}, State.NOT_APPLICABLE),
        ({"mandate": False}, State.NOT_APPLICABLE),
        ({"mandate": True}, State.NOT_RECORDED),
    ],
)
def test_the_state_follows_from_mandate_and_entry(facts, state):
    assert rules.state_of(**facts) == state


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (13, 16, "81.3"),
        (1, 8, "12.5"),
        (1, 16, "6.3"),
        (2, 3, "66.7"),
        (0, 4, "0.0"),
        (4, 4, "100.0"),
        (1, 2000, "0.1"),
    ],
)
def test_percentages_have_one_place_and_round_half_up(part, whole, percent):
    assert rules.percent(part, whole) == Decimal(percent)


def test_of_no_chance_there_is_no_percentage():
    assert rules.percent(0, 0) is None
    assert words.percent(Share()) == ""


def test_a_deputy_represents_the_post_and_the_member_in_person_is_counted_apart():
    states = {(1, 1): State.MEMBER, (1, 2): State.DEPUTY, (1, 3): State.SUBSTITUTE, (1, 4): State.APOLOGIES}
    found = matrix([post(1)], [sitting(number) for number in range(1, 5)], states)
    assert found.total == Share(there=3, of=4, in_person=1, stood_in=2)
    assert words.summary(found)[0] == (
        "Posts were represented at 3 of 4 chances (75.0 %): 1 time by the member in person, "
        "2 times by a deputy or substitute."
    )


def test_what_is_not_recorded_counts_as_a_chance_and_is_said():
    found = matrix([post(1)], [sitting(1), sitting(2)], {(1, 1): State.MEMBER})
    assert words.of(found.total) == "1 of 2"
    assert "1 of these chances is not recorded, and count as not represented." in words.notes(found)


def test_cancelled_meetings_are_left_out_and_counted():
    found = matrix([post(1)], [sitting(1)], {(1, 1): State.MEMBER}, cancelled=2)
    assert words.of(found.total) == "1 of 1"
    assert "2 cancelled meetings are left out." in words.notes(found)


def test_without_meetings_nothing_had_a_chance():
    assert words.summary(rules.EMPTY) == ["No post had a chance to be represented."]
    assert words.notes(rules.EMPTY) == []


# --- What holds for every matrix ---

CELLS = st.sampled_from(list(State))


@st.composite
def matrices(draw):
    """Posts of a few partners, some of them outside the totals, meetings, and any state in any cell."""
    keys = range(draw(st.integers(0, 7)))
    posts = [
        post(key, partner=draw(st.sampled_from("ABC")), is_member=draw(st.booleans() | st.just(True))) for key in keys
    ]
    sittings = [sitting(key) for key in range(draw(st.integers(0, 6)))]
    states = {(one.key, other.key): draw(CELLS) for one in posts for other in sittings}
    return posts, sittings, states


@given(matrices())
def test_rows_and_columns_add_up_to_the_same_total(drawn):
    found = matrix(*drawn)
    assert sum((row.share for row in found.members), Share()) == found.total
    assert sum((column.share for column in found.columns), Share()) == found.total
    assert sum((row.share for row in found.rows), Share()) == found.printed
    assert sum((column.printed for column in found.columns), Share()) == found.printed


@given(matrices())
def test_every_chance_is_one_cell_and_nothing_else_is(drawn):
    found = matrix(*drawn)
    cells = Counter(state for row in found.members for state in row.states)
    assert found.total.of == sum(cells.values()) - cells[State.NOT_APPLICABLE]
    assert found.total.there == sum(cells[state] for state in THERE)
    assert found.total.there == found.total.in_person + found.total.stood_in + found.total.by_unknown
    assert 0 <= found.total.there <= found.total.of


@given(matrices(), st.data())
def test_a_cell_that_is_not_applicable_changes_nothing(drawn, data):
    posts, sittings, states = drawn
    before = matrix(*drawn)
    extra = post(99, partner=data.draw(st.sampled_from("ABCD")))
    without = {(extra.key, one.key): State.NOT_APPLICABLE for one in sittings}
    after = matrix([*posts, extra], sittings, states | without)
    assert (after.total, after.printed) == (before.total, before.printed)
    assert [column.share for column in after.columns] == [column.share for column in before.columns]
    shares = {partner.name: partner.share for partner in after.partners}
    assert {partner.name: partner.share for partner in before.partners}.items() <= shares.items()


@given(matrices(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_no_figure(drawn, chance):
    posts, sittings, states = drawn
    before = matrix(*drawn)
    mixed_posts, mixed_sittings = list(posts), list(sittings)
    chance.shuffle(mixed_posts)
    chance.shuffle(mixed_sittings)
    after = matrix(mixed_posts, mixed_sittings, states)
    assert (after.total, after.printed) == (before.total, before.printed)

    def by_post(found):
        return {row.post.key: row.share for row in found.rows}

    def by_partner(found):
        return {partner.name: partner.share for partner in found.partners}

    assert by_post(after) == by_post(before)
    assert by_partner(after) == by_partner(before)
    assert {column.sitting.key: column.share for column in after.columns} == {
        column.sitting.key: column.share for column in before.columns
    }


@given(matrices())
def test_a_partner_is_there_at_least_as_often_as_any_of_its_posts(drawn):
    found = matrix(*drawn)
    shares = {partner.name: partner.share for partner in found.partners}
    for row in found.members:
        assert row.share.there <= shares[row.post.partner].there
        assert shares[row.post.partner].of <= len(found.columns)


@given(matrices())
def test_the_orders_lose_no_row_and_lowest_first_never_falls(drawn):
    found = matrix(*drawn)
    keys = {row.post.key for row in found.members}
    for arrange in (rules.as_printed, rules.by_partner, rules.lowest_first):
        assert {row.post.key for row in arrange(found.members)} == keys
    parts = [row.share.there / row.share.of for row in rules.lowest_first(found.members) if row.share.of]
    assert parts == sorted(parts)


@given(matrices(), matrices())
def test_boards_together_are_the_sum_of_their_totals(one, other):
    first, second = matrix(*one), matrix(*other)
    assert rules.together([first, second]) == first.total + second.total


@given(matrices())
def test_there_is_a_sentence_for_every_matrix(drawn):
    found = matrix(*drawn)
    assert all(sentence.endswith(".") for sentence in (*words.summary(found), *words.notes(found)))
