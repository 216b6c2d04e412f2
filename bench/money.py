"""The money of an area: a year in which each partner paid for both strands, with a position and what was printed."""

import datetime as dt
from decimal import Decimal

from bench.rows import bulk, numbered

YEAR = "2024-25"
LINES = ("Employee costs", "Independent scrutineer", "Review activity", "Website and policies", "Training", "Other")


def fill(area, agencies, user, rows):
    """Contributions of ``rows`` partners (more of them are made where there are too few), and as many lines."""
    from tests import factories as make

    year = make.FinancialYearFactory(area=area, name=YEAR, first_day=dt.date(2024, 4, 1), last_day=dt.date(2025, 3, 31))
    more = [
        {"area": area, "short_name": f"Partner {n}", "name": f"Partner number {n}", "slug": f"partner-{n}"}
        for n in range(len(agencies), rows)
    ]
    partners = [*agencies, *bulk(make.AgencyFactory, more)][:rows]
    paid = bulk(
        make.ContributionFactory,
        (
            {
                "year": year,
                "agency": agency,
                "strand": strand,
                "amount": -Decimal(of * n),
                "payer": f"{agency.name}, as printed",
            }
            for n, agency in numbered(partners)
            for strand, of in (("children", 974), ("adults", 325))
        ),
    )
    lines = bulk(
        make.BudgetLineFactory,
        (
            {"year": year, "name": f"{LINES[n % len(LINES)]}, part {n}", "amount": Decimal(1250 * n), "order": n}
            for n in range(1, rows + 1)
        ),
    )
    make.BudgetLineFactory(year=year, brought_forward=True)
    make.PublishedFigureFactory(year=year, amount=-Decimal(1))
    make.PublishedFigureFactory(year=year, figure="expenditure", amount=sum(line.amount for line in lines))
    total = -sum(one.amount for one in paid)
    make.ExplanationFactory(year=year, difference=total - 1, accepted_by=user)
    return [*(agency.name for agency in partners), *(line.name for line in lines)]
