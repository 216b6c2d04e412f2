"""Verdicts with their reasons: each point of what the rules mean, on small rooms."""

import datetime as dt

import pytest

from partnerships.rules import Capacity, Mode, Occasion, Presence, Recusal, Status, judge, parse_terms, timeline
from tests.partnerships.rules.bodies import DAY, NINE, council, here, room, seat

EACH = parse_terms("quorum: one from each of North, East, South")


def at(hour, minute=0):
    return dt.datetime.combine(DAY, dt.time(hour, minute))


def test_it_names_who_is_missing_and_who_would_do():
    seats = [seat("commander", "TVP", title="LPA Commander", deputies=["deputy"]), seat("adults", "MKCC")]
    judgement = judge(parse_terms("quorum: one from each of MKCC, TVP"), room(seats, "adults"))
    assert judgement.sentence == "Not quorate: nobody from TVP."
    assert judgement.remedy == "The LPA Commander or their deputy would do."
    assert judgement.headline == f"{judgement.sentence} {judgement.remedy}"
    assert [(finding.text, finding.state) for finding in judgement.findings] == [
        ("MKCC 1", "needed"),
        ("TVP: nobody", "not met"),
    ]


def test_a_finding_says_how_many_came_by_deputy():
    judgement = judge(EACH, room(council(), "leader", "adults deputy", "police", "nurse"))
    assert judgement.findings[0].text == "North 2, one by deputy"
    assert judgement.findings[0].state == "met"
    assert "Named deputies count: assumed, the terms are silent." in judgement.assumed


def test_one_person_fills_one_seat_whichever_makes_the_rule_hold():
    seats = [seat("north", "North", holder="both"), seat("north 2", "North"), seat("east", "East", deputies=["both"])]
    terms = parse_terms("quorum: one from each of North, East")
    assert judge(terms, room(seats, "both")).status is Status.NOT_QUORATE
    judgement = judge(terms, room(seats, "both", "north 2"))
    assert judgement.is_quorate
    assert {one.seat: one.person for one in judgement.counted} == {"east": "both", "north 2": "north 2"}


def test_a_seat_may_meet_several_clauses_unless_distinct_people_are_asked():
    seats = [seat("vice", "North", "vice-chair", "independent"), seat("other", "North")]
    present = room(seats, "vice", "other")
    assert judge(parse_terms("quorum: one vice-chair and one independent"), present).is_quorate
    assert not judge(parse_terms("quorum: one vice-chair and one independent, distinct people"), present).is_quorate


def test_a_principal_and_the_deputy_who_both_come_count_once():
    present = room(council(), "leader", "leader deputy")
    assert not judge(parse_terms("quorum: two members"), present).is_quorate


def test_deputies_count_only_where_the_terms_say_so_and_with_notice_in_time():
    terms = parse_terms("quorum: one from East\ndeputies: count and vote, with notice 24 hours before")
    for notice, quorate in (
        (None, False),
        (at(9) - dt.timedelta(hours=24), True),
        (at(10) - dt.timedelta(days=1), False),
    ):
        present = [Presence("police deputy", notice=notice)]
        assert judge(terms, room(council(), present=present, starts_at=NINE)).is_quorate is quorate
    none = parse_terms("quorum: one from East\ndeputies: do not count")
    judgement = judge(none, room(council(), "police deputy"))
    assert not judgement.is_quorate
    assert judgement.reasons == ("police deputy does not count: deputies do not.",)


@pytest.mark.parametrize(("notice", "quorate"), [("2025-01-17T23:00", True), ("2025-01-20T08:00", False)])
def test_working_days_of_notice_leave_out_the_weekend_and_the_day_itself(notice, quorate):
    terms = parse_terms("quorum: one from East\ndeputies: count, with notice two working days before")
    present = [Presence("police deputy", notice=dt.datetime.fromisoformat(notice))]
    assert judge(terms, room(council(), present=present, starts_at=NINE)).is_quorate is quorate


