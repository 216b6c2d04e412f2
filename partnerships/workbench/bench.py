"""What lies on the workbench, as values, and how it becomes the facts that a rule is judged on."""

import datetime as dt
from dataclasses import dataclass, field, replace

from partnerships import rules

MOST_PLACES = 300
PRESENT, REMOTE, DEPUTY, AWAY = "present", "remote", "deputy", "away"
STATES = (PRESENT, REMOTE, DEPUTY, AWAY)
CHOICES = tuple(choice.value for choice in rules.Choice)


@dataclass(frozen=True)
class Place:
    """
    A place of the membership with who fills it. ``key`` is its name, one of a kind on the bench.

    ``deputies`` are the named deputies; whoever stands in where none is named is a substitute. Times are of the day
    of the meeting; ``notice`` is when notice of the deputy or substitute arrived.
    """

    key: str
    agency: str = ""
    title: str = ""
    classes: tuple[str, ...] = ()
    votes: bool = True
    counts: bool = True
    holder: str | None = ""
    deputies: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()
    state: str = AWAY
    substitute: bool = False
    deputy_remote: bool = False
    since: dt.time | None = None
    until: dt.time | None = None
    notice: dt.datetime | None = None
    recused: bool = False
    vote: str = ""

    @property
    def person(self):
        """Who holds the place: somebody named after it unless it says otherwise; None where it is vacant."""
        return self.key if self.holder == "" else self.holder

    @property
    def is_vacant(self):
        return self.holder is None

    @property
    def is_filled(self):
        return self.state == DEPUTY or (self.state in {PRESENT, REMOTE} and not self.is_vacant)

    @property
    def is_substitute(self):
        """Whether somebody stands in who is no named deputy."""
        return self.state == DEPUTY and (self.substitute or not self.deputies)

    @property
    def attends(self):
        """The person who is there for the place, or None."""
        if not self.is_filled:
            return None
        if self.state != DEPUTY:
            return self.person
        return f"substitute for {self.key}" if self.is_substitute else self.deputies[0]

    @property
    def withdraws(self):
        """Whether whoever is there withdraws for a declared interest; terms speak of members and deputies alone."""
        return self.recused and self.is_filled and not self.is_substitute

    @property
    def voter(self):
        """Who votes for the place: whoever is there, or else its member, whose vote the rules leave out."""
        return self.attends or self.person or self.key

    @property
    def votes_by_seat(self):
        """Whether the vote is that of the place's member or named deputy, and not of somebody unknown to the terms."""
        return self.voter == self.person or self.voter in self.deputies

    @property
    def words(self):
        """The post and its partner."""
        return f"{self.title}, {self.agency}" if self.title and self.agency else self.title or self.agency or self.key


@dataclass(frozen=True)
class Bench:
    """Everything that is judged together. ``at`` is the moment that is judged; without it, the whole meeting."""

    terms: str = ""
    day: dt.date = dt.date(2025, 1, 1)
    start: dt.time | None = None
    at: dt.time | None = None
    decision: str = ""
    kind: str = ""
    places: tuple[Place, ...] = ()
    presides: str = ""
    voting: bool = False
    agreed: bool = False
    casting: str = ""

    @property
    def has_votes(self):
        """Whether there is something to decide on."""
        return self.voting and (self.agreed or any(place.vote for place in self.places))

    def seats(self):
        """The places as the rules know them."""
        return tuple(_seat(place) for place in self.places)

    def room(self):
        """The facts at the moment that is judged."""
        return rules.Room(
            on=self.day,
            at=_moment(self.day, self.at),
            seats=self.seats(),
            present=tuple(self._presence(place) for place in self.places if place.is_filled),
            recusals=tuple(place.attends for place in self.places if place.withdraws),
            meeting_kind=self.kind or "ordinary",
            starts_at=_moment(self.day, self.start),
        )

    def _presence(self, place):
        deputy, remote = place.state == DEPUTY, place.state == REMOTE
        capacity = rules.Capacity.DEPUTY if deputy else rules.Capacity.MEMBER
        return rules.Presence(
            person=place.attends,
            seat=place.key,
            capacity=rules.Capacity.SUBSTITUTE if place.is_substitute else capacity,
            mode=rules.Mode.REMOTE if remote or (deputy and place.deputy_remote) else rules.Mode.ROOM,
            intervals=((_moment(self.day, place.since), _moment(self.day, place.until)),)
            if place.since or place.until
            else (),
            notice=place.notice,
            presiding=place.key == self.presides,
        )

    def motion(self):
        return rules.Motion(self.decision or "ordinary")

    def ballots(self):
        """The votes as entered; whoever may not vote is left out by the rules, and named."""
        cast = tuple(
            rules.Ballot(place.voter, place.key if place.votes_by_seat else None, rules.Choice(place.vote))
            for place in self.places
            if place.vote
        )
        presider = next((place for place in self.places if place.key == self.presides), None)
        if not self.casting or presider is None or not presider.attends:
            return cast
        return (*cast, rules.Ballot(presider.attends, None, rules.Choice(self.casting), casting=True))

    def with_place(self, number, **values):
        """The bench with the place ``number`` changed."""
        changed = replace(self.places[number], **values)
        return replace(self, places=(*self.places[:number], changed, *self.places[number + 1 :]))

    def without_place(self, number):
        return replace(self, places=(*self.places[:number], *self.places[number + 1 :]))

    def everybody(self, state):
        """The bench with every place that somebody holds in ``state``."""
        return replace(
            self, places=tuple(place if place.is_vacant else replace(place, state=state) for place in self.places)
        )


def named(places):
    """``places`` each with a key of its own: its post, or its partner, and a number where that is taken."""
    names = Names()
    return tuple(replace(place, key=names.take(place.title or place.agency or "Place")) for place in places)


@dataclass
class Names:
    """Gives out each name once."""

    taken: set[str] = field(default_factory=set)

    def take(self, wanted):
        """``wanted``, or with a number behind it where it is taken."""
        name, number = wanted, 1
        while name.casefold() in self.taken:
            number += 1
            name = f"{wanted} {number}"
        self.taken.add(name.casefold())
        return name


def _seat(place):
    return rules.Seat(
        key=place.key,
        agency=place.agency,
        title=place.title,
        classes=frozenset(place.classes),
        votes=place.votes,
        counts=place.counts,
        holder=place.person,
        deputies=place.deputies,
        also_called=place.also_called,
    )


def _moment(day, clock):
    return None if clock is None else dt.datetime.combine(day, clock)
