"""Ten minutes of nonsense, half-sense and mangled sense for the parser: a rule or a sentence, never a crash."""

import random
import time

import pytest

from partnerships.rules import RuleError, parse_terms

TEN_MINUTES = 600
LONGEST = 0.05  # seconds on the processor for one text; a machine shared with others is allowed the slowest of a few
WORDS = """
    quorum: votes: deputies: substitutes: remote: scope: block: casting vote: voters: discretion: note: declared
    interests: one two three six ten 4 17 50 % 1/3 half third quarter majority of the a an each from every any all at
    least most no more than fewer not members places seats post present voting in person or and either both but if
    otherwise has been appointed whom which must be may include including provided that whichever is greater less
    rounded up down nearest councillors chair vice-chair presiding distinct people different agencies responsible
    authorities for financial decisions adjourned meetings since until April 2025 notice before start hours working
    days count vote do MKCC ICB "BLMK ICB" TVP , ; : ( ) " # - .
"""
PIECES = [*WORDS.split(), "\n"]
SENSE = (
    "quorum: one from each of MKCC, BLMK ICB, TVP",
    "quorum: six members, of whom no more than half may be councillors",
    "quorum: one third of the members in post, rounded up, never fewer than three",
    "votes for financial decisions: every responsible authority in favour",
    "substitutes for councillors: count and vote, with notice before the start",
    "quorum: three members if a chair has been appointed, otherwise two",
)


def text_of(chance):
    """A text that nobody would type, or one that somebody might by a slip."""
    kind = chance.randrange(3)
    if kind == 0:
        return "".join(chr(chance.choice((chance.randrange(32, 127), chance.randrange(1, 0x2FFF)))) for _ in range(60))
    if kind == 1:
        return " ".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 40)))
    letters = list(chance.choice(SENSE))
    for _slip in range(chance.randrange(1, 6)):
        place = chance.randrange(len(letters))
        letters[place] = chance.choice((letters[place] * 2, "", chance.choice(PIECES), chr(chance.randrange(32, 127))))
    return "".join(letters)


def is_answered(text):
    """Whether ``text`` got a right answer: what parses prints and parses again; what does not says where and why."""
    try:
        terms = parse_terms(text)
    except RuleError as refused:
        return all(problem.line >= 1 and problem.column >= 1 and problem.message for problem in refused.problems)
    return parse_terms(terms.text()) == terms


@pytest.mark.prove
def test_ten_minutes_of_fuzzing_bring_no_crash_and_no_long_wait():
    assert is_answered(SENSE[0])
    seed = time.time_ns()
    chance = random.Random(seed)
    slow = []
    until = time.monotonic() + TEN_MINUTES
    while time.monotonic() < until:
        text = text_of(chance)
        began = time.process_time()
        try:
            right = is_answered(text)
        except Exception as fault:
            raise AssertionError(f"seed {seed}: {text!r}") from fault
        assert right, f"seed {seed}: {text!r}"
        if time.process_time() - began > 2 * LONGEST:  # twice, as what parses is parsed a second time
            slow.append(text)
    assert slow == []