def test_a_substitute_without_a_name_in_the_terms_is_in_attendance():
    present = [Presence("colleague", seat="police", capacity=Capacity.SUBSTITUTE)]
    assert not judge(parse_terms("quorum: one from East"), room(council(), present=present)).is_quorate
    allowed = parse_terms("quorum: one from East\nsubstitutes: count")
    assert judge(allowed, room(council(), present=present)).is_quorate


def test_advisers_and_observers_never_count():
    for capacity in (Capacity.ADVISER, Capacity.OBSERVER):
        assert not judge(
            parse_terms("quorum: one member"), room(council(), present=here("police", capacity=capacity))
        ).counted


def test_a_deputy_for_a_vacant_place_counts_only_where_the_terms_say_so():
    seats = [seat("empty", "East", holder=None, deputies=["deputy"])]
    assert not judge(parse_terms("quorum: one from East"), room(seats, "deputy")).is_quorate
    allowed = parse_terms("quorum: one from East\ndeputies for vacant places: count and vote")
    assert judge(allowed, room(seats, "deputy")).is_quorate


def test_fractions_round_as_the_rule_says():
    seats = [seat(f"m{number}") for number in range(19)]
    for words, needed in (("rounded up", 7), ("rounded down", 6), ("rounded to the nearest", 6)):
        terms = parse_terms(f"quorum: one third of the places, {words}")
        assert judge(terms, room(seats, "m1")).findings[0].needed == needed
    assert judge(parse_terms("quorum: a majority of the members"), room(seats[:6], "m1")).findings[0].needed == 4
    half = parse_terms("quorum: half of the members, rounded to the nearest")
    assert judge(half, room(seats[:5], "m1")).findings[0].needed == 3


def test_a_fraction_explains_its_sum():
    seats = [seat(f"m{number}") for number in range(19)]
    judgement = judge(parse_terms("quorum: one third of the places"), room(seats, "m1", "m2"))
    assert judgement.sentence == "Not quorate: 2 of the seven members needed (one third of 19 places, rounded up: 7)."


def test_a_fraction_of_nobody_is_not_met_by_nobody():
    seats = [seat("empty", holder=None)]
    assert not judge(parse_terms("quorum: one third of the members in post"), room(seats)).is_quorate


def test_the_two_readings_of_a_cap():
    seats = [*(seat(f"c{n}", "Council", "councillor") for n in range(4)), *(seat(f"o{n}", "Other") for n in range(3))]
    everybody = [one.key for one in seats]
    counted = parse_terms("quorum: six members, of whom no more than half may be councillors")
    present = parse_terms("quorum: six members, of whom no more than half of everybody present may be councillors")
    assert judge(counted, room(seats, *everybody)).is_quorate
    assert not judge(present, room(seats, *everybody)).is_quorate
    assert not judge(counted, room(seats, *everybody[:6])).is_quorate


def test_remote_attendance_counts_from_the_day_that_the_terms_say():
    terms = parse_terms("quorum: one member\nremote: do not count\nremote from 21 January 2025: count")
    present = here("police", mode=Mode.REMOTE)
    assert judge(terms, room(council(), present=present)).is_quorate
    before = room(council(), present=present)
    assert not judge(terms, type(before)(DAY - dt.timedelta(days=1), None, before.seats, before.present)).is_quorate


def test_somebody_remote_could_mend_it_by_coming_into_the_room():
    terms = parse_terms("quorum: one from East\nremote: do not count")
    judgement = judge(terms, room(council(), present=here("police", mode=Mode.REMOTE)))
    assert "by coming into the room" in judgement.remedy


def test_somebody_who_leaves_is_not_there_at_that_minute():
    terms = parse_terms("quorum: one from each of East, South")
    present = (*here("nurse"), Presence("police", intervals=((at(9), at(14, 32)), (at(15), None))))
    for moment, status in ((at(14, 31), "quorate"), (at(14, 32), "not quorate"), (at(15), "quorate")):
        assert judge(terms, room(council(), present=present, at=moment)).status == status
    spans = timeline(terms, room(council(), present=present, starts_at=at(9)))
    assert [(span.since, span.until, span.status) for span in spans] == [
        (at(9), at(14, 32), "quorate"),
        (at(14, 32), at(15), "not quorate"),
        (at(15), None, "quorate"),
    ]


