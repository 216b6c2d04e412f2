"""The time of a case: the days of its events, why a deadline was missed, and what puts it on hold."""

from django.db import transaction
from django.utils import timezone

from mktogether.lib.templatetags.wording import day
from mktogether.lib.verdict import Refusal
from records import history
from reviews import kinds
from reviews.actions import counting
from reviews.actions.checks import changeable, reason, refuse_day
from reviews.models import CaseDate, CaseDeadline, CaseHold

HELD = "changed by an act, which asks whether they may change the case"
NO_HOLD = "This case is not on hold."
SAY_WHY = "Enter why the deadline was missed."


@transaction.atomic
def enter_date(case, event, on, *, by, missed_because=""):
    """
    Enter or change the day on which ``event`` happened, and count the deadlines anew.

    ``missed_because`` is kept with each deadline that this day meets too late and that has no reason yet. A missed one
    stops nothing. Raises Refusal for an event that the kind of case has not, for a day ahead of one that is not
    planned, and for a day before the one we knew.
    """
    case = changeable(case, by)
    kind = kinds.of(case)
    if event not in kind.events:
        raise Refusal("Choose one of the events that a case of this kind has.", "event")
    refuse_day(on, "on", may_come=event in kind.planned)
    refuse_order(case, kind, event, on)
    row = CaseDate.objects.regardless(HELD).filter(case=case, event=event).first()
    before = row.on if row else None
    if before != on:
        _keep(case, row, event, on, by)
        history.record("case.dated", case, by=by, changes={"on": (before, on)}, details={"event": event})
        counting.count(case)
    if missed_because.strip():
        _explain(case, [one.code for one in kind.deadlines if one.ends == event], missed_because, by)
    return case


def _keep(case, row, event, on, by):
    if row is None:
        CaseDate.objects.create(case=case, event=event, on=on, entered_at=timezone.now(), entered_by=by)
    else:
        row.on, row.entered_at, row.entered_by = on, timezone.now(), by
        row.save(update_fields=["on", "entered_at", "entered_by"])


def refuse_order(case, kind, event, on, field="on"):
    """Nothing happens in a case before it is known; and the day it was known is moved behind nothing that happened."""
    days = dict(CaseDate.objects.regardless(HELD).filter(case=case).values_list("event", "on"))
    if event == kind.begins:
        earlier = [key for key, happened in days.items() if key != event and happened < on]
        if earlier:
            raise Refusal(f"That is after a day entered already: {kind.events[earlier[0]]}. Check both days.", field)
    elif kind.begins in days and on < days[kind.begins]:
        began = f"{kind.events[kind.begins]} on {day(days[kind.begins])}"
        raise Refusal(f"That is before the day on which we knew. {began}. Check both days.", field)


@transaction.atomic
def remove_date(case, event, *, by):
    """Take away the day of an event that was entered in error. The day we knew is changed and never taken away."""
    case = changeable(case, by)
    if event == kinds.of(case).begins:
        raise Refusal("The day on which we knew cannot be taken away. Change it instead.")
    row = CaseDate.objects.regardless(HELD).filter(case=case, event=event).first()
    if row is None:
        raise Refusal("No day is entered for that.")
    history.record("case.undated", case, by=by, changes={"on": (row.on, None)}, details={"event": event})
    row.delete()
    counting.count(case)
    return case


@transaction.atomic
def explain_missed(case, code, because, *, by):
    """Say why the deadline ``code`` was missed. Raises Refusal for one that was not, and without a reason."""
    case = changeable(case, by)
    reason(because, "because", SAY_WHY)
    if not _explain(case, [code], because, by, again=True):
        raise Refusal("This deadline was not missed.", "because")
    return case


def _explain(case, codes, because, by, *, again=False):
    """Keep the reason with those of ``codes`` that are missed; how many. Those with one keep it unless ``again``."""
    today, number = timezone.localdate(), 0
    for row in CaseDeadline.objects.regardless(HELD).filter(case=case, code__in=codes, due_on__isnull=False):
        if row.due_on < (row.met_on or today) and (again or not row.missed_because):
            before = row.missed_because or None
            row.missed_because, row.missed_said_at, row.missed_said_by = because.strip(), timezone.now(), by
            row.save(update_fields=["missed_because", "missed_said_at", "missed_said_by"])
            told = {"missed_because": (before, because.strip())}
            history.record("case.missed_explained", case, by=by, changes=told, details={"deadline": row.code})
            number += 1
    return number


# --- Holds ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def put_on_hold(case, first_day, because, *, by):
    """
    Put a case on hold from ``first_day`` on: the deadlines that a hold can stop do not run until it ends.

    Raises Refusal without a reason, for a day ahead, for a case that is on hold, and for days that were on hold before.
    """
    case = changeable(case, by)
    because = reason(because, "because", "Enter why it is on hold, such as a criminal trial or an inquest.")
    refuse_day(first_day, "first_day")
    holds = CaseHold.objects.regardless(HELD).filter(case=case)
    if holds.filter(last_day__isnull=True).exists():
        raise Refusal("This case is on hold already.", "first_day")
    if holds.filter(last_day__gte=first_day).exists():
        raise Refusal("Some of these days were on hold already. Enter a later day.", "first_day")
    CaseHold.objects.create(case=case, first_day=first_day, because=because, held_at=timezone.now(), held_by=by)
    history.record("case.held", case, by=by, changes={"first_day": (None, first_day), "because": (None, because)})
    counting.count(case)
    return case


@transaction.atomic
def end_hold(case, last_day, *, by):
    """End the hold of a case with ``last_day``: deadlines run again from the day after it."""
    case = changeable(case, by)
    row = CaseHold.objects.regardless(HELD).filter(case=case, last_day__isnull=True).first()
    if row is None:
        raise Refusal(NO_HOLD)
    refuse_day(last_day, "last_day")
    if last_day < row.first_day:
        raise Refusal(f"That is before the hold began, on {day(row.first_day)}.", "last_day")
    row.last_day, row.ended_at, row.ended_by = last_day, timezone.now(), by
    row.save(update_fields=["last_day", "ended_at", "ended_by"])
    history.record("case.resumed", case, by=by, changes={"last_day": (None, last_day)})
    counting.count(case)
    return case
