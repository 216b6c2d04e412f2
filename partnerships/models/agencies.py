"""Agencies: what else they are called, what they are part of, and who came after them."""

from django.db import models
from django.db.models import F, Q

from mktogether.lib.constraints import filled
from mktogether.lib.partial_days import PartialDayField
from records.models import Area


class Agency(models.Model):
    """
    A partner: an organisation that has places on boards and groups.

    A service that reports apart is an agency of its own that is ``part_of`` another: for a quorum both are one.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="agencies")
    short_name = models.CharField(max_length=40, help_text="As rules and tables call it, such as TVP.")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60)
    classes = models.JSONField(
        default=list, blank=True, help_text="Types of organisation that rules can name, such as health or police."
    )
    part_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="services",
        help_text="The agency as which it counts.",
    )
    is_crowd = models.BooleanField(
        default=False,
        help_text="Many organisations under one name, such as schools: reached by mail, without accounts.",
    )
    succeeded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    succeeded = PartialDayField(help_text="Since when; empty where that is not stated.")
    note = models.TextField(blank=True, help_text="What the documents leave open about it.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["area", "short_name"], name="one_agency_for_a_short_name"),
            models.UniqueConstraint(fields=["area", "slug"], name="one_agency_for_an_address"),
            filled("short_name", name="agency_has_a_short_name"),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")), name="agency_is_no_part_of_itself"
            ),
            models.CheckConstraint(
                condition=Q(succeeded_by__isnull=True) | ~Q(succeeded_by=F("id")), name="agency_succeeds_not_itself"
            ),
            models.CheckConstraint(
                condition=Q(succeeded="") | Q(succeeded_by__isnull=False), name="a_day_of_succession_has_a_successor"
            ),
        ]

    def __str__(self):
        return self.short_name


class AgencyAlias(models.Model):
    """Another name that documents use for an agency. Within an area a name means one agency."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="agency_aliases")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        verbose_name = "other name of a partner"
        verbose_name_plural = "other names of partners"
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="an_alias_means_one_agency"),
            filled("name", name="alias_is_a_name"),
        ]

    def __str__(self):
        return f"{self.name}: {self.agency}"
