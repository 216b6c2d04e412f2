"""Agencies, boards and groups, their terms of reference and the places on them."""

from django.db import models
from django.db.models import Q

from mktogether.lib.constraints import filled, in_order
from mktogether.lib.scoped import ScopedQuerySet
from partnerships import rules
from partnerships.models.dated import Dated
from records.models import Area


class Agency(models.Model):
    """A partner: an organisation that has places on boards and groups."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="agencies")
    short_name = models.CharField(max_length=40, help_text="As rules and tables call it, such as TVP.")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60)
    classes = models.JSONField(
        default=list, blank=True, help_text="Types of organisation that rules can name, such as health or police."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["area", "short_name"], name="one_agency_for_a_short_name"),
            models.UniqueConstraint(fields=["area", "slug"], name="one_agency_for_an_address"),
            filled("short_name", name="agency_has_a_short_name"),
        ]

    def __str__(self):
        return self.short_name


class BodyQuerySet(ScopedQuerySet):
    def of_area(self, area_ids):
        """Those of the areas, and those that other areas share with them."""
        return self.filter(Q(area__in=area_ids) | Q(shared_with__in=area_ids)).distinct()

    def seen_by(self, user):
        """The structure of the partnerships is known to everybody who takes part in their area."""
        from partnerships.roles import Act
        from partnerships.standing import standing_of

        standing = standing_of(user)
        return self.of_area(standing.area_ids if standing.reach(Act.SEE_STRUCTURE).area else frozenset())

    def present(self, today):
        """Those of today's arrangements; what belonged to earlier ones is kept, and counts as present nowhere."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=today), earlier_structure="")

    def earlier(self, today):
        """Those that belonged to an earlier structure, or closed before ``today``."""
        return self.filter(Q(closed_on__lt=today) | ~Q(earlier_structure=""))


class Body(models.Model):
    """
    A board or group: anything with members that meets.

    One of an earlier structure stays, with its posts, meetings and successor. When it began and ended may be unknown.
    """

    class Kind(models.TextChoices):
        STATUTORY = "statutory", "Statutory partnership"
        GROUP = "group", "Working group"
        PANEL = "panel", "Panel"
        OFFICE_HOLDERS = "office-holders", "Statutory role-holders"

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="bodies")
    shared_with = models.ManyToManyField(Area, blank=True, related_name="shared_bodies")
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind)
    reports_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reported_by")
    sponsor = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="sponsors")
    purpose = models.TextField(blank=True)
    earlier_structure = models.CharField(
        max_length=120, blank=True, help_text="The arrangements that it belonged to; empty for today's."
    )
    opened_on = models.DateField(null=True, blank=True, help_text="Its first day; empty where that is not known.")
    closed_on = models.DateField(null=True, blank=True, help_text="Its last day; empty while it goes on, or not known.")
    succeeded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name"]
        verbose_name = "board or group"
        verbose_name_plural = "boards and groups"
        constraints = [
            models.UniqueConstraint(fields=["area", "slug"], name="one_body_for_an_address"),
            models.CheckConstraint(
                condition=Q(reports_to__isnull=True) | ~Q(reports_to=models.F("id")), name="body_reports_not_to_itself"
            ),
            in_order("opened_on", "closed_on", name="body_closes_after_it_opens", message="It closes before it opens."),
            models.CheckConstraint(
                condition=Q(succeeded_by__isnull=True)
                | (~Q(succeeded_by=models.F("id")) & (Q(closed_on__isnull=False) | ~Q(earlier_structure=""))),
                name="only_a_body_of_the_past_has_a_successor",
            ),
            # /boards/representation/ is a page about all of them
            models.CheckConstraint(condition=~Q(slug="representation"), name="body_has_an_address_of_its_own"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/boards/{self.slug}/"

    def is_present(self, today):
        """Whether it belongs to today's arrangements; see BodyQuerySet.present."""
        return self.is_of_today(self.earlier_structure, self.closed_on, today)

    @staticmethod
    def is_of_today(earlier_structure, closed_on, today):
        """Whether one with these columns belongs to today's arrangements."""
        return not earlier_structure and (closed_on is None or closed_on >= today)

    def terms_on(self, day):
        """The terms of reference in force on ``day``; None where there were none."""
        return self.terms.in_force_on(day).first()


class TermsQuerySet(models.QuerySet):
    def in_force_on(self, day):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class TermsOfReference(models.Model):
    """One version of a body's terms of reference. What it leaves blank is not stated, and is never guessed."""

    class Mode(models.TextChoices):
        IN_PERSON = "in person", "In person"
        VIRTUAL = "virtual", "Virtual"
        USUALLY_VIRTUAL = "usually virtual", "Usually virtual"

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="terms")
    edition = models.CharField(max_length=120, help_text="The document, such as Handbook of October 2024.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day; empty while in force.")
    rules = models.TextField(blank=True, help_text="Quorum, votes, deputies and remote presence, in the rule language.")
    meetings_a_year = models.PositiveSmallIntegerField(null=True, blank=True)
    months = models.JSONField(default=list, blank=True, help_text="Month numbers, where the terms name them.")
    mode = models.CharField(max_length=20, choices=Mode, blank=True)
    is_public = models.BooleanField(null=True, blank=True, help_text="Empty: not stated.")
    papers_working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes_working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    summary = models.TextField(blank=True, help_text="A summary in our own words; never the adopted text.")
    notes = models.JSONField(default=list, blank=True, help_text="Ambiguities and assumptions, shown on the page.")

    objects = TermsQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            in_order(
                "starts_on", "ends_on", name="terms_end_after_they_begin", message="The last day is before the first."
            ),
            models.UniqueConstraint(fields=["body", "starts_on"], name="one_version_of_terms_from_a_day"),
        ]

    def __str__(self):
        return f"{self.body}, {self.edition}"

    def clean(self):
        """The rules must parse; each problem says where it is and what would mend it."""
        rules.parse_terms(self.rules)

    def parsed_rules(self):
        """The rules as the rule language reads them."""
        return rules.parse_terms(self.rules)


