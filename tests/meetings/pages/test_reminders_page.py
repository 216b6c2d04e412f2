"""What will go out about a meeting, when and to whom, and what has gone."""

import datetime as dt

import pytest
from django.utils import timezone

from mktogether.lib.working_days import add_working_days
from records.models import OutboxMessage, Reminder
from records.reminders import outlook
from tests.factories import (
    AppointmentFactory,
    ChairingFactory,
    MeetingFactory,
    OutboxMessageFactory,
    ReminderFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair():
    return ChairingFactory(with_account=True)


@pytest.fixture
def member(chair):
    return AppointmentFactory(seat=SeatFactory(body=chair.body), with_account=True).person


@pytest.fixture
def meeting(chair):
    day = add_working_days(timezone.localdate(), 30)
    start = timezone.make_aware(dt.datetime.combine(day, dt.time(9, 30)))
    return MeetingFactory(body=chair.body, starts_at=start)


def path(meeting):
    return f"/meetings/{meeting.public_id}/reminders/"


def test_it_says_what_will_go_out_when_and_to_whom(as_user, chair, member, meeting, words):
    page = words(as_user(chair.person.user).get(path(meeting)))
    for title in (
        "Invitations to meetings",
        "Replies to invitations that are wanted",
        "Meetings on the next working day",
    ):
        assert f"{title} {member.post}" in page
    days = [row.day for row in outlook.ahead("meetings.Meeting", meeting.pk, timezone.now())]
    day = timezone.localdate(meeting.starts_at)
    assert days == [add_working_days(day, -n) for n in (20, 4, 1)]
    assert b"reminders/" in as_user(chair.person.user).get(meeting.get_absolute_url()).content


@pytest.mark.parametrize(
    ("state", "words_for_it"),
    [("sent", "Sent"), ("failed", "Came back, or was refused"), ("waiting", "Goes today")],
)
def test_it_says_what_became_of_each(as_user, chair, member, meeting, words, state, words_for_it):
    message = OutboxMessageFactory(**({state: True} if state != "waiting" else {}))
    ReminderFactory(
        kind="meeting.invitation", target_id=meeting.pk, recipient_id=member.pk, in_mail=True, message=message
    )
    page = words(as_user(chair.person.user).get(path(meeting)))
    assert f"{member.post} {words_for_it}" in page


def test_what_never_became_a_mail_says_why(as_user, chair, member, meeting, words):
    fields = {"kind": "meeting.invitation", "target_id": meeting.pk}
    ReminderFactory(**fields, recipient_id=member.pk, state="withdrawn", why="left")
    ReminderFactory(**fields, recipient_id=chair.person.pk, not_reached=True)
    page = words(as_user(chair.person.user).get(path(meeting)))
    assert f"{member.post} They take no part any more" in page
    assert f"{chair.person.post} Nowhere to send it" in page
    assert Reminder.objects.count() == 2
    assert not OutboxMessage.objects.exists()


def test_only_whoever_plans_the_meeting_finds_it(as_user, chair, member, meeting, stranger, outsider):
    for user in (member.user, stranger, outsider):
        assert as_user(user).get(path(meeting)).status_code == 404


@pytest.mark.parametrize("members", [3, 60])
def test_its_queries_do_not_grow_with_the_members(as_user, chair, meeting, members, django_assert_num_queries):
    for _n in range(members):
        person = AppointmentFactory(seat=SeatFactory(body=chair.body)).person
        ReminderFactory(kind="meeting.invitation", target_id=meeting.pk, recipient_id=person.pk)
    client = as_user(chair.person.user)
    with django_assert_num_queries(24):
        client.get(path(meeting))
