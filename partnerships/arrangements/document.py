"""What a file of arrangements holds, once it is read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from partnerships.arrangements.source import Problem
from partnerships.arrangements.values import Entry


@dataclass(slots=True)
class Place:
    """One place of the file: an entry may stand for several that are alike."""

    entry: Entry
    key: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime | None
    votes: bool
    counts: bool
    in_attendance: bool
    post_only: bool
    people: bool  # whether it is the one of several alike to which the members of the entry belong


@dataclass(slots=True)
class Document:
    """A file that can be loaded, and what somebody should know of it all the same."""

    file: Entry
    warnings: list[Problem] = field(default_factory=list)
    places: dict[str, list[Place]] = field(default_factory=dict)  # by the key of the board

    @property
    def arrangement(self) -> Entry:
        return self.file["arrangement"]

    @property
    def first_day(self) -> dt.date:
        return self.arrangement["applies from"]

    @property
    def last_day(self) -> dt.date | None:
        return self.arrangement["applies until"]

    @property
    def agencies(self) -> list[Entry]:
        return self.file.entries("agencies")

    @property
    def boards(self) -> list[Entry]:
        return self.file.entries("boards")

    def span(self, entry: Entry) -> tuple[dt.date, dt.date | None]:
        """First and last day of a line or of terms: those of the arrangement where it states none."""
        return entry.get("from", self.first_day), entry.get("until", self.last_day)
