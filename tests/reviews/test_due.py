"""Which deadlines people are to be told of, whom, and that the words say nothing."""

import datetime as dt

import pytest
from django.utils import timezone

from partnerships.granting.actions import exclude
from reviews import actions, due
from reviews.models import CaseDeadline
from tests.factories import CaseDeadlineFactory, CaseFactory, GrantFactory
from tests.reviews.conftest import LINE, fresh

pytestmark = pytest.mark.django_db

TODAY = dt.date(2024, 12, 20)


@pytest.fixture
def known(team):
    return actions.register_case("child", LINE, by=team[0].user, second=team[1], known_on=dt.date(2024, 12, 13))


def told(rows):
    return sorted(rows.values_list("code", "whom"))


def test_the_leads_of_a_case_are_told_of_what_is_due_and_nobody_else(known, team):
    GrantFactory(thing=known, kind="panel member", with_account=True)
    CaseDeadlineFactory(case=CaseFactory(number=900))  # that nobody keeps
    now = timezone.now()
    assert told(due.ahead(now, TODAY, TODAY)) == sorted(
        (code, person.pk) for code in ("SIN-1", "SIN-2") for person in team[:2]
    )
    assert told(due.passed(now, dt.date(2025, 1, 9))) == sorted(
        (code, person.pk) for code in ("SIN-1", "SIN-2", "RR-1") for person in team[:2]
    )


def test_what_is_met_on_hold_or_closed_falls_out(known, team):
    lead = fresh(team[0].user)
    actions.enter_date(known, "notified", TODAY, by=lead)
    assert {code for code, _whom in told(due.owed(timezone.now()))} == {"SIN-2", "RR-1"}
    CaseDeadline.objects.filter(code="SIN-2").update(due_on=None, held_since=TODAY)
    assert {code for code, _whom in told(due.owed(timezone.now()))} == {"RR-1"}
    actions.close_case(known, "Done.", by=lead)
    assert told(due.owed(timezone.now())) == []


def test_whoever_left_the_team_or_is_excluded_is_not_told(known, team):
    GrantFactory(thing=known, lead=True, person=team[2])
    exclude(known, team[1], "A relative.", by=fresh(team[0].user))
    team[0].offices.update(ends_at=timezone.now())
    assert {whom for _code, whom in told(due.owed(timezone.now()))} == {team[2].pk}


def test_the_words_name_neither_case_nor_kind(known):
    found = due.in_words(CaseDeadline.objects.values_list("pk", flat=True))
    for reference, on, href in found.values():
        text = f"{reference} {on} {href}"
        assert known.reference not in text
        assert "child" not in text.lower()
        assert LINE not in text
        assert str(known.public_id) in href
