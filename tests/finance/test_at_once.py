"""Many hands at the same moment: nothing is entered twice, and whoever comes second is told."""

import datetime as dt
from decimal import Decimal

import pytest

from finance import actions
from finance.models import BudgetLine, Contribution, FinancialYear
from records.models import Event
from tests.at_once import said_at_once

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4


def together(act):
    """How often ``act`` took effect, of so many hands at once; the others were refused with a sentence."""
    return said_at_once(*[act] * HANDS).count("")


def test_a_contribution_is_entered_once(year, agency, editor):
    values = {"agency": agency, "strand": "children", "amount": Decimal(1974)}
    assert together(lambda: actions.add_contribution(year, by=editor, **values)) == 1
    assert Contribution.objects.count() == Event.objects.filter(verb="contribution.added").count() == 1


def test_a_line_is_entered_once(year, editor):
    values = {"kind": "brought forward", "name": "Brought forward", "amount": Decimal(5)}
    assert together(lambda: actions.add_line(year, by=editor, **values)) == 1
    assert BudgetLine.objects.count() == 1


def test_a_year_is_opened_once(team):
    first, last = dt.date(2031, 4, 1), dt.date(2032, 3, 31)
    assert together(lambda: actions.open_year(first, last, by=team)) == 1
    assert FinancialYear.objects.count() == 1
