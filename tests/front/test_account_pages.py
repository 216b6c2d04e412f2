"""The pages about one's own account, at the portal's real addresses."""

import re

import pytest
from django.contrib.auth import get_user_model

from records.models import OutboxMessage
from tests.front.pages import Page

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-pass-phrase"
FOR_VISITORS = [
    "/sign-in/",
    "/sign-up/",
    "/password/reset/",
    "/password/reset/sent/",
    "/password/reset/done/",
    "/password/reset/1-set-password/",
    "/account/inactive/",
]
FOR_USERS = ["/sign-out/", "/account/password/", "/account/confirm/"]


@pytest.fixture(autouse=True)
def _real_addresses(_front_pages, settings):
    settings.ROOT_URLCONF = "mktogether.urls"


@pytest.fixture
def user():
    user = get_user_model().objects.create(email="member@sample.example")
    user.set_password(PASSWORD)
    user.save()
    return user


def main_part(answer):
    return answer.content.decode().split("<main", 1)[1].split("</main>")[0]


def check(answer):
    html = answer.content.decode()
    page = Page(html)
    assert answer.status_code == 200
    assert page.broken_references() == []
    assert len(page.all("h1")) == 1
    assert page.all("html", lang="en-GB")
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)", html)


@pytest.mark.parametrize("address", FOR_VISITORS)
def test_a_visitors_page_stands_in_the_portals_frame(client, address):
    check(client.get(address))


@pytest.mark.parametrize("address", FOR_USERS)
def test_a_users_page_stands_in_the_portals_frame(client, user, address):
    client.force_login(user)
    check(client.get(address))


def test_a_wrong_password_is_answered_on_the_page_and_keeps_the_address(client, user):
    answer = client.post("/sign-in/", {"login": user.email, "password": "wrong"})
    page = Page(answer.content.decode())
    assert page.targets_of_error_summary() == {"id_login": ("input", "email")}
    assert page.all("input", name="login")[0]["value"] == user.email
    assert "value" not in page.all("input", name="password")[0]


def test_signing_in_needs_no_announcement(client, user):
    answer = client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert "_messages" not in client.session


def test_the_mail_about_a_new_password_holds_a_link_that_works(client, user):
    client.post("/password/reset/", {"email": user.email})
    mail = OutboxMessage.objects.get()
    assert mail.subject == "A new password for MK Together"
    answer = client.get(re.search(r"http\S+", mail.text).group(), follow=True)
    assert "Choose a new password" in main_part(answer)


def test_a_link_that_ran_out_says_so_and_offers_another(client):
    words = main_part(client.get("/password/reset/1-set-password/"))
    assert "This link no longer works" in words
    assert "/password/reset/" in words
