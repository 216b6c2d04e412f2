"""A form that comes once its sender is signed out: nothing of it is saved, and they are told."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

TOLD = "You were signed out, so what you sent was not saved."


@pytest.fixture
def form():
    """An address that takes a form and is no page itself."""
    return reverse("reports:build", args=["mk-2021-22"])


def led_to(answer):
    """The page to sign in, and where it leads on to."""
    found = urlsplit(answer["Location"])
    return found.path, parse_qs(found.query)


def test_whoever_sent_a_form_is_told_and_led_back_to_the_page_it_stood_on(client, form, words):
    answer = client.post(form, headers={"referer": "http://testserver/reports/mk-2021-22/making/?a=b"})
    assert led_to(answer) == ("/sign-in/", {"unsaved": ["1"], "next": ["/reports/mk-2021-22/making/?a=b"]})
    assert TOLD in words(client.get(answer["Location"]))


@pytest.mark.parametrize("page", ["", "https://elsewhere.example/reports/", "not an address", "http://["])
def test_a_page_that_is_not_ours_is_not_led_back_to(client, form, page):
    assert led_to(client.post(form, headers={"referer": page})) == ("/sign-in/", {"unsaved": ["1"], "next": [form]})


def test_whoever_only_asks_for_a_page_is_told_nothing_of_a_form(client, words):
    answer = client.get("/meetings/")
    assert answer["Location"] == "/sign-in/?next=/meetings/"
    assert TOLD not in words(client.get(answer["Location"]))


def test_after_signing_in_they_stand_on_that_page(client, form):
    user = UserFactory()
    sign_in = client.post(form, headers={"referer": "http://testserver/reports/"})["Location"]
    page = client.get(sign_in).content.decode()
    assert '<input type="hidden" name="next" value="/reports/">' in page
    client.force_login(user)
    assert client.get(sign_in)["Location"] == "/reports/"
