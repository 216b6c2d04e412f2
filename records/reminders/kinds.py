"""
The kinds of reminder, which the apps that own what they remind of register in ``AppConfig.ready()``.

A kind is data: what it is called, when it goes, which rows are due, and what is said of each. There is one sender for
all of them.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from records.reminders.timing import Timing


@dataclass(frozen=True)
class Thing:
    """
    What a reminder is about, as mail may say it: a reference, a date and where it is, and never a word of content.

    ``reference`` names it for those who know it, such as a board and a day. ``href`` is an address of the portal.
    """

    reference: str
    on: str  # the date in words, such as "Meeting on Tuesday 21 January 2025, 09:30"
    href: str
    says: str = ""  # instead of what the kind says, where it differs from thing to thing


@dataclass(frozen=True)
class Calendar:
    """An entry for the recipient's calendar: iCalendar text, and what it asks (an ``OutboxMessage.CalendarMethod``)."""

    text: str
    method: str


@dataclass(frozen=True)
class Key:
    """One reminder before it is written: of what, whom, for which day, and of news when that happened."""

    target_id: int
    recipient_id: int
    due_on: dt.date
    news_of: dt.datetime | None = None

    @classmethod
    def of(cls, reminder):
        """The key of a row."""
        return cls(reminder.target_id, reminder.recipient_id, reminder.due_on, reminder.news_of)


@dataclass(frozen=True)
class Kind:
    """
    A kind of reminder.

    ``rows(now)`` is a queryset of what people are to be reminded of as long as it stands: one row for each thing and
    person, whenever that may be due. The lookups beside it say where in a row the parts are: ``about`` is the date that
    ``timing`` counts from (a DateField, or a DateTimeField with ``is_moment``). What falls out of ``rows`` is withdrawn
    by that alone. ``only(keys, now)`` narrows what no query can: it answers with those that hold.

    ``things(ids, now)`` says of each thing what mail may say. ``links(keys, now)`` gives further links of a mail,
    as (label, address of the portal) by key, and ``calendar(keys, now)`` an entry for the calendar.
    """

    title: str  # as the page of choices lists it
    says: str  # the sentence of the mail, and its subject without the full stop
    timing: Timing
    model: str  # the label of the model of the thing, such as "meetings.Meeting"
    rows: Callable
    about: str
    recipient: str
    things: Callable[[Collection[int], dt.datetime], Mapping[int, Thing]]
    target: str = "pk"
    area: str = "area_id"
    is_moment: bool = False
    only: Callable[[Collection[Key], dt.datetime], Collection[Key]] | None = None
    links: Callable[[Collection[Key], dt.datetime], Mapping[Key, list[tuple[str, str]]]] | None = None
    calendar: Callable[[Collection[Key], dt.datetime], Mapping[Key, Calendar]] | None = None
    alone: bool = False  # always a mail of its own: it carries what the day's mail cannot
    always: str = ""  # why nobody switches it off, as a sentence; empty: people may
    confidential: bool = False  # that there is one tells too much: on no list but the recipient's own mail

    @property
    def is_news(self) -> bool:
        """Whether it tells of what has happened, each time that it happens, and not of what is to come."""
        return not self.timing.lapses


@dataclass(frozen=True)
class Contact:
    """Where somebody is reached. ``takes_part`` is False for whoever left."""

    name: str
    area_id: int
    email: str = ""
    takes_part: bool = True


@dataclass
class Directory:
    """
    What the app that knows people tells of them; it fills this in ``AppConfig.ready()``.

    ``model`` is the label of the model of a person; ``contacts(ids, now)`` are whom the ids name; ``sees(user)`` is the
    condition under which a reminder is on the lists that ``user`` sees.
    """

    model: str = ""
    contacts: Callable[[Collection[int], dt.datetime], Mapping[int, Contact]] = field(default=lambda ids, now: {})
    sees: Callable = field(default=lambda user: Q(pk__in=[]))


# Filled by the apps above in AppConfig.ready().
KINDS: dict[str, Kind] = {}
directory = Directory()


def register(name, kind):
    """Make ``kind`` known under ``name``, which its rows carry."""
    KINDS[name] = kind


def visible(user):
    """The condition under which ``user`` sees a reminder on a list: none of a confidential kind is on any."""
    return Q(kind__in=[name for name, kind in KINDS.items() if not kind.confidential]) & directory.sees(user)


def may_be_switched_off():
    """The kinds that somebody may switch off, by name."""
    return {name: kind for name, kind in KINDS.items() if not kind.always}
