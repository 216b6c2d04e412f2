"""Who reads which money: everything, the budget, their own organisation's part, or nothing at all."""

import pytest

from finance import access, queries
from finance.models import BudgetLine, Contribution, Explanation, FinancialYear, PublishedFigure
from tests.factories import (
    AnotherAreaFactory,
    BudgetLineFactory,
    ContributionFactory,
    ExplanationFactory,
    OfficeFactory,
    PublishedFigureFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(year, agency):
    """One of each, with a contribution of the member's organisation beside another's."""
    mine = ContributionFactory(year=year, agency=agency)
    others = ContributionFactory(year=year)
    BudgetLineFactory(year=year)
    PublishedFigureFactory(year=year)
    ExplanationFactory(year=year)
    return mine, others


def seen(user):
    """How many of each kind somebody reads."""
    models = (FinancialYear, Contribution, BudgetLine, PublishedFigure, Explanation)
    return tuple(model.objects.visible_to(user).count() for model in models)


@pytest.mark.parametrize(
    ("who", "counts"),
    [
        ("chair", (1, 2, 1, 1, 1)),
        ("scrutineer", (1, 2, 1, 1, 1)),
        ("partner", (1, 0, 1, 1, 1)),
        ("member", (1, 1, 0, 0, 0)),
        ("group_chair", (0, 0, 0, 0, 0)),
        ("governance", (0, 0, 0, 0, 0)),
    ],
)
def test_each_role_reads_what_the_table_of_roles_says(money, readers, who, counts):
    assert seen(getattr(readers, who)) == counts
    assert bool(access.finds_money(getattr(readers, who))) == bool(counts[0])


@pytest.mark.parametrize("who", ["chair", "scrutineer", "partner", "member", "group_chair", "governance"])
def test_a_page_and_the_querysets_agree_on_what_is_read(money, year, readers, who):
    user = getattr(readers, who)
    paid = {one.record for one in queries.contributions_of(year, user)}
    assert paid == set(Contribution.objects.visible_to(user).values_list("pk", flat=True))
    lines = {line.record for line in queries.lines_of(year, user)}
    assert lines == set(BudgetLine.objects.visible_to(user).values_list("pk", flat=True))
    compared = queries.summary_of(year, user).compared
    assert len(compared) == PublishedFigure.objects.visible_to(user).count()


def test_the_finance_editor_and_the_team_read_everything(money, editor, team):
    assert seen(editor) == seen(team) == (1, 2, 1, 1, 1)


def test_a_member_reads_what_their_own_organisation_paid_and_a_partner_too(money, readers, agency):
    mine, _others = money
    assert list(Contribution.objects.visible_to(readers.member)) == [mine]
    of_the_agency = OfficeFactory(delegated_partner=True, person__agency=agency).person.user
    assert list(Contribution.objects.visible_to(of_the_agency)) == [mine]


def test_nobody_reads_the_money_of_another_area(money, editor):
    elsewhere = OfficeFactory(finance_editor=True, person__area=AnotherAreaFactory()).person.user
    assert seen(elsewhere) == (0, 0, 0, 0, 0)
    assert not access.may_enter(elsewhere, FinancialYear.objects.get())
    assert not access.may_reconcile(elsewhere, FinancialYear.objects.get())


def test_somebody_of_no_organisation_reads_no_contribution_by_being_of_none(money, readers):
    readers.member.person.agency = None
    readers.member.person.save()
    member = type(readers.member).objects.get(pk=readers.member.pk)
    assert not Contribution.objects.visible_to(member).exists()


def test_totals_are_of_everything_and_rows_of_what_one_sees(money, year, readers):
    summary = queries.summary_of(year, readers.member)
    assert [row.agency for row in summary.contributions] == ["TVP"]
    assert (summary.totals.total, summary.unseen) == (3948, 1974)
    assert (summary.expenditure, summary.lines, summary.compared) == (5298, (), ())
    assert queries.summary_of(year, readers.chair).unseen == 0


@pytest.mark.parametrize("rows", [3, 300])
def test_a_summary_costs_the_same_for_three_and_three_hundred_rows(year, editor, rows, django_assert_num_queries):
    ContributionFactory.create_batch(rows, year=year)
    BudgetLineFactory.create_batch(rows, year=year)
    PublishedFigureFactory(year=year)
    access.finds_money(editor)  # the standing, which a request loads once
    with django_assert_num_queries(4):
        summary = queries.summary_of(year, editor)
    assert (len(summary.contributions), len(summary.lines)) == (rows, rows)


@pytest.mark.parametrize("years", [3, 30])
def test_the_list_of_years_costs_the_same_for_three_and_thirty(editor, years, django_assert_num_queries):
    for _number in range(years):
        line = BudgetLineFactory()
        ContributionFactory(year=line.year)
        PublishedFigureFactory(year=line.year)
    access.finds_money(editor)
    with django_assert_num_queries(5):
        assert len(queries.summaries(editor)) == years
