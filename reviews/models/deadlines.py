"""
The time of a case: dated events, the deadlines that are counted from them, and the days on which nothing runs.

A deadline's row is computed from the rest (``reviews/actions/counting.py``) and kept so that lists can sort by it and
reminders find it; what people say of it, why it was missed, stays whatever is computed anew.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mktogether.lib.constraints import filled, in_order, paired
from reviews.models.cases import Case
from reviews.models.parts import PartOfCaseQuerySet
from reviews.rules import kinds


class Unit(models.TextChoices):
    """In what a limit is counted."""

    WORKING_DAYS = kinds.Unit.WORKING_DAYS.value, "Working days"
    CALENDAR_DAYS = kinds.Unit.CALENDAR_DAYS.value, "Calendar days"
    MONTHS = kinds.Unit.MONTHS.value, "Months"


class CaseDate(models.Model):
    """The day of something that happened in a case, such as that the council became aware."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dates")
    event = models.CharField(max_length=40, help_text="The key of an event of the kind of case.")
    on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PartOfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "event"], name="an_event_of_a_case_has_one_day"),
            filled("event", name="a_case_date_says_of_what"),
        ]

    def __str__(self):
        """For logs and errors: no day."""
        return f"Date {self.pk} of case {self.case_id}"


class CaseHold(models.Model):
    """Days on which the deadlines of a case do not run, because of a trial, an inquest or the wish of a family."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True, help_text="The last day on hold. Empty: it goes on.")
    because = models.CharField(max_length=200)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PartOfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["first_day", "id"]
        constraints = [
            filled("because", name="a_hold_says_why"),
            in_order(
                "first_day",
                "last_day",
                name="a_hold_ends_after_it_begins",
                message="The hold would end before it began.",
            ),
            paired("last_day", "ended_at", "ended_by", name="a_hold_that_ended_says_when_and_by_whom"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(last_day__isnull=True), name="one_hold_of_a_case_goes_on_at_a_time"
            ),
        ]

    def __str__(self):
        """For logs and errors: no reason."""
        return f"Hold {self.pk} of case {self.case_id}"


class DeadlineQuerySet(PartOfCaseQuerySet):
    """Deadlines of cases."""

    def of_open_cases(self):
        """Those of cases that are not closed: a closed one waits for nothing."""
        return self.filter(case__closed_at__isnull=True)

    def unmet(self):
        """Those that wait for something to be done."""
        return self.filter(met_on__isnull=True)


class CaseDeadline(models.Model):
    """
    A deadline of a case: counted from a day, by the limit that was in force on it.

    ``due_on`` is empty where there is no date, and while a hold keeps the count from its end (``held_since``).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    code = models.CharField(max_length=20, help_text="Its code among the deadlines of the kind of case.")
    started_on = models.DateField(help_text="The day of the event from which it is counted.")
    amount = models.PositiveSmallIntegerField(null=True, help_text="Empty: as soon as reasonably practicable.")
    unit = models.CharField(max_length=16, choices=Unit, blank=True)
    due_on = models.DateField(null=True)
    held_since = models.DateField(null=True)
    met_on = models.DateField(null=True)
    missed_because = models.CharField(max_length=200, blank=True)
    missed_said_at = models.DateTimeField(null=True)
    missed_said_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="one_deadline_of_a_code_in_a_case"),
            filled("code", name="a_deadline_has_a_code"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, unit="") | (Q(amount__gte=1) & Q(unit__in=Unit.values)),
                name="a_limit_has_a_number_and_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(missed_because="", missed_said_at__isnull=True, missed_said_by__isnull=True)
                | (~Q(missed_because="") & Q(missed_said_at__isnull=False, missed_said_by__isnull=False)),
                name="why_a_deadline_was_missed_says_who_and_when",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(met_on__isnull=True), name="deadline_unmet_by_due")]

    def __str__(self):
        """For logs and errors: no case and no day."""
        return f"Deadline {self.pk}"
