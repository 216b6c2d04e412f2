"""The home page: what is next, for each of those who sign in."""

import datetime as dt

import pytest
from django.utils import timezone

from meetings import minutes
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    DecisionFactory,
    JobFactory,
    MeetingFactory,
    OfficeFactory,
    ReplyFactory,
    SeatFactory,
    UserFactory,
)

HOME = "/"


@pytest.fixture
def soon(group):
    return MeetingFactory(body=group.body, starts_at=timezone.now() + dt.timedelta(minutes=8, seconds=30))


def test_a_chair_reads_first_whether_the_next_meeting_will_be_quorate(as_user, group, soon, words):
    ReplyFactory(meeting=soon, seat=group.adults.seat)
    text = words(as_user(group.chair).get(HOME))
    assert "In 8 minutes" in text
    assert "Not quorate on the replies so far" in text
    assert "Open the meeting" in text
    for place in (group.nurse, group.commander):
        ReplyFactory(meeting=soon, seat=place.seat)
    assert "Will be quorate on the three accepted" in words(as_user(group.chair).get(HOME))


def test_a_chair_of_a_meeting_in_session_goes_on_recording_it(as_user, group, meeting, words):
    text = words(as_user(group.chair).get(HOME))
    assert "In session" in text
    assert "Record it live" in text
    assert "Not quorate" in text


def test_a_chair_sees_what_is_over_and_not_closed_and_what_is_to_be_ratified(as_user, group, words):
    MeetingFactory(body=group.body, over=True)
    held = MeetingFactory(body=group.body, closed=True)
    DecisionFactory(item=AgendaItemFactory(meeting=held), recommendation=True, wording="That the plan be agreed")
    text = words(as_user(group.chair).get(HOME))
    assert "Record and close Review" in text
    assert "“That the plan be agreed”" in text


def test_a_member_sees_their_meetings_with_their_reply(as_user, group, soon, words):
    client = as_user(group.commander.person.user)
    assert "No reply yet" in words(client.get(HOME))
    ReplyFactory(meeting=soon, seat=group.commander.seat, apologies=True)
    text = words(client.get(HOME))
    assert "Review Apologies" in text
    assert "Record it" not in text


def test_a_deputy_sees_the_reply_for_the_place_they_stand_in_for(as_user, group, soon, words):
    ReplyFactory(meeting=soon, seat=group.commander.seat, answer="deputy", deputy=group.deputy.person)
    assert "Review Sends a deputy" in words(as_user(group.deputy.person.user).get(HOME))


def test_somebody_sees_their_own_open_actions_late_ones_first(as_user, group, words):
    ActionFactory(body=group.body, owner=group.adults.person, what="Later one")
    ActionFactory(body=group.body, owner=group.adults.person, what="Late one", overdue=True)
    ActionFactory(body=group.body, owner=group.nurse.person, what="Somebody else's")
    text = words(as_user(group.adults.person.user).get(HOME))
    assert "2 open, 1 overdue" in text
    assert text.index("Late one") < text.index("Later one")
    assert "Somebody else's" not in text


def test_the_team_sees_the_month_what_was_not_closed_what_is_late_and_what_failed(as_user, group, team, words):
    MeetingFactory(body=group.body, starts_at=timezone.now() + dt.timedelta(days=3))
    MeetingFactory(body=BodyFactory(name="Far off"), starts_at=timezone.now() + dt.timedelta(days=40))
    MeetingFactory(body=BodyFactory(name="Long over"), over=True)
    ActionFactory(body=group.body, owner=group.adults.person, overdue=True)
    ActionFactory(body=group.body, owner=group.children.person, overdue=True)
    closed = MeetingFactory(body=group.body, closed=True)
    JobFactory(failed=True, failure="The printer was away.", kind=minutes.OPEN_PART, target_id=closed.pk)
    text = words(as_user(team).get(HOME))
    assert "Meetings in the next 30 days" in text
    assert "Far off" not in text
    assert "Record and close Long over" in text
    assert "MKCC 2" in text
    assert "The printer was away." in text


def test_the_scrutineer_sees_recent_minutes_and_the_month(as_user, group, scrutineer, words):
    MeetingFactory(body=group.body, closed=True, quorum_status="quorate")
    MeetingFactory(body=group.body)
    text = words(as_user(scrutineer).get(HOME))
    assert "Recent minutes" in text
    assert "Quorate" in text
    assert "Meetings in the next 30 days 1" in text
    assert "Record" not in text.replace("Recorded", "")


def test_it_shows_nothing_of_other_groups(as_user, group, stranger, outsider):
    group.body.name = "Harrier Group"
    group.body.save(update_fields=["name"])
    MeetingFactory(body=group.body)
    MeetingFactory(body=group.body, over=True)
    ActionFactory(body=group.body, owner=group.adults.person, what="Canary")
    for user in (stranger, outsider):
        page = as_user(user).get(HOME).content
        assert b"Harrier Group" not in page
        assert b"Canary" not in page


def test_somebody_whose_places_have_ended_reads_whom_to_ask(as_user, group, team, words):
    ended = AppointmentFactory(
        seat=SeatFactory(),
        starts_at=timezone.now() - dt.timedelta(days=900),
        ends_at=timezone.now() - dt.timedelta(days=899),
        with_account=True,
    )
    text = words(as_user(ended.person.user).get(HOME))
    assert "You hold no place at present" in text
    assert team.person.post in text


def test_an_account_without_a_person_reads_so(as_user, db, words):
    assert "Nobody has linked this account to a post yet." in words(as_user(UserFactory()).get(HOME))


def fill(group, number):
    for _time in range(number):
        MeetingFactory(body=group.body)
        MeetingFactory(body=group.body, over=True)
        held = MeetingFactory(body=group.body, closed=True)
        DecisionFactory(item=AgendaItemFactory(meeting=held), recommendation=True)
        ActionFactory(body=group.body, owner=group.nurse.person, overdue=True)
        JobFactory(failed=True)


def test_its_queries_do_not_grow(as_user, group, team, django_assert_max_num_queries):
    ChairingFactory(body=BodyFactory(partnership=True), person=group.nurse.person)
    OfficeFactory(person=group.nurse.person)
    client = as_user(group.chair)
    fill(group, 3)
    with django_assert_max_num_queries(24) as few:
        client.get(HOME)
    fill(group, 20)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(HOME)
