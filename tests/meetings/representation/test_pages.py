"""Partnership representation as people find it: the table, its orders and years, its files, and who may see it."""

import csv
import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from meetings.representation import reading
from tests.factories import (
    AnotherAreaFactory,
    AppointmentFactory,
    AttendanceFactory,
    BodyFactory,
    GrantFactory,
    MeetingFactory,
    OfficeFactory,
    SeatFactory,
)
from tests.meetings.representation.conftest import held

PAGE = "/boards/delivery/representation/"
ALL = "/boards/representation/"


@pytest.fixture
def member(as_user, delivery):
    return as_user(delivery.member)


# --- The table ---


def test_the_answer_stands_first_and_every_cell_has_a_word(member, words):
    text = words(member.get(PAGE))
    assert "Partnership representation, 2024-25 Delivery" in text
    assert (
        "Posts were represented at 4 of 8 chances (50.0 %): 3 times by the member in person, "
        "1 time by a deputy or substitute. 0 of 2 partners had somebody there every time." in text
    )
    assert "MKCC Adults Yes , 10 Apr Yes , 10 Jun Absent , 10 Jul 2 of 3 66.7 % 2 of 3" in text
    assert "Children's n/a , 10 Apr Deputy , 10 Jun Not recorded , 10 Jul 1 of 2 50.0 % 0 of 2" in text
    assert "TVP Commander Apologies , 10 Apr Apologies , 10 Jun Yes , 10 Jul 1 of 3 33.3 % 1 of 3" in text
    assert "All 3 members’ posts 1 of 2 50.0 % 2 of 3 66.7 % 1 of 3 33.3 % 4 of 8 50.0 % 3 of 8" in text


def test_a_partner_counts_when_anybody_came_for_it(member, words):
    text = words(member.get(PAGE))
    after = text[text.index("By partner: at least one person there") :]
    assert "MKCC Yes , 10 Apr Yes , 10 Jun No , 10 Jul 2 of 3 66.7 %" in after
    assert "TVP No , 10 Apr No , 10 Jun Yes , 10 Jul 1 of 3 33.3 %" in after


def test_each_cell_leads_to_its_meeting(member, delivery):
    content = member.get(PAGE).content.decode()
    for meeting in (delivery.april, delivery.june, delivery.july):
        # the head of both tables, three posts and two partners
        assert content.count(f'href="{meeting.get_absolute_url()}"') == 7


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("", ["Adults", "Children's", "Commander"]),
        ("partner", ["Adults", "Children's", "Commander"]),
        ("printed", ["Adults", "Commander", "Children's"]),
        ("lowest", ["Commander", "Children's", "Adults"]),
    ],
)
def test_the_order_stands_in_the_address(member, order, titles):
    context = member.get(PAGE, {"order": order} if order else {}).context
    assert [row["title"] for group in context["groups"] for row in group["rows"]] == titles


def test_a_year_or_an_order_that_there_is_not_is_left_out_and_said(member, words):
    for query in ({"year": "2019-20"}, {"year": "2024-26"}, {"year": "soon"}):
        text = words(member.get(PAGE, query))
        assert "The address asked for a year that there is not." in text
        assert "Partnership representation, 2024-25" in text
    assert "asked for a year and an order" in words(member.get(PAGE, {"year": "x", "order": "y"}))


def test_the_latest_year_with_a_meeting_is_shown_and_the_others_are_linked(member, delivery, words):
    held(delivery, 5, year=2022)
    response = member.get(PAGE)
    assert "Partnership representation, 2024-25" in words(response)
    assert "?year=2022-23&amp;order=partner" in response.content.decode()
    assert "2023-24" not in words(response)
    assert "Partnership representation, 2022-23" in words(member.get(PAGE, {"year": "2022-23"}))


def test_cancelled_meetings_and_those_not_closed_are_no_columns(member, delivery, words):
    starts_at = dt.datetime(2024, 8, 15, 9, 30, tzinfo=dt.UTC)
    MeetingFactory(body=delivery, cancelled=True, starts_at=starts_at)
    MeetingFactory(body=delivery, starts_at=starts_at + dt.timedelta(days=30))
    response = member.get(PAGE)
    assert len(response.context["columns"]) == 3
    assert "1 cancelled meeting is left out." in words(response)


