"""
Panels that upper apps put on the home page, on pages of boards, partners and places, and on somebody's own page.

An app fills these lists in ``AppConfig.ready()``. Each entry is asked at every request whether it has something to show
to this person; it answers with a panel or with None, in a number of queries that does not grow with its rows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from partnerships import queries
from partnerships.reviewing import reading
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.reminders import failures

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page: its template, what that template shows under the name ``panel``, and in which column."""

    template: str
    content: dict[str, Any] = field(default_factory=dict)
    column: str = "left"


# (order, make(user, now) -> Panel | None)
HOME: list[tuple[int, Callable]] = []
# (order, make(user, body, now) -> Panel | None)
BOARD: list[tuple[int, Callable]] = []
# (order, make(user, body, at) -> Panel | None)
BOARD_THEN: list[tuple[int, Callable]] = []
# (order, make(user, agency, now) -> Panel | None)
AGENCY: list[tuple[int, Callable]] = []
# (order, make(user, seat, now) -> Panel | None)
PLACE: list[tuple[int, Callable]] = []
# (order, make(user, now) -> Panel | None)
OWN: list[tuple[int, Callable]] = []


def on_home(make, *, order):
    """Show what ``make(user, now)`` answers on the home page, the lowest ``order`` first."""
    _put(HOME, order, make)


def on_board(make, *, order):
    """Show what ``make(user, body, now)`` answers on the page of a board or group, the lowest ``order`` first."""
    _put(BOARD, order, make)


def on_board_then(make, *, order):
    """
    Show what ``make(user, body, at)`` answers on the page of a board or group as at a day, the lowest ``order`` first.

    ``at`` is a moment of that day. What ``user`` may see is asked of now: looking at a day widens nothing.
    """
    _put(BOARD_THEN, order, make)


def on_agency(make, *, order):
    """Show what ``make(user, agency, now)`` answers on the page of a partner, the lowest ``order`` first."""
    _put(AGENCY, order, make)


def on_place(make, *, order):
    """Show what ``make(user, seat, now)`` answers on the page of a place, the lowest ``order`` first."""
    _put(PLACE, order, make)


def on_own_page(make, *, order):
    """Show what ``make(user, now)`` answers on somebody's own page, /me/, the lowest ``order`` first."""
    _put(OWN, order, make)


def _put(registry, order, make):
    registry.append((order, make))
    registry.sort(key=lambda entry: entry[0])


def made(registry, *args):
    """The panels of ``registry`` that have something to show, by column: lead, left and right."""
    columns = {"lead": [], "left": [], "right": []}
    for _order, make in registry:
        panel = make(*args)
        if panel is not None:
            columns[panel.column].append(panel)
    return columns


def failed_work(user, now):
    """For the team: work in the background that could not be done, with its reason."""
    if not standing_of(user).is_team:
        return None
    found = queries.failed_work(user, now)
    return Panel("partnerships/panels/failed_work.html", {"jobs": found}, "left") if found else None


def not_sent(user, now):
    """For whoever looks after mail: that some of it did not go out."""
    standing = standing_of(user)
    if not standing.reach(Act.LOOK_AFTER_MAIL).area:
        return None
    mails, people = failures.mails(standing.area_ids, now).count(), failures.unreached_people(user, now)
    if not mails + people:
        return None
    content = {"number": mails + people, "words": _in_words(mails, people)}
    return Panel("partnerships/panels/not_sent.html", content, "right")


def _in_words(mails, people):
    words = [
        f"{mails} mail{'' if mails == 1 else 's'} came back or {'was' if mails == 1 else 'were'} refused."
        * bool(mails),
        f"{people} {'person has' if people == 1 else 'people have'} nowhere to send a reminder to." * bool(people),
    ]
    return " ".join(filter(None, words))


def access_reviews(user, now):
    """For whoever goes through reviews of access: those that are open."""
    if not standing_of(user).reach(Act.REVIEW_ACCESS):
        return None
    waiting = reading.waiting_for(user)
    found = reading.rows(waiting[:SHOWN], now)
    if not found:
        return None
    # Counted only where there may be more than are shown.
    content = {"rows": found, "total": waiting.count() if len(found) == SHOWN else len(found)}
    return Panel("partnerships/panels/access_reviews.html", content, "left")


def register():
    """Put the panels of this app in their order."""
    on_home(access_reviews, order=15)
    on_home(not_sent, order=75)
    on_home(failed_work, order=80)
