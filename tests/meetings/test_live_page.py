"""The live page, with scripts and without."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings import actions
from meetings.models import Action, Attendance, Decision
from tests.factories import AgendaItemFactory, AttendanceFactory, MeetingFactory, SeatFactory

JSON = {"HTTP_ACCEPT": "application/json"}


def item_page(meeting, number, act):
    """The address at which something is recorded under an item."""
    return f"/meetings/{meeting.public_id}/live/items/{meeting.items.get(number=number).public_id}/{act}/"


@pytest.fixture
def chair(client, group):
    client.force_login(group.chair)
    return client


def tap(client, meeting, appointment, state, **headers):
    return client.post(
        f"/meetings/{meeting.public_id}/live/attendance/{appointment.seat_id}/", {"state": state}, **headers
    )


def without_tokens(response):
    """The page without the tokens against forged forms, which differ each time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)


def test_it_shows_the_verdict_its_reason_and_who_would_mend_it(chair, meeting):
    page = chair.get(f"/meetings/{meeting.public_id}/live/").content.decode()
    assert "Not quorate" in page
    assert "LPA Commander" in page


def test_a_tap_without_scripts_saves_and_comes_back_to_its_row(chair, group, meeting):
    answer = tap(chair, meeting, group.nurse, "remote")
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#place-{group.nurse.seat_id}")
    assert Attendance.objects.get().how == "remote"


def test_a_tap_with_scripts_brings_the_verdict_back_with_it(chair, group, meeting):
    for appointment in (group.adults, group.nurse):
        tap(chair, meeting, appointment, "remote", **JSON)
    answer = tap(chair, meeting, group.commander, "remote", **JSON).json()
    assert answer["status"].startswith("quorate")
    assert "Quorate" in answer["fragments"]["quorum"]
    row = answer["fragments"][f"place-{group.commander.seat_id}"]
    assert 'value="remote" aria-pressed="true"' in row
    assert f"place-{group.nurse.seat_id}" not in answer["fragments"]


def test_a_refused_tap_says_why_at_its_row(chair, group, meeting):
    answer = tap(chair, meeting, group.nurse, "deputy")
    assert answer.status_code == 422
    page = answer.content.decode()
    error = page.index("No deputy is named for Designated Nurse")
    assert page.index(f'id="place-{group.nurse.seat_id}"') < error
    assert tap(chair, meeting, group.nurse, "deputy", **JSON).json()["error"].startswith("No deputy is named")


def test_a_tap_for_somebody_without_a_place_says_so(chair, group, meeting):
    stranger = SeatFactory()
    answer = chair.post(
        f"/meetings/{meeting.public_id}/live/attendance/{stranger.pk}/", {"state": "present"}, follow=True
    )
    assert "no place on Review" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_a_second_recorder_sees_what_the_first_entered(chair, group, meeting):
    address = f"/meetings/{meeting.public_id}/live/changes/"
    assert chair.get(address, {"since": meeting.version}).status_code == 204
    actions.record_attendance(meeting, group.nurse.seat_id, "remote", by=group.chair)
    change = chair.get(address, {"since": meeting.version}).json()
    assert change["version"] == meeting.version + 1
    assert f"place-{group.nurse.seat_id}" in change["fragments"]


def test_a_second_recorder_learns_that_the_meeting_is_over(chair, group, meeting):
    actions.close_meeting(meeting, by=group.chair)
    assert chair.get(f"/meetings/{meeting.public_id}/live/changes/").json() == {"over": True}


class TestDecisions:
    def put(self, client, meeting, **data):
        return client.post(item_page(meeting, 2, "decision"), data)

    def test_agreed_without_a_quorum_is_refused_with_what_was_typed(self, chair, meeting):
        answer = self.put(chair, meeting, wording="To commission a review.", how="agreed")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "needs a quorum" in page
        assert "To commission a review." in page
        assert not Decision.objects.exists()

    def test_the_page_offers_a_recommendation_instead(self, chair, meeting):
        page = chair.get(f"/meetings/{meeting.public_id}/live/?item=2").content.decode()
        assert 'value="recommendation"' in page
        assert 'value="agreed"' not in page

    def test_an_agreed_decision_is_shown_with_its_reason(self, chair, everybody_is_there):
        answer = self.put(chair, everybody_is_there, wording="To commission a review.", how="agreed")
        assert answer.status_code == 302
        page = chair.get(f"/meetings/{everybody_is_there.public_id}/live/?item=2").content.decode()
        assert "To commission a review." in page
        assert Decision.objects.get().reason in page.replace("&#x27;", "'")

    def test_a_second_submission_changes_nothing_and_says_so(self, chair, everybody_is_there):
        form = {
            "wording": "To meet again.",
            "how": "agreed",
            "submission": "0b9f5f9e-4f3c-4b8e-9d5e-0c1f6a7b8c9d",
        }
        self.put(chair, everybody_is_there, **form)
        answer = chair.post(item_page(everybody_is_there, 2, "decision"), form, follow=True)
        assert "already sent" in answer.content.decode()
        assert Decision.objects.count() == 1

    def test_an_empty_wording_is_refused_at_its_field(self, chair, everybody_is_there):
        page = self.put(chair, everybody_is_there, wording="", how="agreed").content.decode()
        assert "Enter the wording of the decision" in page
        assert 'href="#id_wording"' in page

    def test_taking_a_decision_back_is_asked_first(self, chair, everybody_is_there):
        self.put(chair, everybody_is_there, wording="A slip.", how="agreed")
        decision = Decision.objects.get()
        address = f"/meetings/{everybody_is_there.public_id}/live/decisions/{decision.pk}/remove/"
        assert "Take back this decision?" in chair.get(address).content.decode()
        assert Decision.objects.exists()
        chair.post(address)
        assert not Decision.objects.exists()


