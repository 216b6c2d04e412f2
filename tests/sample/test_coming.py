"""The next meetings of the sample, dated from the day of loading."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from meetings import access, actions
from meetings.models import Meeting
from meetings.sample import coming
from records.models import User

LONDON = ZoneInfo("Europe/London")
TEN = dt.time(10, 0)
SEVEN = [
    "assurance",
    "child-death",
    "delivery",
    "health-and-care-partnership",
    "review",
    "safeguarding-partnership",
    "safer-mk",
]


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "working_days", "starts_at"),
    [
        ("2026-11-18 09:05", 0, "2026-11-18 09:30"),
        ("2026-11-18 09:25", 0, "2026-11-18 10:00"),
        ("2026-11-18 17:50", 0, "2026-11-18 18:00"),
        ("2026-11-18 18:05", 0, "2026-11-19 10:00"),
        ("2026-11-18 23:55", 0, "2026-11-19 10:00"),
        ("2026-11-20 19:00", 0, "2026-11-23 10:00"),
        ("2026-11-21 09:00", 0, "2026-11-23 10:00"),
        ("2026-12-25 09:00", 0, "2026-12-29 10:00"),
        ("2026-11-18 09:05", 3, "2026-11-23 10:00"),
        ("2026-03-27 09:05", 1, "2026-03-30 10:00"),
        ("2026-07-01 09:05", 0, "2026-07-01 09:30"),
    ],
)
def test_it_begins_within_the_next_hour_of_a_working_day_or_on_the_next(now, working_days, starts_at):
    assert coming.start(at(now), working_days, TEN) == at(starts_at)


@pytest.fixture
def meetings(sample, db):
    found = Meeting.objects.coming(timezone.now()).select_related("body")
    return {meeting.body.slug: meeting for meeting in found}


def test_each_of_the_seven_has_its_next_meeting(meetings):
    assert sorted(meetings) == SEVEN
    assert min(meetings.values(), key=lambda meeting: meeting.starts_at) == meetings["assurance"]


def test_assurance_has_eight_items_and_one_about_money_with_a_recommendation(meetings):
    items = meetings["assurance"].items.all()
    assert len(items) == 8
    money = [item for item in items if item.decision_kind == "financial"]
    assert [(item.purpose, bool(item.recommendation)) for item in money] == [("decide", True)]
    assert any(item.confidential for item in items)


def test_safer_mk_has_an_item_about_money(meetings):
    assert meetings["safer-mk"].items.filter(decision_kind="financial", purpose="decide").count() == 1


def test_members_have_replied_in_every_way_and_some_not_at_all(meetings):
    meeting = meetings["assurance"]
    answers = [reply.answer for reply in meeting.replies.all()]
    assert set(answers) == {"accept", "tentative", "apologies", "deputy"}
    assert len(answers) < meeting.body.seats.count()
    assert all(reply.reason for reply in meeting.replies.filter(answer="apologies"))


def test_the_chair_opens_assurance_checks_attendance_and_the_police_are_missing(meetings):
    meeting = meetings["assurance"]
    chair = User.objects.get(email="chair.assurance@mktogether.example")
    assert access.may_change(chair, meeting)
    actions.open_meeting(meeting, by=chair)
    verdict = actions.check_roll(meeting, by=chair)
    assert (verdict.status, verdict.sentence) == ("not quorate", "Not quorate: nobody from TVP.")
    police = meeting.body.seats.get(agency__short_name="TVP")
    assert actions.record_attendance(meeting, police.pk, "remote", by=chair).status == "quorate"


def test_no_more_than_three_councillors_count_in_health_and_care(meetings):
    meeting = meetings["health-and-care-partnership"]
    chair = User.objects.get(email="chair.healthandcare@mktogether.example")
    actions.open_meeting(meeting, by=chair)
    verdict = actions.check_roll(meeting, by=chair)
    assert meeting.attendance.exclude(filled_by="nobody").count() == 6
    assert verdict.status == "not quorate"
    assert "councillors" in verdict.sentence
