"""The quarterly review of access: what each person of an organisation held when it began, and what was said of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mktogether.lib.constraints import filled, in_order, paired
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.models.agencies import Agency
from partnerships.models.people import Person
from records.models import Area


class AccessReviewQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """All of the area for those who begin reviews; for others those that they go through."""
        from partnerships.reviewing import sight

        return sight.reviews(self, user)

    def open(self):
        return self.filter(closed_at__isnull=True)


class AccessReview(models.Model):
    """One quarter's review of one organisation; without one, of the people who belong to none."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="access_reviews")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="access_reviews")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(help_text="Of the calendar year, from 1 to 4.")
    due_on = models.DateField(help_text="The last day on which it is closed in time.")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AccessReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-quarter", "agency__short_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "agency", "year", "quarter"], name="one_access_review_of_an_agency"
            ),
            models.UniqueConstraint(
                fields=["area", "year", "quarter"],
                condition=Q(agency__isnull=True),
                name="one_access_review_of_those_without_an_agency",
            ),
            paired("closed_at", "closed_by", name="access_review_closed_at_and_by"),
            in_order(
                "begun_at",
                "closed_at",
                name="access_review_closed_after_it_began",
                message="It is closed before it began. Enter a later time.",
            ),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="access_review_of_a_quarter"),
        ]

    def __str__(self):
        return f"Access review of {self.whose}"

    def get_absolute_url(self):
        return f"/access/reviews/{self.public_id}/"

    @property
    def whose(self):
        """The organisation, in words that also say where there is none."""
        return self.agency.short_name if self.agency_id else "people without an organisation"

    @property
    def is_closed(self):
        return self.closed_at is not None


class AccessReviewLineQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """The lines of the reviews that somebody sees."""
        return self.filter(review__in=AccessReview.objects.visible_to(user))

    def of(self, review):
        """Those of a review that was found for whoever looks."""
        return self.regardless("of a review that was found before").filter(review=review)


class AccessReviewLine(models.Model):
    """One thing that one person held when the review began, and whether it is still right."""

    class Answer(models.TextChoices):
        KEEP = "keep", "Still right"
        END = "end", "Ended"

    class Kind(models.TextChoices):
        APPOINTMENT = "appointment", "Nominated member"
        DEPUTISING = "deputising", "Named deputy"
        CHAIR = "chair", "Chair or vice-chair"
        ROLE = "role", "Specified role"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    review = models.ForeignKey(AccessReview, on_delete=models.PROTECT, related_name="lines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    row = models.BigIntegerField(help_text="The id of the appointment, deputising, chair or role.")
    what = models.CharField(max_length=300, help_text="What they held, in words, as it was then.")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    objects = AccessReviewLineQuerySet.as_manager()

    class Meta:
        ordering = ["person__post", "id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "kind", "row"], name="one_line_for_what_somebody_holds"),
            models.CheckConstraint(
                condition=Q(kind__in=["appointment", "deputising", "chair", "role"]),
                name="access_review_line_has_a_kind",
            ),
            filled("what", name="access_review_line_says_what"),
            paired("answered_at", "answered_by", name="access_review_line_answered_at_and_by"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__in=["keep", "end"], answered_at__isnull=False),
                name="an_answered_line_says_when",
            ),
            models.CheckConstraint(condition=~Q(answer="end") | ~Q(note=""), name="an_ended_line_says_why"),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return f"/access/reviews/lines/{self.public_id}/"
