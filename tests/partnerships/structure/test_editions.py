"""Editions: the list, one with its structure drawn and in words, and two side by side."""

import datetime as dt

import pytest

from tests.factories import (
    AgencyFactory,
    AnotherAreaFactory,
    AppointmentFactory,
    AreaFactory,
    ArrangementFactory,
    BodyFactory,
    FormerNameFactory,
    LineFactory,
    OfficeFactory,
    PersonFactory,
    RelevantAgencyFactory,
    SeatFactory,
    SpecifiedRoleFactory,
    TermsOfReferenceFactory,
)
from tests.factories.common import LONDON

pytestmark = pytest.mark.django_db
LIST, NEW, COMPARED = "/arrangements/", "/arrangements/new/", "/arrangements/old/to/new/"
OLD_DAYS = {"starts_on": dt.date(2018, 4, 1), "ends_on": dt.date(2024, 3, 31)}
NEW_DAYS = {"starts_on": dt.date(2024, 4, 1)}


def seat(body, agency, title, **days):
    return SeatFactory(body=body, agency=agency, title=title, starts_at=dt.datetime(2018, 1, 1, tzinfo=LONDON), **days)


@pytest.fixture
def area():
    """Two editions: a board that stays under a new name, one that another succeeded, one gone and one new."""
    area = AreaFactory()
    old = ArrangementFactory(
        area=area, key="old", name="Arrangements of 2018", first_day=dt.date(2018, 4, 1), last_day=dt.date(2024, 3, 31)
    )
    new = ArrangementFactory(
        area=area, key="new", name="Handbook", first_day=dt.date(2024, 4, 1), stated_from="2024-10"
    )
    council = AgencyFactory(short_name="MKCC")
    deaths = BodyFactory(name="Child Death", slug="deaths")
    FormerNameFactory(body=deaths, name="Child Death Overview Panel", last_day=dt.date(2024, 3, 31))
    board = BodyFactory(name="Partnership", slug="partnership", partnership=True)
    before = BodyFactory(name="Safeguarding Board", slug="board", closed_on=dt.date(2024, 3, 31), succeeded_by=board)
    gone = BodyFactory(name="Voice Board", slug="voice", closed_on=dt.date(2024, 3, 31))
    fresh = BodyFactory(name="Delivery", slug="delivery")
    for body in (deaths, before, gone):
        TermsOfReferenceFactory(body=body, arrangement=old, papers_working_days=5, mode="", **OLD_DAYS)
    for number, body in enumerate((board, deaths, fresh)):
        TermsOfReferenceFactory(
            body=body, arrangement=new, order=number, rules="quorum: one from each of MKCC", mode="virtual", **NEW_DAYS
        )
    seat(gone, council, "Head of Voice", ends_at=dt.datetime(2024, 4, 1, tzinfo=LONDON))
    SeatFactory(body=fresh, agency=council, title="Head of Voice")
    LineFactory(body=deaths, to_body=board, what="Highlight report")
    LineFactory(body=fresh, to_body=board)
    LineFactory(body=fresh, to_body=None, to_role="scrutineer", kind="informs")
    area.old, area.new, area.council = old, new, council
    return area


@pytest.fixture
def team(as_user, area):
    return as_user(OfficeFactory().person.user)


def test_the_list_has_every_edition_with_its_days_and_boards(team, words):
    text = words(team.get(LIST))
    assert "Handbook In force from 1 April 2024, until further notice from October 2024 3" in text
    assert "Arrangements of 2018 from 1 April 2018 to 31 March 2024 Not stated 3" in text


def test_an_edition_is_drawn_and_says_the_same_in_words(team, words):
    answer = team.get(NEW)
    text, content = words(answer), answer.content.decode()
    assert '<svg xmlns="http://www.w3.org/2000/svg" role="img"' in content
    assert "<title>The structure by Handbook. The list below says the same in words.</title>" in content
    drawn = content[content.index("<svg") : content.index("</svg>")]
    assert all(name in drawn for name in ("Partnership", "Child Death", "Delivery"))
    assert "Child Death Working group Reports to Partnership (Highlight report)" in text
    assert "Delivery Working group Reports to Partnership Informs Independent scrutineer" in text


