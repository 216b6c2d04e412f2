"""What the scrutineer says of a draft, what is answered, and what only they read: all of it on record."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mktogether.lib.constraints import filled, one_of
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.roles import Act
from partnerships.standing import standing_of
from reports.models.reports import MONEY, PartOfASection, Section


class Kind(models.TextChoices):
    """What a comment asks for: factual corrections come first, challenge after them."""

    CORRECTION = "correction", "Factual correction"
    CHALLENGE = "challenge", "Challenge"


class Outcome(models.TextChoices):
    """What came of a comment."""

    CHANGED = "changed", "Accepted, the section is changed"
    ACCEPTED = "accepted", "Accepted, to be changed"
    KEPT = "kept", "Not accepted, because"


class AboutADraft(PartOfASection):
    """What is said about drafts: for those who read drafts, also once the report is published; never for the public."""

    section_field = "section"

    def seen_by(self, user):
        standing = standing_of(user)
        of_area = self.filter(**{f"{self.section_field}__report__area__in": standing.area_ids})
        if standing.reach(Act.READ_DRAFTS).area:
            return of_area
        if standing.reach(Act.READ_DRAFT_MONEY).area:
            return of_area.filter(**{f"{self.section_field}__kind__in": MONEY})
        return of_area.none()


class Comment(models.Model):
    """
    What the scrutineer said of a paragraph, or of a section as a whole. Never changed; the words it is about are kept.
    """

    Kind = Kind

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="comments")
    kind = models.CharField(max_length=10, choices=Kind)
    paragraph = models.CharField(max_length=16, blank=True, help_text="Names the paragraph; empty: the whole section.")
    quoted = models.TextField(blank=True, help_text="The paragraph as it read.")
    number = models.PositiveIntegerField("number of the version it is about")
    records = models.CharField(  # noqa: DJ001 - not kept and none shown are two things
        max_length=64,
        null=True,
        blank=True,
        help_text="Hash of what the section showed of records; empty: of none.",
    )
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AboutADraft.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            one_of("kind", Kind, name="comment_is_of_a_kind"),
            filled("text", name="comment_says_something"),
        ]

    def __str__(self):
        return f"Comment {self.pk}"

    def get_absolute_url(self):
        return f"{self.section.get_absolute_url()}#comment-{self.public_id}"

    @property
    def area_id(self):
        """The area of its report."""
        return self.section.report.area_id


class AnswerQuerySet(AboutADraft):
    section_field = "comment__section"

    def of(self, *sections):
        """Those of sections that were found for whoever looks."""
        return self.regardless("of sections that were found before").filter(comment__section__in=sections)


class Answer(models.Model):
    """What the team answered to a comment. Never changed; a further answer stands beneath."""

    Outcome = Outcome

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=10, choices=Outcome)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            one_of("outcome", Outcome, name="answer_has_an_outcome"),
            filled("text", name="answer_says_something"),
        ]

    def __str__(self):
        return f"Answer {self.pk}"


class OwnQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """One's own, of sections that one still reads."""
        return self.filter(by=user.pk, section__in=Section.objects.visible_to(user))


class PrivateNote(models.Model):
    """A note that only its writer reads, on a paragraph or a section."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="+")
    paragraph = models.CharField(max_length=16, blank=True, help_text="Names the paragraph; empty: the whole section.")
    quoted = models.TextField(blank=True, help_text="The paragraph as it read.")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [filled("text", name="private_note_says_something")]

    def __str__(self):
        return f"Private note {self.pk}"


class LastRead(models.Model):
    """Which version of a section somebody last marked as read, so that they are shown what changed since."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField("number of the version")
    at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "by"], name="one_last_reading_of_a_section"),
            models.CheckConstraint(condition=Q(number__gte=0), name="a_version_was_read"),
        ]

    def __str__(self):
        return f"Version {self.number} of section {self.section_id}, read"
