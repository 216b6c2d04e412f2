"""Who would make a meeting quorate: all smallest sets, those with one person more, and nobody who would not help."""

from partnerships.rules import judge, parse_terms
from tests.partnerships.rules.bodies import council, room, seat


def sets_of(terms, seats, *present):
    """The mending sets: how many of which seats."""
    judgement = judge(parse_terms(terms), room(seats, *present))
    return [[(arrival.k, arrival.seats) for arrival in mending.arrivals] for mending in judgement.mending]


def test_a_set_with_one_person_more_is_shown_behind_the_smallest():
    assert sets_of("quorum: the vice-chair or two councillors", council(), "lay") == [
        [(1, ("nurse",))],
        [(2, ("leader", "opposition"))],
    ]


def test_every_smallest_set_is_found_where_several_clauses_lack_somebody():
    found = sets_of("quorum: (the chair or one lay member) and (the vice-chair or one from West)", council(), "adults")
    assert sorted(sorted(seats for _k, seats in one) for one in found) == [
        [("fire",), ("lay",)],
        [("fire",), ("leader",)],
        [("lay",), ("nurse",)],
        [("leader",), ("nurse",)],
    ]


def test_nobody_is_asked_to_come_whom_the_limit_would_not_count():
    terms = "quorum: three members, of whom no more than one may be councillors"
    ((found,),) = sets_of(terms, council(), "leader", "lay")
    assert found == (1, ("adults", "police", "nurse", "fire"))


def test_whoever_comes_may_free_somebody_here_for_another_seat():
    seats = (
        seat("first", "North", holder="p"),
        seat("second", "North"),
        seat("east", "East", holder=None, deputies=["p"]),
    )
    terms = "quorum: one from each of North and East\ndeputies for vacant places: count"
    assert sets_of(terms, seats, "p") == [[(1, ("second",))]]
    assert sets_of("quorum: one from each of North and East", seats, "p") == []


def test_one_person_is_not_asked_to_come_for_two_seats():
    seats = (seat("north", "North", holder="q"), seat("east", "East", holder="q"), seat("west", "West"))
    assert sets_of("quorum: one from each of North and East", seats, "west") == []
    assert sets_of("quorum: two members other than West", seats, "west") == []
