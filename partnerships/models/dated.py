"""What holds from a moment until a moment: seats, appointments, deputisings, chairs and offices."""

from django.db import models
from django.db.models import Q


def in_force(at, prefix=""):
    """In force at ``at``: from the first moment on, and no longer at the moment of the end."""
    begun = Q(**{f"{prefix}starts_at__lte": at})
    not_over = Q(**{f"{prefix}ends_at__isnull": True}) | Q(**{f"{prefix}ends_at__gt": at})
    return begun & not_over


class DatedQuerySet(models.QuerySet):
    def in_force(self, at):
        return self.filter(in_force(at))


class Dated(models.Model):
    """Something that holds in [starts_at, ends_at); without an end, until further notice."""

    ENDS_BEFORE_IT_BEGINS = "It ends before it begins. Enter an end after the start."

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_in_force(self, at):
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)