def test_a_board_that_held_no_meeting_says_so(db, as_user, words):
    body = BodyFactory(slug="delivery", name="Delivery")
    text = words(as_user(AppointmentFactory(seat__body=body, with_account=True).person.user).get(PAGE))
    assert "No meeting of Delivery has been held." in text


def test_whoever_attends_without_a_place_stands_outside_the_totals(member, delivery, words):
    seat = SeatFactory(body=delivery, observer=True, post_only=True, title="Scrutineer", order=9)
    AttendanceFactory(meeting=delivery.april, seat=seat, represented=True)
    text = words(member.get(PAGE))
    assert "4 of 8 chances" in text
    assert "Scrutineer outside the totals Yes , 10 Apr" in text
    assert "With every row counted: 5 of 11" in text


# --- Months without a day ---


@pytest.fixture
def past(db):
    """A board of the past with one post, represented in April and not in July 2021; the days are not known."""
    body = BodyFactory(name="Management Board", slug="management", earlier=True)
    seat = SeatFactory(
        body=body,
        title="Governor",
        post_only=True,
        starts_at=dt.datetime(2021, 3, 1, tzinfo=dt.UTC),
        ends_at=dt.datetime(2022, 4, 1, tzinfo=dt.UTC),
    )
    for month, entry in ((4, "represented"), (7, "unknown")):
        meeting = MeetingFactory(body=body, only_month=True, starts_at=dt.datetime(2021, month, 1, tzinfo=dt.UTC))
        AttendanceFactory(meeting=meeting, seat=seat, **{entry: True})
    return body


def test_a_month_is_shown_and_no_day_and_not_who_came(as_user, past, words):
    response = as_user(OfficeFactory().person.user).get("/boards/management/representation/")
    text = words(response)
    assert "April 2021 July 2021 Of Represented" in text
    assert "Governor Yes , April 2021 No , July 2021 1 of 2 50.0 %" in text
    assert "By the member" not in text
    assert "The days of the meetings are not given." in text
    assert "as printed" in text
    assert "1 April" not in text


# --- Files ---


def test_csv_has_a_row_for_each_post_and_the_total(member):
    response = member.get(f"{PAGE}2024-25.csv")
    assert response["Content-Disposition"] == 'attachment; filename="representation-delivery-2024-25.csv"'
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][:6] == ["Partner", "Post", "10 Apr", "10 Jun", "10 Jul", "Represented"]
    assert rows[1] == ["MKCC", "Adults", "member", "member", "absent", "2", "3", "66.7", "2", "0"]
    assert rows[3] == ["MKCC", "Children's", "not applicable", "deputy", "not recorded", "1", "2", "50.0", "0", "1"]
    assert rows[-1] == ["", "All members' posts", "1 of 2", "2 of 3", "1 of 3", "4", "8", "50.0", "3", "1"]


def test_excel_has_posts_partners_and_notes_with_numbers_as_numbers(member):
    book = load_workbook(io.BytesIO(member.get(f"{PAGE}2024-25.xlsx").content))
    assert book.sheetnames == ["Posts", "Partners", "Notes"]
    assert [cell.value for cell in book["Posts"][2]] == [
        "MKCC", "Adults", "member", "member", "absent", 2, 3, 66.7, 2, 0,
    ]  # fmt: skip
    assert book["Partners"].max_row == 3
    assert book["Notes"]["A2"].value.startswith("Posts were represented at 4 of 8 chances")


