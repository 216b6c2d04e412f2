"""A year, those who enter its money, and those who read it."""

from types import SimpleNamespace

import pytest

from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    ChairingFactory,
    FinancialYearFactory,
    OfficeFactory,
    TeamMemberFactory,
)


@pytest.fixture
def year(db):
    """An open year without any figure."""
    return FinancialYearFactory()


@pytest.fixture
def agency(db):
    return AgencyFactory(short_name="TVP", name="Thames Valley Police", slug="tvp")


@pytest.fixture
def editor(db):
    """The account of the finance editor."""
    return OfficeFactory(finance_editor=True).person.user


@pytest.fixture
def team(db):
    """The account of one of the team."""
    return TeamMemberFactory().user


@pytest.fixture
def readers(db, agency):
    """Those who read all of it, some of it, or nothing, as accounts."""
    return SimpleNamespace(
        member=AppointmentFactory(seat__agency=agency, with_account=True).person.user,
        partner=OfficeFactory(delegated_partner=True).person.user,
        scrutineer=OfficeFactory(scrutineer=True).person.user,
        chair=ChairingFactory(body__partnership=True, with_account=True).person.user,
        group_chair=ChairingFactory(with_account=True).person.user,
        governance=OfficeFactory(information_governance=True).person.user,
    )
