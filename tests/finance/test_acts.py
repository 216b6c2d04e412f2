"""What the finance editor and the team do: each act whole, signed, in the history, and refused with a sentence."""

import datetime as dt
from decimal import Decimal

import pytest

from finance import actions, queries
from finance.models import BudgetLine, Contribution, Explanation, FinancialYear, PublishedFigure
from mktogether.lib.verdict import Refusal
from records import submissions
from records.models import EarlierValue, Event
from tests.factories import (
    AgencyFactory,
    AnotherAreaFactory,
    BudgetLineFactory,
    ContributionFactory,
    FinancialYearFactory,
    PublishedFigureFactory,
)

pytestmark = pytest.mark.django_db


def last_event():
    return Event.objects.latest("id")


def refused(act, *args, **values):
    before = Event.objects.count()
    with pytest.raises(Refusal) as refusal:
        act(*args, **values)
    assert Event.objects.count() == before
    return refusal.value.sentence, refusal.value.field


def newest(record):
    """The newest change of ``record``, as somebody sees it who opens it now."""
    return queries.changes_of(record).latest("id").pk


def summary(year, user):
    return queries.summary_of(year, type(user).objects.get(pk=user.pk))


@pytest.fixture
def paid(year, agency, editor):
    """A contribution of £1,974."""
    return actions.add_contribution(year, by=editor, agency=agency, strand="children", amount=Decimal(1974))


# --- Contributions ---


def test_a_contribution_stands_in_the_ledger_below_nothing_and_in_the_history(year, agency, editor, paid):
    assert (paid.amount, paid.strand, paid.payer) == (-1974, "children", "")
    event = last_event()
    assert (event.verb, event.actor_id, event.target_id, event.within_id) == (
        "contribution.added",
        editor.pk,
        paid.pk,
        year.pk,
    )
    assert summary(year, editor).totals.total == 1974


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"amount": Decimal(-5)}, "amount", "Enter what was paid as an amount above nothing"),
        ({"amount": Decimal(0)}, "amount", "Enter what was paid as an amount above nothing"),
        ({"amount": Decimal("1e9")}, "amount", "at most"),
        ({"amount": Decimal("1.005")}, "amount", "pounds and pence"),
        ({"strand": "somebody"}, "strand", "Choose what the contribution was for"),
        ({}, "agency", "TVP has a contribution (children’s) in"),
    ],
)
def test_a_contribution_that_cannot_be_is_refused(year, agency, editor, paid, values, field, sentence):
    asked = {"agency": agency, "strand": "children", "amount": Decimal(5)} | values
    said, where = refused(actions.add_contribution, year, by=editor, **asked)
    assert sentence in said
    assert where == field
    assert Contribution.objects.count() == 1


def test_a_partner_of_another_area_is_refused(year, editor):
    elsewhere = AgencyFactory(area=AnotherAreaFactory())
    said, _ = refused(actions.add_contribution, year, by=editor, agency=elsewhere, strand="children", amount=Decimal(5))
    assert said == "Choose a partner of this area."


def test_a_change_keeps_what_it_was_as_people_read_it(editor, paid):
    actions.change_contribution(
        paid, by=editor, seen=newest(paid), strand="adults", amount=Decimal("2000.50"), note="Late"
    )
    paid.refresh_from_db()
    assert (paid.amount, paid.strand, paid.note) == (Decimal("-2000.50"), "adults", "Late")
    kept = dict(EarlierValue.objects.filter(event=last_event()).values_list("field", "value"))
    assert kept == {"amount": "£1,974", "strand": "children", "note": ""}


def test_a_change_that_changes_nothing_writes_nothing(editor, paid):
    before = Event.objects.count()
    actions.change_contribution(paid, by=editor, seen=newest(paid), strand="children", amount=Decimal("1974.00"))
    assert Event.objects.count() == before


