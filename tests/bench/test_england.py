"""The rows of England, few of them: what fills the database keeps pace with the tables."""

import pytest
from django.db import connection

from bench import england
from meetings.models import Action, Meeting
from records.models import Area
from tests.factories import AgencyFactory, AnotherAreaFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="England's rows are written by PostgreSQL's own words"
    ),
]


def test_areas_meetings_and_actions_stand_beside_what_was_there(monkeypatch):
    for name, number in (("AREAS", 3), ("BODIES", 2), ("MEETINGS", 2), ("ACTIONS", 5)):
        monkeypatch.setattr(england, name, number)
    AnotherAreaFactory()
    AgencyFactory.reset_sequence(1_000)  # those of England are numbered as their areas are
    board = england.fill()
    everywhere = "the test counts them"
    assert Area.objects.count() == 4
    assert Meeting.objects.regardless(everywhere).filter(body=board).count() == 2
    assert Meeting.objects.regardless(everywhere).count() == 3 * 2 * 2
    assert Action.objects.regardless(everywhere).count() == 5
    assert set(england.visitors(board)) >= {"member", "team", "scrutineer"}
