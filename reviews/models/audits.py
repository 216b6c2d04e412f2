"""The yearly audit: the scrutineer's dated right to read every case whose rapid review was decided in a year."""

import uuid

from django.db import models
from django.db.models import Q

from mktogether.lib.constraints import filled, in_order
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.models import Grant, Person
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.models import Area
from reviews.models.cases import Case


class AuditQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """One's own, while one is the scrutineer."""
        standing = standing_of(user)
        if not standing.reach(Act.AUDIT_CASES).area:
            return self.none()
        return self.filter(person=standing.person, area__in=standing.area_ids)

    def open(self, now):
        """Those that last at ``now``."""
        return self.filter(ends_at__gt=now)


class Audit(models.Model):
    """
    The audit of the rapid reviews of a year, from when it was begun until its end.

    What it lets its person read are grants, one for each case, so that they are seen, kept out of and ended with their
    day like every other.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="audits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="audits")
    year = models.PositiveSmallIntegerField(help_text="The calendar year in which the audited year begins.")
    reason = models.CharField(max_length=300)
    begun_at = models.DateTimeField()
    wanted_until = models.DateTimeField(help_text="The end that was asked for.")
    ends_at = models.DateTimeField(help_text="When it ends: as asked for, or earlier.")

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            filled("reason", name="audit_says_why"),
            in_order("begun_at", "ends_at", name="audit_ends_after_it_begins", message="It ends before it begins."),
            models.CheckConstraint(
                condition=Q(ends_at__lte=models.F("wanted_until")), name="an_audit_is_not_made_longer"
            ),
        ]

    def __str__(self):
        """For mails and logs."""
        return f"Audit {self.pk}"

    def get_absolute_url(self):
        return f"/cases/audits/{self.public_id}/"

    def is_open(self, at):
        return at < self.ends_at


class AuditedCaseQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """Those of one's own audits, of cases that one sees."""
        return self.filter(
            audit__in=Audit.objects.visible_to(user).values("pk"), case__in=Case.objects.visible_to(user).values("pk")
        )


class AuditedCase(models.Model):
    """A case that an audit reaches, by the grant that lets its person read it."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="audits")
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="+")

    objects = AuditedCaseQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"Case {self.case_id} in audit {self.audit_id}"
