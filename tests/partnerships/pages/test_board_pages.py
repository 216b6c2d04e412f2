"""Boards and groups: who sits there, by which rules, and how that stands."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import (
    AgencyFactory,
    AnotherAreaFactory,
    AppointmentFactory,
    AttendanceFactory,
    BodyFactory,
    ChairingFactory,
    MeetingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)

BOARD = "/boards/delivery/"


@pytest.fixture
def delivery(db):
    """A group of council and police with a chair, a deputy, a vacancy and terms of reference."""
    body = BodyFactory(name="Delivery", slug="delivery", reports_to=BodyFactory(name="Safeguarding Partnership"))
    council = AgencyFactory(short_name="MKCC")
    police = AgencyFactory(short_name="TVP")
    head = AppointmentFactory(
        seat=SeatFactory(body=body, agency=council, title="Head of Adults", order=1),
        person__post="Head of Service",
        person__with_account=True,
    )
    SeatFactory(body=body, agency=council, title="Education", order=3, note="Assumed: read as a place of its own")
    commander = AppointmentFactory(
        seat=SeatFactory(body=body, agency=police, title="Commander", order=2), person__post="LPA Commander"
    )
    NamedDeputyFactory(seat=head.seat, person__post="Team manager")
    ChairingFactory(body=body, person=commander.person)
    TermsOfReferenceFactory(
        body=body, rules="quorum: one from each of MKCC, TVP", notes=["Whether remote members count is not said."]
    )
    body.member = head.person.user
    return body


@pytest.fixture
def member(as_user, delivery):
    return as_user(delivery.member)


def test_it_needs_a_sign_in(client, delivery):
    assert client.get(BOARD).status_code == 302
    assert client.get("/boards/").status_code == 302


def test_it_rejects_other_methods(member):
    assert member.post(BOARD).status_code == 405
    assert member.post("/boards/").status_code == 405


def test_places_stand_by_partner_with_member_deputy_and_vacancy(member, words):
    text = words(member.get(BOARD))
    assert "3 places · 2 filled · 1 vacant · 1 named deputy" in text
    assert "MKCC 2 places Quorum Head of Adults Head of Service since Jan 2024 Team manager" in text
    assert "Education Assumed Read as a place of its own Vacant No deputy named" in text
    assert "TVP 1 place Quorum Commander LPA Commander Chair since Jan 2024 No deputy named" in text


def test_chair_and_vice_chair_are_named_or_said_to_be_missing(member, words):
    assert "Chair LPA Commander Vice-chair Nobody recorded" in words(member.get(BOARD))


def test_its_rules_stand_in_plain_words_as_a_summary(member, words):
    text = words(member.get(BOARD))
    assert "This is a summary and not the adopted text." in text
    assert "MKCC" in text[text.index("Its rules in plain words") :]
    assert "Papers Not stated Minutes Not stated" in text
    assert "Whether remote members count is not said." in text


def test_it_says_what_its_quorum_hangs_on(member, words):
    text = words(member.get(BOARD))
    assert "Membership health" in text
    assert "Can be quorate" in text
    assert "No deputy is named for Commander, TVP" in text


def test_without_terms_everything_is_not_stated(member, delivery, words):
    delivery.terms.all().delete()
    text = words(member.get(BOARD))
    assert "No terms of reference are entered for today." in text
    assert "Not stated" in text


def test_terms_of_another_time_are_not_shown(member, delivery, words):
    delivery.terms.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    assert "No terms of reference are entered for today." in words(member.get(BOARD))


def test_the_meetings_of_the_year_stand_as_boxes_and_the_last_year_held_before_them(member, delivery, words):
    held = MeetingFactory(body=delivery, closed=True, quorum_status="quorate")
    AttendanceFactory(meeting=held, seat=delivery.seats.get(title="Commander"))
    MeetingFactory(
        body=delivery, cancelled=True, starts_at=held.starts_at + dt.timedelta(minutes=5), ends_at=held.ends_at
    )
    text = words(member.get(BOARD))
    assert "1 held, 0 planned, 1 cancelled" in text
    assert "1 of 2 Quorate" in text


def test_years_long_past_are_shown_when_nothing_was_held_since(member, delivery, words):
    starts = dt.datetime(2025, 1, 21, 9, 30, tzinfo=dt.UTC)
    MeetingFactory(body=delivery, closed=True, starts_at=starts)
    assert "2024 to 2025: 1 held, 0 planned" in words(member.get(BOARD))


def test_to_a_colleague_of_another_group_its_meetings_are_not_none_but_its_members(as_user, delivery, words):
    MeetingFactory(body=delivery, closed=True, quorum_status="quorate")
    colleague = AppointmentFactory(with_account=True).person.user
    text = words(as_user(colleague).get(BOARD))
    assert "The meetings of Delivery are for its members and their deputies." in text
    assert "0 held" not in text


def test_the_chair_of_the_board_it_reports_to_sees_its_meetings(as_user, delivery, words):
    MeetingFactory(body=delivery, closed=True, quorum_status="quorate")
    above = ChairingFactory(body=delivery.reports_to, with_account=True).person.user
    assert "1 held" in words(as_user(above).get(BOARD))


def test_everybody_of_the_area_may_read_it_and_nobody_else(as_user, delivery):
    colleague = AppointmentFactory(with_account=True).person.user
    scrutineer = OfficeFactory(scrutineer=True).person.user
    outsider = AppointmentFactory(seat__body=BodyFactory(area=AnotherAreaFactory()), with_account=True).person.user
    for user in (colleague, scrutineer):
        assert as_user(user).get(BOARD).status_code == 200
    assert as_user(outsider).get(BOARD).status_code == 404
    assert b"Delivery" not in as_user(outsider).get("/boards/").content


def test_one_shared_with_the_area_is_there_too(as_user, delivery):
    elsewhere = AnotherAreaFactory()
    delivery.shared_with.add(elsewhere)
    outsider = AppointmentFactory(seat__body=BodyFactory(area=elsewhere), with_account=True).person.user
    assert as_user(outsider).get(BOARD).status_code == 200


def test_of_two_with_the_same_address_ones_own_comes_first(as_user, delivery):
    elsewhere = AnotherAreaFactory()
    delivery.shared_with.add(elsewhere)
    own = BodyFactory(area=elsewhere, slug="delivery", name="Our own Delivery")
    insider = AppointmentFactory(seat__body=own, with_account=True).person.user
    assert as_user(insider).get(BOARD).context["body"] == own


def test_an_address_that_is_none_is_not_found(member):
    assert member.get("/boards/nothing/").status_code == 404


def test_the_list_says_who_chairs_and_how_many_places_are_filled(member, words):
    text = words(member.get("/boards/"))
    assert "Delivery You are a member LPA Commander Safeguarding Partnership 2 of 3" in text


def test_only_those_who_plan_are_offered_it(as_user, member, delivery, words):
    team = OfficeFactory().person.user
    assert "Plan a meeting" not in words(member.get(BOARD))
    assert "Plan a meeting" in words(as_user(team).get(BOARD))


def more(body, number):
    for _time in range(number):
        held = AppointmentFactory(seat=SeatFactory(body=body))
        NamedDeputyFactory(seat=held.seat)
        MeetingFactory(body=body)
        MeetingFactory(body=body, closed=True)
        BodyFactory()


@pytest.mark.parametrize(
    ("address", "queries"),
    [(BOARD, 17), ("/boards/", 7), (f"{BOARD}?on=2025-03-31", 13), ("/boards/?on=2025-03-31", 10)],
)
def test_its_queries_do_not_grow(member, delivery, django_assert_num_queries, address, queries):
    more(delivery, 3)
    with django_assert_num_queries(queries):
        member.get(address)
    more(delivery, 297)
    with django_assert_num_queries(queries):
        member.get(address)