@pytest.mark.parametrize(
    ("scope", "occasion", "status"),
    [
        ("at the opening", Occasion.MOMENT, "quorate"),
        ("at the opening", Occasion.VOTE, "quorate"),
        ("at the opening and at each vote", Occasion.MOMENT, "quorate"),
        ("at the opening and at each vote", Occasion.VOTE, "not quorate"),
        ("throughout", Occasion.MOMENT, "not quorate"),
        ("at each item", Occasion.MOMENT, "not quorate"),
    ],
)
def test_the_scope_says_which_moment_is_judged(scope, occasion, status):
    terms = parse_terms(f"quorum: one from East\nscope: {scope}")
    present = [Presence("police", intervals=((at(9), at(10)),))]
    now = room(council(), present=present, at=at(11), starts_at=at(9), occasion=occasion)
    assert judge(terms, now).status == status


def test_an_interest_may_or_may_not_take_a_member_out_of_the_count():
    present = {"recusals": (Recusal("police", item="5"),), "item": "5"}
    assert not judge(parse_terms("quorum: one from East"), room(council(), "police", **present)).is_quorate
    counting = parse_terms("quorum: one from East\ndeclared interests: count")
    assert judge(counting, room(council(), "police", **present)).is_quorate
    assert judge(
        parse_terms("quorum: one from East"), room(council(), "police", recusals=present["recusals"], item="4")
    ).is_quorate


def test_a_deputy_does_not_step_in_for_a_member_who_is_there_and_has_withdrawn():
    both = room(council(), "police", "police deputy", recusals=("police",))
    assert not judge(parse_terms("quorum: one from East"), both).is_quorate


def test_members_without_a_vote_may_be_needed_and_observers_never_are():
    seats = [seat("chair", "North", "chair", votes=False), seat("guest", "East", counts=False)]
    assert judge(parse_terms("quorum: one from North"), room(seats, "chair")).is_quorate
    assert not judge(parse_terms("quorum: one from East"), room(seats, "guest")).is_quorate


def test_conditions_ask_about_the_membership_the_meeting_and_the_decision():
    terms = parse_terms("quorum: three members if a chair has been appointed, otherwise two")
    seats = council()
    assert not judge(terms, room(seats, "police", "nurse")).is_quorate
    without = [one if "chair" not in one.classes else seat(one.key, one.agency, "chair", holder=None) for one in seats]
    assert judge(terms, room(without, "police", "nurse")).is_quorate
    adjourned = parse_terms("quorum: three members\nquorum at adjourned meetings: two members")
    assert judge(adjourned, room(seats, "police", "nurse", meeting_kind="adjourned")).is_quorate
    financial = parse_terms("quorum: two members\nquorum for financial decisions: three members")
    present = room(seats, "police", "nurse")
    assert judge(financial, present).headline.startswith("Quorate, but not for financial decisions. 2 of the three")
    assert not judge(financial, present, "financial").is_quorate


def test_whoever_presides_must_be_the_one_the_rule_names():
    terms = parse_terms("quorum: the chair or vice-chair presiding and two members")
    chaired = room(council(), "police", present=here("leader", presiding=True))
    assert judge(terms, chaired).is_quorate
    assert not judge(terms, room(council(), "leader", present=here("police", presiding=True))).is_quorate


def test_discretion_is_shown_and_never_makes_it_quorate():
    terms = parse_terms("quorum: three members\ndiscretion: the chair may proceed with items 2 and 5")
    judgement = judge(terms, room(council(), "police"))
    assert judgement.status is Status.NOT_QUORATE
    assert judgement.discretion == ("the chair may proceed with items 2 and 5",)


