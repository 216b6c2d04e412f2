"""
Arrangements: editions of the document that says who makes up the partnerships of an area, and by which rules.

Boards, places and agencies live through editions and are dated by themselves; an edition holds what is its own, and is
found on terms of reference. ``docs/decisions/0015-arrangements-as-dated-data.md`` gives the reasons.
"""

from django.db import models
from django.db.models import Q

from mktogether.lib.constraints import filled, in_order
from mktogether.lib.partial_days import PartialDayField
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.models.agencies import Agency
from partnerships.models.people import Office
from records.models import Area


class ArrangementQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """The structure of the partnerships is known to everybody who takes part in their area."""
        from partnerships.standing import standing_of

        return self.filter(area__in=standing_of(user).structure_of)

    def in_force_on(self, day):
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=day), first_day__lte=day)

    def published_on(self, day):
        """
        Editions that are for everybody on ``day``: each says of itself since when it is published, and that has begun.

        A month or a year has begun with its first day; written as they are, days, months and years are in order.
        """
        found = self.regardless("what an area has published of its arrangements is for everybody")
        return found.filter(published__gt="", published__lte=day.isoformat())


class Arrangement(models.Model):
    """
    One edition of an area's arrangements, in force from its first to its last day; of an area one at a time.

    The days on which the portal applies it (``first_day``, ``last_day``) are needed to judge a meeting, and stand apart
    from what the document says of itself, which may be a month, a year or nothing.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="arrangements")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=120, help_text="The document, such as Handbook of October 2024.")
    first_day = models.DateField(help_text="From which the portal applies it.")
    last_day = models.DateField(null=True, blank=True, help_text="Empty while in force.")
    stated_from = PartialDayField(help_text="In force from, as the document says; empty: not stated.")
    stated_until = PartialDayField(help_text="In force until, as the document says; empty: not stated.")
    published = PartialDayField()
    notified = PartialDayField(help_text="When those were told who must be told of new arrangements.")
    notified_to = models.JSONField(default=list, blank=True)
    covers = models.TextField(blank=True, help_text="The geographical area.")
    source = models.CharField(max_length=200, blank=True, help_text="Where the document is found.")
    expectations = models.JSONField(
        default=list, blank=True, help_text="What is expected of every relevant agency, a sentence each."
    )
    notes = models.JSONField(default=list, blank=True, help_text="Ambiguities and assumptions, shown on the page.")

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        ordering = ["area", "-first_day"]
        constraints = [
            models.UniqueConstraint(fields=["area", "key"], name="one_arrangement_for_a_key"),
            models.UniqueConstraint(fields=["area", "first_day"], name="one_arrangement_from_a_day"),
            filled("name", name="arrangement_has_a_name"),
            in_order(
                "first_day", "last_day", name="arrangement_ends_after_it_begins", message="It ends before it begins."
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/arrangements/{self.key}/"

    @property
    def data_address(self):
        """Where everybody finds its structure as data, once it is published."""
        return f"/arrangements/{self.area.slug}/{self.key}.json"

    def is_published(self, day):
        """As ``published_on`` has it, of this one edition."""
        return "" < self.published <= day.isoformat()

    def is_in_force(self, day):
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


class RelevantAgency(models.Model):
    """An agency that an edition names as relevant, and what it expects of it beyond what it expects of all."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.CASCADE, related_name="relevant_agencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="relevant_in")
    order = models.PositiveSmallIntegerField()
    named = models.CharField(max_length=200, blank=True, help_text="As the document calls it, where that differs.")
    expectations = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)
    last_day = models.DateField(null=True, blank=True, help_text="Where it was taken out of the edition: until then.")

    class Meta:
        ordering = ["order"]
        verbose_name_plural = "relevant agencies"
        constraints = [
            models.UniqueConstraint(fields=["arrangement", "agency"], name="an_agency_is_relevant_once"),
        ]

    def __str__(self):
        return f"{self.agency}, relevant in {self.arrangement}"


class SpecifiedRole(models.Model):
    """
    An office that an edition gives to a post: lead and delegated partners, the scrutineer, a named member.

    Who holds it, and since when, is an ``Office``; a document of the past may name the post and nobody who held it.
    """

    arrangement = models.ForeignKey(Arrangement, on_delete=models.CASCADE, related_name="specified_roles")
    kind = models.CharField(max_length=30, choices=Office.Kind)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="specified_roles")
    post = models.CharField(max_length=120, help_text="To which the office belongs, such as Chief Constable.")
    subject = models.CharField(max_length=120, blank=True, help_text="Of a named member: for what.")
    duties = models.JSONField(default=list, blank=True)
    order = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    last_day = models.DateField(null=True, blank=True, help_text="Where it was taken out of the edition: until then.")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["arrangement", "kind", "agency", "post", "subject"], name="a_specified_role_stands_once"
            ),
            models.UniqueConstraint(
                fields=["arrangement", "kind", "post", "subject"],
                condition=Q(agency__isnull=True),
                name="a_role_of_no_agency_stands_once",
            ),
            filled("post", name="specified_role_has_a_post"),
            models.CheckConstraint(
                condition=Q(subject="") | Q(kind="named member"), name="only_a_named_member_has_a_subject"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.post}"
