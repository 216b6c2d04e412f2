"""A page as at a day of twenty years ago beside today's: by the same clock, in turn."""

import datetime as dt
import statistics
import time

import pytest

from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    BodyFactory,
    LineFactory,
    MeetingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)
from tests.factories.common import LONDON

pytestmark = [pytest.mark.prove, pytest.mark.django_db]
YEARS, PLACES, ROUNDS = 20, 15, 15
FIRST = 2006


def twenty_years():
    """A board of fifteen places, each with another member and deputy every year, and new terms every year."""
    body, above = BodyFactory(name="Delivery", slug="delivery"), BodyFactory()
    agencies = [AgencyFactory() for _time in range(5)]
    for number in range(PLACES):
        seat = SeatFactory(
            body=body, agency=agencies[number % 5], starts_at=dt.datetime(FIRST, 1, 1, tzinfo=LONDON), order=number + 1
        )
        for year in range(FIRST, FIRST + YEARS):
            last = year == FIRST + YEARS - 1
            span = {
                "starts_at": dt.datetime(year, 1, 1, tzinfo=LONDON),
                "ends_at": None if last else dt.datetime(year + 1, 1, 1, tzinfo=LONDON),
            }
            AppointmentFactory(seat=seat, **span)
            NamedDeputyFactory(seat=seat, **span)
    for year in range(FIRST, FIRST + YEARS):
        last = year == FIRST + YEARS - 1
        span = {"starts_on": dt.date(year, 1, 1), "ends_on": None if last else dt.date(year, 12, 31)}
        TermsOfReferenceFactory(body=body, rules=f"quorum: {1 + year % 5} members", meetings_a_year=6, **span)
        LineFactory(body=body, to_body=above, **span)
        for month in (1, 5, 9):
            MeetingFactory(body=body, closed=True, starts_at=dt.datetime(year, month, 12, 10, tzinfo=LONDON))


def fifteen_boards():
    """As many boards as an area has, each with new terms every year."""
    for _time in range(14):
        body = BodyFactory()
        for year in range(FIRST, FIRST + YEARS):
            last = None if year == FIRST + YEARS - 1 else dt.date(year, 12, 31)
            TermsOfReferenceFactory(body=body, starts_on=dt.date(year, 1, 1), ends_on=last)
        AppointmentFactory(seat=SeatFactory(body=body, starts_at=dt.datetime(FIRST, 1, 1, tzinfo=LONDON)))


def taken(client, address):
    begins = time.perf_counter()
    assert client.get(address).status_code == 200
    return time.perf_counter() - begins


@pytest.mark.parametrize("page", ["/boards/delivery/", "/boards/"])
def test_as_at_over_twenty_years_costs_at_most_thirty_percent_more(as_user, page):
    twenty_years()
    fifteen_boards()
    team = as_user(OfficeFactory().person.user)
    then = f"{page}?on={FIRST + 1}-06-15"
    for address in (page, then):
        taken(team, address)
    ratios = [taken(team, then) / taken(team, page) for _round in range(ROUNDS)]
    assert statistics.median(ratios) <= 1.3, ratios
