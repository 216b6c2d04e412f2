"""Somebody at the door of the pages, in tests without a browser."""

import re
from html import unescape

import pytest
from django.test import Client


@pytest.fixture
def as_user():
    """A client in which this account has signed in."""

    def signed_in(user):
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def words():
    """The text of a page, as people read it: without tags, spaces run together."""

    def read(response):
        text = re.sub(r"<(script|style|svg).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))

    return read
