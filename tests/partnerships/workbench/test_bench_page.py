"""Trying a rule: what is typed and ticked is judged, and nothing typed is ever lost."""

import json

import pytest
from django.test import Client

from partnerships.models import Scenario
from partnerships.workbench import desk
from partnerships.workbench.bench import MOST_PLACES, Place
from records.models import Event
from tests.factories import (
    AppointmentFactory,
    PersonFactory,
    SeatFactory,
)

BENCH = "/workbench/"


@pytest.fixture
def member(as_user, review):
    return as_user(review.member)


def verdict(answer):
    return answer.context["result"]["strip"]["modifier"]


def places_of(answer):
    return answer.context["desk"].bench.places


def test_it_judges_who_is_ticked(member, typed, words):
    answer = member.post(BENCH, typed("present", "deputy", "away"))
    assert answer.status_code == 200
    page = words(answer)
    assert "Not quorate: nobody from TVP. The Commander would do." in page
    assert "MKCC Just met: 1 of 1" in page
    assert "TVP Not met: 0 of 1" in page
    assert "Deputy Nurse, Nurse (deputy)" in page
    assert "The quorum is one from each of MKCC, ICB and TVP." in page
    assert "Named deputies count: assumed, the terms are silent." in page


def test_everybody_there_makes_it_quorate(member, typed, words):
    page = words(member.post(BENCH, typed("present", "remote", "present")))
    assert "Quorate: all three are here" in page
    assert "Who we still need" not in page


def test_an_empty_text_is_not_stated_and_not_quorate(member, typed, words):
    page = words(member.post(BENCH, typed("present", "present", "present", terms="")))
    assert "Quorum: not stated. That is not the same as quorate." in page
    assert "No rule to judge by" in page


def test_a_fault_in_the_rule_is_shown_with_its_place_and_its_cure_and_nothing_is_lost(member, typed):
    rule = "quorum: one from each of MKCC, TVP\nremote: perhaps"
    answer = member.post(BENCH, typed("present", "remote", "deputy", terms=rule, start="9.30", decision="financial"))
    assert answer.status_code == 422
    (error,) = answer.context["desk"].facts.errors["terms"]
    assert error.startswith("Line 2, column 9: “perhaps” is not understood after “remote:”.")
    assert "Write “count and vote”" in error
    page = answer.content.decode()
    assert 'href="#id_terms"' in page
    assert "remote: perhaps" in page
    assert 'value="9.30"' in page
    assert 'value="financial"' in page
    assert 'id="there-1-remote" name="there-1" value="remote" checked' in page
    assert "Nothing that you typed is lost." in page


@pytest.mark.parametrize(
    "rule",
    [
        "quorum: " + "one member and " * 700,
        "x" * 10_000,
        "(" * 5_000,
        "quorum: ((((((",
        "\0\1\2",
        "quorum:",
        "quorum: ½ of ∞",
        "<script>alert(1)</script>",
        "votes: banana\nquorum: six members\nquorum: seven members",
        "quorum: 99999999999999999999 members",
        "🙂" * 500,
    ],
)
def test_nonsense_gets_sentences_and_never_a_crash(member, typed, rule):
    answer = member.post(BENCH, typed("present", terms=rule))
    assert answer.status_code in (200, 422)
    if answer.status_code == 422:
        assert all(len(error) > 20 for error in answer.context["desk"].facts.errors["terms"])
    assert "<script>alert(1)" not in answer.content.decode()


def test_a_rule_of_ten_thousand_characters_is_named_as_too_long(member, typed):
    answer = member.post(BENCH, typed(terms="quorum: six members\n" + "# a remark\n" * 1000))
    (error,) = answer.context["desk"].facts.errors["terms"]
    assert "characters; the longest that is read has" in error


def many(count):
    return tuple(Place(f"Member {n}", agency="MKCC", title=f"Member {n}") for n in range(count))


def test_three_hundred_places_are_judged(member, typed, words):
    answer = member.post(
        BENCH, typed(*["present"] * 150, places=many(300), terms="quorum: one half of the places, rounded up")
    )
    assert answer.status_code == 200
    assert "300 places · 150 there" in words(answer)
    assert answer.context["result"]["strip"]["modifier"] == "quorate"


def test_one_place_more_than_the_bench_holds_is_a_sentence(member, typed):
    answer = member.post(BENCH, typed(places=many(MOST_PLACES), act="add"))
    assert answer.status_code == 422
    assert answer.context["desk"].facts.non_field_errors() == [desk.TOO_MANY]
    assert len(places_of(answer)) == MOST_PLACES
    assert member.post(BENCH, typed(places=many(MOST_PLACES + 1))).status_code == 422


