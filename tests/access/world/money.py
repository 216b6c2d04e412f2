"""The money of the world: a year with contributions of two partners, lines, and what was printed of it."""

import datetime as dt

from django.utils import timezone

from finance import queries
from records import history
from tests import factories as make
from tests.access.world.addresses import Case
from tests.access.world.readers import BUDGET_LINE, EXPLAINED, OTHERS_MONEY, OWN_MONEY, PRINTED


def build(world):
    """A year in which print and records differ; of each kind of record one counts and one was removed."""
    first = dt.date(2031, 4, 1)
    world.money = year = make.FinancialYearFactory(area=world.review.area, first_day=first)
    make.FinancialYearFactory(area=world.elsewhere.area, first_day=first.replace(year=2041))
    removed = {"removed_at": timezone.now(), "removed_by": world.people["finance editor"]}
    agency = world.people["member"].person.agency
    world.own_paid = make.ContributionFactory(year=year, agency=agency, note=OWN_MONEY)
    world.others_paid = make.ContributionFactory(year=year, payer=OTHERS_MONEY)
    lead = world.people["lead partner"].person.agency
    world.partner_paid = make.ContributionFactory(year=year, agency=lead)
    world.no_longer_paid = make.ContributionFactory(year=year, **removed)
    make.BudgetLineFactory(year=year, name="First")
    world.budget_line = make.BudgetLineFactory(year=year, name=BUDGET_LINE)
    world.no_longer_a_line = make.BudgetLineFactory(year=year, **removed)
    world.printed = make.PublishedFigureFactory(year=year, figure="contributions", source=PRINTED)
    world.no_longer_printed = make.PublishedFigureFactory(year=year, figure="adults", **removed)
    paid = world.own_paid.amount + world.others_paid.amount + world.partner_paid.amount
    difference = world.printed.amount - paid
    make.ExplanationFactory(year=year, figure="contributions", difference=difference, text=EXPLAINED)
    _remember(world)


def _remember(world):
    """What the history holds of each record, with values before."""
    for record, verb, field, value in (
        (world.own_paid, "contribution.changed", "note", OWN_MONEY),
        (world.others_paid, "contribution.changed", "payer", OTHERS_MONEY),
        (world.budget_line, "budget_line.changed", "name", BUDGET_LINE),
        (world.printed, "published_figure.changed", "source", PRINTED),
    ):
        history.record(verb, record, by=world.clerk, within=world.money, changes={field: (value, "other")})


# --- Addresses --------------------------------------------------------------------------------------------------------


def of_year(**parts):
    """Fill the route from the year, and from ``parts``: values, or names of records of the world."""
    return lambda world: {
        "name": world.money.name,
        **{part: getattr(world, value).pk if part == "pk" else value for part, value in parts.items()},
    }


def of_partner(paid):
    """The figure of the partner that paid the contribution ``paid`` of the world."""
    return lambda world: {"name": world.money.name, "key": f"partner-{getattr(world, paid).agency.slug}"}


def a_year(world):
    return {**_day("first_day", 1, 4, 2050), **_day("last_day", 31, 3, 2051)}


def _day(name, *parts):
    return {f"{name}_{number}": part for number, part in enumerate(parts)}


def a_contribution(world):
    return {"agency": world.people["chair"].person.agency_id, "strand": "adults", "amount": "1,234.50"}


def another_amount(world):
    values = {"strand": "children", "amount": "£77", "payer": "Somebody", "note": "Changed"}
    return values | {"seen": newest_change(world.own_paid)}


def a_line(world):
    return {"kind": "expenditure", "name": "Training", "amount": "500"}


def another_line(world):
    return {"name": "New", "amount": "7", "seen": newest_change(world.budget_line)}


def newest_change(record):
    return queries.changes_of(record).latest("id").pk


def a_print(world):
    return {"amount": "257,880", "source": "Annual report", "place": "Appendix B"}


def a_reason(world):
    return {"text": "The source gives no cause."}


def a_figure(world):
    return {"figure": "expenditure"}


def up(world):
    return {"to": "up"}


CASES = [
    Case("money:list"),
    Case("money:open", send=a_year),
    Case("money:year", "a year", of_year()),
    Case("money:export", "a year", of_year(file="contributions.csv")),
    Case("money:figure", "contributions", of_year(key="contributions")),
    Case("money:figure", "the member's organisation", of_partner("own_paid")),
    Case("money:figure", "the lead partner's organisation", of_partner("partner_paid")),
    Case("money:figure", "another partner", of_partner("others_paid")),
    Case("money:enter_printed", "carried forward", of_year(key="carried-forward"), a_print),
    Case("money:remove_printed", "contributions", of_year(key="contributions")),
    Case("money:explain", "contributions", of_year(key="contributions"), a_reason),
    Case("money:choose_printed", "a year", of_year(), a_figure),
    Case("money:restore_printed", "a removed one", of_year(pk="no_longer_printed")),
    Case("money:add_contribution", "a year", of_year(), a_contribution),
    Case("money:change_contribution", "of the member's organisation", of_year(pk="own_paid"), another_amount),
    Case("money:remove_contribution", "of another partner", of_year(pk="others_paid")),
    Case("money:restore_contribution", "a removed one", of_year(pk="no_longer_paid")),
    Case("money:add_line", "a year", of_year(), a_line),
    Case("money:change_line", "a line", of_year(pk="budget_line"), another_line),
    Case("money:move_line", "a line", of_year(pk="budget_line"), up),
    Case("money:remove_line", "a line", of_year(pk="budget_line")),
    Case("money:restore_line", "a removed one", of_year(pk="no_longer_a_line")),
    Case("history:thing", "a year", lambda world: {"kind": "financial-year", "thing_id": world.money.pk}),
    Case(
        "history:thing",
        "a contribution of another partner",
        lambda world: {"kind": "contribution", "thing_id": world.others_paid.pk},
    ),
    Case("history:thing", "a budget line", lambda world: {"kind": "budget-line", "thing_id": world.budget_line.pk}),
]
