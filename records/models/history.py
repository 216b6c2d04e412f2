"""History in two stores: events that are never changed, and earlier values that retention may purge."""

from django.db import models


class Event(models.Model):
    """Who did what to which object: ids and hashes only, append-only by trigger, without foreign keys to live data."""

    at = models.DateTimeField(db_index=True)
    area_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True, help_text="The account, or empty where the portal acted by itself.")
    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=60, blank=True, help_text="The model, such as meetings.Meeting, if any.")
    target_id = models.BigIntegerField()
    within = models.CharField(max_length=60, blank=True, help_text="The model of what this is told of too, if any.")
    within_id = models.BigIntegerField(null=True)
    fields = models.JSONField(default=dict, help_text="Changed fields, each with the keyed hash of its new value.")
    details = models.JSONField(default=dict, help_text="Ids and counts that belong to it; never content.")
    after = models.BigIntegerField(default=0, help_text="The newest event when this one was written.")
    signature = models.CharField(
        max_length=80,
        null=True,
        blank=True,
        unique=True,
        help_text="Written with the key; empty before there were any.",
    )

    class Meta:
        indexes = [
            models.Index(fields=["target", "target_id", "at"], name="event_of_an_object"),
            models.Index(fields=["within", "within_id", "id"], name="event_told_with_an_object"),
            models.Index(fields=["actor_id", "id"], name="event_of_an_account"),
            models.Index(fields=["verb", "id"], name="event_of_a_verb"),
        ]
        ordering = ["id"]

    def __str__(self):
        return f"{self.verb} {self.target} {self.target_id}"


class Seal(models.Model):
    """An event's place in the chain. Written in order by one process, so that writers of events do not queue."""

    position = models.BigIntegerField(unique=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return f"{self.position} {self.digest[:12]}"


class EarlierValue(models.Model):
    """What a field held before an event. May be purged under retention without breaking the chain of events."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="earlier_values")
    field = models.CharField(max_length=60)
    value = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "field"], name="one_earlier_value_for_a_field")]

    def __str__(self):
        return f"{self.field} before event {self.event_id}"


class DenialCount(models.Model):
    """How often an account was denied within a minute, until that is told; so a flood of denials fills no disk."""

    account_id = models.BigIntegerField()
    area_id = models.BigIntegerField(null=True)
    minute = models.DateTimeField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "minute"], name="one_count_of_denials_a_minute")]

    def __str__(self):
        return f"{self.times} denials of account {self.account_id}"
