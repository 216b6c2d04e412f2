"""Who can read a thing and why: the very answer that the querysets give, with its reasons."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from meetings.models import AgendaItem, Meeting
from mktogether.lib.templatetags.wording import day as in_words
from partnerships.explaining.holdings import Holding, load
from partnerships.explaining.reasons import Need, audience, readers_of_body, standing_by, why
from partnerships.roles import Act
from partnerships.standing import BODY, ROLE_OF
from tests.access import world as worlds
from tests.factories import (
    AnotherAreaFactory,
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    ExclusionFactory,
    GrantFactory,
    MeetingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    SeatFactory,
)

ITEM, MEETING = AgendaItem._meta.label, Meeting._meta.label
LONG_AGO = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def world(db):
    return worlds.build()


def accounts(readers):
    return {reader.person.user_id for reader in readers if reader.person.user_id}


def account_of(world, role):
    return world.people[role] or AnonymousUser()


# --- Agreement with what the portal lets them do ---


def test_for_every_role_who_is_listed_reads_the_board_and_who_is_not_does_not(world):
    ordinary, confidential = readers_of_body(world.review, timezone.now())
    wrong = []
    for role in world.people:
        user = account_of(world, role)
        meetings = Meeting.objects.visible_to(user).filter(pk=world.planned.pk)
        if meetings.exists() != (user.pk in accounts(ordinary)):
            wrong.append(role)
        if meetings.with_confidential_part_for(user).exists() != (user.pk in accounts(confidential)):
            wrong.append(f"{role}, confidential")
    assert wrong == []


@pytest.mark.parametrize("number", [1, 2], ids=["ordinary", "confidential"])
def test_for_every_role_who_is_listed_sees_an_item_and_who_is_not_does_not(world, number):
    """The same function serves a thing with grants of its own and with exclusions."""
    item = world.in_session.items.get(number=number)
    things = {(ITEM, item.pk): "the item", (MEETING, item.meeting_id): "the meeting"}
    things[BODY, world.review.pk] = world.review.name
    on_board = ((BODY, world.review.pk), (MEETING, item.meeting_id))
    meeting = (Need(Act.READ, world.review.pk, on_board),)
    confidential = (*meeting, Need(Act.READ_CONFIDENTIAL, world.review.pk, on_board))
    presented = (Need(Act.READ, things=((ITEM, item.pk),), by_grant=True),)
    people = audience(world.review.area_id, at=timezone.now(), things=things, hidden_by=(ITEM, item.pk))
    listed = accounts(people.readers(confidential if item.confidential else meeting, presented))
    wrong = [
        role
        for role in world.people
        if AgendaItem.objects.visible_to(account_of(world, role)).filter(pk=item.pk).exists()
        != (account_of(world, role).pk in listed)
    ]
    assert wrong == []


HOLDINGS = st.builds(
    lambda what, body, below: Holding(
        kind="any",
        pk=1,
        person=1,
        what=what,
        starts_at=LONG_AGO,
        ends_at=None,
        body=body,
        board=f"Board {body}",
        oversees=tuple((pk, f"Board {pk}", "") for pk in below) if what.startswith("chairing chair") else (),
        subject=BODY if what.startswith("grant") else "",
        subject_id=body if what.startswith("grant") else None,
    ),
    st.sampled_from([what for what in ROLE_OF if what.partition(" ")[0] != "office-holders"]),
    st.integers(1, 3),
    st.sets(st.integers(4, 5)),
)


@given(st.lists(HOLDINGS, max_size=4), st.sampled_from(list(Act)), st.integers(1, 5))
def test_there_is_a_reason_exactly_where_the_standing_lets_somebody(holdings, act, body):
    person = SimpleNamespace(pk=1, area_id=1, agency_id=1)
    need = Need(act, body, ((BODY, body),))
    named = [held for held in holdings if held.kind == "any"]
    let_in = need.is_met(standing_by(person, named))
    alone = [held for held in named if need.is_met(standing_by(person, [held]))]
    assert bool(alone) == let_in


# --- The reasons in words ---


@pytest.fixture
def review(db):
    return BodyFactory(name="Review", slug="review", reports_to=BodyFactory(name="Safeguarding Partnership"))


def reasons(readers):
    return {reader.person.post: reader.because for reader in readers}


def day(year, month, number):
    return timezone.make_aware(dt.datetime(year, month, number))  # noqa: DTZ001 - made aware here


def test_a_deputy_reads_because_of_the_deputising_until_its_last_day(review):
    deputy = NamedDeputyFactory(
        seat__body=review, seat__agency__short_name="CNWL", person__post="Deputy", ends_at=day(2050, 4, 1)
    )
    ordinary, confidential = readers_of_body(review, timezone.now())
    assert reasons(ordinary) == {"Deputy": ("deputy for CNWL on Review until 31 March 2050",)}
    assert confidential == []
    assert why(deputy.person, load([deputy.person_id]), Need(Act.READ, review.pk)) == reasons(ordinary)["Deputy"]


def test_every_reason_is_told_and_a_board_above_says_why_it_reaches(review):
    chair = ChairingFactory(body=review.reports_to, person__post="Chief Nurse").person
    AppointmentFactory(seat=SeatFactory(body=review, agency=chair.agency), person=chair)
    chair.agency.short_name = "ICB"
    chair.agency.save()
    ordinary, confidential = readers_of_body(review, timezone.now())
    assert reasons(ordinary) == {
        "Chief Nurse": ("member for ICB on Review", "chair of Safeguarding Partnership, to which Review reports")
    }
    assert reasons(confidential) == {"Chief Nurse": ("member for ICB on Review",)}


def test_a_guest_reads_because_of_the_grant_and_names_the_board(review):
    last = timezone.localdate() + dt.timedelta(days=200)
    over = last + dt.timedelta(days=1)
    GrantFactory(thing=review, person__post="Guest", wanted_until=day(over.year, over.month, over.day))
    ordinary, _confidential = readers_of_body(review, timezone.now())
    assert reasons(ordinary) == {"Guest": (f"lay member of Review until {in_words(last)}",)}


def test_whoever_has_no_account_or_one_that_is_off_is_listed_and_marked(review):
    AppointmentFactory(seat__body=review, person__post="Without")
    AppointmentFactory(seat__body=review, person__post="Off", person__with_account=True, person__user__is_active=False)
    AppointmentFactory(seat__body=review, person__post="On", with_account=True)
    ordinary, _confidential = readers_of_body(review, timezone.now())
    assert {reader.person.post: reader.account for reader in ordinary} == {
        "Without": "No account yet",
        "Off": "Account switched off",
        "On": "",
    }


def test_a_place_counts_no_longer_than_there_is_one(review):
    now = timezone.now()
    AppointmentFactory(seat__body=review, seat__ends_at=now)
    AppointmentFactory(seat__body=review, starts_at=now + dt.timedelta(seconds=1))
    assert readers_of_body(review, now) == ([], [])
    assert len(readers_of_body(review, now - dt.timedelta(seconds=1))[0]) == 1


def test_nobody_of_another_area_is_among_them(review):
    OfficeFactory(person__area=AnotherAreaFactory())
    assert readers_of_body(review, timezone.now()) == ([], [])


def test_an_exclusion_beats_every_reason(review):
    meeting = MeetingFactory(body=review)
    member = AppointmentFactory(seat__body=review).person
    ExclusionFactory(thing=meeting, person=member)
    people = audience(review.area_id, at=timezone.now(), hidden_by=(MEETING, meeting.pk))
    assert people.readers((Need(Act.READ, review.pk),)) == []


def test_it_asks_as_often_for_three_hundred_people_as_for_three(review, django_assert_num_queries):
    ChairingFactory(body=review.reports_to)
    AppointmentFactory.create_batch(3, seat__body=review)
    with django_assert_num_queries(7):
        readers_of_body(review, timezone.now())
    AppointmentFactory.create_batch(297, seat__body=review)
    with django_assert_num_queries(7):
        assert len(readers_of_body(review, timezone.now())[0]) == 301
