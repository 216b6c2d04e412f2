"""Deadlines, days and holds of cases as pages show them, in words."""

from mktogether.lib.states import tag
from mktogether.lib.templatetags.wording import day
from reviews import kinds
from reviews.rows import post_of
from reviews.rules import clocks
from reviews.rules.clocks import Hold, State
from reviews.rules.kinds import Limit, Mark, Unit

LOOKS = {
    State.RUNNING: ("waiting", "clock"),
    State.HELD: ("neutral", "dash"),
    State.LATE: ("missed", "triangle"),
    State.MET: ("met", "tick"),
    State.MET_LATE: ("soon", "triangle"),
    State.NO_DATE: ("waiting", "clock"),
}
SOON = 5  # days, working ones where those are counted: from then on a deadline asks to be looked at
MARKS = {
    Mark.VERIFIED: "",
    Mark.SECONDARY: "(read in a text that restates it)",
    Mark.UNVERIFIED: tag("soon", "triangle", "Not verified"),
}


def unit_of(row):
    """In what the limit of a row is counted; None where it has no date."""
    return Unit(row.unit) if row.unit else None


def standing(row, today):
    """Where the deadline of a row stands on the day ``today``."""
    return clocks.standing(row.due_on, unit_of(row), today, met_on=row.met_on, held_since=row.held_since)


def deadline(row, today):
    """A deadline as a row of a list: of which case, what is to be done, by when, and by whose word."""
    law = kinds.every()[row.case__kind].deadline(row.code)
    stands = standing(row, today)
    return {
        "href": f"/cases/{row.case__public_id}/",
        "reference": row.case__reference,
        "code": row.code,
        "what": law.what,
        "due": day(row.due_on) if row.due_on else "",
        "stands": state_tag(row, stands, today),
        "limit": _limit(row).words,
        "level": law.level.value,
        "mark": MARKS[law.mark],
        "why": row.missed_because,
        "asks_why": stands.state in {State.LATE, State.MET_LATE} and not row.missed_because,
    }


def state_tag(row, stands, today):
    """The words of where a deadline stands, in the tag of its state."""
    tone, icon = LOOKS[stands.state]
    if stands.state is State.RUNNING and (row.due_on - today).days <= SOON:
        tone, icon = "soon", "clock"
    return tag(tone, icon, stands.words)


def _limit(row):
    return Limit(row.amount, unit_of(row))


def explained(row, number, kind, holds, today):
    """A deadline with the arithmetic by which it was counted, step by step, and where its limit comes from."""
    law = kind.deadline(row.code)
    held = [Hold(hold.first_day, hold.last_day, hold.because) for hold in holds] if law.can_be_held else []
    counted = clocks.steps(row.started_on, _limit(row), held, event=kind.events[law.starts], is_before=law.is_before)
    return {
        **deadline(row, today),
        "number": number,
        "steps": [*counted, *_taken(row, held, law)],
        "source": law.source,
        "note": law.note,
        "starts": kind.events[law.starts],
        "ends": kind.events[law.ends],
        "can_be_held": law.can_be_held,
    }


def _taken(row, held, law):
    """How long it took, where it was met: ``17 working days``."""
    unit = unit_of(row)
    if row.met_on is None or unit is None or law.is_before:
        return []
    within = unit if unit is Unit.WORKING_DAYS else Unit.CALENDAR_DAYS
    took = clocks.counted(row.started_on, row.met_on, within, held)
    return [f"Done on {clocks.weekday_in_words(row.met_on)}, after {within.of(took)}."]


def events(kind, dates):
    """The events of a kind of case with their days, in the order of the kind."""
    return [
        {"number": number, "key": key, "words": words, "on": day(dates[key]) if key in dates else ""}
        for number, (key, words) in enumerate(kind.events.items(), start=1)
    ]


def hold(row):
    """A hold, with who put the case on hold and who ended it."""
    return {
        "from": day(row.first_day),
        "to": day(row.last_day) if row.last_day else "",
        "because": row.because,
        "by": post_of(row.held_by),
        "ended_by": post_of(row.ended_by) if row.ended_by else "",
    }
