"""What every part of a loading shares: what is loaded, what it changes in words, and bringing rows up to a file."""

import datetime as dt
from dataclasses import dataclass, field

from mktogether.lib.templatetags.wording import day as in_words
from partnerships.arrangements import moments
from partnerships.arrangements.source import Problem

LONGEST_VALUE = 60


@dataclass(slots=True)
class Loading:
    """One loading: the document, the rows that it has led to so far, and what is said of it."""

    document: object
    today: dt.date
    keep_people: bool = False
    changes: list[str] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    area: object = None
    areas: dict = field(default_factory=dict)  # by key
    arrangement: object = None
    is_new: bool = False  # whether this edition was not there before
    is_newest: bool = True  # whether no edition of the area begins later
    ended: list = field(default_factory=list)  # editions that end because this one begins
    agencies: dict = field(default_factory=dict)  # by short name
    bodies: dict = field(default_factory=dict)  # by key: those of the document
    known: set = field(default_factory=set)  # keys of the boards that were here before
    closed: list = field(default_factory=list)  # boards that end by this loading
    seats: dict = field(default_factory=dict)  # by (key of the board, key of the place)
    instead: list = field(
        default_factory=list
    )  # places that begin instead of others: (the new one, the old, its entry)
    people: dict = field(default_factory=dict)  # by (id of the agency, post)

    @property
    def begins(self):
        """The first moment of the edition."""
        return moments.start_of(self.document.first_day)

    @property
    def over(self):
        """The moment at which the edition is over; None while it goes on."""
        last = self.document.last_day
        return None if last is None else moments.start_of(last + moments.ONE_DAY)

    @property
    def turn_day(self):
        """The day from which changes hold that state none: the first of a new edition, else today."""
        return self.document.first_day if self.is_new else max(self.document.first_day, self.today)

    @property
    def turn(self):
        return moments.start_of(self.turn_day)

    def say(self, sentence):
        self.changes.append(sentence)

    def warn(self, line, message, remedy=""):
        self.warnings.append(Problem(line, message, remedy))

    def wrong(self, line, message, remedy=""):
        self.problems.append(Problem(line, message, remedy))

    def settle(self, existing, wanted, columns, *, name, added=None):
        """
        Have a row like each of ``wanted`` (unsaved instances), and answer with them all by their key.

        ``existing`` and ``wanted`` map natural keys to rows. A row that is there follows ``columns``. ``name(row)``
        begins each sentence, and ``added(row)``, where it is given, is that of a new row.
        """
        new, changed = [], []
        for key, row in wanted.items():
            present = existing.get(key)
            if present is None:
                new.append(row)
                self.say(added(row) if added else f"{name(row)} is added.")
            elif self.bring_up_to(present, row, columns, name):
                changed.append(present)
        if wanted:
            model = type(next(iter(wanted.values())))
            model.objects.bulk_create(new)
            if changed:
                model.objects.bulk_update(changed, list(columns))
        return {**existing, **{key: existing.get(key, row) for key, row in wanted.items()}}

    def bring_up_to(self, present, row, columns, name):
        """Set what differs on ``present``, saying each change. Answers whether anything does."""
        different = [column for column in columns if getattr(present, column) != getattr(row, column)]
        for column in different:
            related = column.removesuffix("_id")
            before, after = getattr(present, related), getattr(row, related)
            setattr(present, column, getattr(row, column))
            self.say(f"{name(present)}: {columns[column]}{becomes(before, after)}.")
        return bool(different)


def becomes(before, after):
    """
    The change of a value, as it follows the words for it: of long texts only that they change, of lists what is new in
    them and what is gone, or how many where that would be long.
    """
    if isinstance(before, list | dict) or isinstance(after, list | dict):
        return f": {_of_lists(before or [], after or [])}"
    shown_before, shown_after = _shown(before), _shown(after)
    if len(shown_before) > LONGEST_VALUE or len(shown_after) > LONGEST_VALUE:
        return " is no longer stated" if after in ("", None) else " is worded anew" if before else " is stated now"
    return f" changes from {shown_before} to {shown_after}"


def _of_lists(before, after):
    if not after:
        return "no longer stated"
    if not before:
        return "stated now"
    gone = [value for value in before if value not in after]
    new = [value for value in after if value not in before]
    if len(gone) + len(new) == 0:
        return "another order"
    parts = [_counted(new, "new"), _counted(gone, "gone")]
    return ", ".join(part for part in parts if part)


def _counted(values, word):
    """Which values are new, or gone, where they are few and short; otherwise how many."""
    if not values:
        return ""
    named = ", ".join(f"“{value}”" for value in values)
    return f"{named} {word}" if len(named) <= LONGEST_VALUE else f"{len(values)} {word}"


def _shown(value):
    if value in ("", None):
        return "not stated"
    if value is True or value is False:
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return moments.in_words(value)
    if isinstance(value, dt.date):
        return in_words(value)
    return str(value) if isinstance(value, int) else f"“{value}”"
