"""The deadlines, days and holds of cases."""

import datetime as dt
from collections import namedtuple

from django.db.models import BigIntegerField, Count, F, Q

from mktogether.lib.prepared import Prepared
from reviews.models import CaseDate, CaseDeadline, CaseHold

FOUND = "about a case that was found for whoever asks"
OF_DEADLINE = (
    *("code", "started_on", "unit", "amount", "due_on", "held_since", "met_on", "missed_because"),
    *("case__public_id", "case__reference", "case__kind"),
)


def deadline_rows(deadlines):
    """``deadlines`` as light rows for a list: named values."""
    return deadlines.values_list(*OF_DEADLINE, named=True)


def deadline_counts(deadlines, today):
    """How many of ``deadlines`` wait, are missed, are due within a week, and are on hold, as DeadlineFilter has it."""
    unmet = Q(met_on__isnull=True)
    soon = Q(due_on__range=(today, today + dt.timedelta(days=7)))
    return deadlines.aggregate(
        open=Count("id", filter=unmet),
        missed=Count("id", filter=unmet & Q(due_on__lt=today)),
        week=Count("id", filter=unmet & soon),
        held=Count("id", filter=unmet & Q(held_since__isnull=False)),
    )


Deadline = namedtuple("Deadline", OF_DEADLINE)
DEADLINES_OF = Prepared(
    lambda case: (
        CaseDeadline.objects.regardless(FOUND)
        .filter(case=case)
        .order_by(F("due_on").asc(nulls_last=True), "code")
        .values_list(*OF_DEADLINE)
    ),
    case=BigIntegerField(),
)
DATES_OF = Prepared(
    lambda case: CaseDate.objects.regardless(FOUND).filter(case=case).values_list("event", "on"),
    case=BigIntegerField(),
)


def deadlines_of(case):
    """The deadlines of ``case`` as light rows, in the order in which they are due; one query."""
    return [Deadline(*row) for row in DEADLINES_OF(case=case.pk)]


def dates_of(case):
    """The days of the events of ``case``, by the key of the event; one query."""
    return dict(DATES_OF(case=case.pk))


def holds_of(case):
    """The holds of ``case`` with who put it on hold and who ended that; one query."""
    rows = CaseHold.objects.regardless(FOUND).filter(case=case)
    return list(rows.select_related("held_by__person", "ended_by__person"))
