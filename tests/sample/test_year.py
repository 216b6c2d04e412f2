"""The sample year, April 2024 to March 2025: what the loaded rows add up to."""

import datetime as dt

import pytest
from django.utils import timezone

from meetings.models import Action, Attendance, Decision, Meeting
from partnerships.models import Body, Seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]

# Places filled of places with a member, meeting by meeting, as the sample year states them.
FILLED = {
    "safeguarding-partnership": ["14/17", "14/17", "16/18", "13/18"],
    "safer-mk": ["12/17", "11/17", "14/17"],
    "health-and-care-partnership": ["13/18", "12/18", "11/18", "14/18"],
    "assurance": ["10/12", "9/12", "10/12", "9/12", "11/12", "9/12"],
    "delivery": [f"{there}/13" for there in (11, 10, 10, 9, 10, 11, 9, 8, 10, 11, 10)],
    "review": ["7/8", "6/8", "6/8", "7/8", "7/8", "8/8"],
    "child-death": ["7/9", "6/9", "8/9", "7/9"],
}
PLACES = {
    "safeguarding-partnership": 18,
    "safer-mk": 17,
    "health-and-care-partnership": 18,
    "assurance": 12,
    "delivery": 13,
    "review": 8,
    "child-death": 9,
}
DECIDED = {
    "safeguarding-partnership": 20,
    "safer-mk": 9,
    "health-and-care-partnership": 12,
    "assurance": 9,
    "delivery": 11,
    "review": 9,
    "child-death": 4,
}


def held(slug=None):
    meetings = Meeting.objects.filter(closed_at__isnull=False, body__earlier_structure="").order_by("starts_at")
    return meetings.filter(body__slug=slug) if slug else meetings


def meeting_on(slug, day):
    return Meeting.objects.get(body__slug=slug, starts_at__date=day)


def clock(moment):
    return f"{timezone.localtime(moment):%H:%M}"


def test_it_holds_38_meetings_and_cancels_two():
    assert held().count() == 38
    cancelled = Meeting.objects.filter(cancelled_at__isnull=False).order_by("starts_at")
    assert [(meeting.body.slug, str(meeting.starts_at.date())) for meeting in cancelled] == [
        ("assurance", "2024-08-07"),
        ("delivery", "2024-08-15"),
    ]
    assert all(meeting.cancelled_because for meeting in cancelled)


@pytest.mark.parametrize("slug", FILLED)
def test_each_record_counts_the_places_filled(slug):
    records = [meeting.record.content for meeting in held(slug)]
    assert [f"{content['there']}/{content['places']}" for content in records] == FILLED[slug]


def test_380_of_492_places_are_filled_over_the_year():
    entries = Attendance.objects.filter(meeting__in=held())
    assert entries.count() == 492
    filled_by = [entry.filled_by for entry in entries]
    assert filled_by.count("principal") == 345
    # The one substitute, whose notice came late, stands among those who came in a member's stead.
    assert filled_by.count("deputy") + filled_by.count("substitute") == 35
    assert entries.filter(why_not="apologies").count() == 88
    assert entries.filter(why_not="absent").count() == 24
    assert sum(entry.is_there for entry in entries) == 380


@pytest.mark.parametrize(("slug", "number"), PLACES.items())
def test_each_board_has_its_places(slug, number):
    assert Seat.objects.filter(body__slug=slug).count() == number


@pytest.mark.parametrize(
    ("slug", "asked", "took_place"),
    [
        ("safeguarding-partnership", 4, 4),
        ("safer-mk", 3, 3),
        ("health-and-care-partnership", 4, 4),
        ("assurance", 6, 6),
        ("delivery", 12, 11),
        ("review", 6, 6),
        ("child-death", 4, 4),
    ],
)
def test_each_board_meets_as_often_as_its_terms_ask_but_delivery(slug, asked, took_place):
    body = Body.objects.get(slug=slug)
    assert body.terms_on(dt.date(2024, 4, 1)).meetings_a_year == asked
    assert held(slug).count() == took_place


@pytest.mark.parametrize(("slug", "number"), DECIDED.items())
def test_each_board_decides_what_its_year_says(slug, number):
    assert Decision.objects.filter(meeting__body__slug=slug).count() == number


def test_every_meeting_but_one_opens_and_ends_quorate():
    not_quorate = [meeting for meeting in held() if meeting.quorum_status != "quorate"]
    assert not_quorate == [meeting_on("review", "2024-09-12")]


