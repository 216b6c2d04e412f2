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


@pytest.mark.parametrize("lost", ["the account", "the address"])
def test_a_link_speaks_for_nobody_once_the_account_is_gone_or_has_another_address(planned, second_place, lost):
    person = second_place.person
    sent_to = links._address_digest(person.user.email)
    assert links.may_speak(person, planned, sent_to)
    if lost == "the account":
        person.user = None
    else:
        person.user.email = "somebody.else@mktogether.example"
    assert not links.may_speak(person, planned, sent_to)


def test_only_whoever_has_two_places_is_told_for_which_each_link_is(group, planned, second_place):
    assert [label for label, _address in links.links_for(planned, second_place.person)] == list(links.LABELS.values())
    AppointmentFactory(seat__body=group.body, seat__title="Finance", person=second_place.person)
    labels = [label for label, _address in links.links_for(planned, second_place.person)]
    assert [label for label in labels if label.endswith(", for Finance")] == [
        f"{label}, for Finance" for label in links.LABELS.values()
    ]
    assert len(labels) == 2 * len(links.LABELS)


def test_a_deputy_whose_time_has_not_begun_has_no_link_yet(planned, second_place):
    later = NamedDeputyFactory(
        seat=second_place.seat, with_account=True, starts_at=timezone.now() + dt.timedelta(hours=1)
    )
    ReplyFactory(meeting=planned, seat=second_place.seat, answer="deputy", deputy=later.person)
    assert deputy_links.links_for(planned, later.person) == []
    assert as_deputy(planned, later) is None


def test_a_place_that_has_not_begun_gives_no_link_yet(group, planned, second_place):
    deputy = NamedDeputyFactory(seat=second_place.seat, with_account=True)
    ReplyFactory(meeting=planned, seat=second_place.seat, answer="deputy", deputy=deputy.person)
    assert as_deputy(planned, deputy)
    assert as_member(planned, second_place)
    second_place.seat.starts_at = timezone.now() + dt.timedelta(hours=1)
    second_place.seat.save()
    assert as_deputy(planned, deputy) is None
    assert as_member(planned, second_place) is None
    assert deputy_links.links_for(planned, deputy.person) == []
    assert links.links_for(planned, second_place.person) == []


@pytest.mark.parametrize("what", ["the place", "the part in it"])
def test_what_is_over_when_the_meeting_begins_speaks_for_nobody_there(planned, second_place, what):
    deputy = NamedDeputyFactory(seat=second_place.seat, with_account=True)
    ReplyFactory(meeting=planned, seat=second_place.seat, answer="deputy", deputy=deputy.person)
    for dated in [second_place.seat] if what == "the place" else [second_place, deputy]:
        dated.ends_at = planned.starts_at
        dated.save()
    assert as_member(planned, second_place) is None
    assert as_deputy(planned, deputy) is None


def test_whoever_sits_in_two_groups_is_sent_links_for_the_place_in_this_one(planned, second_place):
    person = second_place.person
    AppointmentFactory(person=person)
    sent = [address.partition("/replies/")[2].partition("/")[0] for _label, address in links.links_for(planned, person)]
    assert len(sent) == len(links.LABELS)
    assert {links.find(text).place.seat_id for text in sent} == {second_place.seat_id}
    assert {links.find(text).person for text in sent} == {person}


def test_a_deputy_who_is_not_sent_is_given_no_link(group, planned, second_place):
    assert deputy_links.links_for(planned, group.deputy.person) == []
    send(planned, group.commander, group.deputy)
    assert deputy_links.links_for(planned, group.deputy.person) != []


def test_the_links_that_a_deputy_is_given_speak_for_them_and_the_place_for_which_they_are_sent(
    group, planned, second_place
):
    """Also where they stand in for another place, and where this one has another deputy, both from before."""
    NamedDeputyFactory(seat=second_place.seat, with_account=True)
    for_the_second = NamedDeputyFactory(seat=second_place.seat, person=group.deputy.person)
    send(planned, second_place, for_the_second)
    sent = [address for _label, address in deputy_links.links_for(planned, for_the_second.person)]
    invited = [deputy_links.find(address.rpartition("/?")[0].rpartition("/")[2]) for address in sent]
    assert {one and (one.place.seat_id, one.person) for one in invited} == {
        (second_place.seat_id, for_the_second.person)
    }


@pytest.mark.parametrize("ended", ["the meeting", "the account"])
def test_no_links_are_given_for_what_was_cancelled_nor_to_whom_no_account_is_left(group, planned, second_place, ended):
    send(planned, group.commander, group.deputy)
    people = (second_place.person, group.deputy.person)
    if ended == "the meeting":
        planned.cancelled_at = timezone.now()
    for person in people:
        person.user.is_active = ended != "the account"
    assert links.links_for(planned, people[0]) == []
    assert deputy_links.links_for(planned, people[1]) == []
