"""
The rule language beside a plain comparison of sets: the least that any judging of a room could cost.

The floor collects the agencies of the people in the room into a set and asks whether it holds those that are needed.
"""

import datetime as dt
import resource
import time
from dataclasses import dataclass
from statistics import median

from bench.report import Finding
from partnerships import rules

DAY = dt.date(2026, 1, 21)
AGENCIES = tuple(f"Agency {letter}" for letter in "ABCDEFGHIJ")
NEEDED = frozenset(AGENCIES[:5])
ONE_FROM_EACH = rules.parse_terms(f"quorum: one from each of {', '.join(sorted(NEEDED))}")
CAPPED = rules.parse_terms(
    "quorum: thirty members, of whom no more than half may be councillors\ndeputies: count and vote"
)
ROUNDS = 15
MEMORY_RUNS = 10_000

# On two cores of 2026 the floor takes about two microseconds; these multiples are the milliseconds asked for there.
MOST = {"judge 60 places": 500, "judge two places and deputies each": 5_000, "mend 200": 25_000, "forecast 200": 25_000}


@dataclass(frozen=True)
class Body:
    """A made-up membership with everybody of it in the room."""

    seats: tuple
    present: tuple

    def room(self):
        return rules.Room(on=DAY, seats=self.seats, present=self.present)


def body(places, *, doubled=False, there=None):
    """``places`` places over ten agencies; ``doubled`` gives each person two places and a deputy on each."""
    seats = tuple(
        rules.Seat(
            key=f"s{number}",
            agency=AGENCIES[number % 10],
            title=f"Post {number}",
            classes=frozenset({"councillor"} if number % 3 == 0 else ()),
            holder=f"p{number // 2 if doubled else number}",
            deputies=(f"d{number // 2}",) if doubled else (),
        )
        for number in range(places)
    )
    people = {seat.holder: seat for seat in seats}
    if doubled:
        people |= {seat.deputies[0]: seat for seat in seats}
    present = tuple(
        rules.Presence(
            person=person,
            agency=seat.agency,
            capacity=rules.Capacity.DEPUTY if person.startswith("d") else rules.Capacity.MEMBER,
        )
        for person, seat in list(people.items())[:there]
    )
    return Body(seats, present)


def findings():
    """Each judging as a multiple of the floor, and whether memory stays where it is."""
    ordinary, doubled, large = body(60), body(60, doubled=True), body(200, there=20)
    replies = {f"p{number}": rules.Reply(f"p{number}", rules.Answer.ACCEPTED) for number in range(0, 200, 3)}
    work = {
        "judge 60 places": lambda: rules.judge(CAPPED, ordinary.room()),
        "judge two places and deputies each": lambda: rules.judge(CAPPED, doubled.room()),
        "mend 200": lambda: rules.judge(CAPPED, large.room()).mending,
        "forecast 200": lambda: rules.forecast(CAPPED, large.seats, tuple(replies.values()), DAY),
    }
    for name, act in work.items():
        found = _multiple(act, ordinary)
        yield Finding(f"rules: {name}", found, MOST[name], f"{found:,.0f} times comparing sets of 60")
    yield _memory(ordinary)


def _multiple(act, ordinary):
    """The middle of paired rounds: the act beside a batch of comparisons."""
    paired = []
    for _round in range(ROUNDS):
        floor = _seconds(lambda: {person.agency for person in ordinary.present} >= NEEDED, 500)
        paired.append(_seconds(act, 5) / floor)
    return median(paired)


def _seconds(act, times):
    began = time.perf_counter()
    for _time in range(times):
        act()
    return (time.perf_counter() - began) / times


def _memory(ordinary):
    """Ten thousand verdicts leave the process as large as a thousand did."""
    for _warm in range(MEMORY_RUNS // 10):
        rules.judge(ONE_FROM_EACH, ordinary.room())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _run in range(MEMORY_RUNS):
        rules.judge(ONE_FROM_EACH, ordinary.room())
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return Finding("rules: memory gained over 10,000 verdicts (MiB)", grown, 2, f"{grown:.1f}")
