"""Deadlines counted anew from the dates and holds of a case, by the limits in force on the day of each event."""

from records import history
from reviews import kinds
from reviews.actions import auditing
from reviews.models import CaseDate, CaseDeadline, CaseHold
from reviews.rules import clocks
from reviews.rules.clocks import Hold

COUNTED = "counted from the case, whoever looks"
COMPUTED = ("started_on", "amount", "unit", "due_on", "held_since", "met_on")


def begin(case, known_on, *, by, now):
    """Enter the day we knew, which is the first date of a case, and count what follows from it."""
    event = kinds.of(case).begins
    CaseDate.objects.create(case=case, event=event, on=known_on, entered_at=now, entered_by=by)
    history.record("case.dated", case, by=by, changes={"on": (None, known_on)}, details={"event": event})
    count(case)


def count(case):
    """
    Count the deadlines of ``case`` anew, and return those whose row changed, came or went, by their codes.

    Whatever people said of one stays with it. One whose event has no day any more goes. The audits that are open reach
    the case, or let go of it, by the day of its rapid review.
    """
    dates = dict(CaseDate.objects.regardless(COUNTED).filter(case=case).values_list("event", "on"))
    holds = holds_of(case)
    kept = {row.code: row for row in CaseDeadline.objects.regardless(COUNTED).filter(case=case)}
    auditing.align(case, dates)
    return [
        deadline.code
        for deadline in kinds.of(case).deadlines
        if _keep(case, deadline, kept.get(deadline.code), computed(deadline, dates, holds))
    ]


def holds_of(case):
    """The holds of ``case``, as the rules know them."""
    rows = CaseHold.objects.regardless(COUNTED).filter(case=case)
    return [Hold(*row) for row in rows.values_list("first_day", "last_day", "because")]


def computed(deadline, dates, holds):
    """What a deadline's row holds, from the days of events and the holds; None where it has not begun."""
    started_on = dates.get(deadline.starts)
    limit = deadline.limit_on(started_on) if started_on else None
    if limit is None:
        return None
    holds = holds if deadline.can_be_held else ()
    due_on = clocks.due(started_on, limit, holds, is_before=deadline.is_before)
    going_on = [hold.first_day for hold in holds if hold.last_day is None]
    return {
        "started_on": started_on,
        "amount": limit.amount,
        "unit": limit.unit.value if limit.unit else "",
        "due_on": due_on,
        "held_since": going_on[0] if going_on and limit.amount and due_on is None else None,
        "met_on": dates.get(deadline.ends),
    }


def _keep(case, deadline, row, values):
    if values is None:
        if row is not None:
            row.delete()
        return row is not None
    if row is None:
        CaseDeadline.objects.create(case=case, code=deadline.code, **values)
        return True
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=COMPUTED)
    return True
