"""Referrals to the Case Review Panel: for the team that looks at them; who sent one keeps a receipt."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mktogether.lib.constraints import filled, in_order, one_of
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.models import Agency, Person
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.models import Area
from reviews.models.cases import Case, Kind


class ReferralQuerySet(ScopedQuerySet):
    """Referrals, by whose eyes they are for."""

    def seen_by(self, user):
        """
        The team sees those that wait and those closed without a case. What became a case is seen with the case alone.
        """
        standing = standing_of(user)
        if not standing.reach(Act.REGISTER_CASES).area:
            return self.none()
        before = Q(case__isnull=True) | Q(case__in=Case.objects.visible_to(user).values("pk"))
        return self.filter(before, area__in=standing.area_ids).exclude(pk__in=standing.excluded(self.model._meta.label))

    def receipts_of(self, user):
        """Those that ``user`` sent: what they wrote themselves, and nothing of what became of it."""
        standing = standing_of(user)
        return self._scoped("receipts_of").filter(referred_by=user, area__in=standing.area_ids)

    def waiting(self):
        """Those that nobody decided about yet."""
        return self.filter(decided_at__isnull=True)


class Referral(models.Model):
    """
    Somebody of an agency refers an incident to the Case Review Panel.

    The team accepts it, which registers a case, or closes it and says why. The number is for the receipt: it is drawn
    at random and says nothing of how many there are.
    """

    Kind = Kind

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="referrals")
    number = models.CharField(max_length=12, unique=True, help_text="On the receipt; drawn at random.")
    kind = models.CharField(max_length=16, choices=Kind)
    happened = models.CharField(
        "what happened", max_length=300, help_text="In a few safe words. No names, no dates of birth."
    )
    known_on = models.DateField(help_text="The day on which the agency that refers it knew.")
    agencies = models.ManyToManyField(Agency, related_name="referrals", help_text="Those that knew the people.")
    referred_at = models.DateTimeField()
    referred_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", help_text="Who referred it.")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_because = models.CharField(max_length=200, blank=True)
    case = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="referral")

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-referred_at", "-id"]
        constraints = [
            one_of("kind", Kind, name="referral_is_of_a_kind"),
            filled("number", name="referral_has_a_number"),
            filled("happened", name="referral_says_what_happened"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, case__isnull=True, closed_because="")
                | Q(decided_at__isnull=False, decided_by__isnull=False, case__isnull=False, closed_because="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False, case__isnull=True) & ~Q(closed_because="")),
                name="a_referral_waits_or_became_a_case_or_says_why_not",
            ),
            in_order(
                "referred_at",
                "decided_at",
                name="referral_is_decided_after_it_came",
                message="It would be decided before it came.",
            ),
        ]

    def __str__(self):
        """For mails, logs and errors: nothing of what it is about."""
        return f"Referral {self.number}"

    def get_absolute_url(self):
        return f"/cases/referrals/{self.public_id}/"

    @property
    def receipt_url(self):
        return f"/cases/receipts/{self.public_id}/"

    @property
    def is_decided(self):
        return self.decided_at is not None
