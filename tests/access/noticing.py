"""
Asking again, while a hole stands, what the walk of the addresses asks, and noticing what it would notice.

Of each hole noticed.csv keeps the request that notices it, which is asked first: so all are asked in minutes. Only
where that no longer tells is every request sought that may.
"""

import csv
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache

from tests.access import planting, recording, walking
from tests.access import world as worlds
from tests.access.walking import address, ask, belongs_in_history, canaries_in
from tests.access.world import CASES, MAY_READ
from tests.access.world.addresses import Case
from tests.visitors import confirm

EXPECTED = walking.expected()
NOTICED = Path(__file__).with_name("noticed.csv")
HEAD = ("hole", "role", "route", "on", "method")
# Those whom most holes in checks concern; asked first.
FIRST = ("member", "other group", "team", "chair", "excluded member", "case lead", "agency administrator")


@dataclass(frozen=True)
class Visit:
    """One request of one role, with what it asks and shows while nothing is broken."""

    role: str
    case: Case
    method: str
    asks: frozenset[str]
    shows: frozenset[str]

    def __str__(self):
        return f"{self.method} {self.case.route} ({self.case.on}) as {self.role}"


def noted():
    """Of each hole, the request that was seen to notice it: {hole: (role, route, on, method)}."""
    with NOTICED.open(newline="") as file:
        return {hole: tuple(request) for hole, *request in list(csv.reader(file))[1:]}


def note(requests):
    """Keep ``requests``, as ``noted`` gives them."""
    with NOTICED.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(HEAD)
        rows.writerows((hole, *request) for hole, request in sorted(requests.items()))


# A fresh check is good for ten minutes; whoever asks for longer confirms again, or is turned away without any hole.
CONFIRM_AFTER = 240


class TookTooLong(Exception):
    """Nobody noticed a hole in the time that was given."""


class WorldGrewOld(Exception):
    """What somebody had in the world is over, such as an emergency after its hour: nothing they ask tells of a hole."""


