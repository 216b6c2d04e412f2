"""What the database promises of money, whoever writes to it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from finance.models import FinancialYear
from tests.factories import (
    AnotherAreaFactory,
    BudgetLineFactory,
    ContributionFactory,
    ExplanationFactory,
    FinancialYearFactory,
    PublishedFigureFactory,
)

pytestmark = pytest.mark.django_db


def refused(make, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**values)


YEAR = {"name": "2030-31", "first_day": dt.date(2030, 4, 1), "last_day": dt.date(2031, 3, 31)}


@pytest.mark.parametrize(
    ("first_day", "last_day"),
    [
        (dt.date(2030, 4, 1), dt.date(2031, 3, 31)),
        (dt.date(2031, 3, 31), dt.date(2032, 3, 31)),
        (dt.date(2029, 4, 1), dt.date(2030, 4, 1)),
        (dt.date(2030, 6, 1), dt.date(2030, 7, 1)),
    ],
)
def test_no_two_years_of_an_area_share_a_day(first_day, last_day):
    FinancialYearFactory(**YEAR)
    refused(FinancialYearFactory, name="another", first_day=first_day, last_day=last_day)
    FinancialYearFactory(area=AnotherAreaFactory(), name="another", first_day=first_day, last_day=last_day)


def test_a_year_is_not_moved_onto_another():
    FinancialYearFactory(**YEAR)
    after = FinancialYearFactory(name="2031-32", first_day=dt.date(2031, 4, 1), last_day=dt.date(2032, 3, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        FinancialYear.objects.filter(pk=after.pk).update(first_day=dt.date(2031, 3, 31))


@pytest.mark.parametrize("values", [{"last_day": dt.date(2030, 4, 1)}, {"last_day": dt.date(2029, 4, 1)}, {"name": ""}])
def test_a_year_has_a_name_and_ends_after_it_begins(values):
    refused(FinancialYearFactory, **YEAR | values)


@pytest.mark.parametrize("amount", ["0", "0.01", "1974", "-1000000000"])
def test_a_contribution_is_income_of_a_size_that_can_be(amount):
    refused(ContributionFactory, amount=Decimal(amount))


def test_a_partner_contributes_once_to_a_strand_of_a_year_but_for_what_was_removed():
    first = ContributionFactory()
    same = {"year": first.year, "agency": first.agency, "strand": first.strand}
    ContributionFactory(**same, gone=True)
    refused(ContributionFactory, **same)
    ContributionFactory(**same | {"strand": "adults"})
    refused(ContributionFactory, strand="somebody")


@pytest.mark.parametrize("trait", ["brought_forward", "contributions"])
def test_a_position_has_one_line_for_each_kind_of_income(trait):
    line = BudgetLineFactory(**{trait: True})
    same = {"year": line.year, trait: True, "name": "Another"}
    refused(BudgetLineFactory, **same)
    BudgetLineFactory(**same, gone=True)


def test_lines_of_expenditure_have_names_of_their_own():
    line = BudgetLineFactory()
    refused(BudgetLineFactory, year=line.year, name=line.name)
    refused(BudgetLineFactory, name="")
    refused(BudgetLineFactory, kind="something")
    refused(BudgetLineFactory, contributions=True, amount=Decimal(1))
    BudgetLineFactory(year=line.year, amount=Decimal("-12.50"))


def test_a_figure_is_printed_once_with_its_document():
    printed = PublishedFigureFactory()
    refused(PublishedFigureFactory, year=printed.year)
    refused(PublishedFigureFactory, source="")
    refused(PublishedFigureFactory, figure="position")
    refused(PublishedFigureFactory, figure="something")


def test_an_explanation_is_of_a_difference_and_says_something():
    explanation = ExplanationFactory()
    refused(ExplanationFactory, year=explanation.year)
    refused(ExplanationFactory, difference=Decimal(0))
    refused(ExplanationFactory, text="")


@pytest.mark.parametrize("make", [ContributionFactory, BudgetLineFactory, PublishedFigureFactory])
def test_what_is_removed_says_when_and_by_whom(make, editor):
    refused(make, removed_by=editor)
