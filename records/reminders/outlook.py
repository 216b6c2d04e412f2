"""What will go out about a thing, when and to whom, as things are now; and what has gone."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from records.models import OutboxMessage, Reminder
from records.reminders.due import last_day
from records.reminders.kinds import KINDS, Key, directory

FOUND = "of a thing that was found for whoever looks; its page says who that may be"
GONE = {
    Reminder.State.WAITING: "Goes today",
    Reminder.State.NOT_REACHED: "Nowhere to send it",
    **{why: why.label for why in Reminder.Why},
}
IN_MAIL = {
    OutboxMessage.State.WAITING: "Goes today",
    OutboxMessage.State.SENDING: "Being handed over",
    OutboxMessage.State.SENT: "Sent",
    OutboxMessage.State.FAILED: "Came back, or was refused",
    OutboxMessage.State.WITHDRAWN: "No longer wanted",
}


@dataclass(frozen=True)
class Ahead:
    """Reminders of one kind that will go on a day, and whom they would go to as things are now."""

    day: dt.date
    title: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Gone:
    """A reminder that was written, and what became of it."""

    day: dt.date
    title: str
    person: str
    state: str


def ahead(model, target_id, now):
    """
    The reminders of the thing ``target_id`` of ``model`` still to come, by day; confidential kinds left out.

    A query for each kind of that model, and one for the names.
    """
    found = defaultdict(set)
    for name, kind in _of(model):
        for key in _coming(kind, target_id, now):
            found[key.due_on, name].add(key.recipient_id)
    names = _names({person for people in found.values() for person in people}, now)
    return [
        Ahead(day, KINDS[name].title, tuple(sorted(names[person] for person in people if person in names)))
        for (day, name), people in sorted(found.items(), key=lambda entry: entry[0])
    ]


def gone(model, target_id, now):
    """What was written of the thing ``target_id`` of ``model``, the newest first; two queries."""
    titles = {name: kind.title for name, kind in _of(model)}
    rows = Reminder.objects.regardless(FOUND).filter(kind__in=titles, target_id=target_id)
    rows = list(rows.select_related("message").order_by("-due_on", "kind", "pk"))
    names = _names({row.recipient_id for row in rows}, now)
    return [
        Gone(row.due_on, titles[row.kind], names.get(row.recipient_id, "Somebody who is gone"), _state(row, now))
        for row in rows
    ]


def _of(model):
    return [(name, kind) for name, kind in KINDS.items() if kind.model == model and not kind.confidential]


def _coming(kind, target_id, now):
    """The keys of what is still to come of ``kind`` for one thing."""
    rows = kind.rows(now).filter(**{kind.target: target_id}).order_by().values_list(kind.about, kind.recipient)
    last = last_day(now)
    keys = set()
    for about, recipient in rows:
        day = timezone.localdate(about) if kind.is_moment else about
        keys |= {Key(target_id, recipient, slot) for slot in kind.timing.slots(day) if slot > last}
    return kind.only(keys, now) if kind.only and keys else keys


def _names(people, now):
    return {pk: contact.name for pk, contact in directory.contacts(people, now).items()}


def _state(row, now):
    if row.message is not None:
        return IN_MAIL[row.message.state]
    if row.state == Reminder.State.WAITING and row.send_from > now:
        return "Goes with the next day’s mail"
    return GONE[row.why or row.state]
