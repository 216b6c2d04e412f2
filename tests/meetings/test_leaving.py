"""A leaver who is named to preside at meetings ahead: the preview says so, and the act names nobody there."""

import datetime as dt

import pytest
from django.utils import timezone

from partnerships.leaving import actions
from records.models import Event
from tests.factories import AppointmentFactory, BodyFactory, MeetingFactory, OfficeFactory

pytestmark = pytest.mark.django_db
IN_A_WEEK = dt.timedelta(days=7)


@pytest.fixture
def team():
    return OfficeFactory().person.user


@pytest.fixture
def leaver():
    return AppointmentFactory(with_account=True, person__post="Head of Safeguarding").person


@pytest.fixture
def coming(leaver):
    return MeetingFactory(body=BodyFactory(name="Review"), presiding=leaver)


def leave(person, by, day=None):
    return actions.leave(person, by=by, day=day or timezone.localdate(), reason="Retired")


def presiding(meeting):
    meeting.refresh_from_db()
    return meeting.presiding


def test_the_preview_says_where_they_are_named_to_preside(as_user, team, leaver, coming, words):
    page = words(as_user(team).get(f"{leaver.get_absolute_url()}leave/"))
    assert "Meetings at which they are named to preside" in page
    assert "Review" in page.partition("named to preside")[2]


def test_the_act_names_nobody_there_and_history_keeps_whom_it_had_named(team, leaver, coming):
    version = coming.version
    assert "Nobody is named to preside at 1 coming meeting any more." in leave(leaver, team)
    assert presiding(coming) is None
    assert coming.version == version + 1
    event = Event.objects.get(verb="meeting.presiding_left")
    assert (event.target_id, event.actor_id) == (coming.pk, team.pk)
    assert event.earlier_values.get().value == leaver.pk


def test_one_before_their_last_day_keeps_them(team, leaver, coming):
    after = MeetingFactory(body=coming.body, presiding=leaver, starts_at=timezone.now() + 3 * IN_A_WEEK)
    leave(leaver, team, timezone.localdate() + 2 * IN_A_WEEK)
    assert presiding(coming) == leaver
    assert presiding(after) is None


def test_what_was_stays_as_it_was(team, leaver):
    was = [
        MeetingFactory(presiding=leaver, **trait) for trait in ({"closed": True}, {"opened": True}, {"cancelled": True})
    ]
    assert not [said for said in leave(leaver, team) if "preside" in said]
    assert [presiding(meeting) for meeting in was] == [leaver] * 3


def test_where_somebody_else_presides_nothing_changes(team, leaver, coming):
    leave(AppointmentFactory(with_account=True).person, team)
    assert presiding(coming) == leaver
