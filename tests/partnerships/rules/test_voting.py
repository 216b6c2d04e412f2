"""What a vote comes to."""

import pytest

from partnerships.rules import Ballot, Choice, Mode, Motion, Presence, Recusal, decide, parse_terms
from tests.partnerships.rules.bodies import council, here, room, seat

FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN
FIVE = tuple(seat(f"m{number}", f"Agency {number % 3}", "partner" if number < 3 else "other") for number in range(5))


def ballots(*choices):
    return tuple(Ballot(f"m{number}", None, choice) for number, choice in enumerate(choices) if choice)


def result(rule, *choices, present=5, **options):
    """The outcome among five members under one voting rule."""
    people = [f"m{number}" for number in range(present)]
    return decide(parse_terms(rule), room(FIVE, *people), Motion(), ballots(*choices), **options)


@pytest.mark.parametrize(
    ("rule", "choices", "status"),
    [
        ("more votes for than against", (FOR, FOR, AGAINST, ABSTAIN, ABSTAIN), "carried"),
        ("more votes for than against", (FOR, FOR, AGAINST, AGAINST, ABSTAIN), "not carried"),
        ("more votes for than against", (ABSTAIN, ABSTAIN, ABSTAIN, ABSTAIN, ABSTAIN), "not carried"),
        ("a majority of the votes cast", (FOR, FOR, AGAINST, ABSTAIN, ABSTAIN), "carried"),
        ("a majority of those present", (FOR, FOR, AGAINST, ABSTAIN, ABSTAIN), "not carried"),
        ("a majority of those present", (FOR, FOR, FOR, AGAINST, AGAINST), "carried"),
        ("two thirds of the votes cast", (FOR, FOR, AGAINST, None, None), "carried"),
        ("two thirds of the votes cast", (FOR, FOR, FOR, AGAINST, AGAINST), "not carried"),
        ("a majority of all members", (FOR, FOR, None, None, None), "not carried"),
        ("four in favour", (FOR, FOR, FOR, FOR, AGAINST), "carried"),
        ("four in favour", (FOR, FOR, FOR, ABSTAIN, AGAINST), "not carried"),
        ("unanimous", (FOR, FOR, FOR, FOR, FOR), "carried"),
        ("unanimous", (FOR, FOR, FOR, FOR, ABSTAIN), "not carried"),
        ("nobody against", (FOR, ABSTAIN, ABSTAIN, None, None), "carried"),
        ("nobody against", (FOR, FOR, FOR, FOR, AGAINST), "not carried"),
        ("nobody against", (ABSTAIN, ABSTAIN, ABSTAIN, ABSTAIN, ABSTAIN), "not carried"),
        ("a majority of the votes cast, including every partner in favour", (FOR, FOR, FOR, None, None), "carried"),
        ("a majority of the votes cast, including every partner in favour", (FOR, FOR, None, FOR, FOR), "not carried"),
        ("one from each of Agency 0, Agency 1 in favour", (FOR, FOR, AGAINST, AGAINST, AGAINST), "carried"),
        ("not stated", (FOR, FOR, FOR, FOR, FOR), "not stated"),
    ],
)
def test_every_kind_of_voting_rule(rule, choices, status):
    assert result(f"votes: {rule}", *choices).status == status


def test_every_member_of_a_class_includes_those_who_are_away():
    outcome = result("votes: every partner in favour", FOR, FOR, present=2)
    assert outcome.status == "not carried"


def test_a_tie_is_not_carried_without_a_casting_vote_and_undecided_until_it_is_used():
    tie = (FOR, FOR, AGAINST, AGAINST)
    assert result("votes: more for than against", *tie).status == "not carried"
    assert "no casting vote" in result("votes: more for than against", *tie).sentence
    terms = parse_terms("votes: more for than against\ncasting vote: the chair")
    present = room(FIVE, "m1", "m2", "m3", present=here("m0", presiding=True))
    assert decide(terms, present, Motion(), ballots(*tie)).status == "undecided"
    for choice, status in ((FOR, "carried"), (AGAINST, "not carried")):
        votes = (*ballots(*tie), Ballot("m0", None, choice, casting=True))
        assert decide(terms, present, Motion(), votes).status == status
    stolen = decide(terms, present, Motion(), (*ballots(*tie), Ballot("m1", None, FOR, casting=True)))
    assert stolen.status == "undecided"
    assert stolen.left_out[0].reason == "the casting vote belongs to whoever presides"


def test_nobody_voted_is_undecided_and_so_is_a_vote_that_is_still_open():
    assert result("votes: more for than against").status == "undecided"
    terms = parse_terms("votes: more for than against")
    open_vote = decide(terms, room(FIVE, "m0", "m1", "m2"), Motion(open=True), ballots(FOR))
    assert open_vote.status == "undecided"


def test_without_a_quorum_it_is_invalid_whatever_the_votes():
    outcome = decide(parse_terms("quorum: four members\nvotes: unanimous"), room(FIVE, "m0"), Motion(), ballots(FOR))
    assert outcome.status == "invalid"
    assert outcome.quorum == "not quorate"
    assert decide(parse_terms("quorum: four members"), room(FIVE, "m0"), Motion(), agreed=True).status == "invalid"


def test_assent_carries_where_nothing_is_stated_and_counts_all_present_where_something_is():
    assert result("", agreed=True).status == "carried"
    assert result("votes: every partner in favour", agreed=True).status == "carried"
    assert result("votes: every partner in favour", agreed=True, present=2).status == "not carried"