@pytest.mark.parametrize(
    "places", ["{", "[1]", '[{"key": 1}]', "null", '"x"', "[[]]", "[" * 100_000, '{"a": 1}', json.dumps([{"key": "a"}])]
)
def test_places_that_cannot_be_read_are_a_sentence(member, typed, places):
    answer = member.post(BENCH, typed() | {"places": places})
    assert answer.status_code == 422
    assert answer.context["desk"].facts.non_field_errors() == [desk.UNREADABLE]


def test_two_places_of_one_name_cannot_be_slipped_in(member, typed):
    answer = member.post(BENCH, typed(places=(Place("Nurse"), Place("Nurse"))))
    assert answer.context["desk"].facts.non_field_errors() == [desk.UNREADABLE]


def test_a_place_is_added_filled_in_and_closed(member, typed):
    answer = member.post(BENCH, typed("present", act="add"))
    assert answer.context["desk"].opened == 3
    carried = desk.packed(places_of(answer))
    entered = {
        "place-title": "Chief Nurse",
        "place-agency": "MKUHFT",
        "place-classes": "health, hospital",
        "place-deputies": "2",
        "place-votes": "on",
    }
    answer = member.post(BENCH, typed("present", act="close", open="3") | entered | {"places": carried})
    assert answer.status_code == 200
    assert answer.context["desk"].opened is None
    place = places_of(answer)[3]
    assert (place.key, place.agency, place.classes) == ("Chief Nurse", "MKUHFT", ("health", "hospital"))
    assert place.deputies == ("deputy 1 of Chief Nurse", "deputy 2 of Chief Nurse")
    assert (place.votes, place.counts, place.is_vacant) == (True, False, False)
    assert places_of(answer)[0].state == "present"


def open_form(**values):
    return {
        "open": "1",
        "place-title": "Nurse",
        "place-agency": "ICB",
        "place-votes": "on",
        "place-counts": "on",
    } | values


def test_times_and_notice_of_the_open_place_are_judged(member, typed, words):
    rule = "quorum: two members\ndeputies: count and vote, with notice before the start"
    notice = {"place-notice_day_0": "21", "place-notice_day_1": "1", "place-notice_day_2": "2025"}
    sent = open_form(**{"place-deputies": "Deputy Nurse", "place-notice_time": "09:45"}, **notice)
    page = words(member.post(BENCH, typed("present", "deputy", terms=rule, start="09:30") | sent))
    assert "Deputy Nurse does not count: notice arrived at 09:45, not before the start at 09:30." in page
    sent["place-notice_time"] = "09:15"
    answer = member.post(BENCH, typed("present", "deputy", terms=rule, start="09:30") | sent)
    assert verdict(answer) == "quorate"


def test_somebody_who_left_is_not_there_at_that_moment(member, typed):
    sent = open_form(**{"place-until": "11:00"})
    for at, expected in (("10:59", "quorate"), ("11:00", "not-quorate")):
        answer = member.post(BENCH, typed("present", "present", terms="quorum: two members", at=at) | sent)
        assert verdict(answer) == expected


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"place-title": "", "place-agency": ""}, "title"),
        ({"place-since": "soon"}, "since"),
        ({"place-since": "11:00", "place-until": "10:00"}, "until"),
        ({"place-deputies": "10"}, "deputies"),
        ({"place-classes": ",".join(f"c{n}" for n in range(21))}, "classes"),
        ({"place-notice_time": "10:00"}, "notice_day"),
        ({"place-title": "x" * 121}, "title"),
    ],
)
def test_what_is_wrong_with_the_open_place_stands_at_its_field_and_it_stays_open(member, typed, values, field):
    answer = member.post(BENCH, typed("present", "remote", act="close") | open_form(**values))
    assert answer.status_code == 422
    assert list(answer.context["desk"].place.errors) == [field]
    assert answer.context["desk"].opened == 1
    assert places_of(answer)[1].state == "remote"
    assert answer.context["result"] is None


def test_a_renamed_place_keeps_who_presides(member, typed):
    answer = member.post(BENCH, typed("present", "present", presides="Nurse") | open_form(**{"place-title": "Matron"}))
    assert answer.context["desk"].bench.presides == "Matron"
    assert answer.status_code == 200


def test_a_place_of_the_same_post_gets_a_name_of_its_own(member, typed):
    answer = member.post(BENCH, typed(act="close") | open_form(**{"place-title": "Commander"}))
    assert [place.key for place in places_of(answer)] == ["Head of Adults", "Commander 2", "Commander"]


def test_a_place_is_taken_away_with_its_attendance(member, typed):
    answer = member.post(BENCH, typed("present", "remote", "deputy", act="remove-1"))
    assert [(place.key, place.state) for place in places_of(answer)] == [
        ("Head of Adults", "present"),
        ("Commander", "deputy"),
    ]


