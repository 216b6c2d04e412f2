"""History in two stores: events that are never changed, and earlier values that retention may purge."""

from django.db import models


class Event(models.Model):
    """Who did what to which object: ids and hashes only, append-only by trigger, without foreign keys to live data."""

    at = models.DateTimeField(db_index=True)
    area_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True, help_text="The account, or empty where the portal acted by itself.")
    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=60, help_text="The model, such as meetings.Meeting.")
    target_id = models.BigIntegerField()
    fields = models.JSONField(default=dict, help_text="Changed fields, each with the keyed hash of its new value.")

    class Meta:
        indexes = [models.Index(fields=["target", "target_id", "at"], name="event_of_an_object")]
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
