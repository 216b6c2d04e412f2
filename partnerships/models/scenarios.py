"""What somebody tried on the workbench and kept: rules, a membership, who came, and the verdict."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT

from mktogether.lib.constraints import filled, paired
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.models.bodies import Body
from records.models import Area


class ScenarioQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """One's own; all of the area for team and scrutineer; shared ones for whoever has a place on their board."""
        from partnerships.roles import Act
        from partnerships.standing import standing_of

        standing = standing_of(user)
        of_area = self.filter(area__in=standing.area_ids)
        if standing.reach(Act.READ_SCENARIOS).area:
            return of_area
        shared = Q(shared_at__isnull=False, body__in=standing.bodies)
        return of_area.filter(Q(created_by=user.pk) | shared)

    def as_rows(self):
        """For a list: with board, author and verdict, and without the content."""
        verdict = KT("content__expect__verdict")
        return self.select_related("body", "created_by__person").defer("content").annotate(verdict=verdict)


class Scenario(models.Model):
    """One scenario of the workbench. ``content`` is what a scenario of a scenario file holds; see docs/quorum.md."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="scenarios")
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.CASCADE, related_name="scenarios", verbose_name="board or group"
    )
    name = models.CharField(max_length=120)
    content = models.JSONField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="scenarios")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            filled("name", name="scenario_has_a_name"),
            paired("shared_at", "shared_by", name="scenario_shared_at_and_by"),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True) | Q(body__isnull=False), name="shared_scenario_has_a_body"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/workbench/{self.public_id}/"