class TestActions:
    def test_an_action_without_an_owner_keeps_what_was_typed(self, chair, meeting):
        answer = chair.post(
            item_page(meeting, 2, "actions"),
            {"what": "Bring costs.", "due_on_0": "1", "due_on_1": "2", "due_on_2": "2100"},
        )
        page = answer.content.decode()
        assert "Choose who will do it" in page
        assert "Bring costs." in page
        assert not Action.objects.exists()

    def test_an_action_is_added(self, chair, group, meeting):
        day = timezone.localdate() + dt.timedelta(days=9)
        chair.post(
            item_page(meeting, 2, "actions"),
            {
                "what": "Bring costs.",
                "owner": group.adults.person_id,
                "due_on_0": day.day,
                "due_on_1": day.month,
                "due_on_2": day.year,
            },
        )
        assert Action.objects.get().due_on == day


def test_of_two_who_write_a_note_the_second_sees_both_texts_and_nothing_is_lost(chair, meeting):
    item = meeting.items.get(number=1)
    seen = item.note_digest
    chair.post(item_page(meeting, 1, "note"), {"note": "Heard by one.", "seen": seen})
    answer = chair.post(item_page(meeting, 1, "note"), {"note": "Heard by the other.", "seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It now says: “Heard by one.”" in page
    assert "Heard by the other.</textarea>" in page
    item.refresh_from_db()
    assert item.note == "Heard by one."
    assert f'value="{item.note_digest}"' in page
    chair.post(item_page(meeting, 1, "note"), {"note": "Heard by both.", "seen": item.note_digest})
    assert meeting.items.get(number=1).note == "Heard by both."


def test_a_note_is_kept_and_the_next_item_comes(chair, meeting):
    seen = meeting.items.get(number=1).note_digest
    answer = chair.post(item_page(meeting, 1, "note"), {"note": "Heard.", "seen": seen, "next": "1"})
    assert f"item={meeting.items.get(number=2).public_id}" in answer["Location"]
    assert meeting.items.get(number=1).note == "Heard."


def test_closing_says_what_is_still_open_and_leads_to_the_minutes(chair, meeting):
    page = chair.get(f"/meetings/{meeting.public_id}/live/close/").content.decode()
    assert "4 places have no entry" in page
    answer = chair.post(f"/meetings/{meeting.public_id}/live/close/")
    assert answer["Location"] == reverse("meetings:minutes", args=[meeting.public_id])
    meeting.refresh_from_db()
    assert meeting.is_closed


def test_the_live_page_of_a_closed_meeting_leads_to_its_record(chair, group, meeting):
    actions.close_meeting(meeting, by=group.chair)
    answer = chair.get(f"/meetings/{meeting.public_id}/live/")
    assert answer["Location"] == reverse("meetings:meeting", args=[meeting.public_id])


class TestThePlace:
    def address(self, meeting, appointment):
        return f"/meetings/{meeting.public_id}/live/places/{appointment.seat_id}/"

    def test_a_deputy_can_be_recorded_in_the_room(self, chair, group, meeting):
        chair.post(
            self.address(meeting, group.commander),
            {"state": "deputy", "person": group.deputy.person_id, "how": "room"},
        )
        entry = Attendance.objects.get()
        assert (entry.filled_by, entry.how) == ("deputy", "room")

    def test_notice_without_its_time_is_refused_at_its_field(self, chair, group, meeting):
        page = chair.post(
            self.address(meeting, group.commander),
            {"state": "substitute", "notice_on_0": "1", "notice_on_1": "2", "notice_on_2": "2026"},
        ).content.decode()
        assert "Enter both the day and the time" in page
        assert not Attendance.objects.exists()

    def test_a_time_that_is_none_is_refused_at_its_field(self, chair, group, meeting):
        AttendanceFactory(meeting=meeting, seat=group.nurse.seat, person=group.nurse.person)
        answer = chair.post(self.address(meeting, group.nurse) + "time/", {"time-at": "25:99", "what": "left"})
        assert answer.status_code == 422
        assert "24-hour clock" in answer.content.decode()


class TestWhoMayRecord:
    def test_members_deputies_and_the_scrutineer_may_not(self, client, group, meeting, scrutineer):
        for user in (group.adults.person.user, group.deputy.person.user, scrutineer):
            client.force_login(user)
            assert client.get(f"/meetings/{meeting.public_id}/live/").status_code == 404
            assert tap(client, meeting, group.nurse, "present").status_code == 404
        assert not Attendance.objects.exists()

    def test_the_team_may(self, client, group, meeting, team):
        client.force_login(team)
        assert tap(client, meeting, group.nurse, "present").status_code == 302

    def test_the_chair_of_another_group_gets_the_answer_for_what_does_not_exist(self, client, group, meeting):
        other = MeetingFactory()
        client.force_login(group.chair)
        hidden = client.get(f"/meetings/{other.public_id}/live/")
        missing = client.get("/meetings/7b2f5f9e-4f3c-4b8e-9d5e-0c1f6a7b8c9d/live/")
        assert hidden.status_code == missing.status_code == 404
        assert without_tokens(hidden) == without_tokens(missing)


@pytest.mark.parametrize("rows", [3, 300])
def test_the_live_page_costs_the_same_with_more_places_and_items(
    chair, group, meeting, rows, django_assert_max_num_queries
):
    for number in range(rows):
        SeatFactory(body=group.body, agency=group.council)
        AgendaItemFactory(meeting=meeting, number=100 + number)
    with django_assert_max_num_queries(20):
        chair.get(f"/meetings/{meeting.public_id}/live/?item=2")
