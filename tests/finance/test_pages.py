"""The pages that read money: the answer first, who paid what, the position, print beside records."""

import re
from decimal import Decimal

import pytest

from records.models import Event
from tests.factories import (
    AgencyFactory,
    BudgetLineFactory,
    ContributionFactory,
    ExplanationFactory,
    FinancialYearFactory,
    PublishedFigureFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(year, agency, editor):
    """Two partners, three strands, a position that uses less than was paid, and one difference explained of two."""
    ContributionFactory(year=year, agency=agency, amount=Decimal("-600.00"), payer="TV Police")
    council = AgencyFactory(short_name="MKCC", name="Milton Keynes City Council", slug="mkcc")
    ContributionFactory(year=year, agency=council, amount=Decimal("-1000.00"))
    ContributionFactory(year=year, agency=council, strand="adults", amount=Decimal("-400.00"), note="Received late.")
    BudgetLineFactory(year=year, brought_forward=True, amount=Decimal("-500.00"))
    BudgetLineFactory(year=year, contributions=True, amount=Decimal("-1900.00"))
    BudgetLineFactory(year=year, name="Staff", amount=Decimal("1500.50"))
    PublishedFigureFactory(year=year, amount=Decimal("-1900.00"), source="Annual report")
    PublishedFigureFactory(year=year, figure="carried-forward", amount=Decimal("-899.00"), source="Annual report")
    ExplanationFactory(year=year, difference=Decimal("100.00"), text="The source gives no cause.", accepted_by=editor)
    return year


@pytest.fixture
def see(as_user, editor):
    """What the finance editor is shown at an address."""
    return as_user(editor, confirmed=True).get


def test_the_answer_comes_first_with_its_arithmetic(see, money, words):
    text = words(see(money.get_absolute_url()))
    assert "Partners contributed £2,000, and £899.50 is carried forward." in text
    assert (
        "The year-end position uses £1,900 of contributions: with £500 brought forward, £2,400 was available and "
        "£1,500.50 was spent, £399.50 less than came in during the year. MKCC paid 70 pence of every pound."
    ) in text
    assert text.index("Partners contributed") < text.index("What each partner paid")


def test_the_table_has_strands_totals_and_shares_and_says_none_in_words(see, money, words):
    text = words(see(money.get_absolute_url()))
    assert "Partner Children’s Adults Total Share %" in text
    assert "printed as TV Police" in text
    assert re.search(r"TVP .* 600 : change TVP, Children’s none 600 30.00", text)
    assert "Received late." in text
    assert "All 1,600 400 2,000 100.00" in text


def test_bars_are_drawn_on_the_server_with_a_pattern_for_each_strand(see, money):
    html = see(money.get_absolute_url()).content.decode()
    bars = re.findall(r'<svg class="bars__bar".*?</svg>', html)
    assert len(bars) == 2
    assert 'x="0.00%" y="1" width="71.43%" height="18" fill="url(#fill-solid)"' in bars[0]
    assert 'x="71.43%" y="1" width="28.57%" height="18" fill="url(#fill-hatched)"' in bars[0]
    for fill in re.findall(r"url\(#([a-z-]+)\)", html):
        assert f'<pattern id="{fill}"' in html
    assert "style=" not in html


def test_print_stands_beside_records_with_the_explanation_and_what_is_open(see, money, words, editor):
    text = words(see(money.get_absolute_url()))
    assert "2 differences, 1 without an explanation" in text
    assert "Differs by £100, explained The source gives no cause. Accepted by " + editor.person.post in text
    assert "Differs by £0.50, not explained Explain it : Carried forward" in text


def test_a_member_reads_the_totals_and_their_own_part_and_no_more(as_user, money, readers, words):
    answer = as_user(readers.member).get(money.get_absolute_url())
    text = words(answer)
    assert "and £899.50 is carried forward" in text
    assert "TVP Thames Valley Police, printed as TV Police 600 none 600 30.00" in text
    assert "Other partners" in text
    for hidden in ("MKCC", "Staff", "The source gives no cause.", "Annual report", "Change", "Enter", "Removed"):
        assert hidden not in text


def test_a_partner_reads_the_lines_and_print_but_no_other_partners_part(as_user, money, readers, words):
    text = words(as_user(readers.partner).get(money.get_absolute_url()))
    assert "Staff" in text
    assert "The source gives no cause." in text
    assert "MKCC" not in text


def test_a_strand_and_an_order_stay_in_the_address_and_in_the_files(see, money, words):
    address = f"{money.get_absolute_url()}?strand=adults&sort=partner"
    answer = see(address)
    text = words(answer)
    assert "Partner Adults Total Share %" in text
    assert "TVP" not in text.split("Year-end position")[0].split("Share %")[1]
    assert "contributions.csv?strand=adults&amp;sort=partner" in answer.content.decode()
    by_name = see(f"{money.get_absolute_url()}?sort=partner").content.decode()
    assert by_name.index("Milton Keynes City Council") < by_name.index("Thames Valley Police")


def test_a_choice_that_there_is_not_is_left_out_and_said(see, money, words):
    assert "The address asked for a strand and a sort that there is not." in words(
        see(f"{money.get_absolute_url()}?strand=x&sort=y")
    )


@pytest.mark.parametrize("key", ["contributions", "carried-forward", "expenditure", "surplus", "partner-mkcc"])
def test_a_figure_is_made_of_records_that_add_up_to_it(see, money, key):
    answer = see(f"{money.get_absolute_url()}figures/{key}/")
    parts = answer.context["parts"]
    assert (
        sum(part["value"] for part in parts)
        == {
            "contributions": 2000,
            "carried-forward": Decimal("899.50"),
            "expenditure": Decimal("1500.50"),
            "surplus": Decimal("399.50"),
            "partner-mkcc": 1400,
        }[key]
    )


@pytest.mark.parametrize("who", ["member", "partner", "chair"])
@pytest.mark.parametrize("key", ["contributions", "carried-forward", "expenditure", "income-available", "position"])
def test_for_every_reader_the_parts_add_up_to_the_figure(as_user, money, readers, who, key):
    answer = as_user(getattr(readers, who)).get(f"{money.get_absolute_url()}figures/{key}/")
    shown = answer.context["amount"].replace("£", "").replace(",", "")
    assert sum(part["value"] for part in answer.context["parts"]) == Decimal(shown)


def test_a_figure_leads_to_the_history_of_its_records(see, money, words):
    html = see(f"{money.get_absolute_url()}figures/contributions/").content.decode()
    (address, *_rest) = re.findall(r'href="(/history/of/contribution/\d+/)"', html)
    assert len(_rest) == 2
    assert see(address).status_code == 200


@pytest.mark.parametrize("key", ["nothing", "partner-nobody", "partner-mkcc"])
def test_there_is_no_page_of_a_figure_that_one_does_not_see(as_user, money, readers, key):
    assert as_user(readers.member).get(f"{money.get_absolute_url()}figures/{key}/").status_code == 404


def test_a_year_without_figures_says_so_and_leads_on(see, year, words):
    text = words(see(year.get_absolute_url()))
    assert "No contribution is entered yet." in text
    assert "No line of the year-end position is entered yet." in text
    assert "Enter the first" in text


def test_the_list_shows_each_year_with_its_balance(see, money, words):
    FinancialYearFactory()
    text = words(see("/money/"))
    assert "2 financial years" in text
    assert "£2,000 £1,500.50 £899.50 2 differences, 1 without an explanation" in text
    assert "£0 not entered yet not entered yet" in text


def test_an_area_without_a_year_is_told_to_open_one(see, words):
    assert "No financial year is open yet. Open the first" in words(see("/money/"))


@pytest.mark.parametrize("rows", [3, 300])
def test_the_page_takes_nine_queries_for_three_and_for_three_hundred_rows(
    as_user, money, editor, rows, django_assert_num_queries
):
    ContributionFactory.create_batch(rows, year=money)
    BudgetLineFactory.create_batch(rows, year=money)
    ContributionFactory.create_batch(rows, year=money, gone=True)
    client = as_user(editor)
    client.get(money.get_absolute_url())
    with django_assert_num_queries(9):
        client.get(money.get_absolute_url())


def test_money_stands_in_the_head_of_the_page_for_those_who_read_it(as_user, readers, words):
    assert " Money " in words(as_user(readers.member).get("/"))
    assert " Money " not in words(as_user(readers.governance).get("/"))


def test_reading_writes_nothing_down(as_user, money, readers):
    as_user(readers.chair).get(money.get_absolute_url())
    assert not Event.objects.filter(verb__startswith="money").exists()
