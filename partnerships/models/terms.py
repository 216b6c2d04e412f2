"""Terms of reference: what a version of them states of a board or group, and from when until when."""

from django.db import models
from django.db.models import Q

from mktogether.lib.constraints import in_order
from mktogether.lib.partial_days import PartialDayField
from partnerships import rules
from partnerships.models.agencies import Agency
from partnerships.models.arrangements import Arrangement


class TermsQuerySet(models.QuerySet):
    """Of what holds from a first day to a last, both included."""

    def in_force_on(self, day):
        return self.overlapping(day, day)

    def overlapping(self, first, last):
        """Those that hold on any day from ``first`` to ``last``; None: for ever."""
        begun = self if last is None else self.filter(starts_on__lte=last)
        return begun.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first))


class TermsOfReference(models.Model):
    """
    One version of a body's terms of reference. What it leaves blank is not stated, and is never guessed.

    Sponsor and purpose stand here as these terms have them; on the body itself as they are today.
    """

    class Mode(models.TextChoices):
        IN_PERSON = "in person", "In person"
        VIRTUAL = "virtual", "Virtual"
        USUALLY_VIRTUAL = "usually virtual", "Usually virtual"
        MIXED = "mixed", "In person or virtual"

    class Chosen(models.TextChoices):
        """How a chair comes to the chair."""

        OFFICE = "office", "By office"
        ROTATION = "rotation", "In turns"
        APPOINTMENT = "appointment", "By appointment"
        NONE = "none", "There is none"

    body = models.ForeignKey("Body", on_delete=models.CASCADE, related_name="terms")
    arrangement = models.ForeignKey(
        Arrangement, null=True, blank=True, on_delete=models.PROTECT, related_name="terms", help_text="The edition."
    )
    edition = models.CharField(max_length=120, help_text="The document, such as Handbook of October 2024.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Where the body stands in the edition.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day; empty while in force.")
    approved = PartialDayField(help_text="When they were approved.")
    approved_by = models.CharField(max_length=200, blank=True)
    rules = models.TextField(blank=True, help_text="Quorum, votes, deputies and remote presence, in the rule language.")
    sponsor = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="sponsored_terms")
    purpose = models.TextField(blank=True)
    functions = models.JSONField(default=list, blank=True)
    meetings_a_year = models.PositiveSmallIntegerField(null=True, blank=True)
    at_least = models.BooleanField(default=False, help_text="The number of meetings is the least that is asked for.")
    frequency = models.CharField(max_length=120, blank=True, help_text="In the words of the document.")
    months = models.JSONField(default=list, blank=True, help_text="Month numbers, where the terms name them.")
    months_are_usual = models.BooleanField(default=False, help_text="The document says “usually” of the months.")
    mode = models.CharField(max_length=20, choices=Mode, blank=True)
    in_person_a_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many meetings a year are at least held in person."
    )
    is_public = models.BooleanField(null=True, blank=True, help_text="Empty: not stated.")
    public_note = models.TextField(blank=True, help_text="What is private all the same, streams, questions.")
    papers_working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes_working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    papers_note = models.CharField(max_length=200, blank=True, help_text="Such as whose rules apply instead.")
    deputies = models.TextField(blank=True, help_text="What the document asks of deputies and substitutes.")
    member_level = models.TextField(blank=True, help_text="How senior members must be.")
    eligibility = models.JSONField(default=list, blank=True, help_text="Who may be a member, a sentence each.")
    barred_offices = models.JSONField(
        default=list, blank=True, help_text="Specified roles whose holders may not be members."
    )
    standing_items = models.JSONField(default=list, blank=True)
    agenda_cycle = models.JSONField(default=dict, blank=True, help_text="The number of a month to its items.")
    chair_by = models.CharField(max_length=12, choices=Chosen, blank=True)
    chair_words = models.CharField(max_length=200, blank=True, help_text="Whose office it is, or among whom it turns.")
    chair_agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="chairs_by_terms"
    )
    chair_among = models.JSONField(default=list, blank=True, help_text="The agencies among which it turns.")
    chair_months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How long a turn or term is.")
    vice_by = models.CharField(max_length=12, choices=Chosen, blank=True)
    vice_words = models.CharField(max_length=200, blank=True)
    vice_agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="vice_chairs_by_terms"
    )
    vice_among = models.JSONField(default=list, blank=True)
    vice_months = models.PositiveSmallIntegerField(null=True, blank=True)
    attending = models.JSONField(default=list, blank=True, help_text="Who attends without a place.")
    expectations = models.JSONField(default=list, blank=True, help_text="What is expected of members.")
    expectations_of_agencies = models.JSONField(
        default=list, blank=True, help_text="What is expected of those who send members."
    )
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
            models.CheckConstraint(
                condition=Q(at_least=False) | Q(meetings_a_year__isnull=False), name="at_least_how_many_meetings"
            ),
            models.CheckConstraint(
                condition=Q(chair_months__isnull=True) | Q(chair_by__in=["rotation", "appointment"]),
                name="only_a_chair_in_turns_has_a_term",
            ),
            models.CheckConstraint(
                condition=Q(vice_months__isnull=True) | Q(vice_by__in=["rotation", "appointment"]),
                name="only_a_vice_chair_in_turns_has_a_term",
            ),
        ]

    def __str__(self):
        return f"{self.body}, {self.edition}"

    def clean(self):
        """The rules must parse; each problem says where it is and what would mend it."""
        rules.parse_terms(self.rules)

    def parsed_rules(self):
        """The rules as the rule language reads them."""
        return rules.parse_terms(self.rules)
