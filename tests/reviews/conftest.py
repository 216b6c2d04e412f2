"""A case with its two leads, somebody of the panel, and the people of the partnership around it."""

from types import SimpleNamespace

import pytest

from reviews import actions
from tests.factories import ChairingFactory, GrantFactory, OfficeFactory, TeamMemberFactory

LINE = "infant, serious injury, recovered"


def fresh(user):
    """The account as the next request loads it: what somebody holds is kept with it for one request."""
    return type(user).objects.get(pk=user.pk)


def days(**typed):
    """What the three boxes of a day send, for each name; a day is typed as “10 9 2024”, and an empty one as spaces."""
    return {f"{name}_{n}": part for name, text in typed.items() for n, part in enumerate(text.split(" "))}


@pytest.fixture
def team(db):
    """Three of the team, as people."""
    return TeamMemberFactory.create_batch(3)


@pytest.fixture
def case(team):
    """A case that the first of the team registered, with the second as its second; all three have signed in since."""
    made = actions.register_case("child", LINE, by=team[0].user, second=team[1])
    for person in team:
        person.user = fresh(person.user)
    return made


@pytest.fixture
def panel_member(case):
    """A guest on the panel of the case."""
    return GrantFactory(thing=case, kind="panel member", with_account=True).person


@pytest.fixture
def others(case):
    """Who has the highest rank, and no grant, as people."""
    return SimpleNamespace(
        chair=ChairingFactory(body__partnership=True, with_account=True).person,
        scrutineer=OfficeFactory(scrutineer=True).person,
        governance=OfficeFactory(information_governance=True).person,
    )
