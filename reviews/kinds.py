"""
The kinds of case that there are, read once from ``fixtures/case-kinds.yaml``.

What is wrong in the file is said with its line: a deadline that is read wrong would be shown wrong.
"""

from functools import cache
from pathlib import Path

from meetings.sample.files import read
from reviews.models.cases import Case
from reviews.rules.kinds import Deadline, Kind, Level, Limit, Mark, Outcome, Seat, Unit, faults

FOLDER = Path(__file__).resolve().parents[1] / "fixtures"
FILE = "case-kinds.yaml"
OF_KIND = (
    *("key", "name", "begins", "authority", "decides", "notes", "events", "stages", "planned", "rapid review"),
    *("panel", "criteria", "outcomes", "deadlines"),
)
OF_DEADLINE = (
    *("code", "what", "starts", "ends", "before", "level", "source", "mark", "note"),
    *("can be held", "limits"),
)


def of(case):
    """The kind of ``case``, a case or a row with its ``kind``."""
    return every()[case.kind]


@cache
def every():
    """Every kind of case, by its key."""
    return read_from(FOLDER)


def read_from(folder):
    """The kinds that the file in ``folder`` holds, by key. Raises WrongFile, with the line, where one is not whole."""
    kinds = {}
    for entry in read(folder, FILE).only("kinds").entries("kinds"):
        kind = _kind(entry.only(*OF_KIND))
        for sentence in faults(kind):
            raise entry.wrong(f"{sentence}.", "key")
        kinds[kind.key] = kind
    return kinds


def _kind(entry):
    return Kind(
        key=entry.choice("key", Case.Kind.values),
        name=entry.text("name"),
        begins=entry.text("begins"),
        authority=entry.text("authority"),
        decides=entry.text("decides"),
        events=_texts(entry, "events"),
        stages=_texts(entry, "stages"),
        seats=tuple(
            Seat(seat.text("key"), seat.text("post"), seat.text("of"))
            for seat in _entries(entry, "panel", "key", "post", "of")
        ),
        criteria=_texts(entry, "criteria"),
        outcomes=tuple(
            Outcome(
                one.text("key"),
                one.text("name"),
                tuple(one.texts("events")),
                tuple(one.texts("all of")),
                tuple(one.texts("one of")),
            )
            for one in _entries(entry, "outcomes", "key", "name", "events", "all of", "one of")
        ),
        deadlines=tuple(_deadline(one) for one in _entries(entry, "deadlines", *OF_DEADLINE)),
        notes=tuple(entry.texts("notes")),
        planned=tuple(entry.texts("planned")),
        rapid_review=entry.text("rapid review", ""),
    )


def _deadline(entry):
    return Deadline(
        code=entry.text("code"),
        what=entry.text("what"),
        starts=entry.text("starts"),
        ends=entry.text("ends"),
        level=Level(entry.choice("level", [level.value for level in Level])),
        source=entry.text("source"),
        mark=Mark(entry.choice("mark", [mark.value for mark in Mark])),
        limits=tuple(_limit(one) for one in _entries(entry, "limits", "amount", "unit", "from", "to")),
        is_before=entry.flag("before", False),
        can_be_held=entry.flag("can be held", False),
        note=entry.text("note", ""),
    )


def _limit(entry):
    unit = entry.choice("unit", [unit.value for unit in Unit], None)
    return Limit(
        entry.number("amount", None), Unit(unit) if unit else None, entry.day("from", None), entry.day("to", None)
    )


def _entries(entry, key, *known):
    return [one.only(*known) for one in entry.entries(key)]


def _texts(entry, key):
    """A mapping of texts, such as the events by their keys."""
    found = entry.entry(key)
    return {name: found.text(name) for name in found.values}