class Seat(Dated):
    """
    A place on a board or group, for an agency or a post. From ``starts_at`` until ``ends_at`` is its mandate.

    Of a board of the past a source may name the posts and nobody who held them: then the post itself is the member.
    """

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    title = models.CharField(max_length=120, help_text="The post that the place is for.")
    order = models.PositiveSmallIntegerField()
    votes = models.BooleanField(default=True)
    counts = models.BooleanField("counts towards quorum", default=True)
    classes = models.JSONField(default=list, blank=True, help_text="Tags that rules can name, such as councillor.")
    note = models.CharField(max_length=200, blank=True, help_text="Where the document left a choice, what we assumed.")
    post_only = models.BooleanField(
        default=False, help_text="The source names the post and not who held it: the post itself is the member."
    )
    in_attendance = models.BooleanField(
        default=False, help_text="Attends and is no member: shown beside the members, and in none of their totals."
    )

    class Meta(Dated.Meta):
        verbose_name = "place"
        ordering = ["order"]
        constraints = [
            in_order("starts_at", "ends_at", name="seat_ends_after_it_begins", message=Dated.ENDS_BEFORE_IT_BEGINS),
            models.UniqueConstraint(
                fields=["body", "order"], condition=Q(ends_at__isnull=True), name="one_place_for_a_number"
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | Q(in_attendance=True), name="a_member_comes_from_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(in_attendance=False) | Q(votes=False, counts=False),
                name="in_attendance_neither_counts_nor_votes",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.agency}" if self.agency_id else self.title


class PublicContact(models.Model):
    """Whom to ring when worried about a child or an adult. Each has an owner and the day it was last checked."""

    class Audience(models.TextChoices):
        EMERGENCY = "emergency", "In an emergency"
        CHILD = "child", "Worried about a child"
        ADULT = "adult", "Worried about an adult"

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="public_contacts")
    audience = models.CharField(max_length=12, choices=Audience)
    name = models.CharField(max_length=120)
    telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    hours = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=120, help_text="The post that keeps this contact right.")
    checked_on = models.DateField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [filled("owner", name="public_contact_has_an_owner")]

    def __str__(self):
        return self.name