def test_who_came_is_left_empty_in_a_file_where_it_is_not_known(as_user, past):
    response = as_user(OfficeFactory().person.user).get("/boards/management/representation/2021-22.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1][1:] == ["Governor", "represented", "not represented, reason unknown", "1", "2", "50.0", "", ""]


@pytest.mark.parametrize("name", ["2024-25.pdf", "2019-20.csv", "2024-26.csv", "soon.csv"])
def test_a_file_that_there_is_not_is_not_found(member, name):
    assert member.get(f"{PAGE}{name}").status_code == 404
    assert member.get(f"{ALL}{name}").status_code == 404


# --- All boards ---


def test_all_boards_of_a_year_add_up_for_whoever_reads_them(as_user, delivery, words):
    other = AppointmentFactory(seat__body=BodyFactory(name="Review", slug="review"))
    meeting = held(other.seat.body, 5)
    AttendanceFactory(meeting=meeting, seat=other.seat, person=other.person)
    text = words(as_user(OfficeFactory(scrutineer=True).person.user).get(ALL))
    assert "4 meetings held. 5 of 9 places were filled (55.6 %)" in text
    assert "Not filled: 2 apologies, 1 absent without word, 1 not recorded." in text
    assert "Delivery 3 4 of 8 50.0 % 3 1 2 1 1" in text
    assert "Review 1 1 of 1 100.0 % 1 0 0 0 0" in text
    assert "All 4 5 of 9 55.6 % 4 1 2 1 1" in text


def test_a_member_finds_their_own_boards_alone(member, words):
    AppointmentFactory(seat__body=BodyFactory(name="Review"))
    text = words(member.get(ALL))
    assert "Delivery 3 4 of 8" in text
    assert "Review" not in text


def test_the_file_of_all_boards_has_their_total(member):
    rows = list(csv.reader(io.StringIO(member.get(f"{ALL}2024-25.csv").content.decode("utf-8-sig"))))
    assert rows[-1] == ["All", "3", "0", "4", "8", "50.0", "3", "1", "2", "1", "0", "1"]


# --- Who may see it ---


def test_it_needs_a_sign_in(client, delivery):
    for path in (PAGE, ALL, f"{PAGE}2024-25.csv"):
        assert client.get(path).status_code == 302


def test_it_rejects_other_methods(member):
    for path in (PAGE, ALL, f"{PAGE}2024-25.csv", f"{ALL}2024-25.csv"):
        assert member.post(path).status_code == 405


def test_whoever_does_not_read_its_meetings_does_not_find_it(as_user, delivery):
    elsewhere = BodyFactory(area=AnotherAreaFactory())
    colleague = AppointmentFactory(with_account=True).person.user
    outsider = AppointmentFactory(seat__body=elsewhere, with_account=True).person.user
    emergency = GrantFactory(kind="emergency", thing=delivery.april, emergency=True, with_account=True).person.user
    for user in (colleague, outsider, emergency):
        assert as_user(user).get(PAGE).status_code == 404
        assert as_user(user).get(f"{PAGE}2024-25.csv").status_code == 404


def test_a_single_meeting_that_an_emergency_opens_adds_neither_a_board_nor_a_year(delivery):
    other = BodyFactory(name="Other", slug="other")
    for meeting in (held(other, 5), held(other, 5, year=2019)):
        GrantFactory(thing=meeting, person=delivery.member.person, emergency=True)
    found = reading.of_all(delivery.member, dt.date(2019, 4, 1), dt.date(2025, 3, 31))
    assert [board.name for board in found] == ["Delivery"]
    assert reading.years_held(delivery.member) == [2024]


def test_a_board_that_is_none_is_not_found(member):
    assert member.get("/boards/nothing/representation/").status_code == 404


def test_the_pages_of_boards_lead_there_for_whoever_reads_them(member, as_user, delivery):
    assert PAGE in member.get("/boards/delivery/").content.decode()
    assert ALL in member.get("/boards/").content.decode()
    colleague = as_user(AppointmentFactory(with_account=True).person.user)
    assert PAGE not in colleague.get("/boards/delivery/").content.decode()


# --- Its cost ---


def more(body, number):
    for count in range(number):
        taken = AppointmentFactory(seat=SeatFactory(body=body))
        meeting = held(body, 9, day=1 + count % 28, year=2024 if count % 2 else 2023)
        AttendanceFactory(meeting=meeting, seat=taken.seat, person=taken.person)
        BodyFactory()


@pytest.mark.parametrize(("address", "queries"), [(PAGE, 9), (ALL, 9), (f"{PAGE}2024-25.csv", 9)])
def test_its_queries_do_not_grow(member, delivery, django_assert_num_queries, address, queries):
    more(delivery, 3)
    with django_assert_num_queries(queries):
        member.get(address)
    starts = dt.datetime(2025, 1, 2, 9, tzinfo=dt.UTC)
    for count in range(20):
        MeetingFactory(body=delivery, closed=True, starts_at=starts + dt.timedelta(hours=count))
    for _place in range(300 // 20):
        AppointmentFactory(seat=SeatFactory(body=delivery))
    with django_assert_num_queries(queries):
        member.get(address)
