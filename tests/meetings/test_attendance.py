"""Recording who is there, and the verdict that comes with it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from meetings import actions, judging, roster
from meetings.models import Attendance
from mktogether.lib.verdict import Refusal
from records.models import Event
from tests.factories import AttendanceFactory, NamedDeputyFactory, PersonFactory, ReplyFactory, SeatFactory


def entry(meeting, appointment):
    return Attendance.objects.get(meeting=meeting, seat=appointment.seat_id)


def verdict(meeting):
    return judging.judge(meeting, roster.places(meeting), judging.terms_of(meeting), at=timezone.now())


def test_nobody_is_present_by_default(meeting):
    assert str(verdict(meeting).status) == "not quorate"
    assert not Attendance.objects.exists()


def test_it_becomes_quorate_with_the_last_partner_who_is_needed(group, meeting):
    actions.record_attendance(meeting, group.adults.seat_id, "remote", by=group.chair)
    before = actions.record_attendance(meeting, group.nurse.seat_id, "present", by=group.chair)
    after = actions.record_attendance(meeting, group.commander.seat_id, "remote", by=group.chair)
    assert str(before.status) == "not quorate"
    assert "TVP" in before.sentence
    assert "LPA Commander" in before.remedy
    assert str(after.status) == "quorate"


def test_it_keeps_when_the_verdict_turned_and_why(group, meeting):
    actions.record_attendance(meeting, group.adults.seat_id, "remote", by=group.chair)
    actions.record_attendance(meeting, group.nurse.seat_id, "present", by=group.chair)
    actions.record_attendance(meeting, group.commander.seat_id, "remote", by=group.chair)
    actions.record_attendance(meeting, group.commander.seat_id, "apologies", by=group.chair)
    turns = list(meeting.verdict_changes.values_list("status", flat=True))
    assert turns == ["not quorate", "quorate", "not quorate"]


def test_it_records_the_three_facts_of_each_state(group, meeting):
    seat = group.commander.seat_id
    facts = {}
    for state in ("present", "remote", "deputy", "apologies", "absent", "unknown"):
        actions.record_attendance(meeting, seat, state, by=group.chair)
        row = entry(meeting, group.commander)
        facts[state] = (row.filled_by, row.person and row.person.post, row.how, row.why_not)
    assert facts == {
        "present": ("principal", "LPA Commander", "room", ""),
        "remote": ("principal", "LPA Commander", "remote", ""),
        "deputy": ("deputy", "Deputy LPA Commander", "remote", ""),
        "apologies": ("nobody", None, "", "apologies"),
        "absent": ("nobody", None, "", "absent"),
        "unknown": ("nobody", None, "", "unknown"),
    }


def test_it_takes_an_entry_back(group, meeting):
    actions.record_attendance(meeting, group.nurse.seat_id, "present", by=group.chair)
    actions.record_attendance(meeting, group.nurse.seat_id, "clear", by=group.chair)
    assert not Attendance.objects.exists()


def test_it_writes_history_with_each_entry(group, meeting):
    actions.record_attendance(meeting, group.nurse.seat_id, "present", by=group.chair)
    event = Event.objects.get(verb="attendance.recorded")
    assert event.actor_id == group.chair.pk
    assert event.area_id == meeting.area_id


def test_each_entry_raises_the_version_that_a_second_recorder_asks_for(group, meeting):
    before = meeting.version
    actions.record_attendance(meeting, group.nurse.seat_id, "present", by=group.chair)
    meeting.refresh_from_db()
    assert meeting.version == before + 1


def test_it_refuses_a_place_of_another_group(group, meeting):
    elsewhere = SeatFactory()
    with pytest.raises(Refusal, match="no place on Review"):
        actions.record_attendance(meeting, elsewhere.pk, "present", by=group.chair)
    assert not Attendance.objects.exists()


def test_it_refuses_a_member_for_a_vacant_place(group, meeting):
    vacant = SeatFactory(body=group.body, agency=group.police, title="Detective Inspector")
    with pytest.raises(Refusal, match="vacant"):
        actions.record_attendance(meeting, vacant.pk, "present", by=group.chair)


def test_it_refuses_the_same_deputy_for_two_places(group, meeting):
    second = SeatFactory(body=group.body, agency=group.police, title="Detective Superintendent")
    NamedDeputyFactory(seat=second, person=group.deputy.person)
    actions.record_attendance(meeting, group.commander.seat_id, "deputy", by=group.chair)
    with pytest.raises(Refusal, match="fills the place of LPA Commander already"):
        actions.record_attendance(meeting, second.pk, "deputy", by=group.chair)
    assert Attendance.objects.count() == 1


def test_the_database_refuses_one_person_on_two_places_too(group, meeting):
    row = AttendanceFactory(meeting=meeting, seat=group.adults.seat)
    with pytest.raises(IntegrityError), transaction.atomic():
        AttendanceFactory(meeting=meeting, seat=group.children.seat, person=row.person)


def test_it_refuses_a_deputy_where_none_is_named(group, meeting):
    with pytest.raises(Refusal, match="No deputy is named for Designated Nurse"):
        actions.record_attendance(meeting, group.nurse.seat_id, "deputy", by=group.chair)


def test_it_asks_which_deputy_where_there_are_two(group, meeting):
    other = NamedDeputyFactory(seat=group.commander.seat, person__post="Superintendent")
    with pytest.raises(Refusal, match="Choose which deputy") as refusal:
        actions.record_attendance(meeting, group.commander.seat_id, "deputy", by=group.chair)
    assert refusal.value.field == "person"
    actions.record_attendance(
        meeting, group.commander.seat_id, "deputy", by=group.chair, person_id=other.person_id, how="room"
    )
    assert entry(meeting, group.commander).person == other.person


def test_it_refuses_a_deputy_who_is_not_named(group, meeting):
    stranger = PersonFactory(agency=group.police)
    with pytest.raises(Refusal, match="not a named deputy"):
        actions.record_attendance(meeting, group.commander.seat_id, "deputy", by=group.chair, person_id=stranger.pk)


def test_a_substitute_comes_from_the_agency_of_the_place(group, meeting):
    stranger, colleague = PersonFactory(agency=group.health), PersonFactory(agency=group.police)
    with pytest.raises(Refusal, match="somebody from TVP"):
        actions.record_attendance(meeting, group.commander.seat_id, "substitute", by=group.chair, person_id=stranger.pk)
    actions.record_attendance(meeting, group.commander.seat_id, "substitute", by=group.chair, person_id=colleague.pk)
    assert entry(meeting, group.commander).filled_by == "substitute"


def test_it_refuses_a_state_that_does_not_exist(group, meeting):
    with pytest.raises(Refusal, match="Choose present"):
        actions.record_attendance(meeting, group.nurse.seat_id, "asleep", by=group.chair)


def test_it_refuses_entries_once_the_meeting_is_closed(group, meeting):
    actions.close_meeting(meeting, by=group.chair)
    with pytest.raises(Refusal, match="closed"):
        actions.record_attendance(meeting, group.nurse.seat_id, "present", by=group.chair)


class TestTheRoll:
    def test_checking_it_records_what_the_replies_announced(self, group, meeting):
        ReplyFactory(meeting=meeting, seat=group.adults.seat)
        ReplyFactory(meeting=meeting, seat=group.nurse.seat, answer="apologies", reason="On leave")
        ReplyFactory(meeting=meeting, seat=group.commander.seat, answer="deputy", deputy=group.deputy.person)
        actions.check_roll(meeting, by=group.chair)
        states = {place.title: place.state for place in roster.places(meeting)}
        assert states == {
            "Head of Service, Adults": "remote",  # the meeting is virtual
            "Head of Service, Children's": "",
            "Designated Nurse": "apologies",
            "LPA Commander": "deputy",
        }
        assert entry(meeting, group.nurse).reason == "On leave"

    def test_it_leaves_what_was_recorded_before(self, group, meeting):
        ReplyFactory(meeting=meeting, seat=group.adults.seat)
        actions.record_attendance(meeting, group.adults.seat_id, "absent", by=group.chair)
        actions.check_roll(meeting, by=group.chair)
        assert entry(meeting, group.adults).why_not == "absent"

    def test_it_says_who_checked_it(self, group, meeting):
        actions.check_roll(meeting, by=group.chair)
        meeting.refresh_from_db()
        assert meeting.roll_checked_by == group.chair


class TestComingAndGoing:
    def test_somebody_recorded_after_the_roll_was_checked_joined_then(self, group, meeting):
        actions.check_roll(meeting, by=group.chair)
        actions.record_attendance(meeting, group.commander.seat_id, "remote", by=group.chair)
        presence = entry(meeting, group.commander).presences.get()
        assert presence.starts_at > meeting.opened_at
        assert presence.ends_at is None

    def test_the_meeting_is_not_quorate_from_the_moment_at_which_somebody_left(self, group, everybody_is_there):
        meeting = everybody_is_there
        left = timezone.now() - dt.timedelta(minutes=5)
        actions.record_leaving(meeting, group.commander.seat_id, at=left, by=group.chair)
        places, terms = roster.places(meeting), judging.terms_of(meeting)
        just_before = judging.judge(meeting, places, terms, at=left - dt.timedelta(seconds=1))
        at_that_moment = judging.judge(meeting, places, terms, at=left)
        assert (str(just_before.status), str(at_that_moment.status)) == ("quorate", "not quorate")

    def test_who_came_back_is_there_again(self, group, everybody_is_there):
        meeting = everybody_is_there
        now = timezone.now()
        actions.record_leaving(meeting, group.commander.seat_id, at=now - dt.timedelta(minutes=5), by=group.chair)
        back = actions.record_joining(
            meeting, group.commander.seat_id, at=now - dt.timedelta(minutes=2), by=group.chair
        )
        assert str(back.status) == "quorate"
        assert entry(meeting, group.commander).presences.count() == 2

    def test_nobody_leaves_before_they_came(self, group, everybody_is_there):
        meeting = everybody_is_there
        early = meeting.starts_at - dt.timedelta(hours=1)
        with pytest.raises(Refusal, match="before they came") as refusal:
            actions.record_leaving(meeting, group.commander.seat_id, at=early, by=group.chair)
        assert refusal.value.field == "at"

    def test_nobody_leaves_twice(self, group, everybody_is_there):
        meeting = everybody_is_there
        actions.record_leaving(meeting, group.commander.seat_id, at=timezone.now(), by=group.chair)
        with pytest.raises(Refusal, match="left already"):
            actions.record_leaving(meeting, group.commander.seat_id, at=timezone.now(), by=group.chair)

    def test_only_somebody_who_is_there_can_leave(self, group, meeting):
        with pytest.raises(Refusal, match="Nobody is recorded"):
            actions.record_leaving(meeting, group.commander.seat_id, at=timezone.now(), by=group.chair)


@pytest.mark.parametrize("places", [3, 300])
def test_the_roster_costs_three_queries_whatever_the_number_of_places(
    meeting, group, places, django_assert_num_queries
):
    for number in range(places):
        seat = SeatFactory(body=group.body, agency=group.council)
        if number < 3:
            AttendanceFactory(meeting=meeting, seat=seat)
    with django_assert_num_queries(3):
        found = roster.places(meeting)
    assert len(found) == places + 4
