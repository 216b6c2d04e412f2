"""Reminders: a row for each, and what somebody chose about theirs."""

from django.db import models
from django.db.models import Q

from mktogether.lib.constraints import filled, one_of, paired
from mktogether.lib.scoped import ScopedQuerySet
from records.models.accounts import Area
from records.models.work import OutboxMessage


class State(models.TextChoices):
    """Where a reminder stands."""

    WAITING = "waiting", "Waiting"
    HANDED_OVER = "handed over", "In a mail"
    WITHDRAWN = "withdrawn", "No longer due"
    NOT_REACHED = "not reached", "Nowhere to send it"


class Why(models.TextChoices):
    """Why a reminder was withdrawn."""

    NOT_DUE = "not due", "It is done, has moved, or is no longer theirs"
    LEFT = "left", "They take no part any more"
    SWITCHED_OFF = "switched off", "They switched reminders of this kind off"


class Way(models.TextChoices):
    """How somebody is reminded."""

    DAILY = "daily", "One mail a day, when there is anything"
    AT_ONCE = "at once", "A mail for each, as it comes"


class ReminderQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """Those of kinds that name nothing confidential, for whoever looks after the mail of the area."""
        from records.reminders import kinds

        return self.filter(kinds.visible(user))

    def waiting(self, now):
        """Those that are to go by ``now`` and that nobody is handing over."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
        return self.filter(free, state=State.WAITING, send_from__lte=now)


class Reminder(models.Model):
    """
    That somebody is to be reminded of something on a day: one row for each kind, thing, person and local date.

    Of news, what counts is when it happened: one row for each kind, thing, person and moment, so that a second change
    on a day is told too.

    It is written once it is due and never before. The kind says of which model the thing is; who the person is, and
    whether they can be reached, is known to the app that knows people (``records.reminders.kinds.directory``).
    """

    State = State
    Why = Why

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=40)
    target_id = models.BigIntegerField(help_text="What it reminds of; the kind says of which model.")
    recipient_id = models.BigIntegerField(help_text="Whom it reminds; the directory knows them.")
    due_on = models.DateField(help_text="The day, in the portal's time zone, on which they are to be reminded.")
    news_of = models.DateTimeField(null=True, help_text="When it happened, where it is news.")
    send_from = models.DateTimeField(help_text="When it may go: at once, or with the next day's mail.")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    why = models.CharField(max_length=12, choices=Why, blank=True)
    claim = models.UUIDField(null=True, help_text="The claim of whoever is handing it over.")
    lease_until = models.DateTimeField(null=True)
    message = models.ForeignKey(OutboxMessage, null=True, on_delete=models.PROTECT, related_name="reminders")
    written_at = models.DateTimeField()

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target_id", "recipient_id", "due_on"],
                condition=Q(news_of__isnull=True),
                name="one_reminder_of_a_thing_a_day",
            ),
            models.UniqueConstraint(
                fields=["kind", "target_id", "recipient_id", "news_of"],
                condition=Q(news_of__isnull=False),
                name="one_reminder_of_a_piece_of_news",
            ),
            filled("kind", name="reminder_is_of_a_kind"),
            one_of("state", State, name="reminder_is_in_a_state"),
            models.CheckConstraint(
                condition=Q(state="handed over", message__isnull=False) | ~Q(state="handed over"),
                name="a_reminder_handed_over_is_in_a_mail",
            ),
            models.CheckConstraint(
                condition=(Q(state="withdrawn") & ~Q(why="")) | (~Q(state="withdrawn") & Q(why="")),
                name="a_reminder_withdrawn_says_why",
            ),
            paired("claim", "lease_until", name="reminder_claim_has_a_lease"),
            models.CheckConstraint(
                condition=Q(claim__isnull=True) | Q(state="waiting"), name="only_a_waiting_reminder_is_claimed"
            ),
        ]
        indexes = [
            models.Index(fields=["send_from"], condition=Q(state="waiting"), name="reminder_that_waits"),
            models.Index(fields=["recipient_id"], condition=Q(state="waiting"), name="reminder_waiting_for_somebody"),
            models.Index(fields=["claim"], condition=Q(claim__isnull=False), name="reminder_by_its_claim"),
            models.Index(fields=["area", "state", "due_on"], name="reminder_of_an_area"),
        ]

    def __str__(self):
        return f"{self.kind} for {self.recipient_id} on {self.due_on}: {self.state}"


class ReminderChoice(models.Model):
    """What somebody chose about their reminders; without a row, one mail a day and every kind."""

    Way = Way

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    recipient_id = models.BigIntegerField(unique=True)
    way = models.CharField(max_length=10, choices=Way, default=Way.DAILY)
    off = models.JSONField(default=list, blank=True, help_text="The kinds that are switched off.")

    class Meta:
        constraints = [one_of("way", Way, name="reminders_come_one_way")]

    def __str__(self):
        return f"{self.recipient_id}: {self.way}"