def test_what_is_removed_counts_no_longer_and_can_be_brought_back(year, editor, paid):
    actions.remove_contribution(paid, by=editor)
    assert summary(year, editor).totals.total == 0
    assert refused(actions.remove_contribution, paid, by=editor)[0] == "It was removed already."
    said, _ = refused(
        actions.change_contribution, paid, by=editor, seen=newest(paid), strand="adults", amount=Decimal(1)
    )
    assert f"was removed by {editor.person.post} on" in said
    assert "Bring it back first" in said
    actions.restore_contribution(paid, by=editor)
    assert summary(year, editor).totals.total == 1974
    assert list(Event.objects.values_list("verb", flat=True)) == [
        "contribution.added",
        "contribution.removed",
        "contribution.restored",
    ]


def test_what_was_entered_anew_since_is_in_the_way_of_bringing_back(year, agency, editor, paid):
    actions.remove_contribution(paid, by=editor)
    actions.add_contribution(year, by=editor, agency=agency, strand="children", amount=Decimal(7))
    assert "Change that one instead" in refused(actions.restore_contribution, paid, by=editor)[0]


def test_the_same_form_sent_twice_enters_once(year, agency, editor):
    form = {submissions.FIELD: submissions.new_token()}
    values = {"agency": agency, "strand": "adults", "amount": Decimal(5), "submission": form}
    actions.add_contribution(year, by=editor, **values)
    with pytest.raises(submissions.AlreadySubmitted) as first:
        actions.add_contribution(year, by=editor, **values)
    assert first.value.location == year.get_absolute_url()


# --- Lines ---


def add_line(year, editor, name, amount, kind="expenditure"):
    return actions.add_line(year, by=editor, kind=kind, name=name, amount=Decimal(amount))


def test_lines_take_the_signs_of_the_ledger(year, editor):
    add_line(year, editor, "Brought forward", 110138, "brought forward")
    add_line(year, editor, "Contributions", 257880, "contributions")
    add_line(year, editor, "Staff", 234073)
    assert sorted(BudgetLine.objects.values_list("amount", flat=True)) == [-257880, -110138, 234073]
    assert summary(year, editor).carried_forward == 133945


def test_what_was_overspent_before_is_brought_forward_below_nothing(year, editor):
    add_line(year, editor, "Brought forward", -500, "brought forward")
    assert BudgetLine.objects.get().amount == 500
    assert summary(year, editor).carried_forward == -500


@pytest.mark.parametrize(
    ("name", "amount", "kind", "field", "sentence"),
    [
        ("Staff", 5, "expenditure", "name", "has a line “Staff” already"),
        (" ", 5, "expenditure", "name", "Enter the name of the line"),
        ("Again", 5, "contributions", "kind", "has a line for this already: “Contributions”"),
        ("Contributions", -5, "contributions", "amount", "without a minus"),
        ("Fleet", 10**9, "expenditure", "amount", "at most"),
        ("Staff", 5, "something", "kind", "Choose what the line says"),
    ],
)
def test_a_line_that_cannot_be_is_refused(year, editor, name, amount, kind, field, sentence):
    BudgetLineFactory(year=year, name="Staff")
    BudgetLineFactory(year=year, contributions=True)
    said, where = refused(add_line, year, editor, name, amount, kind)
    assert sentence in said
    assert where == field


def test_lines_are_moved_changed_removed_and_brought_back(year, editor):
    first, second, third = (add_line(year, editor, name, 5) for name in ("One", "Two", "Three"))
    actions.move_line(third, by=editor, up=True)
    actions.move_line(first, by=editor, up=True)
    actions.move_line(second, by=editor, up=False)
    assert [line.name for line in summary(year, editor).lines] == ["One", "Three", "Two"]
    actions.change_line(second, by=editor, seen=newest(second), name="Zwei", amount=Decimal(7))
    actions.remove_line(first, by=editor)
    assert [(line.name, line.read) for line in summary(year, editor).lines] == [("Three", 5), ("Zwei", 7)]
    assert "was removed" in refused(actions.move_line, first, by=editor, up=True)[0]
    assert "was removed" in refused(actions.change_line, first, by=editor, seen=0, name="One", amount=Decimal(1))[0]
    actions.restore_line(first, by=editor)
    assert [line.name for line in summary(year, editor).lines] == ["One", "Three", "Zwei"]
    actions.remove_line(first, by=editor)
    add_line(year, editor, "One", 9)
    assert "already" in refused(actions.restore_line, first, by=editor)[0]


