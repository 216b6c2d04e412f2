"""A group with a member, a deputy, a vacancy and a chair in turns."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    PersonFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)

TODAY = timezone.localdate()
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def group(db):
    body = BodyFactory(name="Delivery", slug="delivery")
    council, police = AgencyFactory(short_name="MKCC"), AgencyFactory(short_name="TVP")
    body.held = SeatFactory(body=body, agency=council, title="Adults", order=1)
    body.vacant = SeatFactory(body=body, agency=police, title="Police", order=2)
    body.member = AppointmentFactory(
        seat=body.held, person__post="Head of Adults", person__agency=council, with_account=True
    )
    NamedDeputyFactory(seat=body.held, person__post="Team manager", person__agency=council)
    body.inspector = PersonFactory(post="Inspector", agency=police, with_account=True)
    body.other = PersonFactory(post="Consultant", agency=council)
    body.chairing = ChairingFactory(body=body, person=body.member.person)
    body.council, body.police = council, police
    TermsOfReferenceFactory(
        body=body,
        rules="quorum: one from each of MKCC, TVP",
        chair_by="rotation",
        chair_among=["MKCC", "TVP"],
        chair_months=24,
        barred_offices=["scrutiny chair"],
    )
    return body


@pytest.fixture
def clerk(db):
    return OfficeFactory().person.user


@pytest.fixture
def team(as_user, clerk):
    return as_user(clerk)
