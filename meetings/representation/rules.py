"""
The arithmetic of representation: posts, meetings, what became of each post at each meeting, and the shares of these.

A post counts for the meetings at which it had a mandate, and for no others. Whoever attends without being a member is
shown in a row of their own and stands in no total; the total that a printed table would give, with every row, stands
beside. Meetings that were cancelled are no meetings here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

TENTH = Decimal("0.1")


class State(StrEnum):
    """What became of a post at a meeting."""

    MEMBER = "member"
    DEPUTY = "deputy"
    SUBSTITUTE = "substitute"
    REPRESENTED = "represented"  # by whom is not known
    APOLOGIES = "apologies"
    ABSENT = "absent"
    UNKNOWN = "unknown"  # not represented, and the reason is not known
    NOT_RECORDED = "not recorded"
    NOT_APPLICABLE = "not applicable"  # without a mandate on the day


STAND_INS = frozenset({State.DEPUTY, State.SUBSTITUTE})
THERE = frozenset({State.MEMBER, State.REPRESENTED}) | STAND_INS
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when somebody held a post: [starts, ends); without an end, until further notice."""

    starts: datetime
    ends: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.starts <= at and (self.ends is None or at < self.ends)


def has_mandate(at: datetime, place: Span, holders: Iterable[Span] | None) -> bool:
    """
    Whether a post had a mandate at ``at``: its place held then, and somebody was its member.

    ``holders`` is None where the source names the post alone: then the place itself is the mandate.
    """
    return place.holds(at) and (holders is None or any(span.holds(at) for span in holders))


def state_of(*, mandate: bool, filled_by: str = "", why_not: str = "") -> State:
    """
    The state of a post at a meeting, from its mandate and from what is recorded (nothing: two empty texts).

    Somebody who came counts, also in a vacancy. Without a mandate nobody is away, whatever is recorded.
    """
    if filled_by and filled_by != NOBODY:
        return State.MEMBER if filled_by == "principal" else State(filled_by)
    if not mandate:
        return State.NOT_APPLICABLE
    return State(why_not) if why_not else State.NOT_RECORDED


@dataclass(frozen=True, slots=True)
class Share:
    """How often somebody was there, of how many chances; and how often that was the member in person."""

    there: int = 0
    of: int = 0
    in_person: int = 0
    stood_in: int = 0  # a deputy or substitute; where neither is known, by whom is unknown

    def __add__(self, other: "Share") -> "Share":
        return Share(
            self.there + other.there,
            self.of + other.of,
            self.in_person + other.in_person,
            self.stood_in + other.stood_in,
        )

    @property
    def by_unknown(self) -> int:
        """How often a post was represented, and by whom is not known."""
        return self.there - self.in_person - self.stood_in

    @property
    def percent(self) -> Decimal | None:
        """To one place, half up; None where there was no chance to be there."""
        return percent(self.there, self.of)


def percent(part: int, whole: int) -> Decimal | None:
    """``part`` of ``whole`` in percent to one place, half up; None of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP)


def share(states: Iterable[State]) -> Share:
    """The share of ``states``: those not applicable are no chances."""
    counted = [state for state in states if state != State.NOT_APPLICABLE]
    return Share(
        there=sum(state in THERE for state in counted),
        of=len(counted),
        in_person=sum(state == State.MEMBER for state in counted),
        stood_in=sum(state in STAND_INS for state in counted),
    )


@dataclass(frozen=True, slots=True)
class Post:
    """A post with a row: its title, its partner (short name and name; none for whoever belongs to none), its note."""

    key: int
    title: str
    partner: str
    partner_name: str
    order: int = 0
    is_member: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting with a column: in words, long and short, its address, and its verdict on quorum."""

    key: int
    words: str
    short: str
    href: str = ""
    quorum: str = ""
    note: str = ""
    has_day: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A post with its state at each sitting, in the order of the columns."""

    post: Post
    states: tuple[State, ...]
    share: Share


@dataclass(frozen=True, slots=True)
class Column:
    """A sitting with the share of the members' posts, and of every row as a printed table would have it."""

    sitting: Sitting
    share: Share
    printed: Share


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner at each sitting: whether anybody came for any of its posts; None where none had a mandate."""

    name: str
    long_name: str
    there: tuple[bool | None, ...]
    share: Share


@dataclass(frozen=True, slots=True)
class Matrix:
    """Everything there is to show. ``total`` leaves out whoever is no member, ``printed`` counts every row."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    partners: tuple[Partner, ...]
    total: Share
    printed: Share
    cancelled: int = 0

    @property
    def members(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.post.is_member)

    @property
    def others(self) -> tuple[Row, ...]:
        """The rows that stand outside the totals."""
        return tuple(row for row in self.rows if not row.post.is_member)

    def count(self, state: State) -> int:
        """How many cells of members' posts are in ``state``."""
        return sum(row.states.count(state) for row in self.members)


