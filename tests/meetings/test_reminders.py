"""Whom the kinds about meetings and actions remind, when, and in which words."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from meetings import reminders
from records.models import Reminder
from records.reminders import due, kinds, writing
from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    MeetingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    ReminderFactory,
    ReplyFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)
from tests.records.reminders.conftest import keys_of

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
START = dt.datetime(2027, 6, 16, 9, 30, tzinfo=LONDON)  # a Wednesday


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.fixture
def group():
    """A group of three organisations, quorate with one from each; its chair, and one of the team."""
    body = BodyFactory()
    TermsOfReferenceFactory(body=body, rules="quorum: one from each of LA, ICB, TVP", starts_on=dt.date(2024, 1, 1))
    seats = [
        AppointmentFactory(
            seat=SeatFactory(body=body, agency=AgencyFactory(area=body.area, short_name=name)), with_account=True
        )
        for name in ("LA", "ICB", "TVP", "LA2")
    ]
    chair = ChairingFactory(body=body, person=seats[0].person)
    team = OfficeFactory(person__area=body.area)
    return body, seats, chair, team


@pytest.fixture
def meeting(group):
    return MeetingFactory(body=group[0], starts_at=START, ends_at=START + dt.timedelta(hours=2))


def whom(name, now):
    """Whom the kind ``name`` reminds by ``now``, by their id."""
    return {key.recipient_id for key in keys_of(kinds.KINDS[name], now)}


def people(*appointments):
    return {appointment.person_id for appointment in appointments}


def test_every_member_is_invited_twenty_working_days_before(group, meeting):
    _body, seats, _chair, _team = group
    assert whom("meeting.invitation", at("2027-05-17T12:00")) == set()
    assert whom("meeting.invitation", at("2027-05-18T08:00")) == people(*seats)  # a bank holiday lies between
    assert whom("meeting.invitation", at("2027-06-16T09:29")) == people(*seats)
    assert whom("meeting.invitation", at("2027-06-16T09:30")) == set()


def test_whoever_becomes_a_member_later_is_invited_then(group, meeting):
    _body, seats, _chair, _team = group
    type(seats[0]).objects.filter(pk=seats[0].pk).update(starts_at=at("2027-06-01T00:00"))
    assert whom("meeting.invitation", at("2027-05-28T12:00")) == people(*seats[1:])
    assert whom("meeting.invitation", at("2027-06-01T12:00")) == people(*seats)


def test_whoever_will_have_left_by_the_day_is_not_invited(group, meeting):
    _body, seats, _chair, _team = group
    type(seats[0]).objects.filter(pk=seats[0].pk).update(ends_at=at("2027-06-15T00:00"))
    assert whom("meeting.invitation", at("2027-06-01T12:00")) == people(*seats[1:])


@pytest.mark.parametrize("state", ["cancelled", "opened", "closed"])
def test_nobody_is_reminded_of_a_meeting_that_does_not_wait_for_them(group, meeting, state):
    cancelled = {"cancelled_because": "Too little business"} if state == "cancelled" else {}
    by = OfficeFactory().person.user
    values = {f"{state}_at": START, f"{state}_by": by, **cancelled}
    type(meeting).objects.filter(pk=meeting.pk).update(**values)
    for name in ("meeting.invitation", "meeting.reply_wanted", "meeting.tomorrow"):
        assert whom(name, at("2027-06-15T12:00")) == set()


def test_those_are_asked_first_without_whom_it_would_not_be_quorate(group, meeting):
    _body, seats, _chair, _team = group
    la, icb, tvp, other = seats
    ReplyFactory(meeting=meeting, seat=la.seat)
    ReplyFactory(meeting=meeting, seat=icb.seat, tentative=True)
    early, later = at("2027-06-07T12:00"), at("2027-06-10T12:00")
    assert whom("meeting.reply_needed", early) == people(icb, tvp)
    assert whom("meeting.reply_wanted", early) == set()
    assert whom("meeting.reply_wanted", later) == people(tvp, other)
    ReplyFactory(meeting=meeting, seat=tvp.seat, apologies=True)
    type(icb.seat.replies.get()).objects.filter(seat=icb.seat).update(answer="accept")
    assert whom("meeting.reply_needed", early) == set()


def test_the_day_before_whoever_comes_is_reminded_and_the_deputy_who_is_sent(group, meeting):
    _body, seats, _chair, _team = group
    deputy = NamedDeputyFactory(seat=seats[1].seat, with_account=True).person
    ReplyFactory(meeting=meeting, seat=seats[0].seat, apologies=True)
    ReplyFactory(meeting=meeting, seat=seats[1].seat, answer="deputy", deputy=deputy)
    day_before = at("2027-06-15T08:00")
    assert whom("meeting.tomorrow", day_before) == people(*seats[2:])
    assert whom("meeting.tomorrow_deputy", day_before) == {deputy.pk}


def test_minutes_are_due_from_the_chair_and_the_team_until_the_meeting_is_closed(group, meeting):
    _body, seats, chair, team = group
    assert whom("meeting.minutes", at("2027-06-16T12:00")) == set()
    assert whom("meeting.minutes", at("2027-06-17T08:00")) == {chair.person_id, team.person_id}
    type(meeting).objects.filter(pk=meeting.pk).update(closed_at=START, closed_by=team.person.user)
    assert whom("meeting.minutes", at("2027-06-18T08:00")) == set()
    assert seats


def test_a_meeting_that_moves_invites_anew(group, meeting):
    writing.write_due(at("2027-05-18T08:00"))
    type(meeting).objects.filter(pk=meeting.pk).update(
        starts_at=START + dt.timedelta(days=7), ends_at=START + dt.timedelta(days=7, hours=2)
    )
    writing.write_due(at("2027-05-25T08:00"))
    invited = Reminder.objects.filter(kind="meeting.invitation")
    assert sorted({row.due_on.day for row in invited}) == [18, 25]


def test_mail_says_group_and_day_and_of_a_panel_on_cases_only_that_it_is_a_meeting(group, meeting):
    body = group[0]
    said = reminders.meetings_in_words({meeting.pk}, START)[meeting.pk]
    assert said.reference == f"{body.name}, 16 June 2027"
    assert said.on == "Meeting on Wednesday 16 June 2027, 09:30 to 11:30"
    assert said.href == meeting.get_absolute_url()
    type(body).objects.filter(pk=body.pk).update(kind="panel")
    assert reminders.meetings_in_words({meeting.pk}, START)[meeting.pk].reference == "Meeting, 16 June 2027"


def test_every_kind_says_what_it_is_in_a_sentence_that_fits_a_subject():
    for kind in kinds.KINDS.values():
        assert kind.title
        assert kind.says.endswith(".")
        assert len(kind.says) < 120


@pytest.mark.parametrize("name", list(kinds.KINDS))
@pytest.mark.parametrize("meetings", [1, 3])
def test_a_kind_asks_once_whatever_there_is(name, meetings, group, django_assert_num_queries):
    body = group[0]
    for n in range(meetings):
        MeetingFactory(body=body, starts_at=START + dt.timedelta(hours=3 * n))
    kind = kinds.KINDS[name]
    with django_assert_num_queries(1):
        found = due.due(kind, at("2027-06-15T12:00"))
        list(found.values_list(*due.KEY))


def test_whoever_was_invited_is_told_of_another_place_and_that_it_does_not_take_place(group, meeting):
    _body, seats, _chair, _team = group
    invited, *_others = seats
    went = {"in_mail": True, "written_at": at("2027-05-18T08:00"), "due_on": dt.date(2027, 5, 18)}
    ReminderFactory(kind="meeting.invitation", target_id=meeting.pk, recipient_id=invited.person_id, **went)
    assert whom("meeting.changed", at("2027-05-20T12:00")) == set()
    type(meeting).objects.filter(pk=meeting.pk).update(sequence=1, arranged_at=at("2027-05-20T10:00"))
    assert whom("meeting.changed", at("2027-05-20T12:00")) == people(invited)
    assert whom("meeting.cancelled", at("2027-05-21T12:00")) == set()
    type(meeting).objects.filter(pk=meeting.pk).update(
        cancelled_at=at("2027-05-21T10:00"), cancelled_because="Too little business", cancelled_by=invited.person.user
    )
    assert whom("meeting.cancelled", at("2027-05-21T12:00")) == people(invited)
    assert whom("meeting.changed", at("2027-05-21T12:00")) == set()
