"""Rows of lists, with their words and addresses ready: the templates only put them in their place."""

from django.utils import timezone

from meetings import dates
from meetings.access import may_complete
from meetings.models import Meeting
from mktogether.lib.states import tag, verdict_word
from mktogether.lib.templatetags.wording import short_day_year

MODES = {**dict(Meeting.Mode.choices), "": "Not given"}
QUORUM = {
    "quorate": verdict_word("met", "tick", "Quorate"),
    "not quorate": verdict_word("missed", "cross", "Not quorate"),
    "not stated": verdict_word("neutral", "dash", "Not stated"),
}
STATES = {
    "Planned": ("waiting", "clock"),
    "In session": ("there", "arrow"),
    "Closed": ("neutral", "tick"),
    "Cancelled": ("gone", "dash"),
    "Over, not closed": ("soon", "triangle"),
}


def state_of(row, now):
    """Where a meeting stands, in words; ``row`` has the times of a meeting."""
    if row.cancelled_at:
        return "Cancelled"
    if row.closed_at:
        return "Closed"
    if row.opened_at:
        return "In session"
    return "Over, not closed" if row.ends_at < now else "Planned"


def heading(found):
    """``Delivery, 21 January 2025``: the meeting ``found``, in links and titles."""
    return f"{found.body.name}, {dates.day_of(found)}"


def state_tag(row, now):
    """The tag that says where a meeting stands."""
    words = state_of(row, now)
    return tag(*STATES[words], words)


def meeting(row, now, filled=None):
    """A meeting as a row; ``filled`` is how many places were filled of how many, where that is known."""
    took_place = row.opened_at and not row.cancelled_at
    there, held = filled or (0, 0)
    return {
        "href": f"/meetings/{row.public_id}/",
        "day": dates.short_day_year(row),
        "short_day": dates.short_day(row),
        "weekday": dates.weekday(row),
        "hours": dates.hours(row),
        "board": row.body_name,
        "mode": MODES[row.mode],
        "state": state_of(row, now),
        "state_tag": state_tag(row, now),
        "quorum": QUORUM.get(row.quorum_status, "") if took_place else "",
        "filled": f"{there} of {held}" if took_place else "",
        "there": there,
        "held": held,
    }


def action(row, today, user=None):
    """An action as a row; with ``user``, whether they may say that it is done."""
    return {
        "id": str(row.public_id),
        "what": row.what,
        "board": row.body_name,
        "who": f"{row.owner_post}, {row.agency_short}" if row.agency_short else row.owner_post,
        "due": short_day_year(row.due_on),
        "meeting_href": f"/meetings/{row.meeting_public_id}/" if row.meeting_public_id else "",
        "agreed": _agreed(row),
        "may_complete": bool(user and row.done_at is None and may_complete(user, row)),
        "state": standing(row.due_on, row.done_at, today),
    }


def _agreed(row):
    """The day of the meeting at which the action of ``row`` was agreed, as far as it is known."""
    return dates.short_day_year(dates.When(row.agreed_on, None, row.agreed_to)) if row.agreed_on else ""


def standing(due_on, done_at, today):
    """The tag that says how an action stands against its day."""
    late = (today - due_on).days
    if done_at:
        return tag("met", "tick", f"Done {short_day_year(timezone.localtime(done_at))}")
    if late > 0:
        return tag("missed", "cross", f"Overdue by {days(late)}")
    if late == 0:
        return tag("soon", "triangle", "Due today")
    return tag(*(("soon", "triangle") if late >= -7 else ("waiting", "clock")), f"Due in {days(-late)}")


def days(number):
    """``1 day``, ``3 days``."""
    return "1 day" if number == 1 else f"{number} days"
