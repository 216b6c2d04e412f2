"""Answering an invitation: what is kept of it, and what is refused."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from meetings import actions, roster
from meetings.models import Reply
from meetings.queries import replies_of
from meetings.replying.actions import reply
from mktogether.lib.verdict import Refusal
from records.models import EarlierValue, Event
from tests.factories import AppointmentFactory, MeetingFactory, NamedDeputyFactory, ReplyFactory


def answer(meeting, appointment, what, **more):
    person = appointment.person
    return reply(meeting, appointment.seat_id, what, by=person.user, person=person, **more)


def place_of(meeting, appointment):
    return next(place for place in roster.places(meeting) if place.seat_id == appointment.seat_id)


def test_a_later_answer_replaces_an_earlier_one_and_both_are_in_the_history(group, planned):
    answer(planned, group.nurse, "accept")
    answer(planned, group.nurse, "apologies", reason=" On \n leave ")
    given = Reply.objects.get()
    assert (given.answer, given.reason) == ("apologies", "On leave")
    first, second = Event.objects.filter(verb="reply.given").order_by("id")
    assert (first.actor_id, second.within_id) == (group.nurse.person.user.pk, planned.pk)
    assert EarlierValue.objects.get(event=second).value == "accept"


def test_by_the_link_is_told_apart_in_the_history(group, planned):
    answer(planned, group.nurse, "accept", by_link=True)
    assert Event.objects.get().verb == "reply.given_by_link"


def test_what_stands_already_leaves_no_trace(group, planned):
    answer(planned, group.nurse, "tentative")
    answer(planned, group.nurse, "tentative")
    assert Event.objects.filter(verb="reply.given").count() == 1


def test_each_reply_raises_the_version_of_the_live_page(group, planned):
    answer(planned, group.nurse, "accept")
    before = planned.version
    planned.refresh_from_db()
    assert planned.version == before + 1


def test_a_named_deputy_is_sent_and_counts(group, planned):
    answer(planned, group.commander, "deputy", deputy_id=group.deputy.person_id)
    place = place_of(planned, group.commander)
    assert (place.answer_deputy, place.sends_colleague, place.proposed) == ("Deputy LPA Commander", False, "deputy")


def test_a_colleague_who_is_no_named_deputy_is_sent_and_nothing_is_recorded_of_them_by_itself(group, planned):
    answer(planned, group.nurse, "deputy", colleague="Nurse on duty")
    place = place_of(planned, group.nurse)
    assert (place.answer_deputy, place.sends_colleague, place.proposed) == ("Nurse on duty", True, "")
    actions.check_roll(planned, by=group.chair)
    assert place_of(planned, group.nurse).filled_by == ""


@pytest.mark.parametrize(
    ("what", "more", "sentence"),
    [
        ("deputy", {}, "Choose who comes instead"),
        ("deputy", {"colleague": "  "}, "Choose who comes instead"),
        ("deputy", {"deputy_id": 0}, "Choose who comes instead"),
        ("deputy", {"deputy_id": 999_999}, "Choose one of the deputies who are named"),
        ("apologies", {}, "Enter the reason for the apologies"),
        ("apologies", {"reason": " \n "}, "Enter the reason for the apologies"),
        ("perhaps not", {}, "Choose coming, perhaps, apologies or a deputy"),
    ],
)
def test_an_answer_that_says_too_little_is_refused(group, planned, what, more, sentence):
    with pytest.raises(Refusal, match=sentence):
        answer(planned, group.commander, what, **more)
    assert not Reply.objects.exists()


def test_a_deputy_who_is_sent_for_one_place_cannot_be_sent_for_another(group, planned):
    NamedDeputyFactory(seat=group.nurse.seat, person=group.deputy.person)
    answer(planned, group.commander, "deputy", deputy_id=group.deputy.person_id)
    with pytest.raises(Refusal, match="comes for LPA Commander already"):
        answer(planned, group.nurse, "deputy", deputy_id=group.deputy.person_id)


def test_nobody_answers_for_the_place_of_another(group, planned):
    with pytest.raises(Refusal, match="You have no such place"):
        reply(planned, group.nurse.seat_id, "accept", by=group.chair, person=group.adults.person)


def test_a_member_who_leaves_before_the_day_has_no_place_there(group, planned):
    group.nurse.ends_at = planned.starts_at - dt.timedelta(hours=1)
    group.nurse.save()
    with pytest.raises(Refusal, match="You have no such place"):
        answer(planned, group.nurse, "accept")


@pytest.mark.parametrize("state", [{"opened": True}, {"cancelled": True}, {"closed": True}, {"over": True}])
def test_what_has_begun_or_is_off_takes_no_replies(group, state):
    meeting = MeetingFactory(body=group.body, **state)
    with pytest.raises(Refusal):
        answer(meeting, group.nurse, "accept")


def test_to_the_second_of_its_start(group):
    now = timezone.now()
    with pytest.raises(Refusal, match="has begun"):
        answer(MeetingFactory(body=group.body, starts_at=now), group.nurse, "accept")
    answer(MeetingFactory(body=group.body, starts_at=now + dt.timedelta(seconds=30)), group.nurse, "accept")


# --- When a meeting moves ---------------------------------------------------------------------------------------------


def moved(meeting, by, *, days=0, place=None):
    later = dt.timedelta(days=days)
    return actions.change_meeting(
        meeting,
        by=by,
        starts_at=meeting.starts_at + later,
        ends_at=meeting.ends_at + later,
        mode=meeting.mode,
        place=meeting.place if place is None else place,
    )


def test_replies_to_another_day_count_for_nothing_and_can_be_given_again(group, planned):
    answer(planned, group.nurse, "accept")
    meeting = moved(planned, group.chair, days=7)
    assert place_of(meeting, group.nurse).answer == ""
    assert replies_of(group.chair, [meeting.pk]) == {}
    answer(meeting, group.nurse, "accept")
    assert place_of(meeting, group.nurse).answer == "accept"
    assert Reply.objects.count() == 1


def test_another_room_leaves_the_replies_as_they_are(group, planned):
    answer(planned, group.nurse, "accept")
    meeting = moved(planned, group.chair, place="Room 2")
    assert place_of(meeting, group.nurse).answer == "accept"
    assert replies_of(group.chair, [meeting.pk]) == {meeting.pk: "Coming"}


# --- What the database promises ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": "deputy"},
        {"answer": "accept", "colleague": "Somebody"},
        {"sends_deputy": True, "colleague": "And another"},
    ],
)
def test_the_database_wants_exactly_one_who_is_sent(group, planned, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReplyFactory(meeting=planned, seat=group.nurse.seat, **wrong)


def test_somebody_with_two_places_answers_for_each(group, planned):
    second = AppointmentFactory(seat__body=group.body, person=group.nurse.person)
    answer(planned, group.nurse, "accept")
    answer(planned, second, "apologies", reason="On leave")
    assert {row.seat_id: row.answer for row in Reply.objects.all()} == {
        group.nurse.seat_id: "accept",
        second.seat_id: "apologies",
    }