# --- Print and explanations ---


def enter(year, user, figure="contributions", amount=257880, **more):
    return actions.enter_published_figure(
        year, figure, by=user, amount=Decimal(amount), source="Report", place="Appendix B", **more
    )


def test_what_was_printed_is_entered_once_and_then_changed(year, team):
    enter(year, team)
    assert PublishedFigure.objects.get().amount == -257880
    enter(year, team, amount=258792)
    assert PublishedFigure.objects.get().amount == -258792
    assert last_event().verb == "published_figure.changed"
    assert EarlierValue.objects.get(event=last_event()).value == "£257,880"
    before = Event.objects.count()
    enter(year, team, amount=258792)
    assert Event.objects.count() == before


@pytest.mark.parametrize("figure", ["position", "something"])
def test_only_figures_that_are_printed_are_entered(year, team, figure):
    assert refused(enter, year, team, figure) == ("Choose the figure that was printed.", "figure")


def test_a_print_needs_its_document_and_an_amount_that_can_be(year, team):
    values = {"by": team, "amount": Decimal(5), "source": " "}
    assert refused(actions.enter_published_figure, year, "contributions", **values)[1] == "source"
    assert refused(enter, year, team, amount=10**10)[1] == "amount"


def test_a_print_is_removed_and_brought_back_unless_another_stands_there(year, team):
    printed = enter(year, team)
    actions.remove_published_figure(printed, by=team)
    assert summary(year, team).compared == ()
    actions.restore_published_figure(printed, by=team)
    assert len(summary(year, team).compared) == 1
    actions.restore_published_figure(printed, by=team)
    actions.remove_published_figure(printed, by=team)
    enter(year, team, amount=5)
    assert "Another printed amount" in refused(actions.restore_published_figure, printed, by=team)[0]


def test_an_explanation_is_accepted_for_the_difference_that_there_is(year, editor, team, paid):
    enter(year, team, amount=1062)
    made = actions.explain_difference(year, "contributions", " The source gives no cause. ", by=team)
    assert (made.difference, made.text, made.accepted_by) == (912, "The source gives no cause.", team)
    found = summary(year, editor)
    assert found.is_reconciled
    assert found.differences[0].explanation.accepted_by == team.person.post
    actions.change_contribution(paid, by=editor, seen=newest(paid), strand="children", amount=Decimal(2000))
    found = summary(year, editor)
    assert not found.is_reconciled
    assert found.differences[0].outdated.text == "The source gives no cause."
    actions.explain_difference(year, "contributions", "Found since.", by=editor)
    assert summary(year, editor).is_reconciled
    assert Explanation.objects.get().accepted_by == editor
    assert EarlierValue.objects.get(event=last_event()).value == "The source gives no cause."


def test_there_is_nothing_to_explain_where_nothing_differs(year, team, paid):
    assert "nothing to explain" in refused(actions.explain_difference, year, "contributions", "Why", by=team)[0]
    enter(year, team, amount=1974)
    assert "nothing to explain" in refused(actions.explain_difference, year, "contributions", "Why", by=team)[0]
    enter(year, team, amount=1)
    assert refused(actions.explain_difference, year, "contributions", " ", by=team)[1] == "text"


# --- Years ---


def open_year(user, first, last, **more):
    return actions.open_year(dt.date.fromisoformat(first), dt.date.fromisoformat(last), by=user, **more)


