"""Reminders of the deadlines of cases: to those alone who keep the case, and in words that say nothing of it."""

from records.reminders import kinds
from records.reminders.kinds import Kind, Thing
from records.reminders.timing import Timing, after
from reviews import due
from reviews.models import CaseDeadline

ALWAYS = "The deadlines of a case that you keep are yours to meet, so their reminders cannot be switched off."


def register():
    """Make the kinds known."""
    kinds.register("case.deadline_ahead", AHEAD)
    kinds.register("case.deadline_passed", PASSED)


def in_words(ids, now):
    """Deadlines by id, as mail may say them."""
    return {pk: Thing(reference, on, href) for pk, (reference, on, href) in due.in_words(ids).items()}


OF_DEADLINE = {
    "model": CaseDeadline._meta.label,
    "rows": due.owed,
    "about": "due_on",
    "recipient": "whom",
    "area": "area",
    "things": in_words,
    "alone": True,
    "always": ALWAYS,
    "confidential": True,
}
AHEAD = Kind(
    title="Deadlines of cases that you keep",
    says="A deadline is near.",
    timing=Timing((-5, -1, 0)),
    **OF_DEADLINE,
)
PASSED = Kind(
    title="Deadlines of cases that you keep, which are over and not met",
    says="A deadline is over.",
    timing=after(1, every=5, times=3),
    **OF_DEADLINE,
)
