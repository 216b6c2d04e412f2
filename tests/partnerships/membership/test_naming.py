"""Naming members and deputies, handing over the chair, remaking political places: the acts and what they refuse."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mktogether.lib.verdict import Refusal
from partnerships.membership import actions
from partnerships.models import Appointment, Chairing, NamedDeputy
from records.models import Event
from tests.factories import (
    AnotherAreaFactory,
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    PersonFactory,
    SeatFactory,
)
from tests.partnerships.membership.conftest import TODAY, TOMORROW

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)


def refused(field, words, act, *args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        act(*args, **kwargs)
    assert (refusal.value.field, words in refusal.value.sentence) == (field, True), refusal.value.sentence


def begins(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


# --- Members ---


def test_a_vacancy_becomes_an_appointment_and_history_tells_of_it(group, clerk):
    made = actions.appoint(group.vacant, by=clerk, person=group.inspector, starts_on=TOMORROW)
    assert (made.starts_at, made.ends_at) == (begins(TOMORROW), None)
    event = Event.objects.get(verb="appointment.begun")
    assert (event.actor_id, event.within_id) == (clerk.pk, group.inspector.pk)


def test_what_begins_today_begins_now(group, clerk):
    before = timezone.now()
    made = actions.appoint(group.vacant, by=clerk, person=group.inspector, starts_on=TODAY)
    assert before <= made.starts_at <= timezone.now()


def test_somebody_new_belongs_to_the_partner_of_the_place(group, clerk):
    made = actions.appoint(group.vacant, by=clerk, post=" Chief Inspector ", starts_on=TODAY)
    assert (made.person.post, made.person.agency, made.person.user) == ("Chief Inspector", group.police, None)
    refused("post", "is known already", actions.name_deputy, group.vacant, by=clerk, post="chief inspector",
            starts_on=TODAY)  # fmt: skip


def test_two_members_at_one_moment_are_refused(group, clerk):
    words = "Head of Adults holds this place from 1 January 2024. End that first."
    refused("starts_on", words, actions.appoint, group.held, by=clerk, person=group.other, starts_on=TOMORROW)
    assert Appointment.objects.filter(seat=group.held).count() == 1


def test_a_member_who_comes_later_is_in_the_way_too(group, clerk):
    AppointmentFactory(seat=group.vacant, starts_at=begins(TOMORROW + dt.timedelta(days=30)), person__post="Later one")
    refused("starts_on", "Later one holds", actions.appoint, group.vacant, by=clerk, person=group.inspector,
            starts_on=TODAY)  # fmt: skip
    actions.appoint(group.vacant, by=clerk, person=group.inspector, starts_on=TODAY, ends_on=TOMORROW)


def test_a_successor_can_end_the_one_before_in_the_same_act(group, clerk):
    made = actions.appoint(group.held, by=clerk, person=group.other, starts_on=TOMORROW, replaces=True)
    group.member.refresh_from_db()
    assert (group.member.ends_at, group.member.ended_because) == (made.starts_at, "Consultant follows")
    assert set(Event.objects.values_list("verb", flat=True)) >= {"appointment.begun", "appointment.ended"}


def test_an_end_before_the_start_is_refused(group, clerk):
    refused("ends_on", "not before that", actions.appoint, group.vacant, by=clerk, person=group.inspector,
            starts_on=TOMORROW, ends_on=TODAY)  # fmt: skip


def test_days_outside_those_of_the_place_are_refused(group, clerk):
    group.vacant.ends_at = begins(TOMORROW)
    group.vacant.save()
    for field, days in (
        ("starts_on", {"starts_on": dt.date(2001, 1, 1)}),
        ("starts_on", {"starts_on": TOMORROW}),
        ("ends_on", {"starts_on": TODAY, "ends_on": TOMORROW}),
    ):
        refused(field, "lace", actions.appoint, group.vacant, by=clerk, person=group.inspector, **days)


def test_an_ineligible_councillor_is_refused_by_the_terms(group, clerk):
    OfficeFactory(kind="scrutiny chair", person=group.other)
    words = "Consultant is chair of a scrutiny committee. By the terms, nobody who is may be a member."
    refused("person", words, actions.appoint, group.vacant, by=clerk, person=group.other, starts_on=TODAY)


@pytest.mark.parametrize("act", [actions.appoint, actions.name_deputy])
def test_nobody_is_named_without_a_name_or_from_another_area(group, clerk, act):
    refused("person", "Choose a person", act, group.vacant, by=clerk, starts_on=TODAY)
    stranger = PersonFactory(area=AnotherAreaFactory())
    refused("person", "another area", act, group.vacant, by=clerk, person=stranger, starts_on=TODAY)


def test_only_the_team_of_the_area_names_anybody_and_nobody_for_a_board_of_the_past(group, clerk):
    member = group.member.person.user
    past = SeatFactory(body=BodyFactory(closed_on=YESTERDAY))
    elsewhere = SeatFactory(body=BodyFactory(area=AnotherAreaFactory()))
    for by, seat, words in (
        (member, group.vacant, "Only the support team"),
        (clerk, past, "board of the past"),
        (clerk, elsewhere, "another area"),
    ):
        refused(None, words, actions.appoint, seat, by=by, person=group.inspector, starts_on=TODAY)
        refused(None, words, actions.name_deputy, seat, by=by, person=group.inspector, starts_on=TODAY)
        refused(None, words, actions.hand_over, seat.body, by=by, part="chair", person=group.inspector, starts_on=TODAY)
        refused(None, words, actions.remake_political_places, seat.body, by=by, groups=[("A", 1)], starts_on=TODAY)


# --- Deputies ---


def test_a_deputy_is_senior_briefed_and_dated(group, clerk):
    made = actions.name_deputy(
        group.vacant, by=clerk, person=group.inspector, starts_on=TODAY, ends_on=TOMORROW, is_senior=True,
        briefed_on=YESTERDAY,
    )  # fmt: skip
    assert (made.is_senior, made.briefed_on) == (True, YESTERDAY)
    assert made.ends_at == begins(TOMORROW + dt.timedelta(days=1))
    assert Event.objects.filter(verb="deputising.begun", within_id=group.inspector.pk).exists()


def test_the_member_is_no_deputy_of_their_own_and_nobody_is_named_twice(group, clerk):
    refused("starts_on", "is the member for this place", actions.name_deputy, group.held, by=clerk,
            person=group.member.person, starts_on=TODAY)  # fmt: skip
    manager = NamedDeputy.objects.get(seat=group.held).person
    refused("starts_on", "is a deputy for this place", actions.name_deputy, group.held, by=clerk, person=manager,
            starts_on=TODAY)  # fmt: skip


def test_nobody_was_briefed_on_a_day_to_come(group, clerk):
    refused("briefed_on", "a day to come", actions.name_deputy, group.vacant, by=clerk, person=group.inspector,
            starts_on=TODAY, briefed_on=TOMORROW)  # fmt: skip


# --- The chair ---


def test_the_chair_is_handed_over_at_one_moment(group, clerk):
    made = actions.hand_over(group, by=clerk, part="chair", person=group.other, starts_on=TOMORROW)
    group.chairing.refresh_from_db()
    assert group.chairing.ends_at == made.starts_at == begins(TOMORROW)
    assert group.chairing.ended_because == "Handed over to Consultant"
    assert set(Event.objects.values_list("verb", flat=True)) >= {"chair.begun", "chair.ended"}


def test_a_vacant_chair_is_taken_over_without_ending_anything(group, clerk):
    actions.hand_over(group, by=clerk, part="vice-chair", person=group.other, starts_on=TODAY)
    assert Chairing.objects.get(part="vice-chair").person == group.other
    assert not Event.objects.filter(verb="chair.ended").exists()


def test_who_is_in_the_chair_already_or_where_another_follows_is_refused(group, clerk):
    refused("person", "is chair then already", actions.hand_over, group, by=clerk, part="chair",
            person=group.member.person, starts_on=TODAY)  # fmt: skip
    later = begins(TOMORROW + dt.timedelta(days=60))
    group.chairing.ends_at = later
    group.chairing.save()
    ChairingFactory(body=group, person__post="Next chair", starts_at=later)
    refused("starts_on", "Next chair is chair from", actions.hand_over, group, by=clerk, part="chair",
            person=group.other, starts_on=TODAY)  # fmt: skip


def test_a_chair_that_the_terms_do_not_have_is_refused(group, clerk):
    group.terms.update(vice_by="none")
    refused("part", "has no vice-chair", actions.hand_over, group, by=clerk, part="vice-chair", person=group.other,
            starts_on=TODAY)  # fmt: skip


# --- Political places ---


@pytest.fixture
def council(group):
    places = [
        SeatFactory(body=group, agency=group.council, political_group=name, classes=["councillor"], votes=False)
        for name in ("Reds", "Reds", "Blues")
    ]
    group.red = AppointmentFactory(seat=places[0], person__post="Red councillor")
    group.second_red = AppointmentFactory(seat=places[1], person__post="Second red")
    group.blue = AppointmentFactory(seat=places[2], person__post="Blue councillor")
    NamedDeputyFactory(seat=places[2])
    return group


def test_places_are_remade_in_one_act_and_a_group_that_stays_keeps_its_members(council, clerk):
    kept, ended, begun = actions.remake_political_places(
        council, by=clerk, groups=[("Reds", 1), ("Greens", 2)], starts_on=TOMORROW
    )
    assert [seat.pk for seat in kept] == [council.red.seat_id]
    assert {seat.pk for seat in ended} == {council.second_red.seat_id, council.blue.seat_id}
    assert [(seat.political_group, seat.agency, seat.classes, seat.votes) for seat in begun] == [
        ("Greens", council.council, ["councillor"], False)
    ] * 2
    at = begins(TOMORROW)
    for row in (council.second_red, council.blue):
        row.refresh_from_db()
        assert (row.ends_at, row.ended_because) == (at, actions.REMADE)
    assert not NamedDeputy.objects.filter(seat=council.blue.seat, ends_at__isnull=True).exists()
    council.red.refresh_from_db()
    assert council.red.ends_at is None
    assert Event.objects.filter(verb="places.remade", target_id=council.pk).count() == 1


@pytest.mark.parametrize(
    ("groups", "field", "words"),
    [
        ([], "groups", "at least one"),
        ([("Reds", 1), ("reds", 2)], "groups", "named twice"),
        ([("Reds", 20), ("Blues", 20)], "groups", "more than 30"),
    ],
)
def test_groups_that_make_no_sense_are_refused(council, clerk, groups, field, words):
    refused(field, words, actions.remake_political_places, council, by=clerk, groups=groups, starts_on=TODAY)


def test_a_day_that_is_over_or_places_remade_later_are_refused(council, group, clerk):
    act = actions.remake_political_places
    refused("starts_on", "That day is over", act, council, by=clerk, groups=[("Reds", 1)], starts_on=YESTERDAY)
    act(council, by=clerk, groups=[("Greens", 1)], starts_on=TOMORROW)
    refused("starts_on", "from a later day already", act, council, by=clerk, groups=[("Reds", 1)], starts_on=TODAY)


def test_a_board_without_such_places_is_refused(group, clerk):
    refused(None, "no places that follow", actions.remake_political_places, group, by=clerk, groups=[("Reds", 1)],
            starts_on=TODAY)  # fmt: skip


NAMES = st.sampled_from(["Reds", "Blues", "Greens", "Independents"])
GROUPS = st.dictionaries(NAMES, st.integers(1, 3), min_size=1).map(lambda groups: list(groups.items()))


class RemadePlacesTests(TestCase):
    """Whatever the groups were, afterwards there are exactly those that were asked for."""

    @settings(max_examples=15)
    @given(GROUPS, GROUPS)
    def test_the_places_are_those_that_were_asked_for(self, before, after):
        clerk = OfficeFactory().person.user
        body = BodyFactory()
        for name, number in before:
            for _time in range(number):
                SeatFactory(body=body, political_group=name)
        kept, ended, begun = actions.remake_political_places(body, by=clerk, groups=after, starts_on=TODAY)
        present = body.seats.in_force(timezone.now()).exclude(political_group="")
        assert dict(actions.counted(present)) == dict(after)
        assert len(kept) + len(ended) == sum(number for _name, number in before)
        assert dict(actions.counted(kept)) == {
            name: min(number, dict(before)[name]) for name, number in after if name in dict(before)
        }
        assert len(begun) == sum(number for _name, number in after) - len(kept)
