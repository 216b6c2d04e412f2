"""A financial year in sentences: the answer first, then how it comes about."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from finance.rules import Difference, YearSummary
from mktogether.lib.templatetags.wording import clock, day, pounds
from partnerships.rules.names import listed
from records.history import verbs

PENNY = Decimal(1)


def answer(summary: YearSummary):
    """What partners contributed, and what is in hand when the year ends."""
    contributed = f"Partners contributed {pounds(summary.totals.total)}"
    if not summary.totals.total:
        contributed = "No contribution is entered yet"
    if not summary.has_position:
        return f"{contributed}."
    return f"{contributed}, and {balance(summary.carried_forward)}."


def balance(carried):
    """``£133,945 is carried forward``; a balance below nothing in words."""
    if carried < 0:
        return f"the year ends {pounds(-carried)} overspent"
    return f"{pounds(carried)} is carried forward"


def how(summary: YearSummary):
    """The arithmetic of the balance in one sentence; that nothing is entered yet, where nothing is."""
    if not summary.has_position:
        return "No line of the year-end position is entered yet."
    uses = ""
    if summary.contributions_used != summary.totals.total:
        uses = f"The year-end position uses {pounds(summary.contributions_used)} of contributions: "
    brought = summary.brought_forward
    begins = f"with {pounds(brought)} brought forward" if brought >= 0 else f"after {pounds(-brought)} overspent before"
    sentence = (
        f"{begins}, {pounds(summary.income_available)} was available and {pounds(summary.expenditure)} was spent, "
        f"{_beside(summary.surplus)}."
    )
    return uses + (sentence if uses else sentence[:1].upper() + sentence[1:])


def _beside(surplus):
    if not surplus:
        return "as much as came in during the year"
    return f"{pounds(abs(surplus))} {'less' if surplus > 0 else 'more'} than came in during the year"


def largest(summary: YearSummary):
    """Who paid most, in pence of a pound; nothing for a reader who does not see every partner."""
    if not summary.contributions or summary.unseen:
        return ""
    first = max(summary.contributions, key=lambda row: row.total)
    return f"{first.agency} paid {first.share.quantize(PENNY, ROUND_HALF_UP)} pence of every pound."


def days(year):
    """``1 April 2021 to 31 March 2022``."""
    return f"{day(year.first_day)} to {day(year.last_day)}"


def difference(found: Difference):
    """``Differs by £912, explained``: how print and records stand to each other."""
    if found.agrees:
        return "Print and records agree"
    apart = f"Differs by {pounds(abs(found.difference))}"
    if found.explanation:
        return f"{apart}, explained"
    if found.outdated:
        return f"{apart}; what was explained was {pounds(abs(found.outdated.difference))}"
    return f"{apart}, not explained"


def accepted(explanation):
    """``Accepted by Finance officer, 14 June 2022``."""
    return f"Accepted by {explanation.accepted_by}, {day(explanation.accepted_on)}"


def standing(summary: YearSummary):
    """How the whole year stands: the words, and what they mean as a tone and a sign."""
    apart = summary.differences
    if not summary.compared:
        return "Nothing printed is entered", "neutral", "dash"
    if not apart:
        return "Print and records agree", "met", "tick"
    count = f"{len(apart)} difference{'s' if len(apart) > 1 else ''}"
    if summary.is_reconciled:
        return f"{count}, explained", "met", "tick"
    waiting = sum(one.is_open for one in apart)
    return f"{count}, {waiting} without an explanation", "soon", "triangle"


def records(count):
    """``Made of 10 records``."""
    return f"Made of {count} record{'' if count == 1 else 's'}" if count else ""


def removed(noun, by, at):
    """That somebody removed a ``noun`` on which another was working, and what can be done."""
    person = getattr(by, "person", None)
    at = timezone.localtime(at)
    who = f" by {person.post}" if person else ""
    return (
        f"This {noun} was removed{who} on {day(at)}, {clock(at)}, so nothing was saved. Bring it back first, at the "
        "foot of the year’s page; then save this."
    )


def meanwhile(events, rows, user):
    """Who changed what and when while ``user`` had the form open; ``rows`` tell of ``events`` as the history does."""
    told = [_change(event, row, user) for event, row in zip(events, rows, strict=True)]
    return (
        f"{'; '.join(told)}. That was after you opened this form, so nothing was saved. Compare the two below; "
        "to put what you typed in its place, save again."
    )


def _change(event, row, user):
    what = listed([f"the {name}" for field, name in verbs.of(event.verb).fields.items() if field in event.fields])
    who = "You" if event.actor_id == user.pk else row["who"]
    return f"{who} changed {what} on {row['day']}, {row['clock']}"
