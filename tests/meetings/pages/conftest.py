"""People at the door of the pages."""

import pytest

from tests.factories import AnotherAreaFactory, AppointmentFactory, BodyFactory, SeatFactory


@pytest.fixture
def stranger(db):
    """A member of another group of the same area."""
    return AppointmentFactory(with_account=True).person.user


@pytest.fixture
def outsider(db):
    """A member of a group of another area."""
    seat = SeatFactory(body=BodyFactory(area=AnotherAreaFactory()))
    return AppointmentFactory(seat=seat, with_account=True).person.user