@pytest.mark.parametrize("act", ["remove-99", "open-99", "open-x", "remove-", "nonsense", "open--1", "remove-²"])
def test_a_button_that_there_is_not_changes_nothing(member, typed, act):
    answer = member.post(BENCH, typed("present", act=act))
    assert answer.status_code == 200
    assert len(places_of(answer)) == 3


def test_everybody_and_nobody(member, typed):
    places = (*typed_places(), Place("Vacant one", title="Vacant one", holder=None))
    answer = member.post(BENCH, typed(act="everybody", places=places))
    assert [place.state for place in places_of(answer)] == ["present", "present", "present", "away"]
    answer = member.post(BENCH, typed("present", "present", act="nobody"))
    assert {place.state for place in places_of(answer)} == {"away"}


def typed_places():
    return (Place("A", title="A"), Place("B", title="B"), Place("C", title="C"))


def test_votes_come_to_an_outcome_and_those_of_the_absent_are_left_out(member, typed, words):
    rule = "quorum: two members\nvotes: more votes for than against"
    cast = {"voting": "1", "vote-0": "for", "vote-1": "against", "vote-2": "for"}
    page = words(member.post(BENCH, typed("present", "present", "away", terms=rule) | cast))
    assert "Not carried" in page
    assert "1 for, 1 against, 0 abstaining, 2 voters present." in page
    assert "Left out: Commander:" in page
    page = words(member.post(BENCH, typed("present", "present", "present", terms=rule) | cast))
    assert "Outcome of the vote Carried" in page


def test_without_a_quorum_a_vote_is_invalid(member, typed, words):
    rule = "quorum: three members\nvotes: more votes for than against"
    page = words(member.post(BENCH, typed("present", "present", terms=rule) | {"voting": "1", "vote-0": "for"}))
    assert "Outcome of the vote Invalid" in page


def test_a_tie_is_broken_by_whoever_presides_where_the_rule_gives_it(member, typed, words):
    rule = "quorum: two members\nvotes: more votes for than against\ncasting vote: the chair"
    cast = {"voting": "1", "vote-0": "for", "vote-1": "against", "presides": "Nurse", "casting": "for"}
    assert "Outcome of the vote Carried" in words(member.post(BENCH, typed("present", "present", terms=rule) | cast))


def test_a_name_without_a_place_is_warned_of(member, typed, words):
    page = words(member.post(BENCH, typed(terms="quorum: one from each of MKCC, Comander")))
    assert "Warning No place carries “Comander”: this can never be met. Did you mean “Commander”?" in page
    assert "Cannot be quorate" in page


def test_it_keeps_nothing_and_changes_nothing(member, typed):
    member.post(BENCH, typed("present", "present", "present"))
    assert not Scenario.objects.exists()
    assert not Event.objects.filter(verb__startswith="scenario").exists()


# --- At the door -----------------------------------------------------------------------------------------------------


def test_nobody_works_there_without_signing_in():
    answer = Client().get(BENCH)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/workbench/")


@pytest.mark.django_db
def test_an_account_without_a_place_finds_no_workbench(as_user):
    client = as_user(PersonFactory(with_account=True).user)
    assert client.get(BENCH).status_code == 404
    assert client.get("/workbench/scenarios/").status_code == 404


@pytest.mark.parametrize("places", [3, 30])
def test_a_board_of_any_size_costs_the_same(member, review, places, django_assert_num_queries):
    for _number in range(places):
        AppointmentFactory(seat=SeatFactory(body=review.body))
    member.get(BENCH, {"board": "review"})
    with django_assert_num_queries(10):
        member.get(BENCH, {"board": "review"})


def test_judging_asks_the_database_for_nothing_but_the_account(member, typed, django_assert_num_queries):
    with django_assert_num_queries(4):
        member.post(BENCH, typed("present", "present", "present"))


def test_a_clause_built_from_lists_stands_in_the_rule_and_is_judged(member, typed, words):
    form = typed("present", "deputy", "present", terms="", **{"act": "clause-each", "each-count": "1"})
    answer = member.post(BENCH, form | {"each-names": ["MKCC", "TVP"]})
    assert answer.status_code == 200
    assert answer.context["desk"].bench.terms == "quorum: one from each of MKCC and TVP"
    assert "Put into the rules: quorum: one from each of MKCC and TVP" in words(answer)
    assert verdict(answer) == "quorate"


def test_a_clause_without_its_partners_says_so_and_loses_nothing(member, typed, words):
    answer = member.post(BENCH, typed("present", "deputy", "away", **{"act": "clause-each", "each-count": "1"}))
    assert answer.status_code == 422
    assert "Choose the partners that must each have somebody there" in words(answer)
    assert [place.state for place in places_of(answer)] == ["present", "deputy", "away"]
