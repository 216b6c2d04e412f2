"""The one line that says what a case is about: it must not identify anybody. Pure; no Django."""

import re

# What a person's number or a day looks like; names and places no rule can tell.
IDENTIFYING = (
    (re.compile(r"\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{2,4}|\b\d{4}-\d{2}-\d{2}\b"), "Leave out dates."),
    (re.compile(r"(?:\d[\s-]?){7,}"), "Leave out numbers that belong to somebody."),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE), "Leave out postcodes."),
)


def problem(line):
    """What identifies somebody in ``line``, as a sentence that says what to do; empty where nothing was found."""
    found = (sentence for pattern, sentence in IDENTIFYING if pattern.search(line))
    return next(found, "")


def tidy(line):
    """``line`` in one line, without spaces around it."""
    return " ".join(line.split())