LEFT_OUT = [
    (Ballot("stranger"), "not present as a member when the vote was taken"),
    (Ballot("observer"), "this place has no vote"),
    (Ballot("police deputy"), "this place has no vote"),
    (Ballot("police deputy", "police"), "the member for whom they deputise is here"),
    (Ballot("nurse"), "remote, and the terms ask for the room"),
    (Ballot("adults"), "withdrawn for a declared interest"),
    (Ballot("adults deputy"), "the member is here and has withdrawn"),
    (Ballot("lay", "nowhere"), "there is no such place"),
    (Ballot("fire", None, FOR, casting=True), "the terms give no casting vote"),
]


@pytest.mark.parametrize(("ballot", "reason"), LEFT_OUT, ids=[reason for _ballot, reason in LEFT_OUT])
def test_a_vote_of_somebody_who_may_not_vote_is_left_out_with_its_reason(ballot, reason):
    terms = parse_terms("votes: more for than against\nremote: do not vote")
    present = room(
        council(), "police", "police deputy", "adults", "adults deputy", "observer", "lay", "fire",
        present=[Presence("nurse", "nurse", mode=Mode.REMOTE)], recusals=("adults",),
    )  # fmt: skip
    outcome = decide(terms, present, Motion(), (Ballot("fire"), ballot))
    assert [one.reason for one in outcome.left_out] == [reason]
    assert (outcome.tally.votes_for, outcome.status) == (1, "carried")


def test_one_person_has_one_vote_however_many_seats():
    seats = [seat("a", "North", holder="both"), seat("b", "East", holder="both"), seat("c", "South")]
    votes = (Ballot("both", "a"), Ballot("both", "b"), Ballot("c", None, AGAINST))
    outcome = decide(parse_terms("votes: more for than against"), room(seats, "both", "c"), Motion(), votes)
    assert (outcome.tally.words, outcome.status) == ("1 for, 1 against, 0 abstaining", "not carried")
    assert outcome.left_out[0].reason == "one person has one vote"


def test_a_deputy_votes_where_the_terms_say_so_and_the_member_is_away():
    vote = (Ballot("police deputy", "police"),)
    may = decide(parse_terms("votes: more for than against"), room(council(), "police deputy"), Motion(), vote)
    assert may.status == "carried"
    terms = parse_terms("votes: more for than against\ndeputies: count, do not vote")
    assert decide(terms, room(council(), "police deputy"), Motion(), vote).left_out[0].reason == "deputies do not"


def test_one_vote_for_each_agency_splits_to_an_abstention():
    rule = "votes: more for than against\nblock: one vote for each agency"
    assert result(rule, FOR, AGAINST, AGAINST, FOR, AGAINST).tally.words == "1 for, 2 against, 0 abstaining"
    assert result(rule, FOR, AGAINST, FOR, AGAINST, AGAINST).tally.words == "1 for, 1 against, 1 abstaining"


def test_a_kind_of_decision_has_its_own_rule():
    terms = parse_terms("votes: more for than against\nvotes for financial decisions: unanimous")
    present = room(FIVE, "m0", "m1")
    assert decide(terms, present, Motion(), ballots(FOR, ABSTAIN)).status == "carried"
    assert decide(terms, present, Motion("financial"), ballots(FOR, ABSTAIN)).status == "not carried"
    assert decide(terms, present, Motion("financial"), ballots(FOR, FOR)).as_dict()["status"] == "carried"


def test_an_open_vote_is_decided_when_all_have_voted():
    for choices, status in (((FOR, FOR, None, None, None), "undecided"), ((FOR, FOR, FOR, FOR, AGAINST), "carried")):
        done = decide(
            parse_terms("votes: more votes for than against"),
            room(FIVE, *(f"m{number}" for number in range(5))),
            Motion(open=True),
            ballots(*choices),
        )
        assert done.status.value == status


def test_a_casting_vote_does_not_stand_in_for_another_thing_that_is_asked():
    terms = "votes: a majority of the votes cast, including every partner in favour\ncasting vote: the chair"
    present = (*here("m0", "m1", "m2"), Presence("m3", presiding=True))
    votes = (*ballots(FOR, FOR, AGAINST, AGAINST), Ballot("m3", None, FOR, casting=True))
    done = decide(parse_terms(terms), room(FIVE, present=present), Motion(), votes)
    assert done.status.value == "not carried"


def test_a_majority_of_all_members_is_one_of_all_blocks_where_blocks_vote():
    terms = "votes: a majority of all members\nblock: one vote for each agency"
    assert result(terms, FOR, FOR, None, FOR, FOR).status.value == "carried"
    assert "2 in favour, 2 needed" in result(terms, FOR, FOR, None, FOR, FOR).sentence
    assert result(terms, FOR, None, None, FOR, None).status.value == "not carried"


def test_a_place_votes_once_whoever_comes_for_it():
    seats = (seat("post", "North", deputies=["first", "second"]), seat("other", "South"))
    here_are = room(seats, "first", "second", "other")
    done = decide(parse_terms("votes: unanimity"), here_are, Motion(), (Ballot("first"), Ballot("second")))
    assert [(one.person, one.reason) for one in done.left_out] == [("second", "this place has voted already")]


def test_an_interest_in_the_item_of_the_motion_takes_the_vote():
    here_are = room(council(), "adults", "leader", recusals=(Recusal("adults", "7"),), item="6")
    votes = (Ballot("adults"), Ballot("leader"))
    terms = parse_terms("votes: more votes for than against")
    assert [one.person for one in decide(terms, here_are, Motion(item="7"), votes).left_out] == ["adults"]
    assert decide(terms, here_are, Motion(), votes).left_out == ()
