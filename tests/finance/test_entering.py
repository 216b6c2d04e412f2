"""Entering money by the forms: bad input gets its sentence at the field and keeps what was typed."""

from decimal import Decimal

import pytest

from finance.models import BudgetLine, Contribution, FinancialYear, PublishedFigure
from records import submissions
from tests.access import walking
from tests.factories import AgencyFactory, BudgetLineFactory, ContributionFactory, PublishedFigureFactory

pytestmark = pytest.mark.django_db
READ_ONLY = {"money:list", "money:year", "money:figure", "money:export"}


@pytest.fixture
def client(as_user, editor):
    return as_user(editor, confirmed=True)


def at(year, rest=""):
    return f"{year.get_absolute_url()}{rest}"


def typed(partner, **values):
    return {"agency": partner.pk, "strand": "children", "amount": "1,974", "payer": "TV Police"} | values


NO_MINUS = "Enter what was paid, a penny or more, without a minus. The portal writes the sign of the ledger itself"
COMMAS = "Enter the amount with commas between thousands alone and a point before the pence, such as 3,200.50"
ABSURD = "Enter an amount of £999,999,999.99 at most. Check the number of noughts"


def day(name, text):
    return dict(zip((f"{name}_0", f"{name}_1", f"{name}_2"), text.split(), strict=True))


def test_every_page_that_enters_money_asks_afresh_and_no_page_that_reads_it():
    asking = {name for name, view in walking.routes() if getattr(view, "asks_afresh", False)}
    ours = {name for name, _view in walking.routes() if name.startswith("money:")}
    assert ours - asking == READ_ONLY


# --- Contributions ---


def test_it_enters_a_contribution_and_comes_back_to_the_year(client, year, agency, words):
    answer = client.post(at(year, "contributions/new/"), typed(agency), follow=True)
    assert answer.redirect_chain == [(year.get_absolute_url(), 302)]
    assert "The contribution is entered." in words(answer)
    made = Contribution.objects.get()
    assert (made.amount, made.payer) == (-1974, "TV Police")


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1,234.50", "1234.50"), ("£1,234", "1234"), ("£ 1 234.5", "1234.50"), ("0.01", "0.01"), ("1974", "1974")],
)
def test_amounts_are_read_as_people_write_them(client, year, agency, text, amount):
    client.post(at(year, "contributions/new/"), typed(agency, amount=text))
    assert Contribution.objects.get().amount == -Decimal(amount)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"amount": ""}, "amount", "Enter the amount, such as 1,234.50"),
        ({"amount": "-5"}, "amount", NO_MINUS),
        ({"amount": "−5"}, "amount", NO_MINUS),
        ({"amount": "0"}, "amount", NO_MINUS),
        ({"amount": "5.005"}, "amount", "Enter the amount in pounds and pence, such as 3,200.50"),
        ({"amount": "12,34"}, "amount", COMMAS),
        ({"amount": "five"}, "amount", "Enter the amount in pounds, such as 3,200 or 3,200.50"),
        ({"amount": "NaN"}, "amount", "Enter the amount in pounds, such as 3,200 or 3,200.50"),
        ({"amount": "1000000000"}, "amount", ABSURD),
        ({"amount": "9" * 40}, "amount", ABSURD),
        ({"strand": ""}, "strand", "Choose what the contribution is for"),
        ({"agency": ""}, "agency", "Choose the partner"),
        ({"agency": "0"}, "agency", "Choose a partner from the list"),
        ({"payer": "x" * 121}, "payer", "Shorten “Payer, as printed” to 120 characters. It has 121"),
    ],
)  # fmt: skip
def test_bad_input_gets_its_sentence_and_nothing_typed_is_lost(client, year, agency, values, field, sentence):
    answer = client.post(at(year, "contributions/new/"), typed(agency, note="Typed before", **values))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert set(answer.context["form"].errors) == {field}
    html = answer.content.decode()
    assert 'value="Typed before"' in html
    assert f'value="{values.get("amount", "1,974")}"' in html
    assert not Contribution.objects.exists()


