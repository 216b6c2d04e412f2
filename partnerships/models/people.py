"""People by their posts, and what gives them a part: appointments, deputisings, chairs and offices, each dated."""

import uuid

from django.conf import settings
from django.db import models

from mktogether.lib.constraints import filled, in_order
from partnerships.models.agencies import Agency
from partnerships.models.dated import Dated
from records.models import Area


def in_full(post, organisation):
    """A post with its organisation, by its short name where there is one: two organisations may have the same post."""
    return f"{post}, {organisation}" if organisation else post


class PersonQuerySet(models.QuerySet):
    """That somebody has a place is known to all who take part; what they hold and may do, and why, is for fewer."""

    def visible_to(self, user):
        """Those of whom ``user`` may see what they hold and what it opens."""
        from partnerships.explaining import sight

        return sight.people(self, user)

    def of_accounts(self, ids):
        """Who stands behind the accounts with these ids, in full, by account; one query, and none for no account."""
        found = self.filter(user__in=ids).values_list("user_id", "post", "agency__short_name") if ids else ()
        return {account: in_full(post, organisation) for account, post, organisation in found}


class Person(models.Model):
    """Somebody who takes part, known by their post."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="people")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    post = models.CharField(max_length=120)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="person"
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        ordering = ["post"]
        constraints = [filled("post", name="person_has_a_post")]

    def __str__(self):
        return self.post

    @property
    def in_full(self):
        """The post with its organisation, as lists name somebody."""
        return in_full(self.post, self.agency.short_name if self.agency else "")

    def get_absolute_url(self):
        return f"/people/{self.public_id}/"


class Appointment(Dated):
    """The nominated member for a place. One person at a time: the database refuses an overlap."""

    seat = models.ForeignKey("partnerships.Seat", on_delete=models.CASCADE, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta(Dated.Meta):
        verbose_name = "nominated member"
        constraints = [
            in_order(
                "starts_at", "ends_at", name="appointment_ends_after_it_begins", message=Dated.ENDS_BEFORE_IT_BEGINS
            )
        ]

    def __str__(self):
        return f"{self.person} for {self.seat}"


class NamedDeputy(Dated):
    """Somebody who may stand in for the member of a place."""

    seat = models.ForeignKey("partnerships.Seat", on_delete=models.CASCADE, related_name="deputies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputisings")
    is_senior = models.BooleanField(null=True, blank=True, help_text="Senior enough, by the terms; empty: not stated.")
    briefed_on = models.DateField(null=True, blank=True, help_text="When they were briefed; empty: not stated.")
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta(Dated.Meta):
        verbose_name_plural = "named deputies"
        constraints = [
            in_order("starts_at", "ends_at", name="deputy_ends_after_it_begins", message=Dated.ENDS_BEFORE_IT_BEGINS)
        ]

    def __str__(self):
        return f"{self.person}, deputy for {self.seat}"


class Chairing(Dated):
    """Who chairs a board or group, or is its vice-chair. One chair at a time: the database refuses an overlap."""

    class Part(models.TextChoices):
        CHAIR = "chair", "Chair"
        VICE_CHAIR = "vice-chair", "Vice-chair"

    body = models.ForeignKey("partnerships.Body", on_delete=models.CASCADE, related_name="chairings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="chairings")
    part = models.CharField(max_length=12, choices=Part, default=Part.CHAIR)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            in_order("starts_at", "ends_at", name="chairing_ends_after_it_begins", message=Dated.ENDS_BEFORE_IT_BEGINS)
        ]

    def __str__(self):
        return f"{self.person}, {self.get_part_display().lower()} of {self.body}"


class Office(Dated):
    """A specified role in an area that is not a place on a board."""

    class Kind(models.TextChoices):
        TEAM = "team", "Support team"
        SCRUTINEER = "scrutineer", "Independent scrutineer"
        LEAD_PARTNER = "lead partner", "Lead safeguarding partner"
        DELEGATED_PARTNER = "delegated partner", "Delegated safeguarding partner"
        NAMED_MEMBER = "named member", "Named member"
        INDEPENDENT_CHAIR = "independent chair", "Independent chair"
        SCRUTINY_CHAIR = "scrutiny chair", "Chair of a scrutiny committee"
        LEAD_MEMBER = "lead member", "Lead member"
        AGENCY_ADMINISTRATOR = "agency administrator", "Agency administrator"
        FINANCE_EDITOR = "finance editor", "Finance editor"
        INFORMATION_GOVERNANCE = "information governance", "Information governance lead"
        SYSTEM_ADMINISTRATOR = "system administrator", "System administrator"

    # Known of somebody, and by itself no part in the partnership: they open nothing.
    OPENS_NOTHING = (Kind.NAMED_MEMBER, Kind.INDEPENDENT_CHAIR, Kind.SCRUTINY_CHAIR, Kind.LEAD_MEMBER)

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="offices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offices")
    kind = models.CharField(max_length=30, choices=Kind)
    subject = models.CharField(max_length=120, blank=True, help_text="Of a named member: for what.")
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta(Dated.Meta):
        verbose_name = "specified role"
        constraints = [
            in_order("starts_at", "ends_at", name="office_ends_after_it_begins", message=Dated.ENDS_BEFORE_IT_BEGINS),
            models.CheckConstraint(
                condition=models.Q(subject="") | models.Q(kind="named member"),
                name="only_the_office_of_a_named_member_has_a_subject",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.person}"
