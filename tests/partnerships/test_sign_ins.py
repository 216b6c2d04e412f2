"""Signing in and out, refused sign-ins and new passwords are in the history."""

import pytest
from django.urls import reverse

from records import history
from records.models import Event
from tests.factories import PASSWORD, OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


@pytest.fixture
def person(db):
    return OfficeFactory().person


def sign_in(client, address, password=PASSWORD):
    return client.post(SIGN_IN, {"login": address, "password": password})


def kept():
    return list(Event.objects.order_by("id").values_list("verb", "actor_id", "area_id"))


def test_signing_in_and_out_are_events(client, person):
    assert sign_in(client, person.user.email).status_code == 302
    client.post("/sign-out/")
    assert kept() == [
        ("account.signed_in", person.user_id, person.area_id),
        ("account.signed_out", person.user_id, person.area_id),
    ]


def test_a_refused_sign_in_names_the_account_and_nobody_as_its_doer(client, person):
    sign_in(client, person.user.email.upper(), "wrong")
    event = Event.objects.get()
    assert (event.verb, event.actor_id, event.target_id) == ("account.sign_in_failed", None, person.user_id)
    assert event.area_id == person.area_id


def test_of_an_address_that_nobody_has_only_the_hash_is_kept(client, person):
    sign_in(client, "canary@mktogether.example", "wrong")
    event = Event.objects.get()
    assert (event.verb, event.target, event.area_id) == ("account.sign_in_unknown", "", None)
    assert event.fields == {"email": history.keyed_hash("canary@mktogether.example")}
    assert not event.earlier_values.exists()


def test_known_and_unknown_addresses_take_the_same_queries(client, person, django_assert_num_queries):
    from partnerships.sign_ins import _failed

    for address in (person.user.email, "nobody@mktogether.example"):
        with django_assert_num_queries(5):  # savepoint, look-up, newest event, event, release
            _failed(credentials={"email": address})


def test_a_sign_in_refused_at_the_limit_of_the_door_writes_no_more(client, person):
    answers = [sign_in(client, person.user.email, "wrong").status_code for _ in range(14)]
    assert answers[-1] == 429
    assert Event.objects.filter(verb="account.sign_in_failed").count() == 10


def test_a_changed_password_is_an_event(client, person):
    sign_in(client, person.user.email)
    new = "another long password of mine"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert "account.password_changed" in [verb for verb, _actor, _area in kept()]


def test_a_password_set_by_the_link_in_a_mail_is_an_event(client, person, mailoutbox):
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    key = f"{user_pk_to_url_str(person.user)}-{default_token_generator.make_token(person.user)}"
    form = client.get(f"/password/reset/{key}/", follow=True)
    new = "another long password of mine"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert ("account.password_reset", person.user_id, person.area_id) in kept()


def test_an_account_without_a_person_has_a_history_too(client):
    user = UserFactory()
    sign_in(client, user.email)
    assert kept() == [("account.signed_in", user.pk, None)]
