"""Calendar addresses: made, renewed and ended on one's own page; what they answer with, and when they die."""

import datetime as dt
import re
import uuid

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from meetings import actions
from meetings.calendars.actions import end_address, make_address
from meetings.models import CalendarAddress, Meeting
from mktogether.lib.verdict import Refusal
from partnerships.leaving.actions import leave
from records.models import Event
from tests.factories import (
    AgendaItemFactory,
    AnotherAreaFactory,
    AppointmentFactory,
    BodyFactory,
    CalendarAddressFactory,
    GrantFactory,
    MeetingFactory,
    OfficeFactory,
)
from tests.meetings.calendars.reading import events_of, read

ALL, OF_REVIEW = "/me/calendars/", "/me/calendars/review/"


def address_of(person, body=None):
    return f"/calendars/{make_address(person, body, by=person.user)}.ics"


def titles(answer):
    return sorted(event.summary.value for event in events_of(answer.content.decode()).values())


@pytest.fixture
def anybody():
    return Client()


@pytest.fixture
def planned(group):
    return MeetingFactory(body=group.body, place="Room 1")


# --- What it answers with ---------------------------------------------------------------------------------------------


def test_ones_own_holds_the_meetings_of_all_ones_groups_and_no_others(group, planned, anybody):
    second = AppointmentFactory(person=group.nurse.person, seat__body__name="Delivery").seat.body
    MeetingFactory(body=second)
    MeetingFactory(body=BodyFactory(name="Another group"))
    answer = anybody.get(address_of(group.nurse.person))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert titles(answer) == ["Delivery", "Review"]


def test_that_of_a_group_holds_its_meetings_alone(group, planned, anybody):
    second = AppointmentFactory(person=group.nurse.person, seat__body__name="Delivery").seat.body
    MeetingFactory(body=second)
    answer = anybody.get(address_of(group.nurse.person, group.body))
    assert titles(answer) == ["Review"]
    assert read(answer.content.decode()).x_wr_calname.value == "MK Together: Review"


def test_the_teams_holds_all_of_its_area(group, planned, anybody):
    team = OfficeFactory(person__area=group.body.area).person
    MeetingFactory(body=BodyFactory(name="Delivery"))
    MeetingFactory(body=BodyFactory(name="Elsewhere", area=AnotherAreaFactory()))
    assert titles(anybody.get(address_of(team))) == ["Delivery", "Review"]


def test_of_a_panel_it_tells_that_there_is_a_meeting(db, anybody):
    panel = BodyFactory(panel=True, name="Case Review Panel")
    person = AppointmentFactory(seat__body=panel, with_account=True).person
    MeetingFactory(body=panel)
    for path in (address_of(person), address_of(person, panel)):
        answer = anybody.get(path)
        assert titles(answer) == ["Meeting"]
        assert b"Case" not in answer.content


def test_it_holds_nothing_of_the_business(group, planned, anybody):
    AgendaItemFactory(meeting=planned, title="Canary item")
    AgendaItemFactory(meeting=planned, title="Canary secret", private=True, number=9)
    Meeting.objects.filter(pk=planned.pk).update(note="Canary note")
    assert b"Canary" not in anybody.get(address_of(group.nurse.person)).content


def test_it_reaches_some_months_back_and_knows_no_meeting_without_a_day(group, anybody):
    MeetingFactory(body=group.body, over=True)
    MeetingFactory(body=group.body, starts_at=timezone.now() - dt.timedelta(days=200))
    MeetingFactory(body=group.body, only_month=True, starts_at=timezone.now() - dt.timedelta(days=20))
    assert titles(anybody.get(address_of(group.nurse.person))) == ["Review"]


def test_a_guest_of_a_board_has_one_and_a_guest_of_one_item_has_none(group, planned, anybody):
    lay = GrantFactory(thing=group.body, with_account=True).person
    assert titles(anybody.get(address_of(lay))) == ["Review"]
    presenter = GrantFactory(thing=AgendaItemFactory(meeting=planned), kind="presenter", with_account=True).person
    with pytest.raises(Refusal, match="There are no meetings of yours"):
        make_address(presenter, None, by=presenter.user)


