"""A bench with a rule and three places, and the people who try rules on it."""

from types import SimpleNamespace

import pytest

from partnerships.workbench import desk
from partnerships.workbench.bench import Place
from tests.factories import (
    AgencyFactory,
    AnotherAreaFactory,
    AppointmentFactory,
    BodyFactory,
    NamedDeputyFactory,
    OfficeFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)

RULE = "quorum: one from each of MKCC, ICB, TVP"
PLACES = (
    Place("Head of Adults", agency="MKCC", title="Head of Adults"),
    Place("Nurse", agency="ICB", title="Nurse", deputies=("Deputy Nurse",)),
    Place("Commander", agency="TVP", title="Commander"),
)


@pytest.fixture
def typed():
    """What the form of the bench sends: the rule, the places and who is ticked."""

    def form(*states, places=PLACES, **values):
        ticked = {f"there-{number}": state for number, state in enumerate(states)}
        facts = {"terms": RULE, "day_0": "21", "day_1": "1", "day_2": "2025", "places": desk.packed(places)}
        return facts | ticked | values

    return form


@pytest.fixture
def review(db):
    """The Review group of the council and the police, with a deputy for the police and a place that is vacant."""
    body = BodyFactory(name="Review", slug="review")
    TermsOfReferenceFactory(body=body, rules="quorum: one from each of MKCC, TVP")
    council, police = AgencyFactory(short_name="MKCC"), AgencyFactory(short_name="TVP", classes=["police"])
    adults = AppointmentFactory(
        seat=SeatFactory(body=body, agency=council, title="Adults"), person__post="Head of Adults", with_account=True
    )
    commander = AppointmentFactory(
        seat=SeatFactory(body=body, agency=police, title="Police"), person__post="LPA Commander", with_account=True
    )
    NamedDeputyFactory(seat=commander.seat, person__post="Deputy Commander")
    vacant = SeatFactory(body=body, agency=council, title="Public Health", votes=False)
    return SimpleNamespace(
        body=body, adults=adults, commander=commander, vacant=vacant, member=adults.person.user, area=body.area
    )


@pytest.fixture
def team(db):
    return OfficeFactory(kind="team").person.user


@pytest.fixture
def scrutineer(db):
    return OfficeFactory(scrutineer=True).person.user


@pytest.fixture
def stranger(db):
    """A member of another group of the same area."""
    return AppointmentFactory(with_account=True).person.user


@pytest.fixture
def outsider(db):
    """Somebody of the team of another area."""
    return OfficeFactory(kind="team", person__area=AnotherAreaFactory()).person.user
