"""The money of the world: a year with contributions of two partners, lines, and what was printed of it."""

import datetime as dt

from django.utils import timezone

from records import history
from tests import factories as make
from tests.access.world.readers import MANY, OF_TEAM

# Strings that stand in one record each.
OWN, OTHERS, LINE, PRINTED, EXPLAINED = (
    "canary-own-money",
    "canary-others-money",
    "canary-budget-line",
    "canary-printed",
    "canary-explained",
)
READ_ALL = {"partnership chair", "scrutineer", "finance editor", MANY} | OF_TEAM
READ_THE_BUDGET = READ_ALL | {"lead partner", "delegated partner"}
MAY_READ = {
    OWN: READ_ALL | {"member"},
    OTHERS: READ_ALL,
    LINE: READ_THE_BUDGET,
    PRINTED: READ_THE_BUDGET,
    EXPLAINED: READ_THE_BUDGET,
}


def build(world):
    """A year in which print and records differ; of each kind of record one counts and one was removed."""
    first = dt.date(2031, 4, 1)
    world.money = year = make.FinancialYearFactory(area=world.review.area, first_day=first)
    make.FinancialYearFactory(area=world.elsewhere.area, first_day=first.replace(year=2041))
    removed = {"removed_at": timezone.now(), "removed_by": world.people["finance editor"]}
    agency = world.people["member"].person.agency
    world.own_paid = make.ContributionFactory(year=year, agency=agency, note=OWN)
    world.others_paid = make.ContributionFactory(year=year, payer=OTHERS)
    lead = world.people["lead partner"].person.agency
    world.partner_paid = make.ContributionFactory(year=year, agency=lead)
    world.no_longer_paid = make.ContributionFactory(year=year, **removed)
    make.BudgetLineFactory(year=year, name="First")
    world.budget_line = make.BudgetLineFactory(year=year, name=LINE)
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
        (world.own_paid, "contribution.changed", "note", OWN),
        (world.others_paid, "contribution.changed", "payer", OTHERS),
        (world.budget_line, "budget_line.changed", "name", LINE),
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
    return {"strand": "children", "amount": "£77", "payer": "Somebody", "note": "Changed"}


def a_line(world):
    return {"kind": "expenditure", "name": "Training", "amount": "500"}


def a_print(world):
    return {"amount": "257,880", "source": "Annual report", "place": "Appendix B"}


def a_reason(world):
    return {"text": "The source gives no cause."}


def a_figure(world):
    return {"figure": "expenditure"}


def up(world):
    return {"to": "up"}


def cases(case):
    """Every address of money, made by ``case(route, on, fill, send)``."""
    return [
        case("money:list"),
        case("money:open", send=a_year),
        case("money:year", "a year", of_year()),
        case("money:export", "a year", of_year(file="contributions.csv")),
        case("money:figure", "contributions", of_year(key="contributions")),
        case("money:figure", "the member's organisation", of_partner("own_paid")),
        case("money:figure", "the lead partner's organisation", of_partner("partner_paid")),
        case("money:figure", "another partner", of_partner("others_paid")),
        case("money:enter_printed", "carried forward", of_year(key="carried-forward"), a_print),
        case("money:remove_printed", "contributions", of_year(key="contributions")),
        case("money:explain", "contributions", of_year(key="contributions"), a_reason),
        case("money:choose_printed", "a year", of_year(), a_figure),
        case("money:restore_printed", "a removed one", of_year(pk="no_longer_printed")),
        case("money:add_contribution", "a year", of_year(), a_contribution),
        case("money:change_contribution", "of the member's organisation", of_year(pk="own_paid"), another_amount),
        case("money:remove_contribution", "of another partner", of_year(pk="others_paid")),
        case("money:restore_contribution", "a removed one", of_year(pk="no_longer_paid")),
        case("money:add_line", "a year", of_year(), a_line),
        case("money:change_line", "a line", of_year(pk="budget_line"), lambda world: {"name": "New", "amount": "7"}),
        case("money:move_line", "a line", of_year(pk="budget_line"), up),
        case("money:remove_line", "a line", of_year(pk="budget_line")),
        case("money:restore_line", "a removed one", of_year(pk="no_longer_a_line")),
        case("history:thing", "a year", lambda world: {"kind": "financial-year", "thing_id": world.money.pk}),
        case(
            "history:thing",
            "a contribution of another partner",
            lambda world: {"kind": "contribution", "thing_id": world.others_paid.pk},
        ),
        case("history:thing", "a budget line", lambda world: {"kind": "budget-line", "thing_id": world.budget_line.pk}),
    ]
