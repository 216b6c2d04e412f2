"""Boards of an earlier structure: kept, shown apart, and present nowhere."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from meetings.access import may_plan
from partnerships.access import may_change_terms
from partnerships.models import Body
from tests.factories import AgencyFactory, BodyFactory, OfficeFactory, SeatFactory

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - dt.timedelta(days=1)


@pytest.fixture
def today():
    return BodyFactory(name="Safeguarding Partnership", slug="safeguarding", partnership=True)


@pytest.fixture
def past(today):
    sponsor = AgencyFactory(short_name="BLMK CCG", name="Clinical Commissioning Group")
    body = BodyFactory(name="Management Board", slug="management", earlier=True, succeeded_by=today, sponsor=sponsor)
    SeatFactory(body=body, title="Governor", post_only=True, note="Left in May.", agency__short_name="HMP Woodhill")
    SeatFactory(body=body, title="Scrutineer", post_only=True, observer=True)
    return body


@pytest.fixture
def team(as_user):
    return as_user(OfficeFactory().person.user)


def test_the_list_shows_todays_first_and_earlier_boards_apart(team, past, words):
    risk = BodyFactory(name="Risk Board", earlier=True, reports_to=past)
    text = words(team.get("/boards/"))
    assert text.index("Safeguarding Partnership Nobody recorded") < text.index("Earlier boards 2")
    assert "Management Board Arrangements of 2021-22 Not stated Safeguarding Partnership" in text
    assert f"{risk} Arrangements of 2021-22 Management Board Not stated" in text


def test_one_that_closed_is_a_board_of_the_past_too(team, words):
    BodyFactory(name="Voice Board", slug="voice", closed_on=YESTERDAY)
    BodyFactory(name="Delivery", closed_on=timezone.localdate())
    assert "Earlier boards 1" in words(team.get("/boards/"))
    assert "A board of the past" in words(team.get("/boards/voice/"))
    assert [body.name for body in Body.objects.present(timezone.localdate())] == ["Delivery"]


def test_its_page_says_what_is_known_and_what_is_not(team, past, words):
    text = words(team.get("/boards/management/"))
    assert "Management Board A board of the past · Arrangements of 2021-22" in text
    assert "Succeeded by Safeguarding Partnership" in text
    assert "First day Not stated Last day Not stated Reported to Not stated" in text
    assert "Sponsor Clinical Commissioning Group Quorum Not stated" in text
    assert "HMP Woodhill Governor Note Left in May." in text
    assert "Scrutineer attended, was no member" in text


def test_nothing_of_it_counts_as_present(team, past, words):
    text = words(team.get("/boards/management/"))
    for present in (
        "Membership health",
        "Vacant",
        "Plan a meeting",
        "Who can read this",
        "Let in a guest",
        "New version",
    ):
        assert present not in text


def test_no_meeting_is_planned_for_it_and_its_terms_stay(team, past):
    user = OfficeFactory().person.user
    assert may_plan(user, past).reason == "Management Board is a board of the past. Nothing is planned for it."
    assert "board of the past" in may_change_terms(user, past).reason
    choices = team.get("/meetings/new/").context["form"].fields["body"].queryset
    assert past not in choices
    assert past.succeeded_by in choices


def test_it_is_no_choice_of_the_workbench_nor_of_the_list_of_people(team, past):
    assert past not in team.get("/workbench/").context["bodies"]
    assert 'value="management"' not in team.get("/people/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"opened_on": dt.date(2022, 4, 1), "closed_on": dt.date(2022, 3, 31)},
        {"slug": "representation"},
    ],
)
def test_the_database_refuses_what_makes_no_sense(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        BodyFactory(**wrong)


def test_only_a_board_of_the_past_has_a_successor_and_never_itself(today):
    with pytest.raises(IntegrityError), transaction.atomic():
        BodyFactory(succeeded_by=today)
    assert BodyFactory(succeeded_by=today, closed_on=YESTERDAY).pk
    body = BodyFactory(earlier=True)
    body.succeeded_by = body
    with pytest.raises(IntegrityError), transaction.atomic():
        body.save()


def test_a_member_comes_from_an_agency_and_an_observer_has_no_vote():
    for wrong in ({"agency": None}, {"in_attendance": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SeatFactory(**wrong)


def test_its_queries_do_not_grow(team, past, django_assert_num_queries):
    with django_assert_num_queries(9):
        team.get("/boards/management/")
    for _time in range(30):
        SeatFactory(body=past, post_only=True)
        BodyFactory(earlier=True, reports_to=past)
    with django_assert_num_queries(9):
        team.get("/boards/management/")
