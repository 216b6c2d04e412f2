"""A rule that names the chair is met by the place of whoever is in the chair on the day of the meeting."""

import datetime as dt

import pytest
from django.utils import timezone

from meetings import judging, roster
from partnerships.membership import actions
from partnerships.workbench import starting
from tests.factories import (
    AppointmentFactory,
    AttendanceFactory,
    BodyFactory,
    ChairingFactory,
    MeetingFactory,
    OfficeFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    body = BodyFactory(slug="review")
    TermsOfReferenceFactory(body=body, rules="quorum: two members, including the chair")
    return body


@pytest.fixture
def members(board):
    return [AppointmentFactory(seat__body=board) for _number in range(3)]


def verdict(meeting, *present):
    for member in present:
        AttendanceFactory(meeting=meeting, seat=member.seat, person=member.person)
    return str(judging.judge(meeting, roster.places(meeting), judging.terms_of(meeting)).status)


def meeting_of(board, days=0):
    return MeetingFactory(body=board, starts_at=timezone.now() + dt.timedelta(days=days, hours=1))


def test_with_the_chair_it_is_quorate_and_without_them_not(board, members):
    chair, second, third = members
    ChairingFactory(body=board, person=chair.person)
    assert verdict(meeting_of(board), chair, second) == "quorate"
    assert verdict(meeting_of(board), second, third) == "not quorate"


def test_after_a_handover_it_is_the_new_chair_and_before_it_the_old_one(board, members):
    chair, second, third = members
    ChairingFactory(body=board, person=chair.person)
    team = OfficeFactory().person.user
    day = timezone.localdate() + dt.timedelta(days=7)
    actions.hand_over(board, by=team, part="chair", person=second.person, starts_on=day)
    assert verdict(meeting_of(board, 1), chair, third) == "quorate"
    assert verdict(meeting_of(board, 9), chair, third) == "not quorate"
    assert verdict(meeting_of(board, 10), second, third) == "quorate"


def test_a_place_that_has_it_by_hand_is_the_chair_alone(board, members):
    chair, second, third = members
    ChairingFactory(body=board, person=chair.person)
    third.seat.classes = ["chair"]
    third.seat.save()
    assert verdict(meeting_of(board), chair, second) == "not quorate"
    assert verdict(meeting_of(board), second, third) == "quorate"


def test_neither_the_chair_of_another_board_nor_one_of_the_past_counts(board, members):
    chair, second, _third = members
    ChairingFactory(body=BodyFactory(), person=chair.person)
    ChairingFactory(body=board, person=chair.person, ends_at=timezone.now())
    ChairingFactory(body=board, person=second.person, vice=True)
    assert verdict(meeting_of(board), chair, second) == "not quorate"


def test_the_workbench_and_the_page_of_the_board_know_it_too(as_user, board, members, words):
    ChairingFactory(body=board, person=members[0].person)
    carried = [place.classes for place in starting.membership(board, timezone.now())]
    assert ["chair" in classes for classes in carried] == [True, False, False]
    page = words(as_user(OfficeFactory().person.user).get("/boards/review/"))
    assert "Can be quorate" in page


def test_a_board_whose_places_name_the_post_alone_can_be_quorate(as_user, words):
    board = BodyFactory(slug="by-post", name="By post")
    TermsOfReferenceFactory(body=board, rules="quorum: two members")
    for _number in range(2):
        SeatFactory(body=board, post_only=True)
    client = as_user(OfficeFactory().person.user)
    assert "Can be quorate" in words(client.get("/boards/by-post/"))
    assert "2, members not named" in words(client.get("/boards/"))
    assert "0 of 1" not in words(client.get("/partners/"))
    AppointmentFactory(seat__body=board)
    assert "1 of 1, 2 not named" in words(client.get("/boards/"))
