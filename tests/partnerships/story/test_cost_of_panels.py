"""A page that tells who did what asks the database as often with 3 rows of history as with 300."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AccessReviewFactory,
    AppointmentFactory,
    ArrangementFactory,
    EventFactory,
    OfficeFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return OfficeFactory().person.user


def of_person(team):
    person = AppointmentFactory(with_account=True).person
    return person, person.get_absolute_url(), ("role.ended", "appointment.begun", "person.left")


def of_person_whole(team):
    person, _address, verbs = of_person(team)
    return person, f"/history/of/person/{person.public_id}/", verbs


def of_oneself(team):
    return team.person, "/me/", ("role.ended", "person.left")


def of_review(team):
    review = AccessReviewFactory(agency=team.person.agency)
    return review, review.get_absolute_url(), ("access_review.begun", "access_review.closed")


def of_edition(team):
    edition = ArrangementFactory(area=team.person.area)
    return edition, edition.get_absolute_url(), ("arrangement.loaded",)


@pytest.mark.parametrize("page", [of_person, of_person_whole, of_oneself, of_review, of_edition])
def test_a_page_costs_no_more_with_more_rows_of_history(as_user, team, page):
    thing, address, verbs = page(team)
    actors = [PersonFactory(with_account=True).user for _number in range(6)]
    client = as_user(team, confirmed=True)

    def more(number):
        for n in range(number):
            verb, actor = verbs[n % len(verbs)], actors[n % len(actors)]
            EventFactory(verb=verb, target=thing._meta.label, target_id=thing.pk, actor=actor, area=team.person.area)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code == 200
        assert any(actor.person.post in answer.content.decode() for actor in actors)
        return len(asked)

    more(3)
    queries()  # what is kept for the next request is asked for once
    few = queries()
    more(297)
    assert queries() == few
