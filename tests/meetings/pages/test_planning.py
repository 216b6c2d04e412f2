"""Planning a meeting, moving it and cancelling it."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from meetings.models import Meeting
from records.models import Event
from tests.factories import AnotherAreaFactory, BodyFactory, MeetingFactory, ReplyFactory
from tests.factories.common import LONDON

NEW = "/meetings/new/"


def typed(**values):
    """What somebody types into the form."""
    day = timezone.localdate() + dt.timedelta(days=30)
    form = {
        "day_0": day.day,
        "day_1": day.month,
        "day_2": day.year,
        "starts": "09:30",
        "ends": "11:30",
        "mode": "in person",
        "place": "Room 1",
    }
    return form | values


@pytest.fixture
def planned(group):
    """In a morning: the form takes one day, which a meeting of two hours from now leaves late in the evening."""
    day = timezone.localdate() + dt.timedelta(days=7)
    return MeetingFactory(
        body=group.body, mode="virtual", starts_at=dt.datetime.combine(day, dt.time(10), tzinfo=LONDON)
    )


def test_it_plans_a_meeting_and_shows_it(as_user, group, words):
    client = as_user(group.chair)
    answer = client.post(NEW, typed(body=group.body.pk), follow=True)
    meeting = Meeting.objects.get()
    assert answer.redirect_chain == [(f"/meetings/{meeting.public_id}/", 302)]
    assert "The meeting is planned." in words(answer)
    starts = timezone.localtime(meeting.starts_at)
    assert (starts.hour, starts.minute, meeting.mode, meeting.place) == (9, 30, "in person", "Room 1")
    assert meeting.area_id == group.body.area_id
    assert Event.objects.filter(verb="meeting.planned", actor_id=group.chair.pk).count() == 1


def test_a_meeting_that_ends_before_it_starts_gets_its_sentence_and_nothing_is_lost(as_user, group):
    answer = as_user(group.chair).post(NEW, typed(body=group.body.pk, starts="11:30", ends="09:30", place="Room 7"))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "ends": ["The meeting ends before it starts. Enter an end after the start"]
    }
    page = answer.content.decode()
    assert 'href="#id_ends"' in page
    assert 'value="Room 7"' in page
    assert 'value="11:30"' in page
    assert not Meeting.objects.exists()


def test_a_meeting_without_length_is_refused(as_user, group):
    answer = as_user(group.chair).post(NEW, typed(body=group.body.pk, ends="09:30"))
    assert list(answer.context["form"].errors) == ["ends"]


@pytest.mark.parametrize(
    ("field", "value"), [("day_1", "13"), ("starts", "soon"), ("mode", "by post"), ("place", "x" * 201), ("body", "0")]
)
def test_bad_input_gets_a_sentence_at_its_field(as_user, group, field, value):
    answer = as_user(group.chair).post(NEW, typed(**{"body": group.body.pk, field: value}))
    assert answer.status_code == 422
    assert field.split("_")[0] in answer.context["form"].errors
    assert not Meeting.objects.exists()


def test_nothing_typed_names_every_field_that_is_asked_for(as_user, group):
    answer = as_user(group.chair).post(NEW, {})
    errors = answer.context["form"].errors
    assert set(errors) == {"body", "day", "starts", "ends", "mode"}
    sentences = [sentence for field in errors.values() for sentence in field]
    assert len(set(sentences)) == 5
    assert "Enter when it ends, such as 11:30" in sentences


def test_a_second_meeting_at_the_same_moment_is_refused_at_its_time(as_user, group):
    client = as_user(group.chair)
    client.post(NEW, typed(body=group.body.pk))
    answer = client.post(NEW, typed(body=group.body.pk))
    assert answer.context["form"].errors == {
        "starts": ["Review has a meeting at that time already. Choose another time"]
    }
    assert Meeting.objects.count() == 1


def test_the_same_form_sent_twice_plans_once_and_shows_the_first_result(as_user, group, words):
    client = as_user(group.chair)
    form = typed(body=group.body.pk, submission=str(uuid.uuid4()))
    first = client.post(NEW, form)
    second = client.post(NEW, form | {"starts": "10:00"}, follow=True)
    assert second.redirect_chain == [(first["Location"], 302)]
    assert "This form was already sent" in words(second)
    assert Meeting.objects.count() == 1


def test_a_refused_form_can_be_sent_again_with_the_same_token(as_user, group):
    client = as_user(group.chair)
    token = str(uuid.uuid4())
    refused = client.post(NEW, typed(body=group.body.pk, ends="09:00", submission=token))
    assert f'name="submission" value="{token}"' in refused.content.decode()
    assert client.post(NEW, typed(body=group.body.pk, submission=token)).status_code == 302


def test_a_fresh_form_carries_a_token(as_user, group):
    assert 'name="submission"' in as_user(group.chair).get(NEW).content.decode()


def test_a_chair_plans_for_their_own_group_only(as_user, group):
    other = BodyFactory(name="Another group")
    client = as_user(group.chair)
    assert "Another group" not in client.get(NEW).content.decode()
    assert "body" in client.post(NEW, typed(body=other.pk)).context["form"].errors


def test_the_team_plans_for_every_group_of_its_area(as_user, group, team):
    elsewhere = BodyFactory(area=AnotherAreaFactory())
    client = as_user(team)
    assert client.post(NEW, typed(body=group.body.pk)).status_code == 302
    assert "body" in client.post(NEW, typed(body=elsewhere.pk)).context["form"].errors


def test_there_is_no_such_page_for_others(as_user, group, scrutineer, stranger):
    for user in (group.adults.person.user, group.deputy.person.user, scrutineer, stranger):
        assert as_user(user).get(NEW).status_code == 404
        assert as_user(user).post(NEW, typed(body=group.body.pk)).status_code == 404


def test_a_link_from_a_board_chooses_it_beforehand(as_user, group):
    form = as_user(group.chair).get(f"{NEW}?board=review").context["form"]
    assert form.initial["body"] == group.body


def test_it_moves_a_planned_meeting_and_writes_it_down(as_user, group, planned, words):
    answer = as_user(group.chair).post(f"/meetings/{planned.public_id}/change/", typed(), follow=True)
    assert "The change is saved." in words(answer)
    planned.refresh_from_db()
    assert (planned.mode, planned.place) == ("in person", "Room 1")
    event = Event.objects.get(verb="meeting.changed")
    assert set(event.fields) == {"starts_at", "ends_at", "mode", "place"}


def test_who_moves_it_away_from_its_replies_confirms_that_first(as_user, group, planned, words):
    address = f"/meetings/{planned.public_id}/change/"
    ReplyFactory(meeting=planned, seat=group.nurse.seat)
    client = as_user(group.chair)
    asked = client.post(address, typed())
    text = words(asked)
    assert "1 reply was given for the earlier time." in text
    planned.refresh_from_db()
    assert planned.sequence == 0
    again = client.post(address, typed(act="back"))
    assert 'value="09:30"' in again.content.decode()
    assert again.status_code == 200
    client.post(address, typed(act="confirm"))
    planned.refresh_from_db()
    assert planned.sequence == 1
    assert planned.moved_at is not None


def test_to_change_the_room_alone_loses_no_reply_and_asks_nothing(as_user, group, planned):
    ReplyFactory(meeting=planned, seat=group.nurse.seat)
    starts, ends = timezone.localtime(planned.starts_at), timezone.localtime(planned.ends_at)
    form = {
        "day_0": starts.day,
        "day_1": starts.month,
        "day_2": starts.year,
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "mode": "virtual",
        "place": "Room 2",
    }
    assert as_user(group.chair).post(f"/meetings/{planned.public_id}/change/", form).status_code == 302
    planned.refresh_from_db()
    assert (planned.place, planned.sequence, planned.moved_at) == ("Room 2", 1, None)


def test_the_form_to_move_it_holds_what_stands(as_user, group, planned):
    form = as_user(group.chair).get(f"/meetings/{planned.public_id}/change/").context["form"]
    assert form.initial["day"] == timezone.localdate(planned.starts_at)
    assert form.initial["mode"] == "virtual"


def test_moving_it_to_an_end_before_its_start_is_refused(as_user, group, planned):
    answer = as_user(group.chair).post(f"/meetings/{planned.public_id}/change/", typed(ends="08:00"))
    assert list(answer.context["form"].errors) == ["ends"]


def test_what_has_begun_is_not_moved(as_user, group, meeting, words):
    address = f"/meetings/{meeting.public_id}/change/"
    client = as_user(group.chair)
    assert "This meeting has begun." in words(client.get(address, follow=True))
    answer = client.post(address, typed())
    assert answer.status_code == 422
    assert "This meeting has begun. Its time and place stay as they are." in words(answer)
    meeting.refresh_from_db()
    assert meeting.place == ""


def test_it_cancels_with_a_reason(as_user, group, planned, words):
    address = f"/meetings/{planned.public_id}/cancel/"
    client = as_user(group.chair)
    assert "Cancel Review" in words(client.get(address))
    answer = client.post(address, {"reason": "Too little business"}, follow=True)
    assert "The meeting is cancelled." in words(answer)
    planned.refresh_from_db()
    assert planned.cancelled_because == "Too little business"


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
def test_it_is_not_cancelled_without_a_reason(as_user, group, planned, reason):
    answer = as_user(group.chair).post(f"/meetings/{planned.public_id}/cancel/", {"reason": reason})
    assert list(answer.context["form"].errors) == ["reason"]
    planned.refresh_from_db()
    assert planned.cancelled_at is None


def test_cancelling_sent_twice_shows_the_first_result(as_user, group, planned):
    address = f"/meetings/{planned.public_id}/cancel/"
    client = as_user(group.chair)
    form = {"reason": "Too little business", "submission": str(uuid.uuid4())}
    first = client.post(address, form)
    assert client.post(address, form)["Location"] == first["Location"]
    assert Event.objects.filter(verb="meeting.cancelled").count() == 1


@pytest.mark.parametrize("act", ["change", "cancel"])
def test_moving_and_cancelling_are_not_there_for_others(as_user, group, planned, stranger, scrutineer, act):
    address = f"/meetings/{planned.public_id}/{act}/"
    for user in (group.adults.person.user, group.deputy.person.user, stranger, scrutineer):
        assert as_user(user).get(address).status_code == 404
        assert as_user(user).post(address, typed(reason="x")).status_code == 404
    planned.refresh_from_db()
    assert (planned.place, planned.cancelled_at) == ("", None)


@pytest.mark.parametrize("board", ["\0", "review\0", "nowhere", "9" * 400])
def test_a_link_that_names_no_board_chooses_none(as_user, group, board):
    answer = as_user(group.chair).get(NEW, {"board": board})
    assert answer.status_code == 200
    assert "body" not in answer.context["form"].initial
