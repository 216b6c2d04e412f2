"""Pages that somebody asked for in vain: which it was, in words and by its address, not as the program calls it."""

import csv
import io
import uuid

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from partnerships.story import asking, telling
from records.models import Event
from tests.factories import AppointmentFactory, EventFactory, OfficeFactory

pytestmark = pytest.mark.django_db
SOME_ID = str(uuid.UUID(int=7))


def denied(route, **asked):
    """Somebody asked for a page of ``route`` in vain, with ``asked`` in the address."""
    return EventFactory(verb="access.denied", target="", target_id=0, details={"route": route, "asked": asked})


def told(event):
    (row,) = telling.told(OfficeFactory(information_governance=True).person.user, [event])
    return f"{row['before']}{row['title']}{row['after']}", row["address"]


def routes(patterns=None, parts=()):
    """Every route of the portal, as its name and the part that it is in."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name, ":".join(parts)
        else:
            yield from routes(pattern.url_patterns, [*parts, *([pattern.namespace] if pattern.namespace else [])])


def test_every_part_of_the_portal_says_what_its_pages_are_about():
    """Missing here: write ``told_as`` beside ``app_name`` in its urls, as in "a page about reports"."""
    parts = {part for _name, part in routes() if part}
    assert len(parts) > 15
    assert {part for part in parts if not asking.words_of(part)} == set()


def test_it_says_what_the_page_is_about_and_where_it_is():
    assert told(denied("granting:emergency")) == (
        "asked for a page about access by exception and in emergencies, which is not there, or not for whoever asked",
        "/access/emergency/",
    )
    assert told(denied("meetings:meeting", public_id=SOME_ID))[1] == f"/meetings/{SOME_ID}/"
    assert told(denied("people:end", public_id=SOME_ID, kind="#d2a343c003e8b216", pk="3"))[1] == (
        f"/people/{SOME_ID}/end/…/3/"
    )


def test_a_page_of_no_part_and_one_that_the_portal_no_longer_has_are_pages():
    words = "asked for a page, which is not there, or not for whoever asked"
    assert told(denied("file", public_id=SOME_ID)) == (words, f"/files/{SOME_ID}/")
    assert told(denied("gone:since", pk="3")) == (words, "")
    assert told(denied("meetings:since", pk="3")) == (words.replace("a page", "a page about meetings"), "")


def test_people_read_no_name_of_the_program_and_the_file_keeps_it(as_user, words):
    member = AppointmentFactory(with_account=True).person.user
    client = as_user(member)
    assert client.get("/boards/no-such-board/representation/").status_code == 404
    (kept,) = Event.objects.filter(verb="access.denied")
    lead = as_user(OfficeFactory(information_governance=True).person.user, confirmed=True)
    for page in (client.get("/history/mine/"), client.get("/me/"), lead.get("/history/")):
        text = words(page)
        assert "a page about partnership representation, which is not there" in text
        assert "Its address: /boards/…/representation/" in text
        assert "representation:board" not in text
        assert kept.details["asked"]["slug"] not in text
    rows = csv.DictReader(io.StringIO(lead.get("/history/export.csv?act=denied").content.decode("utf-8-sig")))
    assert [row["Page asked for"] for row in rows] == [f"representation:board slug={kept.details['asked']['slug']}"]
