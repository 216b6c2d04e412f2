"""A meeting for its readers: what each of them sees of it."""

import datetime as dt

import pytest
from django.utils import timezone

from meetings import actions
from tests.factories import (
    ActionFactory,
    AgencyFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AttendanceFactory,
    CorrectionFactory,
    DecisionFactory,
    MeetingFactory,
    ReplyFactory,
    SeatFactory,
)


def page_of(meeting):
    return f"/meetings/{meeting.public_id}/"


@pytest.fixture
def planned(group):
    return MeetingFactory(body=group.body, place="Room 1")


def test_it_rejects_other_methods(as_user, group, planned):
    assert as_user(group.chair).post(page_of(planned)).status_code == 405


def test_it_is_not_there_for_other_groups_and_other_areas(as_user, planned, stranger, outsider):
    assert as_user(stranger).get(page_of(planned)).status_code == 404
    assert as_user(outsider).get(page_of(planned)).status_code == 404


def test_it_is_there_for_members_deputies_team_and_scrutineer(as_user, group, planned, team, scrutineer):
    for user in (group.adults.person.user, group.deputy.person.user, team, scrutineer):
        assert as_user(user).get(page_of(planned)).status_code == 200


def test_the_agenda_stands_in_order_with_its_purposes(as_user, group, planned, words):
    AgendaItemFactory(meeting=planned, number=2, title="The plan", to_decide=True, lead="Head of Adults", minutes=15)
    AgendaItemFactory(meeting=planned, number=1, title="Welcome")
    text = words(as_user(group.chair).get(page_of(planned)))
    assert text.index("1. Welcome") < text.index("2. The plan")
    assert "2. The plan Decide Lead: Head of Adults · 15 minutes Recommended: Agree the plan." in text


def test_a_confidential_item_is_for_members_and_the_team_alone(as_user, group, meeting, team, scrutineer):
    secret = AgendaItemFactory(meeting=meeting, number=9, title="Canary item", confidential=True)
    DecisionFactory(item=secret, wording="Canary decision")
    ActionFactory(body=group.body, meeting=meeting, item=secret, what="Canary action", owner=group.adults.person)
    for user in (group.chair, group.adults.person.user, team):
        assert as_user(user).get(page_of(meeting)).content.count(b"Canary") == 3
    for user in (group.deputy.person.user, scrutineer):
        response = as_user(user).get(page_of(meeting))
        assert b"Canary" not in response.content
        assert b"3 items" in response.content


def test_what_came_of_an_item_stands_below_it(as_user, group, meeting, item, words):
    DecisionFactory(item=item, meeting=meeting, wording="The plan was agreed.", reason="Nobody objected.")
    ActionFactory(
        body=group.body, meeting=meeting, item=item, what="Send the plan", owner=group.adults.person, overdue=True
    )
    text = words(as_user(group.chair).get(page_of(meeting)))
    below = text[text.index("2. Two rapid reviews") : text.index("3. Forward plan")]
    assert "Agreed The plan was agreed. Nobody objected." in below
    assert "Action: Send the plan" in below
    assert "Overdue by 3 days" in below


def test_before_it_begins_the_replies_say_whether_it_will_be_quorate(as_user, group, planned, words):
    client = as_user(group.chair)
    ReplyFactory(meeting=planned, seat=group.adults.seat)
    text = words(client.get(page_of(planned)))
    assert "Not quorate on the replies so far" in text
    assert "Head of Service, Adults Coming" in text
    assert "Designated Nurse No reply yet" in text
    ReplyFactory(meeting=planned, seat=group.nurse.seat)
    ReplyFactory(meeting=planned, seat=group.commander.seat, answer="deputy", deputy=group.deputy.person)
    text = words(client.get(page_of(planned)))
    assert "Will be quorate on the three accepted" in text
    assert "LPA Commander Deputy LPA Commander Sends a deputy" in text


def test_in_session_it_says_the_verdict_and_its_reason(as_user, group, meeting, words):
    actions.record_attendance(meeting, group.adults.seat_id, "remote", by=group.chair)
    text = words(as_user(group.chair).get(page_of(meeting)))
    assert "In session" in text
    assert "Not quorate" in text
    assert "Head of Service, Adults Member, remote" in text


def test_once_closed_it_shows_the_frozen_record_whatever_changes_later(as_user, group, everybody_is_there, words):
    actions.close_meeting(everybody_is_there, by=group.chair)
    group.adults.seat.title = "Renamed later"
    group.adults.seat.save()
    text = words(as_user(group.chair).get(page_of(everybody_is_there)))
    assert "Closed" in text
    assert "Quorate" in text
    assert "Head of Service, Adults" in text
    assert "Renamed later" not in text


def test_corrections_stand_beside_the_record_with_their_reason(as_user, group, words):
    closed = MeetingFactory(body=group.body, opened=True, opened_by=group.chair)
    actions.close_meeting(closed, by=group.chair)
    CorrectionFactory(meeting=closed, text="The nurse was there.", reason="The clerk missed it.")
    text = words(as_user(group.chair).get(page_of(closed)))
    assert "The nurse was there." in text
    assert "Because: The clerk missed it." in text
    assert "Add a correction" in text
    assert "Add a correction" not in words(as_user(group.adults.person.user).get(page_of(closed)))


def test_a_cancelled_meeting_says_why_and_offers_nothing_to_record(as_user, group, words):
    cancelled = MeetingFactory(body=group.body, cancelled=True)
    text = words(as_user(group.chair).get(page_of(cancelled)))
    assert "This meeting does not take place. Too little business" in text
    assert "Record it live" not in text


def test_only_those_who_record_and_plan_are_offered_it(as_user, group, planned, words):
    chair = words(as_user(group.chair).get(page_of(planned)))
    assert "Change time or place Cancel it Reminders Minutes Record it live" in chair
    member = words(as_user(group.adults.person.user).get(page_of(planned)))
    assert "Cancel it" not in member
    assert "Reminders" not in member
    assert "Minutes" in member
    assert "Record it live" not in member
    assert "Change time or place" not in member


def full(body, meeting, items):
    """``items`` items, places, decisions and actions on ``meeting``."""
    clerk = meeting.opened_by
    for number in range(1, items + 1):
        item = AgendaItemFactory(meeting=meeting, number=100 + number)
        DecisionFactory(item=item, by=clerk)
        seat = SeatFactory(body=body, agency=AgencyFactory())
        held = AppointmentFactory(seat=seat)
        AttendanceFactory(meeting=meeting, seat=seat, person=held.person, recorded_by=clerk)
        ActionFactory(body=body, meeting=meeting, item=item, owner=held.person)


@pytest.mark.parametrize(("close", "queries"), [(False, 12), (True, 9)])
def test_its_queries_do_not_grow(as_user, group, meeting, django_assert_num_queries, close, queries):
    other = MeetingFactory(body=group.body, opened=True, opened_by=group.chair)
    full(group.body, meeting, 3)
    full(group.body, other, 20)
    client = as_user(group.chair)
    for one in (meeting, other):
        if close:
            actions.close_meeting(one, by=group.chair)
        with django_assert_num_queries(queries):
            assert client.get(page_of(one)).status_code == 200


def test_a_meeting_over_and_never_opened_says_so(as_user, group, words):
    over = MeetingFactory(body=group.body, over=True)
    assert timezone.now() - over.ends_at > dt.timedelta(days=1)
    assert "Over, not closed" in words(as_user(group.chair).get(page_of(over)))
