"""Secret addresses under which somebody's calendar program reads the dates of their meetings."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mktogether.lib.constraints import filled, in_order
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.models import Body, Person


class CalendarAddressQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """One's own. That others have one is nobody's business."""
        return self.filter(person__user=user) if user.is_authenticated else self.none()

    def alive(self, at):
        """Those that answer at the moment ``at``, as far as their own dates go."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at), made_at__lte=at)


class CalendarAddress(models.Model):
    """
    A calendar of one person: of all their meetings, or of those of one board or group.

    The secret stands in the address alone; what is kept is its digest, so that nobody reads addresses out of a copy of
    the database. What the calendar shows is asked anew at each request, of what the person may see then.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="calendar_addresses")
    body = models.ForeignKey(
        Body, null=True, on_delete=models.CASCADE, related_name="+", help_text="Empty: all meetings of theirs."
    )
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, help_text="From then on it does not answer; it may lie ahead.")

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "calendar addresses"
        ordering = ["id"]
        constraints = [
            filled("secret_digest", name="calendar_address_has_a_secret"),
            in_order(
                "made_at",
                "ended_at",
                name="calendar_address_ends_after_it_was_made",
                message="The address ends before it was made.",
            ),
            models.UniqueConstraint(
                fields=["person", "body"],
                condition=Q(ended_at__isnull=True),
                name="one_calendar_address_for_a_person_and_body",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at__isnull=True, body__isnull=True),
                name="one_calendar_address_for_all_of_a_person",
            ),
        ]

    def __str__(self):
        return f"Calendar of {self.person}"

    @property
    def area_id(self):
        """The area of whose calendar it is."""
        return self.person.area_id
