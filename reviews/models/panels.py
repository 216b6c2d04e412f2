"""The panel of a case and what it decides. A decision is frozen when it is made; corrections stand beside it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models import Meeting
from mktogether.lib.constraints import filled
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.models import Person
from reviews.models.cases import Case
from reviews.models.parts import PartOfCaseQuerySet


class PanelPlace(models.Model):
    """Who sits on the panel of a case for a place that its kind has. Seeing the case takes a grant besides."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="panel")
    key = models.CharField(max_length=20, help_text="The key of a place on the panel of the kind of case.")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = PartOfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["case", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="one_person_for_a_place_on_a_panel"),
            filled("key", name="a_place_on_a_panel_has_a_key"),
        ]

    def __str__(self):
        """For logs and errors."""
        return f"Place {self.pk} on a panel"


class PanelDecision(models.Model):
    """
    What the panel decided about a case, as it was: outcome, criteria, reasons, dissent and who decided.

    Kinds and criteria are kept in words too, so that a decision reads as it did when the file of kinds has changed.
    Rows are added and never changed; the last one holds.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    sitting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    outcome = models.CharField(max_length=40, help_text="The key of an outcome of the kind of case.")
    outcome_name = models.CharField(max_length=120)
    criteria = models.JSONField(help_text="The criteria in words, in their order: [{words, met}].")
    reasons = models.TextField(max_length=2000)
    dissent = models.TextField(max_length=1000, blank=True, help_text="Who saw it otherwise, and why. Empty: nobody.")
    deciders = models.JSONField(help_text="Who decided, by post: [{place, post}].")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PartOfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            filled("outcome", name="a_panel_decision_says_what"),
            filled("reasons", name="a_panel_decision_says_why"),
            models.CheckConstraint(condition=~Q(deciders=[]), name="a_panel_decision_says_who"),
        ]

    def __str__(self):
        """For logs and errors."""
        return f"Decision {self.pk} of a panel"

    def get_absolute_url(self):
        return f"/cases/decisions/{self.public_id}/"


class CorrectionQuerySet(ScopedQuerySet):
    """Corrections, seen as the case is."""

    def seen_by(self, user):
        """Those of the cases that somebody is on."""
        return self.filter(decision__in=PanelDecision.objects.visible_to(user).values("pk"))


class DecisionCorrection(models.Model):
    """What was wrong in the record of a decision, said beside it."""

    decision = models.ForeignKey(PanelDecision, on_delete=models.PROTECT, related_name="corrections")
    what = models.TextField(max_length=1000)
    because = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            filled("what", name="a_correction_of_a_panel_says_what"),
            filled("because", name="a_correction_of_a_panel_says_why"),
        ]

    def __str__(self):
        """For logs and errors."""
        return f"Correction {self.pk} of a panel's decision"
