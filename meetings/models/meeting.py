"""A meeting, its agenda, and the record that closing it freezes."""

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from meetings import dates
from mktogether.lib.constraints import filled, in_order, paired
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.models import Body, Person
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.models import Area


class MeetingQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """
        Meetings of the boards and groups that somebody takes part in, and of those that report to one they chair; all
        of the area for the team and the scrutineer; one by itself in an emergency.
        """
        return self._within(user, Act.READ)

    def with_confidential_part_for(self, user):
        """Those whose confidential part ``user`` may read."""
        return self._within(user, Act.READ_CONFIDENTIAL)

    def _within(self, user, act):
        standing = standing_of(user)
        reach = standing.reach(act)
        of_area = self.filter(area__in=standing.area_ids)
        if reach.area:
            return of_area
        within = Q(body__in=reach.bodies)
        if single := reach.of(self.model._meta.label):
            within |= Q(pk__in=single)
        return of_area.filter(within)

    def not_closed(self):
        return self.filter(closed_at__isnull=True, cancelled_at__isnull=True)

    def coming(self, now):
        """Those not closed, from today's on; a meeting under way is coming until it is closed."""
        return self.not_closed().filter(Q(ends_at__gte=now) | Q(opened_at__isnull=False)).order_by("starts_at")

    def awaiting_close(self, now):
        """Those whose time is over and that nobody closed."""
        return self.not_closed().filter(ends_at__lt=now, opened_at__isnull=True).order_by("starts_at")

    def past(self, now):
        return self.filter(Q(closed_at__isnull=False) | Q(ends_at__lt=now)).order_by("-starts_at")


class Meeting(models.Model):
    """One meeting of a board or group. Who opened and closed it stays on record."""

    class Mode(models.TextChoices):
        IN_PERSON = "in person", "In person"
        VIRTUAL = "virtual", "Virtual"
        HYBRID = "hybrid", "In person and virtual"

    class Precision(models.TextChoices):
        DAY = "day", "To the minute"
        MONTH = "month", "Only the month"

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "Ordinary"
        EXTRAORDINARY = "extraordinary", "Extraordinary"
        ADJOURNED = "adjourned", "Adjourned"
        REQUISITIONED = "requisitioned", "Requisitioned"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="meetings")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings", verbose_name="board or group")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ORDINARY)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    date_precision = models.CharField(
        max_length=10,
        choices=Precision,
        default=Precision.DAY,
        help_text="Only the month: it took place at some time from its start to its end; see meetings/dates.py.",
    )
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.VIRTUAL, blank=True, help_text="Empty: unknown.")
    place = models.CharField(max_length=200, blank=True)
    presiding = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    roll_checked_at = models.DateTimeField(null=True)
    roll_checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_because = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)
    quorum_status = models.CharField(max_length=20, blank=True, help_text="The verdict at the last entry.")
    quorum_sentence = models.CharField(max_length=600, blank=True)
    quorum_since = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(
        default=0, help_text="Rises with each entry, so that a second recorder sees it."
    )
    sequence = models.PositiveIntegerField(
        default=0, help_text="Rises with each change to time or place, so that calendars take it over."
    )
    arranged_at = models.DateTimeField(
        default=timezone.now, help_text="When its time and place were last said, or that it does not take place."
    )
    moved_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When its start was last moved: replies from before were to another day or time.",
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            in_order(
                "starts_at",
                "ends_at",
                name="meeting_ends_after_it_starts",
                message="The meeting ends before it starts. Enter an end after the start.",
                strictly=True,
            ),
            paired("opened_at", "opened_by", name="meeting_opened_at_and_by"),
            paired("roll_checked_at", "roll_checked_by", name="meeting_roll_checked_at_and_by"),
            paired("closed_at", "closed_by", name="meeting_closed_at_and_by"),
            paired("cancelled_at", "cancelled_by", name="meeting_cancelled_at_and_by"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(cancelled_at__isnull=True), name="meeting_closed_or_cancelled"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelled_because=""), name="cancelled_meeting_says_why"
            ),
            models.UniqueConstraint(fields=["body", "starts_at"], name="one_meeting_of_a_body_at_a_time"),
            models.CheckConstraint(
                condition=Q(date_precision__in=["day", "month"]), name="meeting_is_known_to_the_minute_or_the_month"
            ),
            models.CheckConstraint(
                condition=Q(date_precision="day") | Q(closed_at__isnull=False), name="only_a_past_meeting_lacks_its_day"
            ),
            models.CheckConstraint(
                condition=~Q(mode="") | Q(date_precision="month"), name="meeting_says_how_unless_its_source_does_not"
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-starts_at"], name="meeting_of_a_body"),
            models.Index(fields=["area", "starts_at"], name="meeting_of_an_area"),
        ]

    def __str__(self):
        return f"{self.body}, {dates.day_of(self)}"

    def get_absolute_url(self):
        return f"/meetings/{self.public_id}/"

    @property
    def is_closed(self):
        return self.closed_at is not None

    @property
    def is_cancelled(self):
        return self.cancelled_at is not None

    @property
    def is_open(self):
        """In session: opened, and neither closed nor cancelled."""
        return self.opened_at is not None and not self.is_closed and not self.is_cancelled

    @property
    def state(self):
        """Where the meeting stands, in a word for people."""
        if self.is_cancelled:
            return "Cancelled"
        if self.is_closed:
            return "Closed"
        return "In session" if self.opened_at else "Planned"