class Visitors:
    """The world, its people, and which of their requests ask what."""

    def __init__(self):
        self.world = worlds.build()
        self.roles = [*FIRST, *(role for role in self.world.people if role not in FIRST)]
        self._clients, self._visits, self._single, self._confirmed = {}, {}, {}, {}
        self._noted = noted()
        self._lucky = defaultdict(list)  # what a hole is in -> visits that noticed the last of such holes

    def visits(self, role):
        """The requests of ``role``, but for those of a method that the address does not take: they ask nothing."""
        if role not in self._visits:
            asked = ((case, method) for case in CASES for method in ("GET", "POST"))
            taken = [(case, method) for case, method in asked if EXPECTED[case.route, case.on, method][role] != "405"]
            with recording.recorded() as called, recording.acts_noted(called), recording.kinds_noted(called):
                self._visits[role] = [self._visit(role, case, method, called) for case, method in taken]
        return self._visits[role]

    def _visit(self, role, case, method, called):
        called.clear()
        planting.forget_prepared()
        asked = self._ask(role, case, method)
        visit = Visit(role, case, method, frozenset({*called, planting.of_route(case.route)}), canaries_in(asked))
        if words := wrong(visit, asked):
            raise AssertionError(f"Without any hole, {visit}: {words}")
        return visit

    def _ask(self, role, case, method):
        if role not in self._clients:
            self._clients[role], self._confirmed[role] = walking.visitor(self.world, role), time.monotonic()
        data = {"data": case.send(self.world)} if method == "POST" else {}
        return ask(self._clients[role], method, address(case, self.world), **data)

    def _confirm_again(self):
        """Everybody whose fresh check is no longer new confirms; never while a hole stands."""
        for role, at in self._confirmed.items():
            if self.world.people[role] is not None and time.monotonic() - at > CONFIRM_AFTER:
                self._confirmed[role] = time.monotonic()
                cache.clear()
                confirm(self._clients[role])

    def caught(self, hole):
        """How ``hole`` is noticed, in words; empty where it is not."""
        visit, words = self.notice(hole)
        return f"{visit}: {words}" if visit else ""

    def still_told(self, hole):
        """
        Whether the kept request tells of ``hole``: its answer is not as the walk wants it, or lacks what it showed.

        Nothing else is asked. Where what it showed stands elsewhere too, the walk itself would not miss it.
        """
        for visit in self._that_told(hole):
            planting.forget_prepared()
            try:
                with hole.planted():
                    asked = self._ask(visit.role, visit.case, visit.method)
            finally:
                planting.forget_prepared()
            return bool(wrong(visit, asked) or visit.shows - canaries_in(asked))
        return False

    def notice(self, hole, seconds=None):
        """
        The first request that notices ``hole``, and what it notices in words; (None, "") where none does.

        Raises TookTooLong where none has when asking took ``seconds``, and WorldGrewOld where what is noticed is so
        without the hole as well.
        """
        left = float("inf") if seconds is None else seconds
        for visits in self._likely(hole):
            began = time.monotonic()
            visit, words = self._first_that_notices(hole, visits, until=began + left)
            if words:
                self._remember(hole, visit)
                return visit, words
            left -= time.monotonic() - began
        return None, ""

    def _first_that_notices(self, hole, visits, until):
        planting.forget_prepared()
        try:
            with hole.planted():
                for visit in visits:
                    if words := self.noticed(visit):
                        break
                    if time.monotonic() > until:
                        raise TookTooLong(str(hole))
                else:
                    return None, ""
        finally:
            planting.forget_prepared()
        if again := self.noticed(visit):
            raise WorldGrewOld(f"Without any hole, {visit}: {again}")
        return visit, words

    def _likely(self, hole):
        """
        The requests that can tell, by person, the likeliest first: the one that told of this hole before, such as told
        of one of the kind, then such as ask for little else. What each asks and shows is noted while no hole stands.
        """
        self._confirm_again()
        yield list(self._that_told(hole))
        lucky = [visit for visit in self._lucky[hole.asks] if not hole.seen_by or visit.role in hole.seen_by]
        yield lucky
        for role in self.roles:
            if not hole.seen_by or role in hole.seen_by:
                self._confirm_again()
                visits = (visit for visit in self.visits(role) if not hole.asks or hole.asks in visit.asks)
                yield sorted((visit for visit in visits if visit not in lucky), key=by_likelihood)

    def _that_told(self, hole):
        role, route, on, method = self._noted.get(hole.key, ("", "", "", ""))
        case = next((case for case in CASES if (case.route, case.on) == (route, on)), None)
        if case and role in self.roles:
            key = (role, case, method)
            if key not in self._single:
                self._single[key] = self._visit(role, case, method, set())
            yield self._single[key]

    def _remember(self, hole, visit):
        lucky = self._lucky[hole.asks]
        if visit in lucky:
            lucky.remove(visit)
        lucky.insert(0, visit)

    def noticed(self, visit):
        """In words, what of the answer is not as the walk of the addresses wants it; empty where all is."""
        asked = self._ask(visit.role, visit.case, visit.method)
        if words := wrong(visit, asked):
            return words
        if visit.role not in self._visits:
            return ""  # one that is kept: where else they would see what is not there is not known yet
        for canary in sorted(visit.shows - canaries_in(asked)):
            if not any(
                canary in canaries_in(self._ask(v.role, v.case, v.method)) for v in self._showing(visit, canary)
            ):
                return f"{canary} is nowhere"
        return ""

    def _showing(self, visit, canary):
        """The requests of the same person that show ``canary`` while nothing is broken."""
        return [other for other in self.visits(visit.role) if canary in other.shows]


def by_likelihood(visit):
    """Pages before forms, such as ask for little before such as ask for much."""
    return visit.method != "GET", len(visit.asks)


def wrong(visit, asked):
    """In words, what of one answer by itself is not as the walk of the addresses wants it."""
    case, method, role = visit.case, visit.method, visit.role
    if asked.outcome != EXPECTED[case.route, case.on, method][role]:
        return asked.outcome
    if leaked := [canary for canary in canaries_in(asked) if role not in MAY_READ[canary]]:
        return f"shows {leaked[0]}"
    if asked.is_told != belongs_in_history(role, case, method, asked):
        return "the history has it" if asked.is_told else "the history lacks it"
    return ""
