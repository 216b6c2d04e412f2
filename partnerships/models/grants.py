"""What lets somebody in by exception, and what keeps somebody out: grants and exclusions, each dated and signed."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mktogether.lib.constraints import filled, in_order, paired
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.models.dated import Dated, in_force
from partnerships.models.grounds import Ground
from partnerships.models.people import Person
from records.models import Area

# What the database keeps behind the actions, which count twelve months by the calendar: a leap year and a day.
LONGEST = dt.timedelta(days=367)
EMERGENCY = dt.timedelta(hours=1)


def _over(now):
    unheeded = Q(starts_at__isnull=True, wanted_until__lte=now)
    ended = Q(refused_at__isnull=False) | Q(ended_by__isnull=False)
    return Q(starts_at__isnull=False, ends_at__lte=now) | unheeded | ended


class GrantQuerySet(ScopedQuerySet):
    def in_force(self, at):
        return self.filter(in_force(at))

    def seen_by(self, user):
        """
        One's own, those that one proposed or is asked to approve, and those about things whose access one sees or
        keeps; never one about something from which one is excluded.
        """
        from partnerships.granting import sight

        return sight.grants(self, user)

    def waiting(self, now):
        """Those that somebody is asked to approve, or to confirm while they hold already."""
        open_ones = self.filter(approved_at__isnull=True, refused_at__isnull=True, ended_by__isnull=True)
        in_time = Q(confirm_by__isnull=True) | Q(confirm_by__gt=now)
        taken = Q(kind__in=Grant.TAKEN, starts_at__isnull=False)
        return open_ones.exclude(taken).filter(in_time, wanted_until__gt=now)

    def to_review(self, now):
        """Those in force whose day of review has come, emergencies apart."""
        due = self.in_force(now).filter(review_on__lte=timezone.localdate(now))
        return due.exclude(kind=Grant.Kind.EMERGENCY)

    def over(self, now):
        """Those that let nobody in any more, and will not: ended, refused, or past their day."""
        return self.filter(_over(now))

    def not_over(self, now):
        """Those that let somebody in now, or may yet."""
        return self.filter(~_over(now))

    def about(self, thing):
        """Those about ``thing``, an instance of a registered kind."""
        return self.filter(subject=thing._meta.label, subject_id=thing.pk)


class Grant(Dated):
    """
    Lets one person see one thing for a time. Proposed by one, approved by another, for neither of them.

    It holds from ``starts_at``, which is empty until it is approved, or works at once where it is urgent and then ends
    by ``confirm_by`` unless confirmed.
    """

    class Kind(models.TextChoices):
        PRESENTER = "presenter", "Presenter of one paper"
        LAY_MEMBER = "lay member", "Lay member"
        DEMOCRATIC_SERVICES = "democratic services", "Council democratic services"
        PANEL_MEMBER = "panel member", "Case review panel member"
        REVIEWER = "independent reviewer", "Independent reviewer"
        CASE_LEAD = "case lead", "Case lead"
        AUDIT = "audit", "Yearly audit"
        EMERGENCY = "emergency", "Emergency access"

    # Those that nobody approves: two of the team take a case, and the audit follows from the scrutineer's role.
    TAKEN = (Kind.CASE_LEAD, Kind.AUDIT)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="grants")
    kind = models.CharField(max_length=24, choices=Kind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    subject = models.CharField(max_length=60, help_text="The kind of thing, such as meetings.AgendaItem.")
    subject_id = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    rests_on = models.CharField(max_length=8, choices=Ground, blank=True, default=Ground.ITSELF)
    starts_at = models.DateTimeField(null=True, blank=True)
    wanted_from = models.DateTimeField()
    wanted_until = models.DateTimeField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="asked_to_approve")
    confirm_by = models.DateTimeField(null=True, help_text="An urgent grant lapses then, unless it is confirmed.")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    refused_because = models.CharField(max_length=300, blank=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)
    review_on = models.DateField(null=True, help_text="When somebody looks again whether it is still needed.")

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            filled("kind", name="grant_has_a_kind"),
            filled("reason", name="grant_says_why"),
            in_order("starts_at", "ends_at", name="grant_ends_after_it_begins", message=Dated.ENDS_BEFORE_IT_BEGINS),
            in_order(
                "wanted_from",
                "wanted_until",
                name="grant_wanted_until_after_it_is_wanted_from",
                message=Dated.ENDS_BEFORE_IT_BEGINS,
                strictly=True,
            ),
            models.CheckConstraint(
                condition=Q(wanted_until__lte=F("wanted_from") + LONGEST), name="a_grant_is_for_twelve_months_at_most"
            ),
            paired("approved_at", "approved_by", name="grant_approved_at_and_by"),
            paired("refused_at", "refused_by", name="grant_refused_at_and_by"),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True) | ~Q(refused_because=""), name="a_refused_grant_says_why"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="a_grant_is_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("person")),
                name="nobody_approves_a_grant_to_themselves",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("proposed_by")) | Q(kind__in=["case lead", "audit", "emergency"]),
                name="nobody_grants_to_themselves",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(approved_at__isnull=False)
                | Q(kind__in=["case lead", "audit"])
                | Q(confirm_by__isnull=False, ends_at__lte=F("confirm_by")),
                name="a_grant_holds_when_approved_or_until_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=False), name="a_grant_in_force_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | (~Q(second=F("proposed_by")) & ~Q(second=F("person"))),
                name="nobody_is_asked_about_their_own_grant",
            ),
            models.CheckConstraint(
                condition=(Q(approved_by__isnull=True) | Q(second__isnull=False, approved_by=F("second")))
                & (Q(refused_by__isnull=True) | Q(second__isnull=False, refused_by=F("second"))),
                name="whoever_was_asked_decides_on_a_grant",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(refused_at__isnull=True), name="a_grant_is_decided_once"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True)
                | (
                    Q(approved_at__lt=F("wanted_until"))
                    & (Q(confirm_by__isnull=True) | Q(approved_at__lt=F("confirm_by")))
                ),
                name="a_grant_is_approved_in_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | ~Q(ended_because=""), name="an_ended_grant_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(kind="emergency")
                | Q(starts_at__isnull=True)
                | Q(approved_at__isnull=False, ends_at__lte=F("starts_at") + EMERGENCY),
                name="an_emergency_takes_two_and_lasts_an_hour",
            ),
            models.CheckConstraint(
                condition=~Q(kind="case lead") | Q(rests_on="team"), name="a_case_lead_is_one_of_the_team"
            ),
            models.CheckConstraint(
                condition=~Q(kind="audit") | Q(rests_on="scrutiny"), name="an_audit_is_the_scrutineers"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "starts_at"], name="grant_of_a_person"),
            models.Index(fields=["subject", "subject_id"], name="grant_of_a_thing"),
        ]

    def __str__(self):
        return f"Access {self.pk}"

    def get_absolute_url(self):
        return f"/access/grants/{self.public_id}/"

    def is_in_force(self, at):
        return self.starts_at is not None and super().is_in_force(at)

    @property
    def is_taken(self):
        """Whether it is of a kind that nobody approves."""
        return self.kind in self.TAKEN

    def is_decided(self, now):
        """Whether nobody is asked any more: approved, refused, taken back, or too late for it."""
        taken = self.is_taken and self.starts_at is not None
        decided = self.approved_at or self.refused_at or self.ended_by_id or taken
        return bool(decided) or now >= (self.confirm_by or self.wanted_until)

    def decided_before(self, happens, now):
        """
        Before when it is to be decided, for it to be of use: no later than what it is for, if that lies ahead.

        ``happens`` is the moment of that, or None where there is none or the reader may not know of it.
        """
        last = self.confirm_by or self.wanted_until
        return happens if happens is not None and now < happens < last else last

    def is_over(self, now):
        """Whether it lets nobody in any more and will not."""
        if self.refused_at or self.ended_by_id:
            return True
        return now >= self.ends_at if self.starts_at else now >= self.wanted_until

    def state(self, now):
        """Where it stands, in words."""
        if self.refused_at:
            return "Refused"
        if self.is_in_force(now):
            return "In force" if self.approved_at or self.is_taken else "In force, to be confirmed"
        if self.starts_at and now < self.starts_at:
            return "Approved, not begun"
        if self.ended_by_id:
            return "Ended"
        if self.starts_at:
            return "Over" if self.approved_at or self.is_taken else "Lapsed, not confirmed"
        return "Waits for approval" if now < self.wanted_until else "Lapsed, not approved"


class ExclusionQuerySet(ScopedQuerySet):
    def in_force(self, at):
        return self.filter(in_force(at))

    def about(self, thing):
        """Those from ``thing``, an instance of a registered kind."""
        return self.filter(subject=thing._meta.label, subject_id=thing.pk)

    def seen_by(self, user):
        """Those of things that one may see and on which one may exclude; never those against oneself."""
        from partnerships.granting import sight

        return sight.exclusions(self, user)


class Exclusion(Dated):
    """Keeps one person from one thing for a conflict of interest. For them it is not there, whatever they hold."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="exclusions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exclusions")
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    declared_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", help_text="Themselves, where they declared it."
    )
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)

    objects = ExclusionQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            filled("reason", name="exclusion_says_why"),
            in_order(
                "starts_at", "ends_at", name="exclusion_ends_after_it_begins", message=Dated.ENDS_BEFORE_IT_BEGINS
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | (~Q(ended_because="") & ~Q(ended_by=F("person"))),
                name="an_exclusion_is_ended_by_another_with_a_reason",
            ),
            paired("ends_at", "ended_by", name="exclusion_ends_at_and_ended_by"),
        ]
        indexes = [
            models.Index(fields=["person"], name="exclusion_of_a_person"),
            models.Index(fields=["subject", "subject_id"], name="exclusion_from_a_thing"),
        ]

    def __str__(self):
        return f"Exclusion {self.pk}"

    @property
    def is_own(self):
        """Whether they declared it themselves."""
        return self.declared_by_id == self.person_id
