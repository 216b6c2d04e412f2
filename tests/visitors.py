"""Somebody at the door of the pages, in tests without a browser."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.factories import PASSWORD


def confirm(client, password=PASSWORD):
    """Confirm by the form that it is they who are signed in."""
    answer = client.post("/account/confirm/", {"password": password})
    assert answer.status_code == 302, "the password was not taken"


@pytest.fixture
def as_user():
    """A client in which this account has signed in; ``confirmed``, where they have just confirmed that it is they."""

    def signed_in(user, *, confirmed=False):
        client = Client()
        client.force_login(user)
        if confirmed:
            confirm(client)
        return client

    return signed_in


@pytest.fixture
def words():
    """The text of a page, as people read it: without tags, spaces run together."""

    def read(response):
        text = re.sub(r"<(script|style|svg).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))

    return read
