"""Agenda items of the files, and when each begins."""

import datetime as dt
from dataclasses import dataclass

from meetings.models import AgendaItem

USUAL_MINUTES = 15
OF_ITEM = (
    "title",
    "purpose",
    "kind",
    "minutes",
    "lead",
    "recommendation",
    "confidential",
    "note",
    "decisions",
    "actions",
    "withdrew",
)


@dataclass
class Planned:
    """An item's entry and row, and from when until when it is on."""

    entry: object
    row: AgendaItem
    starts_at: dt.datetime
    ends_at: dt.datetime


def planned(meeting, entries, owner):
    """The items of ``meeting`` one after the other; ``owner`` is the entry to blame when they take too long."""
    items, moment = [], meeting.starts_at
    for number, entry in enumerate(entries, start=1):
        row = _item(meeting, entry.only(*OF_ITEM), number)
        over = moment + dt.timedelta(minutes=row.minutes)
        items.append(Planned(entry, row, moment, over))
        moment = over
    if moment > meeting.ends_at:
        raise owner.wrong(f"the items take {moment - meeting.ends_at} (h:mm:ss) longer than the meeting.", "items")
    return items


def _item(meeting, entry, number):
    return AgendaItem(
        meeting=meeting,
        number=number,
        title=entry.text("title"),
        purpose=entry.choice("purpose", AgendaItem.Purpose.values, "note"),
        decision_kind=entry.text("kind", "ordinary"),
        minutes=entry.number("minutes", USUAL_MINUTES),
        lead=entry.text("lead", ""),
        recommendation=entry.text("recommendation", ""),
        confidential=entry.flag("confidential", False),
        note=entry.text("note", ""),
    )
