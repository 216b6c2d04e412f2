"""Whether the walk of the addresses notices a hole: each one that planting.py knows must be caught."""

import pytest
from django.db import transaction

from tests.access import planting
from tests.access.explained import EXPLAINED
from tests.access.noticing import Visitors

pytestmark = [pytest.mark.django_db, pytest.mark.prove]


@pytest.fixture(scope="module")
def visitors(django_db_setup, django_db_blocker):
    """The world with a browser for each role, made once; every request is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Visitors()
        transaction.set_rollback(True)


def test_without_a_hole_there_is_nothing_to_notice(visitors):
    visits = (visit for role in visitors.roles for visit in visitors.visits(role))
    assert [f"{visit}: {words}" for visit in visits if (words := visitors.noticed(visit))] == []


def test_every_hole_is_caught_or_explained(visitors, caplog):
    """The whole list; those that no request can tell from a whole check stand in EXPLAINED with the reason."""
    caplog.set_level("CRITICAL")
    unnoticed = {str(hole) for hole in planting.holes() if not visitors.caught(hole)}
    assert unnoticed - set(EXPLAINED) == set()
