"""The structure of a published edition as data, for everybody: what its document says, and nobody's name."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.models import Arrangement, Seat
from tests.factories import (
    AgencyAliasFactory,
    AgencyFactory,
    AppointmentFactory,
    AreaFactory,
    ArrangementFactory,
    BodyFactory,
    CaseFactory,
    ChairingFactory,
    FormerNameFactory,
    GrantFactory,
    LineFactory,
    MeetingFactory,
    OfficeFactory,
    RelevantAgencyFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)
from tests.factories.common import LONDON

pytestmark = pytest.mark.django_db
ADDRESS = "/arrangements/milton-keynes/handbook.json"
FIRST = dt.date(2024, 4, 1)


def moment(*day):
    return dt.datetime(*day, tzinfo=LONDON)


def edition(**values):
    """An edition of one board, with one place of an organisation."""
    values = {"published": "2024-10", "first_day": FIRST, **values}
    found = ArrangementFactory(area=AreaFactory(), key="handbook", name="Handbook", **values)
    found.board = BodyFactory(name="Delivery", slug="delivery")
    found.first_terms = TermsOfReferenceFactory(body=found.board, arrangement=found, purpose="To keep children safe.")
    found.council = AgencyFactory(short_name="MKCC", name="The Council", slug="mkcc")
    found.place = SeatFactory(body=found.board, agency=found.council, title="Head of Voice", key="voice")
    return found


def read(client):
    return json.loads(client.get(ADDRESS).content)


# --- For whom it is there ---


def test_everybody_reads_a_published_edition_in_the_popolo_vocabulary(client):
    edition()
    found = read(client)
    board = next(one for one in found["organizations"] if one["id"] == "board/milton-keynes/delivery")
    assert (board["name"], board["abstract"]) == ("Delivery", "To keep children safe.")
    post, membership = found["posts"][0], found["memberships"][0]
    assert (post["label"], post["organization_id"], post["start_date"]) == ("Head of Voice", board["id"], "2024-04-01")
    assert (membership["post_id"], membership["on_behalf_of_id"]) == (post["id"], "agency/milton-keynes/mkcc")


@pytest.mark.parametrize("published", ["", "2999", "2999-12", "2999-12-31"])
def test_without_a_publication_that_has_begun_it_is_not_there(client, as_user, published):
    edition(published=published)
    assert client.get(ADDRESS).status_code == 404
    assert as_user(OfficeFactory().person.user).get(ADDRESS).status_code == 404


@pytest.mark.parametrize("written", ["%Y", "%Y-%m", "%Y-%m-%d"])
def test_on_the_day_in_the_month_and_in_the_year_of_its_publication_it_is_there(client, written):
    edition(published=timezone.localdate().strftime(written))
    assert client.get(ADDRESS).status_code == 200


BEGUN = ["2024-10-01", "2025-12-31", "2026", "2026-11", "2026-11-26"]
TO_COME = ["2026-11-27", "2026-12", "2026-12-01", "2027"]


@pytest.mark.parametrize("published", ["", *BEGUN, *TO_COME])
def test_one_edition_and_all_of_them_are_asked_alike_whether_they_are_published(published):
    day = dt.date(2026, 11, 26)
    found = edition(published=published)
    assert found.is_published(day) == (published in BEGUN)
    assert Arrangement.objects.published_on(day).exists() == (published in BEGUN)


@pytest.mark.parametrize("area", ["elsewhere", "milton-keynes/handbook"])
def test_it_is_found_under_its_own_area_alone(client, area):
    edition()
    assert client.get(f"/arrangements/{area}/handbook.json").status_code == 404


# --- How it is answered ---


def test_it_is_json_that_may_be_kept_for_an_hour(client):
    edition()
    response = client.get(ADDRESS)
    assert response["Content-Type"] == "application/json"
    assert sorted(response["Cache-Control"].split(", ")) == ["max-age=3600", "public"]


def test_what_is_not_there_is_kept_by_nobody(client):
    edition(published="")
    assert "no-store" in client.get(ADDRESS)["Cache-Control"]


def test_whoever_has_it_already_is_told_so_until_it_changes(client):
    found = edition()
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "max-age=3600" in again["Cache-Control"]
    Seat.objects.filter(pk=found.place.pk).update(title="Director of Voice")
    assert client.get(ADDRESS, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_every_visitor_gets_the_same(client, as_user):
    edition()
    public = client.get(ADDRESS).content
    assert as_user(OfficeFactory().person.user).get(ADDRESS).content == public


@pytest.mark.parametrize("rows", [3, 300])
def test_it_asks_the_database_as_often_for_three_rows_as_for_three_hundred(client, rows):
    found = edition()
    for number in range(rows):
        service = AgencyFactory(part_of=found.council)
        AgencyAliasFactory(agency=service)
        RelevantAgencyFactory(arrangement=found, agency=service, order=number)
        body = BodyFactory()
        body.shared_with.add(found.area)
        TermsOfReferenceFactory(body=body, arrangement=found, order=number + 1)
        LineFactory(body=body, to_body=found.board)
        FormerNameFactory(body=body)
        SeatFactory(body=body, agency=service)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        posts = read(client)["posts"]
    assert len(posts) == rows + 1
    assert len(queries) == QUERIES


# The edition; its terms; boards and who shares them; places; relevant agencies; agencies and other names; lines;
# former names; terms again for purposes.
QUERIES = 11


# --- What it tells, and what it does not ---


def test_nobody_and_nothing_that_is_done_is_in_it(client):
    """Members, chairs, holders of roles and guests; meetings and cases."""
    found = edition()
    people = [
        AppointmentFactory(seat=found.place).person,
        ChairingFactory(body=found.board).person,
        OfficeFactory().person,
        GrantFactory(thing=found.board).person,
    ]
    case = CaseFactory(about="A boy of three")
    meeting = MeetingFactory(body=found.board, place="Room of the mayor")
    told = [*(person.post for person in people), *(person.user.email for person in people if person.user)]
    text = client.get(ADDRESS).content.decode()
    assert [one for one in [*told, case.about, case.reference, meeting.place] if one in text] == []
    assert set(json.loads(text)) == {"areas", "organizations", "posts", "memberships"}


def test_a_board_that_the_edition_does_not_name_is_not_in_it_even_where_a_line_leads_there(client):
    found = edition()
    LineFactory(body=found.board, to_body=BodyFactory(name="Inner circle", slug="inner-circle"))
    assert "inner" not in client.get(ADDRESS).content.decode().lower()


def test_terms_that_people_published_since_change_nothing_of_what_the_document_says(client):
    found = edition()
    found.first_terms.ends_on = dt.date(2025, 3, 31)
    found.first_terms.save()
    TermsOfReferenceFactory(body=found.board, arrangement=found, starts_on=dt.date(2025, 4, 1), purpose="Agreed since.")
    assert "Agreed since." not in client.get(ADDRESS).content.decode()


def test_places_remade_after_an_election_are_not_of_the_document(client):
    found = edition()
    SeatFactory(body=found.board, title="Councillor of the old group", political_group="Old")
    SeatFactory(
        body=found.board, title="Councillor of the new group", political_group="New", starts_at=moment(2025, 5, 5)
    )
    assert {post["label"] for post in read(client)["posts"]} == {"Head of Voice", "Councillor of the old group"}


def test_what_later_editions_made_of_it_is_not_in_it(client):
    """The board has another name and is closed today, and its place went on: the edition knows of none of that."""
    last = dt.date(2026, 3, 31)
    found = edition(last_day=last)
    FormerNameFactory(body=found.board, name="Delivery group", last_day=last)
    FormerNameFactory(body=found.board, name="Doing group", last_day=dt.date(2024, 3, 31))
    found.board.name, found.board.closed_on = "Renamed since", dt.date(2026, 9, 30)
    found.board.save()
    Seat.objects.filter(pk=found.place.pk).update(ends_at=moment(2026, 10, 1))
    told = read(client)
    board = next(one for one in told["organizations"] if one["id"].startswith("board/"))
    assert (board["name"], board["other_names"]) == (
        "Delivery group", [{"name": "Doing group", "end_date": "2024-03-31"}],
    )  # fmt: skip
    assert "dissolution_date" not in board
    assert (told["posts"][0]["start_date"], told["posts"][0]["end_date"]) == ("2024-04-01", "2026-03-31")


def test_an_end_within_the_edition_is_told(client):
    found = edition()
    found.board.closed_on = dt.date(2025, 9, 30)
    found.board.save()
    Seat.objects.filter(pk=found.place.pk).update(ends_at=moment(2025, 10, 1))
    told = read(client)
    assert next(one for one in told["organizations"] if one["name"] == "Delivery")["dissolution_date"] == "2025-09-30"
    assert told["posts"][0]["end_date"] == told["memberships"][0]["end_date"] == "2025-09-30"


def test_an_agency_of_which_another_is_a_part_is_in_it(client):
    found = edition()
    service = AgencyFactory(slug="voice", part_of=AgencyFactory(slug="trust", name="The Trust"))
    SeatFactory(body=found.board, agency=service)
    names = {one["id"]: one for one in read(client)["organizations"]}
    assert names["agency/milton-keynes/voice"]["parent_id"] in names


# --- Who is led there ---


def test_the_front_page_leads_there_while_it_is_in_force(client, words):
    edition()
    response = client.get("/")
    assert f'href="{ADDRESS}"'.encode() in response.content
    assert "Milton Keynes, Handbook" in words(response)


@pytest.mark.parametrize("values", [{"published": ""}, {"last_day": dt.date(2025, 3, 31)}])
def test_the_front_page_leads_to_nothing_unpublished_or_over(client, words, values):
    edition(**values)
    response = client.get("/")
    assert b".json" not in response.content
    assert "open data" not in words(response)


@pytest.mark.parametrize(("published", "leads"), [("2024-10", True), ("", False)])
def test_the_page_of_an_edition_leads_there_where_it_is_published(as_user, published, leads):
    edition(published=published)
    page = as_user(OfficeFactory().person.user).get("/arrangements/handbook/").content
    assert (f'href="{ADDRESS}"'.encode() in page) == leads