class PartOfAMeeting(ScopedQuerySet):
    """Rows that belong to a meeting: seen by whoever sees the meeting, unless the model says less."""

    def seen_by(self, user):
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def of(self, *meetings):
        """Those of meetings that were found for whoever looks; where some are not for all, a Sight says which."""
        found = self.regardless("of meetings that were found before; a Sight says which are shown")
        return found.filter(meeting__in=meetings) if len(meetings) != 1 else found.filter(meeting=meetings[0])


class AgendaItemQuerySet(PartOfAMeeting):
    def seen_by(self, user):
        """
        Items of the meetings that somebody sees, confidential ones where they read the confidential part, and the one
        that a guest presents; never one from which they are excluded.
        """
        standing = standing_of(user)
        label = self.model._meta.label
        meetings = Meeting.objects.visible_to(user)
        ordinary = Q(confidential=False, meeting__in=meetings)
        confidential = Q(confidential=True, meeting__in=meetings.with_confidential_part_for(user))
        presented = Q(pk__in=standing.reach(Act.READ).of(label), meeting__area__in=standing.area_ids)
        found = self.filter(ordinary | confidential | presented)
        hidden = standing.excluded(label)
        return found.exclude(pk__in=hidden) if hidden else found


class AgendaItem(models.Model):
    """A numbered item of a meeting's agenda, with its note for the minutes."""

    class Purpose(models.TextChoices):
        DECIDE = "decide", "Decide"
        DISCUSS = "discuss", "Discuss"
        NOTE = "note", "Note"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.NOTE)
    decision_kind = models.CharField(
        max_length=40,
        default="ordinary",
        help_text="As the terms of reference name kinds of decision, such as financial.",
    )
    minutes = models.PositiveSmallIntegerField("time in minutes", null=True, blank=True)
    lead = models.CharField(max_length=120, blank=True, help_text="The post that leads the item.")
    recommendation = models.TextField(blank=True, help_text="From the cover sheet; it becomes the draft decision.")
    confidential = models.BooleanField(default=False)
    note = models.TextField("note for the minutes", blank=True)
    done_at = models.DateTimeField(null=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_item_for_a_number"),
            filled("title", name="item_has_a_title"),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    def get_absolute_url(self):
        return f"/meetings/items/{self.public_id}/"

    @property
    def note_digest(self):
        """Names the note as it stands, so that somebody who saves over it can say which note they had seen."""
        return hashlib.sha256(self.note.encode()).hexdigest()

    @property
    def area_id(self):
        """The area of its meeting."""
        return self.meeting.area_id


class MeetingRecord(models.Model):
    """What closing froze: roster, rules, verdicts and reasons as they were. Corrections stand beside it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="record")
    content = models.JSONField()
    at = models.DateTimeField()

    def __str__(self):
        return f"Record of {self.meeting}"


class Correction(models.Model):
    """Something found wrong after closing: shown beside the record, with its reason."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PartOfAMeeting.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            filled("text", name="correction_says_what"),
            filled("reason", name="correction_says_why"),
        ]

    def __str__(self):
        return self.text[:80]
