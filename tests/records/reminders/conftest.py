"""Actions that are overdue, for people who can be reached: what the machinery is tried on."""

import datetime as dt

import pytest
from django.utils import timezone

from records.models import Reminder, ReminderChoice
from records.reminders import due, kinds
from records.reminders.kinds import Key
from tests.factories import ActionFactory, AppointmentFactory

OVERDUE = "action.overdue"


@pytest.fixture(autouse=True)
def one_kind(request, monkeypatch):
    """Where a test says nothing else, there is but one kind, so that what it counts is what it made."""
    if "every_kind" not in request.keywords:
        monkeypatch.setattr(kinds, "KINDS", kinds.KINDS)
        for name in [name for name in kinds.KINDS if name != OVERDUE]:
            monkeypatch.delitem(kinds.KINDS, name)


@pytest.fixture(autouse=True)
def no_night(request, settings):
    """These tests hold at whatever hour they run; the simulated days have their nights."""
    if "nights" not in request.keywords:
        settings.REMINDERS_FROM = dt.time(0)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def late(today):
    """Makes overdue actions of somebody, who is made too unless named; long enough ago to be due whatever the day."""

    def make(owner=None, number=1, **fields):
        owner = owner or AppointmentFactory(with_account=True).person
        return [
            ActionFactory(owner=owner, area=owner.area, due_on=today - dt.timedelta(days=10), **fields)
            for _ in range(number)
        ]

    return make


def states():
    """The states of all reminders, in order, each with why."""
    return [(row.state, row.why) for row in Reminder.objects.order_by("pk")]


def at_once(person):
    """``person`` wants each reminder as it comes."""
    return ReminderChoice.objects.create(area=person.area, recipient_id=person.pk, way="at once")


def keys_of(kind, now):
    """The keys of all that is due of ``kind``: the database finds the same as whoever asks of the things themselves."""
    rows = due.due(kind, now)
    found = {Key(*row) for row in rows.values_list(*due.KEY)} if rows is not None else set()
    held = set(kind.only(found, now)) if kind.only and found else found
    everything = set(kind.rows(now).values_list(kind.target, flat=True))
    assert due.keys(kind, now, everything) == held
    return held
