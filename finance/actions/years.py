"""Opening a financial year, and noting that somebody took its figures away as a file."""

import datetime as dt

from django.db import transaction

from finance import access, queries, rules
from finance.actions.changing import CHANGED, refuse_unless
from finance.actions.lines import new_line
from finance.models import BudgetLine, FinancialYear
from mktogether.lib.templatetags.wording import day
from mktogether.lib.verdict import Refusal
from partnerships.standing import standing_of
from records import history, submissions
from records.models import Area

ONE_DAY = dt.timedelta(days=1)


@transaction.atomic
def open_year(first_day, last_day, *, by, bring_forward=False, submission=None):
    """
    Open the financial year from ``first_day`` to ``last_day`` in the area of ``by``.

    With ``bring_forward`` the balance that the records of the year before give becomes its first line. Raises Refusal
    for anybody but the finance editor and the team, for days in the wrong order, a year longer than eighteen months,
    one that shares a day with another, and where there is no year before to bring forward from.
    """
    claimed = submissions.claim(submission, by=by)
    refuse_unless(access.may_open_year(by))
    area = Area.objects.select_for_update(no_key=True).get(pk=standing_of(by).person.area_id)
    _refuse_misfit(area, first_day, last_day)
    year = FinancialYear.objects.create(
        area=area, name=rules.name_of(first_day, last_day), first_day=first_day, last_day=last_day
    )
    opened = {"name": (None, year.name), "first_day": (None, first_day), "last_day": (None, last_day)}
    history.record("year.opened", year, by=by, changes=opened)
    if bring_forward:
        _bring_forward(year, by=by)
    submissions.leads_to(claimed, year.get_absolute_url())
    return year


def note_export(year, *, by, method):
    """Write down that ``by`` took the figures of ``year`` away as a file, by a request of ``method``."""
    history.read(year, by=by, verb="money.exported", method=method)


def _years(area):
    return FinancialYear.objects.regardless(CHANGED).filter(area=area)


def _refuse_misfit(area, first_day, last_day):
    if last_day <= first_day:
        raise Refusal("Enter a last day that is after the first.", "last_day")
    if (last_day - first_day).days > rules.LONGEST_YEAR:
        raise Refusal("Enter a last day at most eighteen months after the first.", "last_day")
    shared = _years(area).filter(first_day__lte=last_day, last_day__gte=first_day).first()
    if shared is not None:
        raise Refusal(
            f"It shares days with {shared.name}, which runs from {day(shared.first_day)} to {day(shared.last_day)}. "
            "Choose other days.",
            "first_day",
        )
    name = rules.name_of(first_day, last_day)
    if _years(area).filter(name=name).exists():
        raise Refusal(f"There is a financial year called {name} already. Choose other days.", "last_day")


def _bring_forward(year, *, by):
    """The balance of the year before, as its records give it, never as it was printed."""
    before = _years(year.area).filter(last_day=year.first_day - ONE_DAY).first()
    if before is None:
        raise Refusal(
            f"No year ends on {day(year.first_day - ONE_DAY)}, so there is no balance to bring forward.",
            "bring_forward",
        )
    balance = rules.figures(queries.sums_of([before.pk])[before.pk])[rules.Figure.CARRIED_FORWARD]
    new_line(year, BudgetLine.Kind.BROUGHT_FORWARD, f"Brought forward from {before.name}", balance, by=by)
