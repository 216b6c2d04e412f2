"""Ten minutes of nonsense, half-sense and mangled sense for the parser: a rule or a sentence, never a crash."""

import contextlib
import os
import random
import sys
import time

import pytest

from partnerships.rules import RuleError, parse_terms
from tests.partnerships.rules.test_language import PHRASINGS, STATEMENTS, VOTES
from tests.partnerships.rules.test_public_bodies import READ, REFUSED

SECONDS = float(os.environ.get("FUZZ_SECONDS", "600"))
SEED = int(os.environ.get("FUZZ_SEED", "0")) or time.time_ns()
LONGEST = 0.05  # seconds on the processor for one text; a machine shared with others is allowed the fastest of a few
WORDS = """
    quorum: votes: deputies: substitutes: remote: scope: block: casting vote: voters: discretion: note: declared
    interests: one two three six ten 4 17 50 % 1/3 half third quarter majority of the a an each from every any all at
    least most no more than fewer not members places seats post present voting in person or and either both but if
    otherwise has been appointed whom which must be may include including provided that whichever is greater less
    rounded up down nearest councillors chair vice-chair presiding distinct people different agencies responsible
    authorities for financial decisions adjourned meetings since until April 2025 notice before start hours working
    days count vote do MKCC ICB "BLMK ICB" TVP , ; : ( ) " # - . unanimous consensus favour against cast unless after
    when where failing simple two-thirds plus excluding vacancies other than apart distinct another their deputy board
    council authority whole total number entire following lesser lower entitled currently holding office whom those
    both co-chairs neither none 0 00 100% 5/4 0/3 12.5 Director Public Health St John's A B ! ? “Z” 31 February
    2025-04-01 tie second equality has have shall remotely by throughout opening agency organisation per sector
"""
PIECES = [*WORDS.split(), "\n"]
CLAUSES = (*PHRASINGS, *READ, *REFUSED, *STATEMENTS, *(f"votes: {words}" for words in VOTES))
HEADS = ("quorum: ", "quorum: ", "votes: ", "voters: ", "block: ", "casting vote: ", "deputies: ", "remote: ", "", "")


def text_of(chance):
    """A text that nobody would type, or one that somebody might by a slip."""
    kind = chance.randrange(20)
    if kind == 0:
        return "".join(chr(chance.choice((chance.randrange(32, 127), chance.randrange(1, 0x2FFF)))) for _ in range(60))
    if kind == 1:
        piece = chance.choice(
            (f"{chance.choice(PIECES)} ", f"{chance.choice(CLAUSES)}{chance.choice((', ', ' and '))}")
        )
        return (chance.choice(HEADS) + piece * 10_000)[: chance.choice((1_900, 2_000, 7_900, 9_999))]
    if kind < 8:
        words = " ".join(chance.choice(PIECES) for _ in range(chance.randrange(1, chance.choice((6, 15, 40)))))
        return chance.choice(HEADS) + words
    return slipped(chance, chance.choice(CLAUSES))


def slipped(chance, text):
    """``text`` with a few slips: words lost, doubled, put in, swapped or taken from another clause; letters wrong."""
    words = text.split()
    for _slip in range(chance.randrange(1, 5)):
        place, other = chance.randrange(len(words) + 1), chance.choice(CLAUSES).split()
        start = chance.randrange(len(other))
        taken = chance.choice(([], [chance.choice(PIECES)], other[start : start + chance.randrange(1, 6)]))
        words[place : place + chance.randrange(2)] = taken
        if words and chance.randrange(3) == 0:
            place = chance.randrange(len(words))
            letter = chance.randrange(len(words[place]) + 1)
            wrong = chance.choice(("", chr(chance.randrange(32, 127)), chr(chance.randrange(160, 0x2FFF))))
            words[place] = words[place][:letter] + wrong + words[place][letter + 1 :]
    return " ".join(words)


def is_answered(text):
    """Whether ``text`` got a right answer: what parses prints and parses again; what does not says where and why."""
    try:
        terms = parse_terms(text)
    except RuleError as refused:
        return all(
            problem.line >= 1 and problem.column >= 1 and problem.message and problem.remedy
            for problem in refused.problems
        )
    return parse_terms(terms.text()) == terms and all(terms.english())


def seconds_for(text):
    """The time on the processor for reading ``text`` alone, the fastest of three."""
    spent = []
    for _time in range(3):
        parse_terms.cache_clear()
        began = time.process_time()
        with contextlib.suppress(RuleError):
            parse_terms(text)
        spent.append(time.process_time() - began)
    return min(spent)


@pytest.mark.prove
def test_ten_minutes_of_fuzzing_bring_no_crash_and_no_long_wait(capsys):
    assert is_answered(CLAUSES[0])
    chance = random.Random(SEED)
    slow = []
    tried = 0
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        text = text_of(chance)
        tried += 1
        began = time.process_time()
        try:
            right = is_answered(text)
        except Exception as fault:
            raise AssertionError(f"seed {SEED}: {text!r}") from fault
        assert right, f"seed {SEED}: {text!r}"
        if time.process_time() - began > LONGEST and seconds_for(text) > LONGEST:
            slow.append(text)
    with capsys.disabled():
        sys.stdout.write(f"{tried:,} texts with seed {SEED}\n")
    assert slow == [], f"seed {SEED}"
