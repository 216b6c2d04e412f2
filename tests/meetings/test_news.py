"""News of a meeting: each change reaches those who were invited, once, also the second one of a day."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from meetings import actions
from mktogether.lib.working_days import add_working_days
from records import outbox, reminders
from records.models import OutboxMessage, Reminder
from tests.factories import AppointmentFactory, MeetingFactory, SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_night(settings):
    settings.REMINDERS_FROM = dt.time(0)


@pytest.fixture
def meeting(group):
    day = add_working_days(timezone.localdate(), 10)
    start = timezone.make_aware(dt.datetime.combine(day, dt.time(9, 30)))
    return MeetingFactory(body=group.body, starts_at=start, ends_at=start + dt.timedelta(hours=2), place="Room 1")


def write():
    """The beat writes what is due and puts it into the outbox; nothing leaves yet."""
    reminders.remind(timezone.now())


def deliver():
    """Everything that waits in the outbox goes; returns what arrived, as (address, subject after the reference)."""
    mail.outbox.clear()
    for message in OutboxMessage.objects.filter(state="waiting"):
        outbox.deliver(message.pk)
    return sorted((to, sent.subject.partition(": ")[2]) for sent in mail.outbox for to in sent.to)


def arrives():
    write()
    return deliver()


def to_each(says, *people):
    return sorted((person.user.email, says) for person in people)


@pytest.fixture
def members(group):
    return [one.person for one in (group.adults, group.children, group.nurse, group.commander)]


@pytest.fixture
def move(group, meeting):
    def act(minutes=0, days=0, place=None):
        meeting.refresh_from_db()
        later = dt.timedelta(minutes=minutes, days=days)
        actions.change_meeting(
            meeting,
            by=group.chair,
            starts_at=meeting.starts_at + later,
            ends_at=meeting.ends_at + later,
            mode=meeting.mode,
            place=meeting.place if place is None else place,
        )

    return act


INVITED = "You are invited to a meeting"
CHANGED = "The time or place of a meeting has changed"
OFF = "A meeting does not take place"


def test_plan_invite_move_move_again_and_cancel_on_one_day(group, meeting, members, move):
    assert arrives() == to_each(INVITED, *members)
    assert arrives() == []
    move(minutes=30)
    assert arrives() == to_each(CHANGED, *members)
    assert arrives() == []
    move(place="Room 2")
    assert arrives() == to_each(CHANGED, *members)
    meeting.refresh_from_db()
    assert f"SEQUENCE:{meeting.sequence}" in mail.outbox[0].alternatives[-1].content
    actions.cancel_meeting(meeting, "Too little business", by=group.chair)
    assert arrives() == to_each(OFF, *members)
    assert arrives() == []


def test_a_change_that_waits_still_is_replaced_by_the_later_one(meeting, members, move):
    arrives()
    move(minutes=30)
    write()  # the mail server is away
    move(place="Room 2")
    assert arrives() == to_each(CHANGED, *members)
    assert sorted(set(Reminder.objects.filter(kind="meeting.changed").values_list("state", flat=True))) == [
        "handed over",
        "withdrawn",
    ]


def test_a_change_that_waits_still_is_not_told_once_the_meeting_is_off(group, meeting, members, move):
    arrives()
    move(minutes=30)
    write()
    meeting.refresh_from_db()
    actions.cancel_meeting(meeting, "Too little business", by=group.chair)
    assert arrives() == to_each(OFF, *members)


def test_moved_to_a_day_that_invites_anew_one_mail_suffices(meeting, members, move):
    arrives()
    move(days=1)
    assert arrives() == to_each(INVITED, *members)
    assert arrives() == []
    move(days=-1)
    assert arrives() == to_each(CHANGED, *members)


def test_who_was_never_invited_is_told_of_no_change_and_of_no_end(group, meeting, members, move):
    arrives()
    later = AppointmentFactory(seat=SeatFactory(body=group.body), with_account=True).person
    actions.cancel_meeting(meeting, "Too little business", by=group.chair)
    assert later.user.email not in {to for to, _says in arrives()}


def test_two_beats_tell_a_change_once(meeting, members, move):
    arrives()
    move(minutes=30)
    for _beat in range(3):
        write()
    assert deliver() == to_each(CHANGED, *members)
    assert Reminder.objects.filter(kind="meeting.changed").count() == len(members)