def test_a_second_contribution_of_a_partner_is_refused_at_the_field(client, year, agency):
    ContributionFactory(year=year, agency=agency)
    answer = client.post(at(year, "contributions/new/"), typed(agency))
    assert answer.status_code == 422
    assert "Change that one instead" in answer.context["form"].errors["agency"][0]


def test_the_same_form_sent_twice_enters_once(client, year, agency, words):
    form = typed(agency, submission=submissions.new_token())
    client.post(at(year, "contributions/new/"), form)
    assert "This form was already sent" in words(client.post(at(year, "contributions/new/"), form, follow=True))
    assert Contribution.objects.count() == 1


def test_a_contribution_is_changed_with_its_own_amount_in_the_form(client, year, agency, words):
    made = ContributionFactory(year=year, agency=agency, amount=Decimal("-1974.50"))
    page = client.get(made.get_absolute_url())
    assert 'value="1,974.50"' in page.content.decode()
    client.post(made.get_absolute_url(), {"strand": "adults", "amount": "5", "agency": AgencyFactory().pk})
    made.refresh_from_db()
    assert (made.amount, made.strand, made.agency) == (-5, "adults", agency)


def test_removing_asks_first_and_what_was_removed_is_brought_back_from_the_page(client, year, agency, words):
    made = ContributionFactory(year=year, agency=agency)
    question = client.get(f"{made.get_absolute_url()}remove/")
    assert "Children’s, £1,974. It counts no longer" in words(question)
    assert not Contribution.objects.get().is_removed
    page = client.post(f"{made.get_absolute_url()}remove/", follow=True)
    assert "Bring it back : TVP, children’s: £1,974" in words(page)
    assert client.get(made.get_absolute_url()).status_code == 404
    page = client.post(f"{made.get_absolute_url()}restore/", follow=True)
    assert "It is back." in words(page)
    assert client.post(f"{made.get_absolute_url()}restore/").status_code == 404


def test_what_cannot_be_brought_back_says_why(client, year, agency, words):
    gone = ContributionFactory(year=year, agency=agency, gone=True)
    ContributionFactory(year=year, agency=agency)
    page = client.post(f"{gone.get_absolute_url()}restore/", follow=True)
    assert "Change that one instead" in words(page)


def test_a_record_of_another_year_is_not_found_under_this_one(client, year):
    elsewhere = ContributionFactory()
    for rest in (f"contributions/{elsewhere.pk}/", "contributions/99999999999999999999999/", "lines/7/"):
        assert client.get(at(year, rest)).status_code == 404


# --- Lines ---


def test_lines_are_entered_changed_moved_and_removed(client, year, words):
    for name in ("Staff", "Training"):
        client.post(at(year, "lines/new/"), {"kind": "expenditure", "name": name, "amount": "£1,000"})
    staff, training = BudgetLine.objects.order_by("order")
    answer = client.post(f"{training.get_absolute_url()}move/", {"to": "up"})
    assert answer["Location"] == f"{year.get_absolute_url()}#line-{training.pk}"
    assert list(BudgetLine.objects.order_by("order")) == [training, staff]
    page = client.get(staff.get_absolute_url())
    assert 'value="1,000.00"' in page.content.decode()
    seen = page.context["form"].initial["seen"]
    client.post(staff.get_absolute_url(), {"name": "Employees", "amount": "-12.50", "seen": seen})
    staff.refresh_from_db()
    assert (staff.name, staff.amount) == ("Employees", Decimal("-12.50"))
    client.post(f"{staff.get_absolute_url()}remove/")
    page = client.post(f"{staff.get_absolute_url()}restore/", follow=True)
    assert "It is back." in words(page)


def test_a_line_that_is_there_already_is_refused_at_its_name(client, year):
    BudgetLineFactory(year=year, name="Staff")
    answer = client.post(at(year, "lines/new/"), {"kind": "expenditure", "name": "Staff", "amount": "5"})
    assert "has a line “Staff” already" in answer.context["form"].errors["name"][0]


# --- Print ---


