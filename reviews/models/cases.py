"""The register of cases. A case is there for the people who are on it, and for nobody else, of whatever rank."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mktogether.lib import among  # noqa: F401 - the lookup pk__among
from mktogether.lib.constraints import filled, in_order, one_of
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.models import Area


class Kind(models.TextChoices):
    """The kinds of case; each has its own process and its own letter in references."""

    CHILD = "child", "Child: serious incident"
    ADULT = "adult", "Adult"
    DOMESTIC = "domestic", "Domestic abuse"
    ROUGH_SLEEPING = "rough sleeping", "Rough sleeping"
    LEARNING = "learning", "Learning exercise"


class CaseQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """Those that a grant names, one by one, less those that they are excluded from. Rank opens none."""
        standing = standing_of(user)
        label = self.model._meta.label
        reached = standing.reach(Act.READ_CASE).of(label) - standing.excluded(label)
        return self.filter(pk__among=reached, area__in=standing.area_ids)


class Case(models.Model):
    """
    Something that happened to somebody, and that the partnership looks into.

    Its reference says area, year and kind, and is drawn in sequence: it is for those who are on the case, and stands
    neither in addresses nor in titles. The record holds no names and nothing else that identifies.
    """

    Kind = Kind
    # The letter of each kind in a reference.
    LETTERS = {
        Kind.CHILD: "C",
        Kind.ADULT: "A",
        Kind.DOMESTIC: "D",
        Kind.ROUGH_SLEEPING: "R",
        Kind.LEARNING: "L",
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=16, choices=Kind)
    year = models.PositiveSmallIntegerField(help_text="The calendar year of registration.")
    number = models.PositiveIntegerField(help_text="In sequence among those of the kind in that year.")
    reference = models.CharField(max_length=24, unique=True, help_text="As drawn; it stays whatever changes later.")
    about = models.CharField(
        "what it is about",
        max_length=120,
        help_text="One bland line. No names, no dates of birth, no places that identify.",
    )
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_because = models.CharField(max_length=200, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-registered_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "kind", "year", "number"], name="one_case_for_a_number"),
            one_of("kind", Kind, name="case_is_of_a_kind"),
            models.CheckConstraint(condition=Q(number__gte=1), name="case_numbers_begin_at_one"),
            filled("reference", name="case_has_a_reference"),
            filled("about", name="case_says_what_it_is_about"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, closed_because="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closed_because="")),
                name="a_closed_case_says_when_by_whom_and_why",
            ),
            in_order(
                "registered_at",
                "closed_at",
                name="case_is_closed_after_it_is_registered",
                message="It would be closed before it was registered.",
            ),
        ]

    def __str__(self):
        """For logs and errors: neither the reference nor what it is about."""
        return f"Case {self.pk}"

    def get_absolute_url(self):
        return f"/cases/{self.public_id}/"

    @property
    def is_closed(self):
        return self.closed_at is not None
