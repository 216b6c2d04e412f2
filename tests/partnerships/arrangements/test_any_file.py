"""Whatever somebody makes of a file: it is read, or refused with sentences; nothing else ever comes of it."""

import random

import pytest

from partnerships.arrangements import loading, reading
from partnerships.arrangements.source import WrongArrangement
from tests.partnerships.arrangements.test_document import EXAMPLES

LINES = EXAMPLES[1].splitlines()
JUNK = (
    "",
    "not stated",
    "[]",
    "{}",
    "no",
    "-1",
    "2025-13-01",
    "'",
    "[[[",
    "a: b",
    "é",
    "null",
    '"\\0"',
    '"\\ud800"',
    "x" * 5000,
)


def refusals(work):
    """What ``work`` is refused for; empty where it is done."""
    try:
        work()
    except WrongArrangement as wrong:
        return wrong.problems
    return []


def read(text):
    """Whether the text can be read; a refusal says something of every problem."""
    problems = refusals(lambda: reading.document(text))
    assert all(problem.line >= 1 and problem.message for problem in problems)
    return not problems


@pytest.mark.parametrize("number", range(len(LINES)), ids=lambda number: f"line {number + 1}")
def test_a_line_that_is_missing_twice_there_or_moved(number):
    before, line, after = LINES[:number], LINES[number], LINES[number + 1 :]
    for instead in ([], [line, line], [f"  {line}"], [line[2:]], [line[: len(line) // 2]]):
        read("\n".join([*before, *instead, *after]))


@pytest.mark.parametrize("number", [n for n, line in enumerate(LINES) if ": " in line], ids=lambda n: f"line {n + 1}")
def test_a_value_that_is_something_else(number):
    key = LINES[number].partition(": ")[0]
    for junk in JUNK:
        read("\n".join([*LINES[:number], f"{key}: {junk}", *LINES[number + 1 :]]))


@pytest.mark.django_db
def test_what_can_be_read_can_be_loaded_and_loaded_again():
    """Files with some lines missing: those that are right still go in whole, and a second time change nothing."""
    chance, loaded = random.Random(7), 0
    removable = [number for number, line in enumerate(LINES) if line.startswith(("      - {", "        ", "  - {"))]
    for _round in range(60):
        gone = set(chance.sample(removable, 2))
        text = "\n".join(line for number, line in enumerate(LINES) if number not in gone)
        if not read(text) or refusals(lambda text=text: loading.load(reading.document(text))):
            continue
        loaded += 1
        assert loading.load(reading.document(text)).changes == []
    assert loaded > 5
