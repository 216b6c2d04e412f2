"""
Which deadlines people are to be told of, and whom: those on the case alone, and in words that say nothing of it.

A row for each deadline that is not met and each person who keeps its case: ``owed(now)``. ``due_on`` is the day that
reminders count from; a deadline on hold, or without a date, has none, and what is met or closed falls out by itself.
"""

from django.db.models import Exists, F, OuterRef, Q

from mktogether.lib.templatetags.wording import weekday
from partnerships.models import Exclusion, Grant
from partnerships.models.dated import in_force
from partnerships.models.grounds import grounded
from reviews.models import Case, CaseDeadline

WHY = "each is told to those alone who keep the case"


def owed(now):
    """Deadlines with a day that are not met, of open cases, one row (``whom``) for each person who keeps the case."""
    unmet = CaseDeadline.objects.regardless(WHY).unmet().of_open_cases().filter(due_on__isnull=False)
    rows = unmet.annotate(area=F("case__area"), whom=F("case__area__people"))
    return rows.filter(Exists(_leads(now)), ~Exists(_excluded(now)))


def _leads(now):
    """The grants by which somebody keeps the case of a row at ``now``."""
    grants = Grant.objects.regardless(WHY).filter(in_force(now), grounded(now), person__user__is_active=True)
    return grants.filter(kind=Grant.Kind.CASE_LEAD, **_of_row())


def _excluded(now):
    return Exclusion.objects.regardless(WHY).filter(in_force(now), **_of_row())


def _of_row():
    return {"subject": Case._meta.label, "subject_id": OuterRef("case"), "person": OuterRef("whom")}


def ahead(now, first_day, last_day):
    """Those of ``owed`` that are due from ``first_day`` to ``last_day``."""
    return owed(now).filter(due_on__range=(first_day, last_day))


def passed(now, today):
    """Those of ``owed`` whose day is over: missed, and not met yet."""
    return owed(now).filter(Q(due_on__lt=today))


def in_words(ids):
    """
    What a mail may say of deadlines, by id: that one of a case is due, on which day, and where to look.

    Neither the reference nor the kind of the case: what is in a mail is read by others too. The page that the address
    leads to asks for a fresh check.
    """
    rows = CaseDeadline.objects.regardless(WHY).filter(pk__in=ids).values_list("pk", "due_on", "case__public_id")
    return {
        pk: ("A case that you keep", f"Due on {weekday(due_on)}" if due_on else "", f"/cases/{public_id}/deadlines/")
        for pk, due_on, public_id in rows
    }
