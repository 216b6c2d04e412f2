"""For whom exactly a link speaks: for one person, one place and one meeting, and for nobody else."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from meetings.replying import deputy_links, links
from meetings.replying.actions import reply
from tests.factories import AppointmentFactory, MeetingFactory, NamedDeputyFactory, ReplyFactory

NOT_THERE = 10**9


def send(planned, appointment, deputy):
    person = appointment.person
    reply(planned, appointment.seat_id, "deputy", by=person.user, person=person, deputy_id=deputy.person_id)


def as_deputy(planned, deputy):
    return deputy_links.find(deputy_links.token(planned, deputy, deputy.person.user.email))


def as_member(planned, appointment):
    return links.find(links.token(planned, appointment, appointment.person.user.email))


@pytest.fixture
def second_place(group):
    return AppointmentFactory(seat__body=group.body, with_account=True)


def test_each_members_link_speaks_for_that_member(group, planned, second_place):
    for appointment in (group.nurse, second_place, group.commander):
        invited = as_member(planned, appointment)
        assert (invited.place.seat_id, invited.person) == (appointment.seat_id, appointment.person)


def test_each_deputys_link_speaks_for_that_deputy(group, planned, second_place):
    other = NamedDeputyFactory(seat=second_place.seat, with_account=True)
    send(planned, group.commander, group.deputy)
    send(planned, second_place, other)
    for deputy in (group.deputy, other):
        invited = as_deputy(planned, deputy)
        assert (invited.place.seat_id, invited.person) == (deputy.seat_id, deputy.person)


def test_whoever_may_stand_in_for_two_speaks_for_the_one_for_whom_they_are_sent(group, planned, second_place):
    for_the_second = NamedDeputyFactory(seat=second_place.seat, person=group.deputy.person)
    send(planned, second_place, for_the_second)
    assert as_deputy(planned, for_the_second).place.seat_id == second_place.seat_id
    assert as_deputy(planned, group.deputy) is None


def test_a_link_for_a_meeting_that_is_not_there_leads_nowhere(group):
    member, deputy = group.nurse, group.deputy
    as_one = links.sign(links.SALT, NOT_THERE, member.pk, member.person.user.email)
    as_other = deputy_links.links.sign(deputy_links.SALT, NOT_THERE, deputy.pk, deputy.person.user.email)
    assert links.find(as_one) is None
    assert deputy_links.find(as_other) is None
    assert Client().get(f"/replies/{as_one}/").status_code == 404


def test_what_nobody_signed_names_nobody():
    for text in ("", "1-1-0123456789abcdef.x", "1"):
        assert links.find(text) is None
        assert deputy_links.find(text) is None


def test_a_mandate_for_a_place_of_another_group_opens_no_meeting_of_this_one(group, planned):
    elsewhere = AppointmentFactory(with_account=True)
    assert as_member(planned, elsewhere) is None
    deputy = NamedDeputyFactory(seat=elsewhere.seat, with_account=True)
    assert as_deputy(planned, deputy) is None


def test_a_place_that_ends_before_the_meeting_opens_nothing(group, planned, second_place):
    second_place.seat.ends_at = timezone.now()
    second_place.seat.save()
    assert as_member(planned, second_place) is None


@pytest.mark.parametrize("lost", ["account", "in use", "address"])
def test_only_whoever_can_sign_in_is_sent_links(planned, second_place, lost):
    person, user = second_place.person, second_place.person.user
    sent = links.token(planned, second_place, user.email)
    assert links.can_sign_in(person)
    if lost == "account":
        person.user = None
    elif lost == "in use":
        user.is_active = False
        user.save()
    else:
        user.email = ""
    assert not links.can_sign_in(person)
    if lost == "in use":
        assert links.find(sent) is None


def test_a_link_to_a_meeting_that_is_no_longer_theirs_to_see_speaks_for_nobody(group, planned, second_place):
    address = second_place.person.user.email
    assert links.may_speak(second_place.person, planned, links._address_digest(address))
    other = MeetingFactory()
    assert not links.may_speak(second_place.person, other, links._address_digest(address))


def test_a_deputy_whose_time_has_not_begun_has_no_link_yet(planned, second_place):
    later = NamedDeputyFactory(
        seat=second_place.seat, with_account=True, starts_at=timezone.now() + dt.timedelta(hours=1)
    )
    ReplyFactory(meeting=planned, seat=second_place.seat, answer="deputy", deputy=later.person)
    assert deputy_links.links_for(planned, later.person) == []
    assert as_deputy(planned, later) is None