def test_an_edition_of_the_past_has_its_boards_under_their_names(team, words):
    text = words(team.get("/arrangements/old/"))
    assert "3 boards and groups, as at 31 March 2024" in text
    assert "Child Death Overview Panel" in text
    assert "Delivery" not in text
    assert 'href="/boards/voice/?on=2024-03-31"' in team.get("/arrangements/old/").content.decode()


def test_what_an_edition_says_of_itself_and_what_it_leaves_open(team, area, words):
    area.new.notes = ["The diagram is not in the text."]
    area.new.expectations = ["Engage."]
    area.new.save()
    RelevantAgencyFactory(arrangement=area.new, agency=area.council, expectations=["Send data."])
    SpecifiedRoleFactory(arrangement=area.new, kind="named member", subject="rough sleeping", post="Director")
    text = words(team.get(NEW))
    assert "Published Not stated Notified Not stated Covers Not stated" in text
    assert "The diagram is not in the text." in text
    assert "Named member for rough sleeping : Director" in text
    assert "Expected of each: Engage." in text
    assert "Send data." in text


def test_two_editions_stand_side_by_side(team, words):
    text = words(team.get(COMPARED))
    assert "1 board gone" in text
    assert "1 board new" in text
    assert "Voice Board Gone → no successor named" in text
    assert "Delivery New not in Arrangements of 2018" in text
    assert "MKCC: the place “Head of Voice” left Voice Board, and came to Delivery." in text
    first = words(team.get(f"{COMPARED}?board=0"))
    assert "Child Death Overview Panel → Child Death" in first
    assert "Papers 5 working days before the meeting Not stated Gone" in first
    assert "Quorum Not stated The quorum is each of the MKCC. New" in first
    assert "Child Death Overview Panel is now called Child Death." in first
    second = words(team.get(f"{COMPARED}?board=1"))
    assert "In place of Safeguarding Board stands Partnership." in second


def test_only_changes_leaves_out_what_is_the_same(team, words):
    assert "The same" in words(team.get(f"{COMPARED}?board=0"))
    assert "The same" not in words(team.get(f"{COMPARED}?board=0&only=changes"))


def test_an_edition_beside_itself_says_nothing(team, words):
    assert "Nothing is different between Handbook and Handbook." in words(team.get("/arrangements/new/to/new/"))


@pytest.mark.parametrize("board", ["99", "-1", "x", "²"])
def test_a_board_that_is_none_is_left_out(team, board):
    assert team.get(COMPARED, {"board": board}).status_code == 200


def test_the_form_leads_to_both_side_by_side_and_one_that_is_none_is_left_out(team, words):
    answer = team.get(LIST, {"older": "old", "newer": "new"})
    assert (answer.status_code, answer["Location"]) == (302, COMPARED)
    assert "It was left out." in words(team.get(LIST, {"older": "old", "newer": "never"}))
    assert team.get("/arrangements/old/to/never/").status_code == 404


def test_editions_of_another_area_are_not_there(as_user, area):
    body = BodyFactory(area=AnotherAreaFactory())
    outsider = as_user(AppointmentFactory(seat__body=body, with_account=True).person.user)
    assert b"Handbook" not in outsider.get(LIST).content
    for address in (NEW, COMPARED):
        assert outsider.get(address).status_code == 404


def test_who_has_no_place_finds_none(as_user, area):
    nobody = as_user(PersonFactory(with_account=True).user)
    for address in (LIST, NEW, COMPARED):
        assert nobody.get(address).status_code == 404


@pytest.mark.parametrize(("address", "queries"), [(LIST, 5), (NEW, 11), (COMPARED, 13)])
def test_their_queries_do_not_grow(team, area, django_assert_num_queries, address, queries):
    def more(number):
        for _time in range(number):
            body = BodyFactory()
            TermsOfReferenceFactory(body=body, arrangement=area.old, **OLD_DAYS)
            TermsOfReferenceFactory(body=body, arrangement=area.new, **NEW_DAYS)
            SeatFactory(body=body, agency=area.council)
            LineFactory(body=body, to_body=BodyFactory())

    more(3)
    with django_assert_num_queries(queries):
        team.get(address)
    more(297)
    with django_assert_num_queries(queries):
        team.get(address)
