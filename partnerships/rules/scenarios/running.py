"""Running scenarios: what the rules say, held against what the file expects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from partnerships.rules.checking import check_terms
from partnerships.rules.judgement import Judgement, Status
from partnerships.rules.judging import judge
from partnerships.rules.outlook import forecast, health
from partnerships.rules.scenarios.files import Expectation, Scenario
from partnerships.rules.timeline import timeline
from partnerships.rules.voting import Outcome, decide


@dataclass(frozen=True)
class Difference:
    """Something that came out otherwise than the file expects."""

    line: int
    what: str
    expected: str
    got: str

    @property
    def words(self) -> str:
        """The difference in a line."""
        return f"line {self.line}: {self.what}: expected {self.expected}, got {self.got}"


@dataclass(frozen=True)
class Report:
    """What one scenario came to."""

    scenario: Scenario
    judgement: Judgement
    outcome: Outcome | None
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as the file expects."""
        return not self.differences

    @property
    def words(self) -> str:
        """One line: whether it passed, its name, the verdict and, where there was a vote, the outcome."""
        parts = [self.judgement.sentence]
        if self.outcome is not None:
            parts.append(self.outcome.sentence)
        mark = "ok   " if self.passed else "WRONG"
        wrong = "".join(f" [{difference.words}]" for difference in self.differences)
        return f"{mark} {self.scenario.name}: {' '.join(parts)}{wrong}"

    def as_dict(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "name": self.scenario.name,
            "line": self.scenario.line,
            "passed": self.passed,
            "verdict": self.judgement.status.value,
            "sentence": self.judgement.sentence,
            "remedy": self.judgement.remedy,
            "outcome": self.outcome.status.value if self.outcome else None,
            "outcome_sentence": self.outcome.sentence if self.outcome else None,
            "judgement": self.judgement.as_dict(),
            "differences": [
                {"line": one.line, "what": one.what, "expected": one.expected, "got": one.got}
                for one in self.differences
            ],
        }


def run(scenario: Scenario) -> Report:
    """The scenario judged, with every difference from what it expects."""
    judgement = judge(scenario.terms, scenario.room, scenario.decision)
    outcome = None
    if scenario.ballots is not None:
        outcome = decide(scenario.terms, scenario.room, scenario.motion, scenario.ballots, scenario.agreed)
    differences = tuple(
        difference for expected in scenario.expected for difference in compared(scenario, expected, judgement, outcome)
    )
    return Report(scenario, judgement, outcome, differences)


def compared(
    scenario: Scenario, expected: Expectation, judgement: Judgement, outcome: Outcome | None
) -> Iterator[Difference]:
    """The differences from one expectation."""
    if expected.at is not None or expected.item is not None or expected.decision is not None:
        room = replace(
            scenario.room,
            at=expected.at or scenario.room.at,
            item=expected.item if expected.item is not None else scenario.room.item,
        )
        decision = expected.decision or scenario.decision
        judgement = judge(scenario.terms, room, decision)
        if scenario.ballots is not None:
            motion = replace(scenario.motion, decision=decision, item=room.item)
            outcome = decide(scenario.terms, room, motion, scenario.ballots, scenario.agreed)
    pairs = [
        *verdict_pairs(expected, judgement),
        *outcome_pairs(expected, outcome),
        *membership_pairs(scenario, expected),
        *forecast_pairs(scenario, expected),
    ]
    for what, wanted, got in pairs:
        if wanted != got:
            yield Difference(expected.line, what, wanted, got)


Pair = tuple[str, str, str]


def contains(what: str, words: str, text: str) -> Pair:
    """Whether ``text`` holds ``words``, as a pair that is equal when it does."""
    return (what, words, words if words.casefold() in text.casefold() else text or "nothing")


def verdict_pairs(expected: Expectation, judgement: Judgement) -> Iterator[Pair]:
    """Verdict, sentences, findings, mending sets and the other kinds of decision."""
    if expected.verdict is not None:
        yield "verdict", expected.verdict.value, judgement.status.value
    for key, text in (("says", judgement.sentence), ("remedy", judgement.remedy), ("headline", judgement.headline)):
        if key in expected.texts and not (key == "says" and expected.outcome is not None and expected.verdict is None):
            yield contains(key, expected.texts[key], text)
    if expected.counted is not None:
        yield "counted", str(expected.counted), str(len(judgement.counted))
    states = {finding.label.casefold(): finding.state for finding in judgement.findings}
    for label, state in expected.findings.items():
        yield f"finding {label}", state, states.get(label.casefold(), f"no finding; there are {', '.join(states)}")
    if expected.mending is not None:
        yield "mending", sets_words(expected.mending), sets_words(mended(judgement))
    others = {other.decision.casefold(): other.status for other in judgement.others}
    for decision, status in expected.others.items():
        got = others.get(decision.casefold())
        yield f"verdict for {decision} decisions", status.value, got.value if isinstance(got, Status) else "none"


