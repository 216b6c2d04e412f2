"""Counts of a year's reviews as a published report gives them: numbers, and no cases behind them."""

from django.db import models

from mktogether.lib.constraints import filled
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.models import Area


class YearCountQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """Published numbers are for everybody who takes part in their area."""
        standing = standing_of(user)
        return self.filter(area__in=standing.area_ids if standing.reach(Act.SEE_STRUCTURE).area else ())

    def of_year(self, first_day):
        """Those of the year that begins on ``first_day``, in the order of their source."""
        return self.filter(first_day=first_day)


class YearCount(models.Model):
    """
    One printed number about the reviews of a year, with its source.

    Only what is published stands here, as it is printed: small numbers were hidden, or not, by whoever published them.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="year_counts")
    first_day = models.DateField(help_text="The first day of the year, 1 April.")
    key = models.SlugField(max_length=60, help_text="By which reports ask for it.")
    label = models.CharField(max_length=200)
    count = models.PositiveIntegerField()
    source = models.CharField(max_length=200, help_text="The document, and where in it.")
    order = models.PositiveSmallIntegerField(default=0)

    objects = YearCountQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "first_day", "key"], name="one_count_for_a_key_in_a_year"),
            models.CheckConstraint(
                condition=models.Q(first_day__month=4, first_day__day=1), name="a_year_begins_on_the_first_of_april"
            ),
            filled("label", name="year_count_says_of_what"),
            filled("source", name="year_count_names_its_source"),
        ]

    def __str__(self):
        return f"{self.label}: {self.count}"