def test_moving_and_cancelling_reach_it(group, planned, anybody):
    path = address_of(group.nurse.person)
    (first,) = events_of(anybody.get(path).content.decode()).values()
    later = planned.starts_at + dt.timedelta(days=1)
    actions.change_meeting(
        planned, by=group.chair, starts_at=later, ends_at=later + dt.timedelta(hours=1), mode="virtual", place=""
    )
    (moved,) = events_of(anybody.get(path).content.decode()).values()
    actions.cancel_meeting(planned, "Too little business", by=group.chair)
    (off,) = events_of(anybody.get(path).content.decode()).values()
    assert first.uid.value == moved.uid.value == off.uid.value
    assert [int(one.sequence.value) for one in (first, moved, off)] == [0, 1, 2]
    assert (moved.dtstart.value, off.status.value) == (later, "CANCELLED")


@pytest.mark.parametrize("number", [3, 300])
def test_it_costs_the_same_for_any_number_of_meetings(group, anybody, django_assert_num_queries, number):
    MeetingFactory.create_batch(number, body=group.body)
    path = address_of(group.nurse.person)
    with django_assert_num_queries(3):  # the address, what its owner holds, and the meetings
        answer = anybody.get(path)
    assert len(events_of(answer.content.decode())) == number


# --- Asked again ------------------------------------------------------------------------------------------------------


def test_as_before_is_said_only_while_nothing_changed_and_the_access_is_there(group, planned, anybody):
    path = address_of(group.nurse.person)
    etag = anybody.get(path)["ETag"]
    same = anybody.get(path, headers={"If-None-Match": etag})
    assert (same.status_code, same.content) == (304, b"")
    MeetingFactory(body=group.body)
    assert anybody.get(path, headers={"If-None-Match": etag}).status_code == 200
    etag = anybody.get(path)["ETag"]
    group.nurse.ends_at = timezone.now()
    group.nurse.save()
    group.body.chairings.update(ends_at=timezone.now())
    assert anybody.get(path, headers={"If-None-Match": etag}).status_code == 404
    assert anybody.get(path, headers={"If-None-Match": "*"}).status_code == 404


def test_to_read_it_writes_nothing_and_keeps_it_out_of_shared_caches(group, planned, anybody):
    path = address_of(group.nurse.person)
    before = Event.objects.count()
    answer = anybody.get(path)
    assert answer["Cache-Control"] == "private, no-cache"
    assert Event.objects.count() == before
    assert not answer.cookies
    assert anybody.post(path).status_code == 405


# --- When it dies -----------------------------------------------------------------------------------------------------


def page_of(answer):
    """All that an answer tells, less the moment."""
    return answer.status_code, answer.content, {name: told for name, told in answer.items() if name != "Expires"}


def dead(anybody, path):
    """Whether ``path`` is answered as an address that never was."""
    return page_of(anybody.get(path)) == page_of(anybody.get("/calendars/never-was.ics"))


def test_a_new_address_takes_the_place_of_the_old(group, planned, anybody):
    first = address_of(group.nurse.person)
    second = address_of(group.nurse.person)
    assert dead(anybody, first)
    assert anybody.get(second).status_code == 200


def test_one_that_was_ended_is_dead_and_the_others_live(group, planned, anybody):
    person = group.nurse.person
    all_mine, of_review = address_of(person), address_of(person, group.body)
    end_address(person, None, by=person.user)
    assert dead(anybody, all_mine)
    assert anybody.get(of_review).status_code == 200
    with pytest.raises(Refusal, match="There is no such calendar address any more"):
        end_address(person, None, by=person.user)


def test_with_the_place_the_groups_dies_at_the_next_request_and_ones_own_keeps_the_rest(group, planned, anybody):
    person = group.adults.person
    MeetingFactory(body=AppointmentFactory(person=person, seat__body__name="Delivery").seat.body)
    all_mine, of_review = address_of(person), address_of(person, group.body)
    group.adults.ends_at = timezone.now()
    group.adults.save()
    assert dead(anybody, of_review)
    assert titles(anybody.get(all_mine)) == ["Delivery"]


