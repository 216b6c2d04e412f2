"""Two editors of one record: nobody writes over what they were never shown, and nothing that was typed is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from finance import actions, queries
from finance.models import BudgetLine, Contribution
from mktogether.lib.templatetags.wording import day
from records.models import Event
from tests.factories import BudgetLineFactory, ContributionFactory, OfficeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(editor):
    """The account of a second finance editor."""
    return OfficeFactory(
        finance_editor=True, person__area=editor.person.area, person__post="Deputy finance officer"
    ).person.user


@pytest.fixture
def client(as_user, editor):
    return as_user(editor, confirmed=True)


@pytest.fixture
def paid(year, agency):
    return ContributionFactory(year=year, agency=agency, note="As printed")


@pytest.fixture
def line(year):
    return BudgetLineFactory(year=year, name="Staff", amount=Decimal(500))


def opened(client, record):
    """What the form of ``record`` would send now, nothing typed yet."""
    form = client.get(record.get_absolute_url()).context["form"]
    return {name: "" if value is None else value for name, value in form.initial.items()}


def seen_by_now(model):
    return queries.with_newest_change(model.objects.regardless("in a test")).get().newest_change


def table(answer):
    return [(row["label"], row["saved"], row["typed"]) for row in answer.context["apart"]]


def test_the_second_to_save_a_contribution_is_told_who_changed_what_and_sees_both(client, other, paid, words):
    form = opened(client, paid)
    actions.change_contribution(
        paid, by=other, seen=form["seen"], strand="children", amount=Decimal(2000), payer="Police", note="As printed"
    )
    answer = client.post(paid.get_absolute_url(), form | {"amount": "1,980", "payer": "Theirs, <b>in full</b>"})
    assert answer.status_code == 422
    said = answer.context["form"].non_field_errors()[0]
    assert said.startswith(f"{other.person.in_full} changed the amount and the payer on {day(timezone.localdate())}, ")
    assert said in words(answer)
    assert table(answer) == [
        ("Amount paid", "£2,000", "£1,980"),
        ("Payer, as printed", "Police", "Theirs, <b>in full</b>"),
    ]
    assert "Amount paid £2,000 £1,980" in words(answer)
    html = answer.content.decode()
    assert 'value="1,980"' in html
    assert 'value="As printed"' in html
    assert "<b>in full</b>" not in html
    assert Contribution.objects.get().read == 2000


def test_the_second_saves_knowingly_after_being_shown(client, other, paid):
    form = opened(client, paid)
    actions.change_contribution(paid, by=other, seen=0, strand="adults", amount=Decimal(2000), note="As printed")
    typed = form | {"amount": "1,980"}
    shown = client.post(paid.get_absolute_url(), typed).context["form"]
    assert client.post(paid.get_absolute_url(), typed | {"seen": shown["seen"].value()}).status_code == 302
    saved = Contribution.objects.get()
    assert (saved.read, saved.strand, saved.note) == (1980, "children", "As printed")
    assert Event.objects.filter(verb="contribution.changed").count() == 2


def test_a_third_change_after_the_warning_is_told_as_well_and_alone(client, other, line):
    form = opened(client, line) | {"amount": "7"}
    actions.change_line(line, by=other, seen=0, name="Staff", amount=Decimal(510))
    warned = client.post(line.get_absolute_url(), form).context["form"]
    actions.change_line(line, by=other, seen=seen_by_now(BudgetLine), name="People", amount=Decimal(510))
    answer = client.post(line.get_absolute_url(), form | {"seen": warned["seen"].value()})
    said = answer.context["form"].non_field_errors()[0]
    assert "changed the name on" in said
    assert "amount on" not in said
    assert table(answer) == [("Name of the line", "People", "Staff"), ("Amount", "£510", "£7")]


def test_all_changes_since_the_form_was_opened_are_told(client, editor, other, line):
    form = opened(client, line) | {"amount": "7"}
    actions.change_line(line, by=other, seen=0, name="Staff", amount=Decimal(510))
    actions.change_line(line, by=editor, seen=seen_by_now(BudgetLine), name="People", amount=Decimal(510))
    said = client.post(line.get_absolute_url(), form).context["form"].non_field_errors()[0]
    assert f"{other.person.in_full} changed the amount on" in said
    assert "; You changed the name on" in said


def test_whoever_types_what_stands_there_by_now_is_not_warned(client, other, line):
    form = opened(client, line)
    actions.change_line(line, by=other, seen=0, name="Staff", amount=Decimal(510))
    assert client.post(line.get_absolute_url(), form | {"amount": "510"}).status_code == 302
    assert Event.objects.filter(verb="budget_line.changed").count() == 1


def test_moving_removing_and_bringing_back_change_nothing_that_a_form_holds(client, year, other, line):
    BudgetLineFactory(year=year, name="Training", order=line.order + 1)
    form = opened(client, line)
    actions.move_line(line, by=other, up=False)
    actions.remove_line(line, by=other)
    actions.restore_line(line, by=other)
    assert client.post(line.get_absolute_url(), form | {"amount": "7"}).status_code == 302
    assert BudgetLine.objects.get(pk=line.pk).read == 7


@pytest.mark.parametrize("seen", ["", "0", str(2**63 - 1)])
def test_a_form_that_does_not_say_truly_what_it_was_made_from_writes_over_nothing(client, other, line, seen):
    actions.change_line(line, by=other, seen=0, name="Staff", amount=Decimal(510))
    answer = client.post(line.get_absolute_url(), {"name": "Staff", "amount": "7", "seen": seen})
    assert answer.status_code == 422
    assert f"{other.person.in_full} changed the amount on" in answer.context["form"].non_field_errors()[0]
    assert BudgetLine.objects.get().read == 510


def test_what_somebody_else_removed_is_not_a_page_that_is_gone_for_whoever_was_typing(client, other, paid, line, words):
    for record, remove in ((paid, actions.remove_contribution), (line, actions.remove_line)):
        form = opened(client, record)
        remove(record, by=other)
        assert client.get(record.get_absolute_url()).status_code == 404
        answer = client.post(record.get_absolute_url(), form | {"amount": "7.25"})
        assert answer.status_code == 422
        assert f"was removed by Deputy finance officer on {day(timezone.localdate())}" in words(answer)
        assert 'value="7.25"' in answer.content.decode()
        assert f"{record.get_absolute_url()}remove/" not in answer.content.decode()


def test_a_form_costs_as_many_queries_after_many_changes(client, other, line, django_assert_num_queries):
    with connection.execute_wrapper(counted := Counting()):
        client.get(line.get_absolute_url())
    for amount in range(30):
        actions.change_line(line, by=other, seen=seen_by_now(BudgetLine), name="Staff", amount=Decimal(amount))
    with django_assert_num_queries(counted.queries):
        client.get(line.get_absolute_url())


class Counting:
    """How many queries were asked."""

    queries = 0

    def __call__(self, execute, sql, params, many, context):
        self.queries += 1
        return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_warned(editor, other, line):
    start = threading.Barrier(2)

    def save(by, amount):
        start.wait()
        try:
            actions.change_line(line, by=by, seen=0, name="Staff", amount=Decimal(amount))
        except actions.Meanwhile as theirs:
            return theirs.record.read
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(save, (editor, other), (1, 2)))
    saved = BudgetLine.objects.get().read
    assert sorted(told, key=str) == [saved, None]