def test_a_year_begins_with_the_balance_that_the_records_of_the_last_one_give(editor, team):
    before = FinancialYearFactory(first_day=dt.date(2031, 4, 1))
    BudgetLineFactory(year=before, contributions=True, amount=Decimal(-100))
    BudgetLineFactory(year=before, amount=Decimal(40))
    PublishedFigureFactory(year=before, figure="carried-forward", amount=Decimal(-59))
    year = open_year(team, "2032-04-01", "2033-03-31", bring_forward=True)
    assert year.name == "2032-33"
    line = BudgetLine.objects.get(year=year)
    assert (line.kind, line.name, line.amount) == ("brought forward", "Brought forward from 2031-32", -60)


@pytest.mark.parametrize(
    ("first", "last", "field", "sentence"),
    [
        ("2032-03-31", "2033-03-30", "first_day", "It shares days with 2031-32, which runs from 1 April 2031"),
        ("2032-04-01", "2032-04-01", "last_day", "Enter a last day that is after the first."),
        ("2032-04-01", "2031-04-01", "last_day", "Enter a last day that is after the first."),
        ("2032-04-01", "2034-04-01", "last_day", "eighteen months"),
    ],
)
def test_a_year_that_cannot_be_is_refused(team, first, last, field, sentence):
    FinancialYearFactory(first_day=dt.date(2031, 4, 1))
    said, where = refused(open_year, team, first, last)
    assert sentence in said
    assert where == field
    assert FinancialYear.objects.count() == 1


def test_two_short_years_of_one_name_are_refused(team):
    open_year(team, "2032-01-01", "2032-06-30")
    assert "is a financial year called 2032" in refused(open_year, team, "2032-07-01", "2032-12-31")[0]


def test_a_balance_is_brought_forward_only_from_the_day_before(team):
    FinancialYearFactory(first_day=dt.date(2031, 4, 1))
    said, field = refused(open_year, team, "2032-04-02", "2033-03-31", bring_forward=True)
    assert said.startswith("No year ends on 1 April 2032")
    assert field == "bring_forward"
    assert FinancialYear.objects.count() == 1


# --- Who may not ---


def test_the_team_enters_no_money_and_readers_do_nothing(year, agency, team, readers, paid):
    line = BudgetLineFactory(year=year)
    printed = PublishedFigureFactory(year=year, amount=Decimal(-5))
    entering = [
        (actions.add_contribution, (year,), {"agency": agency, "strand": "adults", "amount": Decimal(5)}),
        (actions.change_contribution, (paid,), {"seen": 0, "strand": "adults", "amount": Decimal(5)}),
        (actions.remove_contribution, (paid,), {}),
        (actions.restore_contribution, (paid,), {}),
        (actions.add_line, (year,), {"kind": "expenditure", "name": "New", "amount": Decimal(5)}),
        (actions.change_line, (line,), {"seen": 0, "name": "New", "amount": Decimal(5)}),
        (actions.move_line, (line,), {"up": True}),
        (actions.remove_line, (line,), {}),
        (actions.restore_line, (line,), {}),
    ]
    reconciling = [
        (actions.enter_published_figure, (year, "adults"), {"amount": Decimal(5), "source": "Report"}),
        (actions.remove_published_figure, (printed,), {}),
        (actions.restore_published_figure, (printed,), {}),
        (actions.explain_difference, (year, "contributions", "Why"), {}),
        (actions.open_year, (dt.date(2090, 4, 1), dt.date(2091, 3, 31)), {}),
    ]
    for act, args, values in entering:
        assert "Only the finance editor" in refused(act, *args, by=team, **values)[0]
    for act, args, values in entering + reconciling:
        for user in vars(readers).values():
            assert "Only the finance editor" in refused(act, *args, by=user, **values)[0]


def test_an_editor_of_another_area_changes_nothing_here(agency, editor, paid):
    elsewhere = ContributionFactory(year__area=AnotherAreaFactory())
    assert "Only the finance editor" in refused(actions.remove_contribution, elsewhere, by=editor)[0]
