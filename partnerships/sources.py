"""
What pages of boards and groups ask about their meetings, which an app above knows.

That app fills these in ``AppConfig.ready()``. Both answer only with what the person who asks may see.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting in a list: its words, its address, and whether it is closed, so that its record stays as it is."""

    words: str
    href: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A real meeting taken over to the workbench: its words, its address, its board or group, and the facts of it."""

    words: str
    href: str
    body_id: int
    bench: object


@dataclass(slots=True)
class Sources:
    """The functions that an app above has registered; until then nothing is known of meetings."""

    meeting: Callable = lambda user, public_id: None
    meetings_from: Callable = lambda user, body, day: []


SOURCES = Sources()


def register(*, meeting, meetings_from):
    """
    Say where meetings come from.

    ``meeting(user, public_id)`` answers with a Taken or None, ``meetings_from(user, body, day)`` with the Sittings of a
    board or group (or of its id) on that day or later, in their order, without those that were cancelled.
    """
    SOURCES.meeting, SOURCES.meetings_from = meeting, meetings_from