def matrix(
    posts: Sequence[Post],
    sittings: Sequence[Sitting],
    states: Mapping[tuple[int, int], State],
    *,
    cancelled: int = 0,
) -> Matrix:
    """
    The matrix of ``posts`` (rows, in their order) and ``sittings`` (columns, in their order).

    ``states`` has the state for each pair of their keys; a pair that it lacks is not recorded.
    """
    cells = {
        post.key: tuple(states.get((post.key, sitting.key), State.NOT_RECORDED) for sitting in sittings)
        for post in posts
    }
    rows = tuple(Row(post, cells[post.key], share(cells[post.key])) for post in posts)
    members = [row for row in rows if row.post.is_member]
    columns = tuple(
        Column(
            sitting,
            share(row.states[number] for row in members),
            share(row.states[number] for row in rows),
        )
        for number, sitting in enumerate(sittings)
    )
    return Matrix(
        rows=rows,
        columns=columns,
        partners=_partners(members, len(sittings)),
        total=sum((row.share for row in members), Share()),
        printed=sum((row.share for row in rows), Share()),
        cancelled=cancelled,
    )


def _partners(members: Iterable[Row], sittings: int) -> tuple[Partner, ...]:
    """Partners in the order of their first post. A deputy, too, represents their partner."""
    of_partner: dict[str, list[Row]] = {}
    for row in members:
        of_partner.setdefault(row.post.partner, []).append(row)
    return tuple(
        _partner(rows[0].post, [_anybody(row.states[number] for row in rows) for number in range(sittings)])
        for rows in of_partner.values()
    )


def _anybody(states: Iterable[State]) -> bool | None:
    counted = [state for state in states if state != State.NOT_APPLICABLE]
    return any(state in THERE for state in counted) if counted else None


def _partner(post: Post, there: Sequence[bool | None]) -> Partner:
    chances = [came for came in there if came is not None]
    return Partner(post.partner, post.partner_name, tuple(there), Share(there=sum(chances), of=len(chances)))


EMPTY = matrix((), (), {})


# --- Orders of the rows -----------------------------------------------------------------------------------------------


def as_printed(rows: Iterable[Row]) -> list[Row]:
    """In the order of the source, or of the terms."""
    return sorted(rows, key=lambda row: row.post.order)


def by_partner(rows: Iterable[Row]) -> list[Row]:
    """The posts of a partner together, partners in the order of their first post."""
    printed = as_printed(rows)
    first: dict[str, int] = {}
    for row in printed:
        first.setdefault(row.post.partner, len(first))
    return sorted(printed, key=lambda row: first[row.post.partner])


def lowest_first(rows: Iterable[Row]) -> list[Row]:
    """Who was represented least comes first; of two alike, who had more chances; who had none comes last."""

    def rank(row: Row) -> tuple[bool, Decimal, int, int]:
        part = Decimal(row.share.there) / row.share.of if row.share.of else Decimal(1)
        return not row.share.of, part, -row.share.of, row.post.order

    return sorted(rows, key=rank)


# --- Several matrices -------------------------------------------------------------------------------------------------


def together(matrices: Iterable[Matrix]) -> Share:
    """The share of the members' posts of several boards and groups."""
    return sum((found.total for found in matrices), Share())
