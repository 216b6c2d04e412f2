"""An account as a signed-in request gets it."""

import pytest
from django.contrib.auth import get_user_model

from partnerships.accounts import Backend
from partnerships.standing import NOBODY, standing_of
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_loads_the_person_with_agency_and_area_in_one_query(django_assert_num_queries):
    person = factories.PersonFactory(with_account=True)
    with django_assert_num_queries(1):
        user = Backend().get_user(person.user_id)
        assert (user.person, user.person.agency, user.person.area) == (person, person.agency, person.area)


def test_it_asks_for_what_somebody_holds_in_one_more_query(django_assert_num_queries):
    office = factories.OfficeFactory()
    user = Backend().get_user(office.person.user_id)
    with django_assert_num_queries(1):
        standing = standing_of(user)
    assert standing.is_team
    assert standing.area_ids == {office.area_id}


def test_it_loads_an_account_without_a_person_who_then_holds_nothing(django_assert_num_queries):
    account = factories.UserFactory()
    with django_assert_num_queries(1):
        user = Backend().get_user(account.pk)
        assert standing_of(user) == NOBODY


def test_it_loads_a_person_who_stands_for_no_agency():
    person = factories.PersonFactory(with_account=True, independent=True)
    assert Backend().get_user(person.user_id).person.agency is None


@pytest.mark.parametrize("account", [lambda: factories.UserFactory(inactive=True).pk, lambda: 987_654])
def test_it_knows_no_account_that_is_switched_off_or_gone(account):
    assert Backend().get_user(account()) is None


def test_a_standing_is_the_same_for_an_account_that_was_loaded_otherwise():
    office = factories.OfficeFactory()
    plain = get_user_model().objects.get(pk=office.person.user_id)
    assert standing_of(plain) == standing_of(Backend().get_user(plain.pk))


def test_it_still_signs_in_with_address_and_password(client):
    person = factories.PersonFactory(with_account=True)
    assert client.login(email=person.user.email, password=factories.PASSWORD)
    assert not client.login(email=person.user.email, password="another password")
