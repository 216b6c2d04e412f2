"""A planned meeting of the Review group, and the links that its members got."""

import pytest
from django.conf import settings

from meetings.replying import links
from tests.factories import MeetingFactory


@pytest.fixture
def planned(group):
    return MeetingFactory(body=group.body, place="Room 1")


@pytest.fixture
def link():
    """The path of the link that ``person`` got for ``meeting``; with ``answer``, the one for that answer."""

    def of(meeting, person, answer=""):
        address = links.links_for(meeting, person)[0][1].partition("?")[0]
        return address.removeprefix(settings.SITE_ORIGIN) + (f"?answer={answer}" if answer else "")

    return of