def test_review_without_the_police_recommends_and_ratifies_in_november():
    meeting = meeting_on("review", "2024-09-12")
    assert meeting.quorum_sentence == "Not quorate: nobody from TVP."
    recommendations = meeting.decisions.all()
    assert [decision.outcome for decision in recommendations] == ["recommended", "recommended"]
    november = meeting_on("review", "2024-11-07")
    assert {decision.ratified_by.meeting for decision in recommendations} == {november}
    assert {decision.outcome for decision in november.decisions.all()} == {"carried"}


def test_the_frozen_record_of_september_stays_as_it_was_closed():
    content = meeting_on("review", "2024-09-12").record.content
    decisions = [decision for item in content["items"] for decision in item["decisions"]]
    assert [decision["outcome"] for decision in decisions] == ["recommended", "recommended"]
    assert content["verdict"]["status"] == "not quorate"


def test_the_partnership_of_january_is_quorate_only_from_item_4():
    meeting = meeting_on("safeguarding-partnership", "2025-01-21")
    changes = [(clock(change.at), change.status) for change in meeting.verdict_changes.all()]
    assert changes == [("14:00", "not quorate"), ("14:40", "quorate")]
    assert meeting.verdict_changes.first().sentence == "Not quorate: nobody from MKUHFT."
    deputy = meeting.attendance.get(filled_by="deputy", seat__agency__short_name="MKUHFT")
    assert clock(deputy.presences.get().starts_at) == "14:40"
    assert f"{timezone.localtime(deputy.notice_at):%d %B %H:%M}" == "20 January 16:20"
    assert min(decision.item.number for decision in meeting.decisions.all()) == 4


def test_the_chair_of_the_partnership_passes_in_january():
    body = Body.objects.get(slug="safeguarding-partnership")
    posts = [chairing.person.post for chairing in body.chairings.order_by("starts_at")]
    assert posts == ["Director of Children's Services", "Chief Nurse"]
    meeting = meeting_on("safeguarding-partnership", "2025-01-21")
    assert meeting.presiding.post == "Director of Children's Services"


def test_the_probation_place_has_no_entry_until_august_because_it_was_vacant():
    entries = Attendance.objects.filter(seat__body__slug="safeguarding-partnership", seat__agency__short_name="NPS")
    assert [f"{entry.meeting.starts_at:%B}" for entry in entries.order_by("meeting__starts_at")] == [
        "October",
        "January",
    ]


def test_the_late_substitute_and_the_remote_member_of_december_do_not_count():
    meeting = meeting_on("health-and-care-partnership", "2024-12-11")
    substitute = meeting.attendance.get(filled_by="substitute")
    assert clock(meeting.starts_at) == "18:00"
    assert clock(substitute.notice_at) == "18:07"
    assert meeting.attendance.filter(how="remote").count() == 1
    assert "9 members" in meeting.quorum_sentence
    voted = meeting.decisions.get(wording="The plan for suicide prevention is agreed.")
    assert (voted.outcome, voted.votes.count()) == ("carried", 9)


def test_safer_mk_defers_money_until_all_five_are_there():
    november = meeting_on("safer-mk", "2024-11-20")
    assert november.quorum_status == "quorate"
    deferred = november.decisions.get(kind="financial")
    assert deferred.outcome == "noted"
    march = meeting_on("safer-mk", "2025-03-19")
    carried = march.decisions.get(kind="financial")
    assert (carried.outcome, carried.votes.filter(choice="for").count()) == ("carried", 5)


def test_delivery_moved_july_and_the_vice_chair_presided_in_december():
    assert "18 July" in meeting_on("delivery", "2024-07-25").note
    december = meeting_on("delivery", "2024-12-19")
    assert december.presiding.post == "Deputy Area Commander"
    assert december.presiding.chairings.get(body=december.body).part == "vice-chair"


def test_every_agenda_of_the_year_has_four_to_nine_items():
    assert {meeting.items.count() for meeting in held()} <= set(range(4, 10))


def test_nobody_decided_anything_in_a_way_that_the_rules_call_invalid():
    assert not Decision.objects.filter(outcome__in=["invalid", "not carried", "undecided"]).exists()


def test_the_action_log_has_open_late_and_done_ones():
    today = timezone.localdate()
    late = Action.objects.overdue(today).count()
    done = Action.objects.filter(done_at__isnull=False).count()
    assert late >= 5
    assert Action.objects.open().count() - late >= 10
    assert done >= 40
