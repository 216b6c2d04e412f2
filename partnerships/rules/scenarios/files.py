"""The scenario file as a whole: what is common to all, and the scenarios with what each expects."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from partnerships.rules.facts import Answer, Ballot, Motion, Occasion, Reply, Room, Seat
from partnerships.rules.judgement import Status
from partnerships.rules.parsing import parse_terms
from partnerships.rules.problems import RuleError
from partnerships.rules.scenarios.attendance import (
    VOTE_KEYS,
    People,
    ballots_of,
    casting_of,
    present_of,
    recusals_of,
)
from partnerships.rules.scenarios.membership import agencies_of, seats_of
from partnerships.rules.scenarios.reading import FileError, Value, compose, maybe
from partnerships.rules.terms import ORDINARY, Terms
from partnerships.rules.voting import Result

VERSION = "1"
COMMON_KEYS = ("date", "start", "kind", "holidays")
FILE_KEYS = ("version", "title", "about", "terms", "agencies", "seats", "scenarios", *COMMON_KEYS)
SCENARIO_KEYS = (
    "name", "about", "terms", "seats", "vacant", "at", "item", "item from", "occasion", "decision", "present", "absent",
    "recused", "votes", "replies", "expect", *COMMON_KEYS,
)  # fmt: skip
EXPECT_KEYS = (
    "verdict", "at", "item", "decision", "says", "remedy", "headline", "counted", "findings", "mending", "others",
    "outcome", "left out", "tally", "quorate from", "forecast", "critical", "chase", "possible", "fragile", "heals",
    "warnings",
)  # fmt: skip
VERDICTS = {status.value: status for status in Status} | {"inquorate": Status.NOT_QUORATE}
OUTCOMES = {result.value: result for result in Result}


@dataclass(frozen=True)
class Expectation:
    """What a scenario should come to at one moment; what is not said is not compared."""

    line: int
    at: dt.datetime | None = None
    item: str | None = None
    decision: str | None = None
    verdict: Status | None = None
    outcome: Result | None = None
    texts: dict[str, str] = field(default_factory=dict)
    counted: int | None = None
    findings: dict[str, str] = field(default_factory=dict)
    mending: tuple[tuple[str, ...], ...] | None = None
    others: dict[str, Status] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    possible: bool | None = None
    forecast: Status | None = None


@dataclass(frozen=True)
class Scenario:
    """One scenario: rules, a room, votes and replies, and what they should come to."""

    name: str
    line: int
    terms: Terms
    room: Room
    decision: str = ORDINARY
    ballots: tuple[Ballot, ...] | None = None
    motion: Motion = field(default_factory=Motion)
    agreed: bool = False
    replies: tuple[Reply, ...] | None = None
    expected: tuple[Expectation, ...] = ()


@dataclass(frozen=True)
class Common:
    """What holds for a scenario unless it says otherwise."""

    terms: Terms | None
    seats: tuple[Seat, ...]
    agencies: Value | None
    day: dt.date
    start: Value | None
    kind: str
    holidays: frozenset[dt.date]


def load(text: str) -> tuple[Scenario, ...]:
    """The scenarios of a file. Raises :class:`FileError` with the line of what is wrong and what was expected."""
    keys = compose(text).keys(FILE_KEYS)
    if "version" not in keys:
        raise FileError(1, "The file does not say its version.", f"“version: {VERSION}”")
    if keys["version"].text() != VERSION:
        raise keys["version"].wrong(f"Version {keys['version'].text()} is not known.", f"“version: {VERSION}”")
    if "scenarios" not in keys or not keys["scenarios"].items():
        raise FileError(1, "The file has no scenarios.", "the key scenarios with a list")
    common = with_keys(Common(None, (), None, dt.date(2025, 1, 1), None, ORDINARY, frozenset()), keys)
    names: set[str] = set()
    scenarios = []
    for entry in keys["scenarios"].items("a list of scenarios"):
        scenario = scenario_of(entry, common)
        if scenario.name in names:
            raise entry.wrong(f"There are two scenarios “{scenario.name}”.", "a name of its own for each")
        names.add(scenario.name)
        scenarios.append(scenario)
    return tuple(scenarios)


def with_keys(common: Common, keys: dict[str, Value]) -> Common:
    """``common`` with what these keys say instead."""
    agencies = keys.get("agencies", common.agencies)
    seats = common.seats
    if "seats" in keys:
        seats = seats_of(keys["seats"], agencies_of(agencies) if agencies is not None else {})
    return Common(
        terms=terms_of(keys["terms"]) if "terms" in keys else common.terms,
        seats=seats,
        agencies=agencies,
        day=maybe(keys, "date", Value.day, common.day),
        start=keys.get("start", common.start),
        kind=maybe(keys, "kind", Value.text, common.kind),
        holidays=frozenset(item.day() for item in keys["holidays"].items()) if "holidays" in keys else common.holidays,
    )


def terms_of(value: Value) -> Terms:
    """The rules; a problem is named with its line in the file."""
    text = "" if value.is_empty else value.text("the rules as text")
    try:
        return parse_terms(text)
    except RuleError as error:
        first = error.problems[0]
        block = getattr(value.node, "style", None) in ("|", ">")
        line = value.line + (first.line if block else max(first.line - 1, 0))
        raise FileError(line, first.message, column=first.column, remedy=first.remedy) from error


def scenario_of(entry: Value, common: Common) -> Scenario:
    """One scenario of the list."""
    keys = entry.keys(SCENARIO_KEYS)
    if "name" not in keys:
        raise entry.wrong("The scenario has no name.", "the key name")
    if "expect" not in keys:
        raise entry.wrong("The scenario expects nothing.", "the key expect, such as “expect: quorate”")
    own = with_keys(common, keys)
    if own.terms is None:
        raise entry.wrong("There are no rules to judge by.", "the key terms, here or for the whole file")
    seats = without_holders(own.seats, keys.get("vacant"))
    people = People(seats)
    starts_at = own.start.moment(own.day) if own.start is not None else None
    room = Room(
        on=own.day,
        at=maybe(keys, "at", lambda value: value.moment(own.day), None),
        seats=seats,
        present=present_of(keys["present"], keys.get("absent"), people, own.day) if "present" in keys else (),
        recusals=recusals_of(keys["recused"], people) if "recused" in keys else (),
        meeting_kind=own.kind,
        item=maybe(keys, "item", Value.text, None),
        starts_at=starts_at,
        item_from=maybe(keys, "item from", lambda value: value.moment(own.day), None),
        occasion=maybe(keys, "occasion", lambda value: value.choice({o.value: o for o in Occasion}), Occasion.MOMENT),
        holidays=own.holidays,
    )
    decision = maybe(keys, "decision", Value.text, ORDINARY)
    scenario = Scenario(keys["name"].text(), entry.line, own.terms, room, decision)
    scenario = with_votes(scenario, keys, people)
    replies = replies_of(keys["replies"], people) if "replies" in keys else None
    return replace(scenario, replies=replies, expected=expectations_of(keys["expect"], scenario))


def without_holders(seats: tuple[Seat, ...], vacant: Value | None) -> tuple[Seat, ...]:
    """The seats, those under ``vacant`` without a member."""
    if vacant is None:
        return seats
    keys = {seat.key for seat in seats}
    for item in vacant.items("a list of seats"):
        if item.text() not in keys:
            raise item.wrong(f"There is no seat “{item.text()}”.", "one of the seats of the file")
    names = set(vacant.texts())
    return tuple(replace(seat, holder=None) if seat.key in names else seat for seat in seats)


def with_votes(scenario: Scenario, keys: dict[str, Value], people: People) -> Scenario:
    """The scenario with its votes, where it has any."""
    motion = Motion(scenario.decision, scenario.room.item)
    if "votes" not in keys:
        return replace(scenario, motion=motion)
    value = keys["votes"]
    if not value.is_map:
        value.choice({"agreed": True})
        return replace(scenario, motion=motion, ballots=(), agreed=True)
    votes = value.keys(VOTE_KEYS)
    ballots = ballots_of(votes, people)
    if "casting" in votes:
        ballots = (*ballots, casting_of(votes["casting"], scenario.room.present, people))
    motion = replace(motion, open=maybe(votes, "open", Value.flag, False))
    return replace(scenario, motion=motion, ballots=ballots, agreed=maybe(votes, "agreed", Value.flag, False))


def replies_of(value: Value, people: People) -> tuple[Reply, ...]:
    """The replies by person: accepted, tentative, declined, deputy, none; or ``{deputy: NAME}``."""
    found = []
    answers = {answer.value: answer for answer in Answer}
    for name, entry in value.pairs("a reply for each person"):
        person = people.find(name)
        if person is None:
            raise entry.wrong(f"Nobody is called “{name}”.", "a seat, or the holder or deputy of one")
        if entry.is_map:
            keys = entry.keys(("deputy",))
            found.append(Reply(person, Answer.DEPUTY, people.person(keys["deputy"])))
        else:
            found.append(Reply(person, entry.choice(answers)))
    return tuple(found)


def expectations_of(value: Value, scenario: Scenario) -> tuple[Expectation, ...]:
    """What is expected: a verdict alone, keys, or a list of them for several moments."""
    if value.is_list:
        return tuple(expectation_of(item, scenario) for item in value.items())
    return (expectation_of(value, scenario),)


def expectation_of(value: Value, scenario: Scenario) -> Expectation:
    """What is expected at one moment."""
    if not value.is_map:
        return Expectation(value.line, verdict=value.choice(VERDICTS))
    keys = value.keys(EXPECT_KEYS)
    day = scenario.room.on
    states = {state: state for state in ("met", "not met", "needed")}
    return Expectation(
        value.line,
        at=maybe(keys, "at", lambda entry: entry.moment(day), None),
        item=maybe(keys, "item", Value.text, None),
        decision=maybe(keys, "decision", Value.text, None),
        verdict=maybe(keys, "verdict", lambda entry: entry.choice(VERDICTS), None),
        outcome=maybe(keys, "outcome", lambda entry: entry.choice(OUTCOMES), None),
        texts={key: keys[key].text() for key in ("says", "remedy", "headline", "tally") if key in keys},
        counted=maybe(keys, "counted", Value.number, None),
        findings={name: entry.choice(states) for name, entry in keys["findings"].pairs("a state for each clause")}
        if "findings" in keys
        else {},
        mending=tuple(item.texts() for item in keys["mending"].items("a list of sets")) if "mending" in keys else None,
        others={name: entry.choice(VERDICTS) for name, entry in keys["others"].pairs("a verdict for each kind")}
        if "others" in keys
        else {},
        lists={
            key: keys[key].texts()
            for key in ("left out", "quorate from", "critical", "chase", "fragile", "heals", "warnings")
            if key in keys
        },
        possible=maybe(keys, "possible", Value.flag, None),
        forecast=maybe(keys, "forecast", lambda entry: entry.choice(VERDICTS), None),
    )
