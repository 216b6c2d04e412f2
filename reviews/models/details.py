"""Who the people in a case are. It stands here alone, encrypted, and nothing is found or ordered by it."""

import uuid

from django.conf import settings
from django.db import models

from mktogether.lib.constraints import one_of
from mktogether.lib.sealed import SealedDayField, SealedField
from partnerships.roles import Act
from partnerships.standing import standing_of
from reviews.models.cases import Case
from reviews.models.parts import PartOfCaseQuerySet


class Part(models.TextChoices):
    """What somebody is in a case, which tells nothing of who they are."""

    SUBJECT = "subject", "The person whom the case is about"
    PARENT = "parent", "Parent or carer"
    CHILD = "child", "Child of the household"
    PARTNER = "partner", "Partner or former partner"
    OTHER = "other", "Somebody else"


class CasePersonQuerySet(PartOfCaseQuerySet):
    """For those on a case who read who the people in it are: not for its audit."""

    def seen_by(self, user):
        """Those in the cases on which somebody may read them."""
        reached = standing_of(user).reach(Act.READ_CASE_PEOPLE).of(Case._meta.label)
        return super().seen_by(user).filter(case__in=reached)


class CasePerson(models.Model):
    """Somebody in a case: their name, days and numbers, each sealed by itself with a key outside the database."""

    Part = Part

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="people")
    part = models.CharField(max_length=10, choices=Part)
    name = SealedField(max_length=200)
    born = SealedDayField("date of birth", blank=True)
    died = SealedDayField("date of death", blank=True)
    nhs_number = SealedField("NHS number", max_length=20, blank=True)
    other_numbers = SealedField(
        "other numbers", max_length=300, blank=True, help_text="Such as of the police or the court."
    )
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = CasePersonQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [one_of("part", Part, name="somebody_in_a_case_has_a_part")]

    def __str__(self):
        """For logs and errors: nobody's name."""
        return f"Person {self.pk} in case {self.case_id}"
