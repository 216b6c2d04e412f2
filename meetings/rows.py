"""Rows of lists, with their words and addresses ready: the templates only put them in their place."""

from django.utils import timezone

from meetings.access import may_complete
from meetings.models import Meeting
from mktogether.lib.templatetags.icons import HIDDEN as ICONS
from mktogether.lib.templatetags.wording import clock, day, short_day, short_day_year, weekday

MODES = dict(Meeting.Mode.choices)
QUORUM = {
    "quorate": ("met", ICONS["tick"], "Quorate"),
    "not quorate": ("missed", ICONS["cross"], "Not quorate"),
    "not stated": ("neutral", ICONS["dash"], "Not stated"),
}
STATES = {
    "Planned": ("waiting", ICONS["clock"]),
    "In session": ("there", ICONS["arrow"]),
    "Closed": ("neutral", ICONS["tick"]),
    "Cancelled": ("gone", ICONS["dash"]),
    "Over, not closed": ("soon", ICONS["triangle"]),
}
OUTCOMES = {
    "carried": ("met", ICONS["tick"]),
    "not carried": ("missed", ICONS["cross"]),
    "undecided": ("soon", ICONS["triangle"]),
    "invalid": ("missed", ICONS["cross"]),
    "not stated": ("neutral", ICONS["dash"]),
    "recommended": ("soon", ICONS["pencil"]),
    "noted": ("neutral", ICONS["dash"]),
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
    return f"{found.body.name}, {day(timezone.localtime(found.starts_at))}"


def hours(found):
    """``09:30 to 11:30``."""
    return f"{clock(timezone.localtime(found.starts_at))} to {clock(timezone.localtime(found.ends_at))}"


def meeting(row, now, filled=None):
    """A meeting as a row; ``filled`` is how many places were filled of how many, where that is known."""
    starts = timezone.localtime(row.starts_at)
    state = state_of(row, now)
    tone, icon = STATES[state]
    verdict = QUORUM.get(row.quorum_status) if row.opened_at and not row.cancelled_at else None
    there, held = filled or (0, 0)
    return {
        "href": f"/meetings/{row.public_id}/",
        "day": short_day_year(starts),
        "short_day": short_day(starts),
        "weekday": weekday(starts),
        "hours": hours(row),
        "board": row.body_name,
        "mode": MODES[row.mode],
        "state": state,
        "tone": tone,
        "icon": icon,
        "quorum_tone": verdict[0] if verdict else "",
        "quorum_icon": verdict[1] if verdict else "",
        "quorum": verdict[2] if verdict else "",
        "filled": f"{there} of {held}" if row.opened_at and not row.cancelled_at else "",
        "there": there,
        "held": held,
    }


def action(row, today, user=None):
    """An action as a row; with ``user``, whether they may say that it is done."""
    agreed = timezone.localtime(row.agreed_on) if row.agreed_on else None
    return {
        "id": str(row.public_id),
        "what": row.what,
        "board": row.body_name,
        "who": f"{row.owner_post}, {row.agency_short}" if row.agency_short else row.owner_post,
        "due": short_day_year(row.due_on),
        "meeting_href": f"/meetings/{row.meeting_public_id}/" if row.meeting_public_id else "",
        "agreed": short_day_year(agreed) if agreed else "",
        "may_complete": bool(user and row.done_at is None and may_complete(user, row)),
        **standing(row.due_on, row.done_at, today),
    }


def standing(due_on, done_at, today):
    """How an action stands against its day, in words and with their colour and sign."""
    late = (today - due_on).days
    if done_at:
        words = f"Done {short_day_year(timezone.localtime(done_at))}"
        return {"tone": "met", "icon": ICONS["tick"], "state": words}
    if late > 0:
        return {"tone": "missed", "icon": ICONS["cross"], "state": f"Overdue by {days(late)}"}
    if late == 0:
        return {"tone": "soon", "icon": ICONS["triangle"], "state": "Due today"}
    tone, icon = ("soon", "triangle") if late >= -7 else ("waiting", "clock")
    return {"tone": tone, "icon": ICONS[icon], "state": f"Due in {days(-late)}"}


def days(number):
    """``1 day``, ``3 days``."""
    return "1 day" if number == 1 else f"{number} days"
