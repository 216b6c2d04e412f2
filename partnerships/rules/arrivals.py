"""Who is not here and could come, seat by seat. Vacancies cannot arrive."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from partnerships.rules.eligibility import Standings, working_days_before
from partnerships.rules.facts import Mode, Room, Seat
from partnerships.rules.matching import bits
from partnerships.rules.terms import Notice, NoticeUnit, Standing

if TYPE_CHECKING:
    from partnerships.rules.judging import Case


def arrivals_of(case: Case) -> dict[int, tuple[str, ...]]:
    """For each seat that counts, the people who could still come and count in it, the member first."""
    standings = Standings(case.terms, case.room, case.decision)
    recused = case.room.recused()
    found: dict[int, tuple[str, ...]] = {}
    for seat in bits(case.membership.counting):
        people = could_come(case, seat, standings, recused)
        if people:
            found[seat] = people
    return found


def could_come(case: Case, seat: int, standings: Standings, recused: frozenset[str]) -> tuple[str, ...]:
    """The people who could still come and count in one seat."""
    place = case.room.seats[seat]
    here = case.people.presence
    people = []
    if place.holder is not None and place.holder not in recused:
        present = here.get(place.holder)
        if present is None or (present.mode == Mode.REMOTE and (place.holder, seat) not in case.people.capacity):
            people.append(place.holder)
    if place.holder in recused and place.holder in here:
        return ()
    if deputies_may(place, standings, case.room):
        people.extend(deputy for deputy in place.deputies if deputy not in here and deputy not in recused)
    return tuple(people)


def deputies_may(seat: Seat, standings: Standings, room: Room) -> bool:
    """Whether a deputy who came now would count."""
    if not seat.deputies or not standings.may(Standing.DEPUTIES, seat, voting=False):
        return False
    if seat.holder is None and not standings.may(Standing.VACANT_DEPUTIES, seat, voting=False):
        return False
    notice = standings.notice(Standing.DEPUTIES, seat)
    if notice is None or room.at is None or room.starts_at is None:
        return True
    return room.at < deadline(notice, room.starts_at, room.holidays)


def deadline(notice: Notice, starts_at: dt.datetime, holidays: frozenset[dt.date]) -> dt.datetime:
    """The moment from which notice comes too late."""
    if notice.unit is NoticeUnit.START:
        return starts_at
    if notice.unit is NoticeUnit.HOURS:
        return starts_at - dt.timedelta(hours=notice.n)
    if notice.unit is NoticeUnit.DAYS:
        day = starts_at.date() - dt.timedelta(days=notice.n)
    else:
        day = working_days_before(starts_at.date(), notice.n, holidays)
    return starts_at.combine(day + dt.timedelta(days=1), dt.time(), starts_at.tzinfo)
