"""How often boards and groups met: the page of all, its files, and the year on a board's page."""

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone

from meetings import years
from meetings.frequency import reading
from partnerships.models import Body
from tests.factories import (
    AnotherAreaFactory,
    AppointmentFactory,
    BodyFactory,
    GrantFactory,
    MeetingFactory,
    OfficeFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)
from tests.factories.common import LONDON

pytestmark = pytest.mark.django_db
PAGE = "/meetings/how-often/?year=2024-25"


def held(body, month, **more):
    starts = dt.datetime(2024 if month > 3 else 2025, month, 15, 9, 30, tzinfo=LONDON)
    return MeetingFactory(body=body, starts_at=starts, closed=True, **{"quorum_status": "quorate"} | more)


@pytest.fixture
def review():
    body = BodyFactory(name="Review", slug="review")
    TermsOfReferenceFactory(
        body=body, starts_on=dt.date(2024, 4, 1), meetings_a_year=6, at_least=True, in_person_a_year=1
    )
    for month in (5, 7, 9, 11):
        held(body, month)
    held(body, 1, quorum_status="not quorate")
    MeetingFactory(body=body, starts_at=dt.datetime(2025, 3, 6, 9, 30, tzinfo=LONDON), cancelled=True)
    return body


@pytest.fixture
def team(as_user):
    return as_user(OfficeFactory().person.user)


def test_each_board_stands_with_what_it_was_asked_and_what_it_held(team, review, words):
    BodyFactory(name="Silent group", slug="silent")
    TermsOfReferenceFactory(body__name="Silent group", body__slug="quiet", starts_on=dt.date(2024, 4, 1))
    text = words(team.get(PAGE))
    assert "5 meetings held, 1 cancelled. Fewer than asked: Review. For 1 of 2 it is not stated" in text
    assert "Review Short by one: 5 held of at least 6 asked at least 6 5 1 1 0 1 0 of 1" in text
    assert "Silent group How often is not stated: 0 held Not stated 0 0 0 0 Not stated Not stated" in text


def test_its_year_on_the_page_of_the_board_says_the_same(team, review, words):
    text = words(team.get("/boards/review/"))
    assert "2024 to 2025: 5 held, 0 planned, 1 cancelled Short by one: 5 held of at least 6 asked" in text
    assert "4 of 5 were quorate, 1 was not. 6 Mar was cancelled. None in person: at least one a year is asked." in text


def test_a_member_reads_of_their_own_boards_only(as_user, review, words):
    other = BodyFactory(name="Other", slug="other")
    held(other, 6)
    member = as_user(AppointmentFactory(seat=SeatFactory(body=review), with_account=True).person.user)
    text = words(member.get(PAGE))
    assert "Review" in text
    assert "Other" not in text
    content = member.get("/meetings/how-often/2024-25.csv").content.decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(content))] == ["Board or group", "Review"]


def test_a_single_meeting_that_an_emergency_opens_adds_neither_a_board_nor_a_year(review):
    member = AppointmentFactory(seat=SeatFactory(body=review), with_account=True).person
    other = TermsOfReferenceFactory(body__name="Other", body__slug="other", starts_on=dt.date(2024, 4, 1)).body
    of_earlier = MeetingFactory(body=other, starts_at=dt.datetime(2019, 6, 3, 9, 30, tzinfo=LONDON), closed=True)
    for meeting in (held(other, 6), of_earlier):
        GrantFactory(thing=meeting, person=member, emergency=True)
    now = timezone.now()
    assert [board.name for board in reading.of_all(member.user, 2024, now)] == ["Review"]
    assert reading.years_known(member.user, now) == [years.year_of(now), 2024]


def test_the_team_finds_every_board_of_its_area_and_none_that_another_area_shares(review):
    shared = TermsOfReferenceFactory(body__area=AnotherAreaFactory(), starts_on=dt.date(2024, 4, 1)).body
    officer = OfficeFactory().person
    shared.shared_with.add(officer.area)
    other = TermsOfReferenceFactory(body__name="Other", body__slug="other", starts_on=dt.date(2024, 4, 1)).body
    assert {body.pk for body in Body.objects.visible_to(officer.user)} == {review.pk, shared.pk, other.pk}
    assert [board.name for board in reading.of_all(officer.user, 2024, timezone.now())] == ["Other", "Review"]
    held(other, 6)
    MeetingFactory(body=other, starts_at=dt.datetime(2019, 6, 3, 9, 30, tzinfo=LONDON), closed=True)
    assert 2019 in reading.years_known(officer.user, timezone.now())


def test_who_reads_no_meetings_finds_no_page(as_user, review):
    governor = as_user(OfficeFactory(kind="information governance", person__with_account=True).person.user)
    assert governor.get(PAGE).status_code == 404
    assert governor.get("/meetings/how-often/2024-25.csv").status_code == 404


@pytest.mark.parametrize(
    "address", ["/meetings/how-often/2019-20.csv", "/meetings/how-often/2024-25.pdf", "/meetings/how-often/2024-26.csv"]
)
def test_a_file_of_nothing_is_not_found(team, review, address):
    assert team.get(address).status_code == 404


def test_a_year_that_is_none_is_left_out_and_said(team, review, words):
    text = words(team.get("/meetings/how-often/?year=soon"))
    assert "was left out" in text
    assert f"How often boards and groups met, {years.short(years.year_of(timezone.now()))}" in text


def test_the_workbook_holds_the_same(team, review):
    answer = team.get("/meetings/how-often/2024-25.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="how-often-2024-25.xlsx"'
    assert answer.content[:2] == b"PK"


def test_its_queries_do_not_grow(team, review, django_assert_num_queries):
    def more(number):
        for _time in range(number):
            body = BodyFactory()
            TermsOfReferenceFactory(body=body, starts_on=dt.date(2024, 4, 1))
            held(body, 6)

    more(3)
    with django_assert_num_queries(7):
        team.get(PAGE)
    more(297)
    with django_assert_num_queries(7):
        team.get(PAGE)