def mended(judgement: Judgement) -> tuple[tuple[str, ...], ...]:
    """The smallest mending sets as seats; of interchangeable ones "2 of A, B, C"."""
    found = []
    for mending in judgement.mending:
        if mending.size > judgement.mending[0].size:
            continue
        words: list[str] = []
        for arrival in mending.arrivals:
            if arrival.k == len(arrival.seats):
                words.extend(arrival.seats)
            else:
                words.append(f"{arrival.k} of {', '.join(sorted(arrival.seats))}")
        found.append(tuple(words))
    return tuple(found)


def sets_words(sets: tuple[tuple[str, ...], ...]) -> str:
    """Sets in a fixed order, so that they can be compared."""
    return "; ".join(sorted(" + ".join(sorted(one)) for one in sets)) or "nothing"


def outcome_pairs(expected: Expectation, outcome: Outcome | None) -> Iterator[Pair]:
    """The outcome of the vote, its tally and the votes left out."""
    if expected.outcome is not None:
        yield "outcome", expected.outcome.value, outcome.status.value if outcome else "no vote"
        if "says" in expected.texts and expected.verdict is None and outcome is not None:
            yield contains("says", expected.texts["says"], outcome.sentence)
    if "tally" in expected.texts:
        yield contains("tally", expected.texts["tally"], outcome.tally.words if outcome else "")
    if "left out" in expected.lists:
        got = tuple(one.person for one in outcome.left_out) if outcome else ()
        yield "left out", ", ".join(sorted(expected.lists["left out"])), ", ".join(sorted(got))


def membership_pairs(scenario: Scenario, expected: Expectation) -> Iterator[Pair]:
    """The health of the membership, the warnings of the rules, and when the meeting was quorate."""
    lists = expected.lists
    if expected.possible is not None or "fragile" in lists or "heals" in lists:
        state = health(scenario.terms, scenario.room.seats, scenario.room.on, decision=scenario.decision)
        if expected.possible is not None:
            yield "possible", word(expected.possible), word(state.possible)
        if "fragile" in lists:
            yield "fragile", listed(lists["fragile"]), listed(tuple(one.seat for one in state.fragile))
        if "heals" in lists:
            yield "heals", listed(lists["heals"]), listed(state.heals)
    if "warnings" in lists:
        problems = check_terms(scenario.terms, scenario.room.seats)
        text = " | ".join(problem.message for problem in problems)
        if not lists["warnings"]:
            yield "warnings", "none", text or "none"
        for words in lists["warnings"]:
            yield contains("warnings", words, text)
    if "quorate from" in lists:
        spans = timeline(scenario.terms, scenario.room, scenario.decision)
        got = tuple(
            f"{span.since:%H:%M}-{span.until:%H:%M}" if span.since and span.until else f"{span.since:%H:%M}-"
            for span in spans
            if span.status is Status.QUORATE and span.since
        )
        yield "quorate from", listed(lists["quorate from"]), listed(got)


def forecast_pairs(scenario: Scenario, expected: Expectation) -> Iterator[Pair]:
    """What the replies come to."""
    lists = expected.lists
    if expected.forecast is None and "critical" not in lists and "chase" not in lists:
        return
    outlook = forecast(
        scenario.terms,
        scenario.room.seats,
        scenario.replies or (),
        scenario.room.on,
        decision=scenario.decision,
        meeting_kind=scenario.room.meeting_kind,
    )
    if expected.forecast is not None:
        yield "forecast", expected.forecast.value, outlook.status.value
    if "critical" in lists:
        yield "critical", listed(lists["critical"]), listed(outlook.critical)
    if "chase" in lists:
        got = tuple(chase.seat for chase in outlook.chase)[: len(lists["chase"])]
        yield "chase", ", ".join(lists["chase"]), ", ".join(got)


def listed(words: tuple[str, ...]) -> str:
    """Words in a fixed order."""
    return ", ".join(sorted(words)) or "none"


def word(flag: bool) -> str:
    """Yes or no."""
    return "yes" if flag else "no"