def test_interchangeable_people_are_shown_as_a_group():
    seats = [seat(f"m{number}", title=f"Member {number}") for number in range(6)]
    judgement = judge(parse_terms("quorum: three members"), room(seats, "m0"))
    assert judgement.mending[0].text == (
        "any two of these five: the Member 1, the Member 2, the Member 3, the Member 4, the Member 5"
    )
    assert judgement.mending[0].size == 2


def test_vacancies_cannot_arrive():
    seats = [seat("here", "North"), seat("empty", "East", holder=None)]
    judgement = judge(parse_terms("quorum: two members"), room(seats, "here"))
    assert judgement.mending == ()
    assert judgement.remedy == ""


def test_a_judgement_is_plain_data_when_it_is_frozen():
    frozen = judge(EACH, room(council(), "police")).as_dict()
    assert frozen["status"] == "not quorate"
    assert frozen["findings"][1] == {
        "label": "East", "state": "needed", "count": 1, "needed": 1, "text": "East 1", "why": "", "sum": "",
        "people": [{"person": "police", "name": "police", "seat": "police", "seat_words": "East member",
                    "agency": "East", "capacity": "member"}],
    }  # fmt: skip


def test_it_says_who_would_have_to_preside():
    terms = parse_terms("quorum: the chair or vice-chair presiding and two members")
    there = judge(terms, room(council(), "leader", present=here("police", presiding=True)))
    assert there.sentence == "Not quorate: no chair or vice-chair is presiding."
    assert there.remedy == "The chair or vice-chair would have to preside."
    away = judge(terms, room(council(), "lay", present=here("police", presiding=True)))
    assert [mending.arrivals[0].seats for mending in away.mending] == [("leader", "nurse")]


def test_an_item_is_judged_by_who_was_there_when_it_began():
    terms = parse_terms("quorum: one from East\nscope: at each item")
    present = [Presence("police", intervals=((at(9), at(10)),))]
    began = room(council(), present=present, at=at(10, 5), item_from=at(9, 55), occasion=Occasion.ITEM)
    assert judge(terms, began).is_quorate


def test_words_do_for_the_enumerations():
    present = [Presence("police", capacity="member", mode="remote")]
    assert not judge(
        parse_terms("quorum: one member\nremote: do not count"), room(council(), present=present)
    ).is_quorate


@pytest.mark.parametrize(
    ("rule", "people", "words"),
    [
        ("one lay member", ["leader"], "Not quorate: no lay member."),
        ("one member from East", ["leader"], "Not quorate: nobody from East."),
        ("four different agencies", ["leader", "police"], "Not quorate: 2 of the four agencies needed."),
        ("two councillors and the chair", ["leader"], "Not quorate: 1 of the two councillors needed."),
        ("one councillor", ["leader"], "Quorate: a councillor is here."),
        ("the chair", ["leader"], "Quorate: the chair is here."),
        ("every agency", ["leader", "police", "nurse", "lay"], "Not quorate: nobody from West."),
        (
            "two of the following: (the chair), (one from East), (two lay members)",
            ["leader"],
            "Not quorate: one of the two conditions needed is met (nobody from East; 0 of the two lay members needed).",
        ),
        ("one councillor or one lay member", ["police"], "Not quorate: no councillor, and no lay member."),
    ],
)
def test_its_sentences_are_for_a_chair_with_thirty_seconds(rule, people, words):
    assert judge(parse_terms(rule), room(council(), *people)).sentence == words


def test_distinct_people_are_mended_by_one_more():
    judgement = judge(parse_terms("quorum: one councillor and one chair, distinct people"), room(council(), "leader"))
    assert [mending.arrivals[0].seats for mending in judgement.mending] == [("opposition",)]


def test_distinct_people_ask_for_one_of_the_alternatives_alone():
    terms = parse_terms("quorum: (one councillor or one lay member) and two other members")
    assert judge(terms, room(council(), "leader", "police", "nurse")).is_quorate
    assert not judge(terms, room(council(), "leader", "police")).is_quorate
