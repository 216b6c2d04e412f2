"""Opening, closing, cancelling and correcting."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from meetings import actions, roster
from meetings.models import Meeting, MeetingRecord
from mktogether.lib.verdict import Refusal
from records.models import Event, Job
from tests.factories import AgencyFactory, BodyFactory, MeetingFactory, SeatFactory


def test_opening_twice_changes_nothing(group):
    meeting = MeetingFactory(body=group.body)
    first = actions.open_meeting(meeting, by=group.chair).opened_at
    actions.open_meeting(meeting, by=group.chair)
    meeting.refresh_from_db()
    assert meeting.opened_at == first
    assert Event.objects.filter(verb="meeting.opened").count() == 1


def test_closing_is_never_refused_for_want_of_a_quorum(group, meeting):
    actions.close_meeting(meeting, by=group.chair)
    meeting.refresh_from_db()
    assert meeting.is_closed
    assert meeting.record.content["verdict"]["status"] == "not quorate"


def test_a_meeting_that_nobody_opened_counts_as_opened_when_it_is_closed(group):
    meeting = MeetingFactory(body=group.body, over=True)
    actions.close_meeting(meeting, by=group.chair)
    meeting.refresh_from_db()
    assert meeting.opened_at == meeting.closed_at


def test_closing_twice_is_refused_with_a_sentence(group, meeting):
    actions.close_meeting(meeting, by=group.chair)
    with pytest.raises(Refusal, match="closed"):
        actions.close_meeting(meeting, by=group.chair)
    assert MeetingRecord.objects.count() == 1


def test_closing_asks_for_the_minutes_in_the_same_transaction(group, meeting):
    actions.close_meeting(meeting, by=group.chair)
    job = Job.objects.get()
    assert (job.kind, job.target_id, job.state, job.asked_by) == ("minutes", meeting.pk, "waiting", group.chair)


def test_what_changes_later_does_not_reach_the_record(group, everybody_is_there, item):
    meeting = everybody_is_there
    actions.put_decision(meeting, item, "To commission a review.", by=group.chair)
    actions.close_meeting(meeting, by=group.chair)
    before = MeetingRecord.objects.get().content
    group.body.terms.update(rules="quorum: six members")
    group.commander.person.post = "Somebody else"
    group.commander.person.save()
    SeatFactory(body=group.body, agency=AgencyFactory())
    after = Meeting.objects.get(pk=meeting.pk).record.content
    assert after == before
    assert "LPA Commander" in str(after)
    assert after["terms"]["rules"].startswith("quorum: one from each")


def test_the_record_holds_roster_rules_verdicts_decisions_and_actions(group, everybody_is_there, item):
    meeting = everybody_is_there
    actions.put_decision(meeting, item, "To commission a review.", by=group.chair)
    due = timezone.localdate() + dt.timedelta(days=7)
    actions.add_action(meeting, item, what="Bring costs.", owner=group.adults.person, due_on=due, by=group.chair)
    actions.close_meeting(meeting, by=group.chair)
    content = MeetingRecord.objects.get().content
    assert [part["agency"] for part in content["roster"]] == ["MKCC", "BLMK ICB", "TVP"]
    assert (content["there"], content["places"]) == (3, 4)
    assert content["verdict"]["status"] == "quorate"
    assert [turn["status"] for turn in content["verdicts"]] == ["not quorate", "quorate"]
    assert content["items"][1]["decisions"][0]["wording"] == "To commission a review."
    assert content["items"][1]["actions"][0]["owner"] == "Head of Service, Adults"
    assert content["terms"]["english"]


def test_a_correction_stands_beside_the_record(group, meeting):
    actions.close_meeting(meeting, by=group.chair)
    meeting.refresh_from_db()
    before = meeting.record.content
    actions.correct_record(meeting, "TVP was there.", "Overlooked.", by=group.chair)
    meeting.record.refresh_from_db()
    assert meeting.record.content == before
    assert meeting.corrections.get().reason == "Overlooked."


def test_a_meeting_that_is_not_closed_is_not_corrected(group, meeting):
    with pytest.raises(Refusal, match="not closed yet"):
        actions.correct_record(meeting, "TVP was there.", "Overlooked.", by=group.chair)


def test_cancelling_says_why(group):
    meeting = MeetingFactory(body=group.body)
    with pytest.raises(Refusal, match="Enter why") as refusal:
        actions.cancel_meeting(meeting, " ", by=group.chair)
    assert refusal.value.field == "reason"
    actions.cancel_meeting(meeting, "Too little business", by=group.chair)
    meeting.refresh_from_db()
    assert meeting.state == "Cancelled"


def test_a_meeting_that_ends_before_it_starts_is_refused(group):
    start = timezone.now() + dt.timedelta(days=3)
    meeting = Meeting(body=group.body, starts_at=start, ends_at=start - dt.timedelta(hours=1))
    with pytest.raises(ValidationError, match="ends before it starts"):
        actions.plan_meeting(meeting, by=group.chair)
    assert not Meeting.objects.exists()


def test_what_is_written_and_its_history_stand_or_fall_together(group, meeting, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("meetings.record.MeetingRecord.objects.create", fail)
    with pytest.raises(RuntimeError):
        actions.close_meeting(meeting, by=group.chair)
    meeting.refresh_from_db()
    assert not meeting.is_closed
    assert not Event.objects.filter(verb="meeting.closed").exists()
    assert not Job.objects.exists()


def test_a_meeting_is_judged_by_the_places_of_its_own_day(group):
    gone = SeatFactory(
        body=BodyFactory(), agency=group.police, starts_at=timezone.now() - dt.timedelta(30), ends_at=timezone.now()
    )
    past = MeetingFactory(body=gone.body, starts_at=timezone.now() - dt.timedelta(7))
    coming = MeetingFactory(body=gone.body, starts_at=timezone.now() + dt.timedelta(7))
    assert len(roster.places(past)) == 1
    assert roster.places(coming) == []