def test_with_the_last_place_all_is_dead(group, planned, anybody):
    path = address_of(group.adults.person)
    group.adults.ends_at = timezone.now()
    group.adults.save()
    assert dead(anybody, path)


def test_with_the_account_all_is_dead(group, planned, anybody):
    path = address_of(group.adults.person)
    group.adults.person.user.is_active = False
    group.adults.person.user.save()
    assert dead(anybody, path)


def test_a_leavers_are_ended_for_good_also_if_they_come_back(group, planned, anybody):
    person = group.adults.person
    paths = [address_of(person), address_of(person, group.body)]
    team = OfficeFactory(person__area=group.body.area).person.user
    leave(person, day=timezone.localdate(), reason="Retired", by=team)
    assert all(dead(anybody, path) for path in paths)
    AppointmentFactory(seat=group.adults.seat, person=person, starts_at=timezone.now())
    type(person.user).objects.filter(pk=person.user.pk).update(is_active=True)
    assert all(dead(anybody, path) for path in paths)
    assert Event.objects.filter(verb="calendar.ended").count() == 2


# --- On one's own page ------------------------------------------------------------------------------------------------


def test_it_is_made_on_ones_own_page_and_shown_once(as_user, group, planned, anybody, words):
    client = as_user(group.nurse.person.user)
    assert "All your meetings" in words(client.get("/me/"))
    assert "Review" in words(client.get("/me/"))
    form = {"submission": str(uuid.uuid4())}
    answer = client.post(f"{OF_REVIEW}new/", form)
    path = re.search(rf'value="{re.escape(settings.SITE_ORIGIN)}(/calendars/[^"]+)"', answer.content.decode())[1]
    assert titles(anybody.get(path)) == ["Review"]
    again = client.post(f"{OF_REVIEW}new/", form, follow=True)
    assert "This form was already sent." in words(again)
    assert path not in again.content.decode()
    assert anybody.get(path).status_code == 200
    assert "Address made on" in words(client.get("/me/"))


def test_whoever_has_one_is_told_what_a_new_one_does(as_user, group, words):
    client = as_user(group.nurse.person.user)
    assert "stops answering" not in words(client.get(f"{ALL}new/"))
    client.post(f"{ALL}new/")
    assert "stops answering at once" in words(client.get(f"{ALL}new/"))
    assert "End the calendar address" in words(client.get(f"{ALL}end/"))
    assert "answers no more" in words(client.post(f"{ALL}end/", follow=True))
    assert client.get(f"{ALL}end/").status_code == 302


@pytest.mark.parametrize("act", ["new", "end"])
def test_there_is_none_of_a_group_that_one_does_not_read(as_user, group, act):
    stranger = AppointmentFactory(with_account=True).person.user
    for method in ("get", "post"):
        assert getattr(as_user(stranger), method)(f"{OF_REVIEW}{act}/").status_code == 404
        assert getattr(as_user(group.chair), method)(f"/me/calendars/nowhere/{act}/").status_code == 404
    assert not CalendarAddress.objects.exists()


def test_nobody_ends_that_of_another(as_user, group, planned, anybody):
    path = address_of(group.nurse.person)
    as_user(group.adults.person.user).post(f"{ALL}end/")
    assert anybody.get(path).status_code == 200


# --- What is kept -----------------------------------------------------------------------------------------------------


def test_the_secret_is_kept_nowhere(group, planned):
    secret = make_address(group.nurse.person, None, by=group.chair)
    assert len(secret) == 43  # 256 bits
    kept = [str(list(model.objects.values())) for model in (CalendarAddress, Event)]
    assert not any(secret in rows for rows in kept)


@pytest.mark.parametrize("of_group", [False, True])
def test_the_database_lets_nobody_have_two_for_the_same(group, of_group):
    body = group.body if of_group else None
    CalendarAddressFactory(person=group.nurse.person, body=body)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarAddressFactory(person=group.nurse.person, body=body)


def test_what_is_ended_before_it_was_made_is_refused(group):
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarAddressFactory(person=group.nurse.person, ended_at=timezone.now() - dt.timedelta(days=1))
