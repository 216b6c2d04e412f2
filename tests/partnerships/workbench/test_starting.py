"""What lies on the workbench to begin with: nothing, a board, a meeting, another edition, what others are writing."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest

from partnerships.workbench.bench import Place
from tests.factories import (
    AppointmentFactory,
    AttendanceFactory,
    BodyFactory,
    MeetingFactory,
    NamedDeputyFactory,
    PersonFactory,
    PresenceFactory,
    ScenarioFactory,
    TermsOfReferenceFactory,
)

BENCH = "/workbench/"


@pytest.fixture
def member(as_user, review):
    return as_user(review.member)


def verdict(answer):
    return answer.context["result"]["strip"]["modifier"]


def places_of(answer):
    return answer.context["desk"].bench.places


def test_it_starts_empty(member, words):
    answer = member.get(BENCH)
    assert answer.status_code == 200
    assert places_of(answer) == ()
    assert "Quorum: not stated." in words(answer)


@pytest.mark.parametrize("asked", ["board", "meeting", "rules"])
def test_it_starts_empty_from_what_nothing_is_called(member, asked):
    for named in ("\0", "review\0/2024-04-01", "nowhere", "9" * 400):
        answer = member.get(BENCH, {asked: named})
        assert answer.status_code == 200
        assert places_of(answer) == ()


def test_it_starts_from_the_terms_and_the_membership_of_a_board(member, words):
    answer = member.get(BENCH, {"board": "review"})
    assert answer.context["desk"].bench.terms == "quorum: one from each of MKCC, TVP"
    adults, vacant, commander = places_of(answer)
    assert (adults.key, adults.agency, adults.also_called) == ("Head of Adults", "MKCC", ("Adults",))
    assert (commander.deputies, commander.classes) == (("Deputy Commander",), ("police",))
    assert (vacant.key, vacant.is_vacant, vacant.votes) == ("Public Health", True, False)
    assert "Nobody is ticked as there yet." in words(answer)


def test_somebody_who_holds_one_place_and_deputises_for_another_stays_one_person(member, review):
    NamedDeputyFactory(seat=review.commander.seat, person=review.adults.person)
    AppointmentFactory(seat=review.vacant, person=review.adults.person)
    adults, health, commander = places_of(member.get(BENCH, {"board": "review"}))
    assert commander.deputies == ("Deputy Commander", adults.person)
    assert health.person == adults.person


def test_it_starts_from_another_edition(member, review):
    TermsOfReferenceFactory(
        body=review.body, starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2024, 3, 31), rules="quorum: six members"
    )
    answer = member.get(BENCH, {"board": "review", "rules": "review/2020-01-01"})
    assert answer.context["desk"].bench.terms == "quorum: six members"


@pytest.mark.parametrize(
    "asked", [{"board": "no-such"}, {"rules": "x"}, {"rules": "review/2020-13-45"}, {"meeting": "x"}]
)
def test_an_address_that_names_nothing_starts_empty(member, asked):
    answer = member.get(BENCH, asked)
    assert answer.status_code == 200
    assert places_of(answer) == ()


def test_another_areas_board_is_not_there(as_user, review, outsider):
    assert places_of(as_user(outsider).get(BENCH, {"board": "review"})) == ()


@pytest.fixture
def held(review):
    """A meeting of the group: the council's member from 10:05, the police's deputy remotely, who presides."""
    meeting = MeetingFactory(body=review.body, closed=True)
    adults = AttendanceFactory(meeting=meeting, seat=review.adults.seat, person=review.adults.person)
    PresenceFactory(attendance=adults, starts_at=meeting.starts_at + dt.timedelta(minutes=5))
    deputy = review.commander.seat.deputies.get().person
    AttendanceFactory(meeting=meeting, seat=review.commander.seat, deputy=True, remote=True, person=deputy)
    meeting.presiding = deputy
    meeting.save(update_fields=["presiding"])
    return meeting


def test_the_rule_of_one_edition_is_tried_on_a_real_meeting(member, review, held):
    TermsOfReferenceFactory(body=BodyFactory(slug="board", area=review.area), rules="quorum: three members")
    answer = member.get(BENCH, {"meeting": str(held.public_id), "rules": "board/2024-04-01"})
    bench = answer.context["desk"].bench
    assert bench.terms == "quorum: three members"
    assert (bench.day, bench.start) == (held.starts_at.date(), held.starts_at.time())
    adults, vacant, commander = bench.places
    assert (adults.state, commander.state, vacant.state) == ("present", "deputy", "away")
    assert commander.deputy_remote
    assert adults.since is not None
    assert bench.presides == commander.key
    assert verdict(answer) == "not-quorate"


def test_the_page_goes_on_to_say_what_lies_on_the_bench(member, held, typed, words):
    address = f"{BENCH}?meeting={held.public_id}"
    about = member.get(address).context["subtitle"]
    assert about.startswith("Membership and attendance of Review, ")
    assert about in words(member.post(address, typed("present", about=about)))


def test_nobody_without_a_vote_is_asked_for_one(member, typed):
    places = (Place("A", title="A"), Place("B", title="B", votes=False))
    page = member.post(BENCH, typed(places=places, voting="1")).content.decode()
    assert 'name="vote-0"' in page
    assert 'name="vote-1"' not in page


def test_a_substitute_is_taken_over_as_one(member, review, held):
    entry = held.attendance.get(seat=review.commander.seat)
    entry.filled_by, entry.person, entry.notice_at = "substitute", PersonFactory(), held.starts_at
    entry.save()
    place = places_of(member.get(BENCH, {"meeting": str(held.public_id)}))[2]
    assert place.is_substitute
    assert place.notice == replace(place).notice is not None


def test_a_meeting_that_one_may_not_see_is_not_taken_over(as_user, held, stranger, outsider, team):
    for user, count in ((stranger, 0), (outsider, 0), (team, 3)):
        assert len(places_of(as_user(user).get(BENCH, {"meeting": str(held.public_id)}))) == count
    assert places_of(as_user(team).get(BENCH, {"meeting": str(uuid.uuid4())})) == ()


def test_rules_that_are_being_written_elsewhere_are_tried_with_the_membership_of_their_board(member, words):
    answer = member.post(BENCH, {"act": "try", "rules": "quorum: two members", "board": "review"})
    assert answer.status_code == 200
    assert answer.context["desk"].bench.terms == "quorum: two members"
    assert len(places_of(answer)) == 3
    assert "Membership of Review today" in words(answer)


def test_rules_tried_from_elsewhere_that_cannot_be_read_say_so(member):
    answer = member.post(BENCH, {"act": "try", "rules": "remote: perhaps", "board": "review"})
    assert answer.status_code == 422
    assert "terms" in answer.context["desk"].facts.errors
    assert len(places_of(answer)) == 3


def test_kept_rules_that_can_no_longer_be_read_open_with_their_faults(member, review):
    kept = ScenarioFactory(created_by=review.member)
    kept.content["terms"] = "remote: perhaps"
    kept.save()
    answer = member.get(kept.get_absolute_url())
    assert answer.status_code == 200
    assert answer.context["result"] is None
    assert [place.state for place in places_of(answer)] == ["present", "present", "away"]
    assert "Line 1, column 9" in answer.content.decode()
