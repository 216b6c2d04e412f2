"""
Writing a row for each reminder that is due, once it is due.

The rows are made by the database from what is due: none of them passes through this process, however many there are.
The unique key and ``ON CONFLICT DO NOTHING`` make it harmless that two do this at once, and that it is done again.
"""

from contextlib import ExitStack
from itertools import islice

from django.db.models import CharField, DateTimeField, Exists, OuterRef, Value

from mktogether.lib.inserting import insert_from
from records.models import Reminder
from records.reminders.due import KEY, due, is_night, keys, last_day
from records.reminders.kinds import KINDS, Key

CHUNK = 500
AT_A_TIME = 150_000  # so that no statement runs into its time limit
COLUMNS = ("area", "kind", "target_id", "recipient_id", "due_on", "news_of", "send_from", "state", "why", "written_at")
OF_THE_PORTAL = "the portal writes and sends reminders by itself; lists ask who may see them"


def write_due(now):
    """
    Write what is due by ``now`` and not written yet, unless it is night: what falls into it waits for the morning.

    What goes wrong with one kind keeps no other from its turn.
    """
    if is_night(now):
        return
    with ExitStack() as turns:
        for name, kind in reversed(KINDS.items()):
            turns.callback(_write, name, kind, now)


def _write(name, kind, now):
    found = due(kind, now)
    if found is None:
        return
    _revive(name, kind, now)
    new = found.filter(~Exists(_written(name, kind)))
    if kind.only:
        _write_one_by_one(name, kind, new, now)
    else:
        rows = new.order_by().values_list(*_columns(name, now))[:AT_A_TIME]
        while insert_from(Reminder, rows, *COLUMNS) == AT_A_TIME:
            pass  # there is more


def _written(name, kind):
    """The row of a reminder that is due, where there is one."""
    which = {"news_of": OuterRef("due_news")} if kind.is_news else {"news_of": None, "due_on": OuterRef("due_day")}
    return Reminder.objects.regardless(OF_THE_PORTAL).filter(
        kind=name,
        target_id=OuterRef("due_target"),
        recipient_id=OuterRef("due_recipient"),
        **which,
    )


def _columns(name, now):
    text = CharField()
    return (
        "due_area",
        Value(name, text),
        "due_target",
        "due_recipient",
        "due_day",
        "due_news",
        Value(now, DateTimeField()),
        Value(Reminder.State.WAITING.value, text),
        Value("", text),
        Value(now, DateTimeField()),
    )


def _write_one_by_one(name, kind, new, now):
    """The same for a kind of which no query tells what holds: chunk by chunk, each asked and then written."""
    rows = new.order_by().values_list("due_area", *KEY).distinct().iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        areas = {Key(*key): area for area, *key in chunk}
        held = kind.only(set(areas), now)
        Reminder.objects.bulk_create(
            [
                Reminder(
                    area_id=areas[key],
                    kind=name,
                    target_id=key.target_id,
                    recipient_id=key.recipient_id,
                    due_on=key.due_on,
                    news_of=key.news_of,
                    send_from=now,
                    written_at=now,
                )
                for key in held
            ],
            ignore_conflicts=True,
        )


def _revive(name, kind, now):
    """What was withdrawn and is due after all, as when a meeting is moved and moved back, waits again."""
    rows = Reminder.objects.regardless(OF_THE_PORTAL)
    withdrawn = rows.filter(
        kind=name,
        state=Reminder.State.WITHDRAWN,
        why=Reminder.Why.NOT_DUE,
        due_on__gte=min(kind.timing.dues(last_day(now))),
    )
    found = withdrawn.order_by("pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        still = keys(kind, now, {row.target_id for row in chunk})
        back = [row.pk for row in chunk if Key.of(row) in still]
        if back:
            withdrawn.filter(pk__in=back).update(state=Reminder.State.WAITING, why="")