def test_the_team_chooses_a_figure_enters_what_was_printed_and_explains(as_user, team, year, words):
    client = as_user(team, confirmed=True)
    chosen = client.post(at(year, "printed/new/"), {"figure": "contributions"})
    assert chosen["Location"] == at(year, "figures/contributions/printed/")
    page = client.post(chosen["Location"], {"amount": "257,880", "source": "Report", "place": "B"}, follow=True)
    assert "Differs by £257,880, not explained" in words(page)
    assert PublishedFigure.objects.get().amount == -257880
    explain = at(year, "figures/contributions/explain/")
    assert "Printed: £257,880, in Report, B." in words(client.get(explain))
    assert client.post(explain, {"text": ""}).context["form"].errors == {
        "text": ["Enter the explanation. Where the source gives none, say so"]
    }
    page = client.post(explain, {"text": "The source gives no cause."}, follow=True)
    assert "Differs by £257,880, explained" in words(page)
    assert f"Accepted by {team.person.post}" in words(page)
    assert client.get(at(year, "contributions/new/")).status_code == 404


def test_what_was_printed_is_removed_once_confirmed_and_brought_back(client, year, words):
    printed = PublishedFigureFactory(year=year)
    remove = at(year, "figures/contributions/printed/remove/")
    assert "Contributions, £257,880, in Annual report." in words(client.get(remove))
    page = client.post(remove, follow=True)
    assert "Bring it back : Printed, contributions: £257,880" in words(page)
    assert client.get(remove).status_code == 404
    client.post(at(year, f"printed/{printed.pk}/restore/"))
    assert not PublishedFigure.objects.get().is_removed


@pytest.mark.parametrize(
    "rest", ["figures/position/printed/", "figures/nothing/printed/", "figures/adults/explain/", "figures/x/explain/"]
)
def test_there_is_no_form_for_what_is_never_printed_or_does_not_differ(client, year, rest):
    assert client.get(at(year, rest)).status_code == 404


# --- Years ---


def test_the_form_for_the_next_year_knows_its_days_and_the_balance(client, year, words):
    BudgetLineFactory(year=year, brought_forward=True, amount=Decimal(-700))
    page = client.get("/money/new/")
    assert f"Computed from the records of {year.name}" in words(page)
    assert "£700" in words(page)
    assert page.context["form"].initial["first_day"] > year.last_day
    first = page.context["form"].initial["first_day"]
    form = day("first_day", f"1 4 {first.year}") | day("last_day", f"31 3 {first.year + 1}") | {"bring_forward": "on"}
    opened = client.post("/money/new/", form, follow=True)
    assert "The year is open." in words(opened)
    assert BudgetLine.objects.get(year=FinancialYear.objects.first()).read == 700


def test_the_first_year_has_no_balance_to_bring_forward(client, words):
    page = client.get("/money/new/")
    assert "Bring the balance forward" not in words(page)
    client.post("/money/new/", day("first_day", "1 4 2031") | day("last_day", "31 3 2032"))
    assert FinancialYear.objects.get().name == "2031-32"


@pytest.mark.parametrize(
    ("first", "last", "field", "sentence"),
    [
        ("1 4 2031", "31 3 2031", "last_day", "Enter a last day that is after the first."),
        ("1 4 2031", "", "last_day", "Enter the last day of the year"),
        ("1 4 2031", "31 3 2039", "last_day", "Enter a last day at most eighteen months after the first."),
        ("31 2 2031", "31 3 2032", "first_day", "February 2031 has no day 31. Check the day and the month"),
    ],
)
def test_days_that_cannot_be_get_their_sentence(client, first, last, field, sentence):
    form = day("first_day", first) | (day("last_day", last) if last else {})
    answer = client.post("/money/new/", form)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [sentence]}
    assert f'value="{first.split()[2]}"' in answer.content.decode()


def test_a_year_that_overlaps_says_with_which(client, year):
    first = year.last_day
    form = day("first_day", f"{first.day} {first.month} {first.year}") | day("last_day", f"30 3 {first.year + 1}")
    answer = client.post("/money/new/", form)
    assert f"It shares days with {year.name}" in answer.context["form"].errors["first_day"][0]
