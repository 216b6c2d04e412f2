"""The figures of a year as files: what somebody sees on the page, and nothing more."""

import csv
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from records.models import Event
from tests.factories import AgencyFactory, BudgetLineFactory, ContributionFactory, PublishedFigureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(year, agency):
    ContributionFactory(year=year, agency=agency, amount=Decimal("-600.00"), payer="=SUM(A1)")
    ContributionFactory(year=year, agency=AgencyFactory(short_name="MKCC"), strand="adults", amount=Decimal("-400.00"))
    BudgetLineFactory(year=year, name="Staff", amount=Decimal("1500.50"))
    PublishedFigureFactory(year=year, amount=Decimal("-900.00"))
    return year


def table(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_contributions_as_csv_with_their_sum(as_user, money, editor):
    answer = as_user(editor).get(f"{money.get_absolute_url()}files/contributions.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="contributions-{money.name}.csv"'
    head, first, second, total = table(answer)
    assert head[:3] == ["Partner", "Name", "Payer, as printed"]
    assert first == ["TVP", "Thames Valley Police", "'=SUM(A1)", "600.00", "", "", "600.00", "60.00", ""]
    assert second[0] == "MKCC"
    assert total == ["All", "", "", "600.00", "400.00", "", "1000.00", "100.00", ""]


def test_a_file_is_narrowed_as_the_page_is(as_user, money, editor):
    answer = as_user(editor).get(f"{money.get_absolute_url()}files/contributions.csv?strand=adults")
    assert [row[0] for row in table(answer)] == ["Partner", "MKCC", "All"]


def test_a_workbook_holds_all_three_tables_with_numbers_as_numbers(as_user, money, editor):
    answer = as_user(editor).get(f"{money.get_absolute_url()}files/money.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Contributions", "Budget", "Printed and computed"]
    assert [cell.value for cell in book["Contributions"][2]][:7] == [
        "TVP", "Thames Valley Police", "=SUM(A1)", 600, None, None, 600,
    ]  # fmt: skip
    assert book["Contributions"]["C2"].data_type == "s"
    rows = [[cell.value for cell in row] for row in book["Budget"].iter_rows()]
    assert ["Expenditure", "Staff", 1500.5] in rows
    assert ["Carried forward", "Computed", -500.5] in rows
    assert [cell.value for cell in book["Printed and computed"][2]][:4] == ["Contributions", 900, 1000, 100]


def test_a_member_takes_away_what_the_page_shows_them(as_user, money, readers):
    client = as_user(readers.member)
    rows = table(client.get(f"{money.get_absolute_url()}files/contributions.csv"))
    assert [row[0] for row in rows] == ["Partner", "TVP", "Other partners", "All"]
    assert [row[6] for row in rows] == ["Total £", "600.00", "400.00", "1000.00"]
    assert "Staff" not in client.get(f"{money.get_absolute_url()}files/budget.csv").content.decode()
    assert len(table(client.get(f"{money.get_absolute_url()}files/printed.csv"))) == 1


def test_taking_a_file_is_in_the_history(as_user, money, editor):
    client = as_user(editor)
    client.head(f"{money.get_absolute_url()}files/money.xlsx")
    assert not Event.objects.filter(verb="money.exported").exists()
    client.get(f"{money.get_absolute_url()}files/money.xlsx")
    event = Event.objects.get(verb="money.exported")
    assert (event.target_id, event.actor_id) == (money.pk, editor.pk)


@pytest.mark.parametrize("name", ["money.csv", "contributions.xlsx", "other.csv", "money", ".csv"])
def test_there_is_no_other_file(as_user, money, editor, name):
    assert as_user(editor).get(f"{money.get_absolute_url()}files/{name}").status_code == 404
