"""Denials: who asked for what and was answered that there is none, without telling whether there is."""

import datetime as dt
import re
import threading
import uuid

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from records.history import denials
from records.models import DenialCount, Event
from tests.factories import AgendaItemFactory, AppointmentFactory, MeetingFactory, OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 7, 1, 9, 30, 20, tzinfo=dt.UTC)


@pytest.fixture
def stranger(db):
    return AppointmentFactory(with_account=True).person.user


def denied():
    return list(Event.objects.filter(verb="access.denied").order_by("id"))


def test_a_page_that_is_not_there_for_somebody_is_an_event_with_what_they_asked_for(as_user, stranger):
    meeting = MeetingFactory()
    assert as_user(stranger).get(meeting.get_absolute_url()).status_code == 404
    (kept,) = denied()
    assert (kept.actor_id, kept.area_id) == (stranger.pk, stranger.person.area_id)
    assert kept.details == {"route": "meetings:meeting", "asked": {"public_id": str(meeting.public_id)}}
    assert (kept.target, kept.target_id, kept.within) == ("", 0, "")


def test_nothing_of_it_tells_whether_the_thing_is_there(as_user, stranger):
    meeting = MeetingFactory()
    client = as_user(stranger)
    written = []
    client.get(meeting.get_absolute_url())
    for public_id in (meeting.public_id, uuid.uuid4()):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(f"/meetings/{public_id}/")
        written.append([re.split(r" VALUES | WHERE |_x\d|(?<=[a-z])\(", query["sql"])[0] for query in captured])
    assert written[0] == written[1]
    here, missing = denied()[1:]
    assert set(here.details) == set(missing.details)
    assert (here.target, here.target_id, here.fields) == (missing.target, missing.target_id, missing.fields)


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_every_method_counts(as_user, stranger, method):
    item = AgendaItemFactory(meeting__opened=True)
    path = f"{item.meeting.get_absolute_url()}live/items/{item.public_id}/note/"
    getattr(as_user(stranger), method)(path)
    expected = 1 if method == "post" else 0  # the note is only ever posted: another method is 405, and no denial
    assert len(denied()) == expected


def test_a_form_without_the_pages_secret_is_one(stranger):
    client = Client(enforce_csrf_checks=True)
    client.force_login(stranger)
    assert client.post("/meetings/new/").status_code == 403
    assert len(denied()) == 1


def test_an_address_of_no_page_and_the_public_are_none(as_user, stranger, client):
    assert as_user(stranger).get("/nothing/here/").status_code == 404
    assert client.get(MeetingFactory().get_absolute_url()).status_code == 302
    assert as_user(stranger).get("/meetings/").status_code == 200
    assert not Event.objects.exists()
    assert not DenialCount.objects.exists()


def test_words_that_somebody_types_into_an_address_are_kept_as_their_hash(as_user, stranger):
    as_user(stranger).get("/boards/canary-name-of-a-child/")
    (kept,) = denied()
    assert kept.details["asked"]["slug"].startswith("#")
    assert "canary" not in str(kept.details)


def test_somebody_without_a_place_is_denied_too(as_user):
    user = UserFactory()
    as_user(user).get("/workbench/")
    (kept,) = denied()
    assert (kept.actor_id, kept.area_id) == (user.pk, None)


# --- A flood ---


class Match:
    view_name = "meetings:meeting"
    kwargs = {"public_id": uuid.uuid4()}


def test_a_flood_is_counted_and_not_written_out(stranger, monkeypatch):
    for _ in range(denials.A_MINUTE + 30):
        denials.note(stranger, Match, NOW)
    assert len(denied()) == denials.A_MINUTE
    denials.settle(NOW)
    assert not Event.objects.filter(verb="access.denied_often").exists()
    denials.settle(NOW + dt.timedelta(minutes=3))
    denials.settle(NOW + dt.timedelta(minutes=3))
    told = Event.objects.get(verb="access.denied_often")
    assert (told.actor_id, told.area_id) == (stranger.pk, stranger.person.area_id)
    assert told.details["times"] == 30
    assert not DenialCount.objects.exists()


def test_each_account_and_each_minute_counts_by_itself(stranger):
    other = OfficeFactory().person.user
    for moment in (NOW, NOW + dt.timedelta(minutes=1)):
        for user in (stranger, other):
            for _ in range(denials.A_MINUTE + 1):
                denials.note(user, Match, moment)
    assert len(denied()) == 4 * denials.A_MINUTE
    denials.settle(NOW + dt.timedelta(minutes=5))
    assert Event.objects.filter(verb="access.denied_often").count() == 4


def test_few_denials_leave_no_count_behind(stranger):
    denials.note(stranger, Match, NOW)
    denials.settle(NOW + dt.timedelta(minutes=3))
    assert not DenialCount.objects.exists()
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_all_are_counted_that_come_at_once(stranger):
    def ask():
        for _ in range(12):
            denials.note(stranger, Match, NOW)
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    denials.settle(timezone.now() + dt.timedelta(minutes=3))
    told = Event.objects.get(verb="access.denied_often")
    assert len(denied()) + told.details["times"] == 48


def test_an_id_is_kept_as_it_is_and_words_as_a_short_hash():
    number = uuid.uuid4()
    assert [denials.asked(value) for value in (12, "12", number, str(number))] == ["12", "12", str(number), str(number)]
    assert re.fullmatch(r"#[0-9a-f]{16}", denials.asked("jane-citizen"))
    assert denials.asked("9" * 19).startswith("#"), "longer than any id"
