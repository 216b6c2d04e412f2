"""The facts a rule is judged on: places, people in the room, the moment, ballots and replies.

Nothing here decides anything. Whoever calls gathers these values from wherever they are kept; a person is a key (any
text that is theirs alone), so that names may change and may repeat.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from partnerships.rules.names import plain, without_noun

Interval = tuple[dt.datetime | None, dt.datetime | None]


class Capacity(StrEnum):
    """In what capacity somebody attends."""

    MEMBER = "member"
    DEPUTY = "deputy"
    SUBSTITUTE = "substitute"
    ADVISER = "adviser"
    OBSERVER = "observer"


class Mode(StrEnum):
    """Where somebody attends from."""

    ROOM = "room"
    REMOTE = "remote"


class Choice(StrEnum):
    """What somebody votes."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Occasion(StrEnum):
    """What is going on at the moment that is judged; the scope of the quorum rule may ask."""

    MOMENT = "moment"
    OPENING = "opening"
    ITEM = "item"
    VOTE = "vote"


class Answer(StrEnum):
    """The reply to an invitation."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    DEPUTY = "deputy"
    NONE = "none"


@dataclass(frozen=True)
class Seat:
    """One place of a body, as the terms of reference in force on the day have it.

    ``classes`` are free tags, the agency's own among them. ``votes`` and ``counts`` are two different sets: an
    observer's place has neither. A place without a ``holder`` is vacant. ``deputies`` are the named deputies' keys.
    """

    key: str
    agency: str = ""
    title: str = ""
    classes: frozenset[str] = frozenset()
    votes: bool = True
    counts: bool = True
    holder: str | None = None
    deputies: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()

    @cached_property
    def labels(self) -> frozenset[str]:
        """Every name under which a rule can speak of this place, in plain form."""
        names = {plain(name) for name in (self.agency, self.title, self.key, *self.classes, *self.also_called) if name}
        return frozenset(names | {stem for name in names if (stem := without_noun(name))})

    @property
    def words(self) -> str:
        """The place in words: its title, or its agency where it has none."""
        return self.title or (f"{self.agency} member" if self.agency else self.key)


@dataclass(frozen=True)
class Presence:
    """Somebody who attends: in which capacity and mode, and from when to when.

    ``intervals`` are half-open, [from, until): somebody who leaves at 14:32 is not there at 14:32. An open end is
    ``None``; no interval at all is the whole meeting. ``notice`` is when notice of the deputy or substitute arrived.
    """

    person: str
    name: str = ""
    agency: str = ""
    seat: str | None = None
    capacity: Capacity = Capacity.MEMBER
    mode: Mode = Mode.ROOM
    intervals: tuple[Interval, ...] = ()
    notice: dt.datetime | None = None
    presiding: bool = False

    def is_there(self, at: dt.datetime | None) -> bool:
        """Whether they are present at the moment ``at`` (no moment: at any time of the meeting)."""
        if at is None or not self.intervals:
            return True
        return any((since is None or since <= at) and (until is None or at < until) for since, until in self.intervals)

    @property
    def words(self) -> str:
        """What to call them."""
        return self.name or self.person


@dataclass(frozen=True)
class Recusal:
    """A member who withdraws for a declared interest: from one item, or (no item) from what is going on now."""

    person: str
    item: str | None = None


@dataclass(frozen=True)
class Room:
    """The facts at one moment of a meeting.

    ``on`` chooses the rules by date, ``starts_at`` is what notice is measured against, ``item_from`` is when the item
    in hand began (asked where the occasion is an item). ``recusals`` are persons' keys, or :class:`Recusal` where the
    item matters.
    """

    on: dt.date
    at: dt.datetime | None = None
    seats: tuple[Seat, ...] = ()
    present: tuple[Presence, ...] = ()
    recusals: tuple[str | Recusal, ...] = ()
    meeting_kind: str = "ordinary"
    item: str | None = None
    starts_at: dt.datetime | None = None
    item_from: dt.datetime | None = None
    occasion: Occasion = Occasion.MOMENT
    holidays: frozenset[dt.date] = frozenset()

    def recused(self) -> frozenset[str]:
        """The persons who have withdrawn from the item in hand."""
        keys = set()
        for recusal in self.recusals:
            if isinstance(recusal, str):
                keys.add(recusal)
            elif recusal.item is None or recusal.item == self.item:
                keys.add(recusal.person)
        return frozenset(keys)


@dataclass(frozen=True)
class Motion:
    """What is put to the vote. ``open`` means that more votes may still come."""

    decision: str = "ordinary"
    item: str | None = None
    open: bool = False


@dataclass(frozen=True)
class Ballot:
    """One vote. ``casting`` marks the second vote of whoever presides."""

    person: str
    seat: str | None = None
    choice: Choice = Choice.FOR
    casting: bool = False


@dataclass(frozen=True)
class Reply:
    """The answer to an invitation, and which deputy comes where one is sent."""

    person: str
    answer: Answer = Answer.NONE
    deputy: str | None = None
