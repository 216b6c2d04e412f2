"""
Unique strings in every text of every restricted thing, and a crawl that looks for them where they must not be.

The strings of a thing begin with the canary of those who may see it (see MAY_READ in world.py) and go on with model and
field, so that whoever finds one knows at once what leaked.
"""

import re
from html import unescape

from django.db import connection, models
from django.test import Client

from tests.access.walking import ask

PLANTED = []
LEAVE = {"slug", "short_name", "code", "reference", "email", "sha256", "inputs", "audience", "digest", "sample_notice"}
LINK = re.compile(r'(?:href|action)="([^"#]+)')


def plant(thing, canary):
    """Put a string of its own into every text of ``thing`` that is not a choice, an address or a key."""
    planted = {}
    for field in thing._meta.concrete_fields:
        free = isinstance(field, (models.CharField, models.TextField)) and not isinstance(field, models.EmailField)
        empty_by_promise = field.name.endswith("because") and not getattr(thing, field.name)
        if free and not field.choices and not field.unique and field.name not in LEAVE and not empty_by_promise:
            string = f"{canary}.{thing._meta.model_name}.{field.name}"
            planted[field.name] = f"{getattr(thing, field.name)} {string}".strip()[: field.max_length]
            PLANTED.append(string)
    type(thing)._base_manager.filter(pk=thing.pk).update(**planted)
    thing.refresh_from_db()
    return thing


def links(content):
    """The addresses of the portal that a page leads to, also those of its forms."""
    found = (unescape(link) for link in LINK.findall(content.decode(errors="replace")))
    return [link for link in found if link.startswith("/") and not link.startswith(("//", "/static/"))]


class Crawl:
    """Everything that one visitor finds by following what pages lead to, beside the addresses they were given."""

    def __init__(self, client: Client, starts, most):
        self.client = client
        self.waiting = list(dict.fromkeys(starts))
        self.seen = set(self.waiting)
        self.most = most
        self.answers = 0

    def pages(self):
        """(address, the answer's bytes and headers) for each address, the nearest first."""
        while self.waiting and self.answers < self.most:
            path = self.waiting.pop(0)
            asked = ask(self.client, "GET", path)
            self.answers += 1
            headers = "\n".join(f"{name}: {value}" for name, value in asked.response.items())
            yield path, asked.content + headers.encode()
            if "html" in asked.response.get("Content-Type", ""):
                for link in links(asked.content):
                    if link not in self.seen and "/sign-out/" not in link:
                        self.seen.add(link)
                        self.waiting.append(link)


def tables_with(text, tables):
    """Those of ``tables`` in which any row holds ``text`` in any column."""
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(text in str(value) for row in cursor.fetchall() for value in row):
                found.append(table)
    return found
