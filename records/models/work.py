"""Rows for work in the background, for mail, for files, and for submissions that must have one effect."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q

from mktogether.lib.constraints import paired
from mktogether.lib.scoped import ScopedQuerySet
from records.models.accounts import Area


def private_storage():
    """Where private files live; chosen by settings, so that no migration carries it."""
    return storages["private"]


def storage_name(stored_file, _name):
    """A stored file is named by its id alone: what people called it stays in the database."""
    public = str(stored_file.public_id)
    return f"{public[:2]}/{public}"


class StoredFileQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """What the rule of each kind of file lets ``user`` read; a kind without a rule, nobody."""
        from records import files

        return self.filter(files.visible(user))


class StoredFile(models.Model):
    """A private file. It is handed out by a view that asks its owner's rule each time, and never by its path."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40, help_text="Names the rule that says who may read it.")
    target_id = models.BigIntegerField(help_text="The object that it belongs to; the kind says of which model.")
    audience = models.CharField(
        max_length=40, blank=True, help_text="For whom it was made apart, because some of it is not there for them."
    )
    name = models.CharField(max_length=200, help_text="The name people see when they download it.")
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to=storage_name, max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "target_id"], name="file_of_an_object")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/files/{self.public_id}/"


class JobQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """Work of whose kind the rule lets ``user`` have the result; of a kind without a rule, none."""
        from records import jobs

        return self.filter(jobs.visible(user))


class Job(models.Model):
    """Long work that somebody asked for. The row is the truth; the task that runs it is only a nudge."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Being made"
        DONE = "done", "Ready"
        FAILED = "failed", "Could not be made"
        CANCELLED = "cancelled", "Cancelled"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    target_id = models.BigIntegerField()
    audience = models.CharField(max_length=40, blank=True)
    inputs = models.CharField(max_length=64, blank=True, help_text="Hash of what the work is made from.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0, help_text="Per cent.")
    step = models.CharField(max_length=200, blank=True, help_text="What is being done, in words.")
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    finished_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True, help_text="Why it could not be made, as a sentence.")
    remark = models.CharField(
        max_length=500, blank=True, help_text="What to know of its result, as sentences: letters that no font has."
    )
    result = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target_id", "audience"],
                condition=Q(state__in=["waiting", "running"]),
                name="one_job_at_a_time_for_an_object",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(result__isnull=False), name="a_job_that_is_done_has_a_result"
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(failure=""), name="a_job_that_failed_says_why"),
            paired("cancelled_at", "cancelled_by", name="job_cancelled_at_and_by"),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_at__isnull=True)),
                name="a_cancelled_job_says_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="job_for_the_sweeper")]

    def __str__(self):
        return f"{self.kind} for {self.target_id}: {self.state}"

    def get_absolute_url(self):
        return f"/jobs/{self.public_id}/"

    @property
    def is_over(self):
        return self.state in {self.State.DONE, self.State.FAILED, self.State.CANCELLED}

    @property
    def file_id(self):
        """The name of the file that this attempt makes, so that whoever comes after a killed worker finds its rest."""
        return self.file_id_of(self.attempts)

    def file_id_of(self, attempt):
        """The name of the file that the nth attempt makes."""
        return uuid.uuid5(self.public_id, str(attempt))


class OutboxMessage(models.Model):
    """A mail that must go out: written with what it tells of, handed over once under a stable Message-ID."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being handed over"
        SENT = "sent", "Handed over"
        FAILED = "failed", "Could not be handed over"
        WITHDRAWN = "withdrawn", "No longer wanted"

    class CalendarMethod(models.TextChoices):
        REQUEST = "REQUEST", "An invitation, or a change to it"
        CANCEL = "CANCEL", "It does not take place"

    key = models.CharField(
        max_length=200, unique=True, help_text="What makes this mail the same mail if asked for twice."
    )
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True, help_text="The same as a page, for mail programs that show one.")
    calendar = models.TextField(blank=True, help_text="An entry for the recipient's calendar, as iCalendar text.")
    calendar_method = models.CharField(max_length=10, choices=CalendarMethod, blank=True)
    unsubscribe = models.CharField(
        max_length=500, blank=True, help_text="Where mail programs switch this kind of mail off, without a password."
    )
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="a_sent_message_says_when",
            ),
            models.CheckConstraint(
                condition=Q(calendar="", calendar_method="") | (~Q(calendar="") & ~Q(calendar_method="")),
                name="a_calendar_entry_says_what_it_asks",
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="message_for_the_sweeper")]

    def __str__(self):
        return f"{self.key}: {self.state}"


class Submission(models.Model):
    """A form that took effect. The same form sent again finds this row and is shown the first result."""

    token = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    at = models.DateTimeField(auto_now_add=True)
    location = models.CharField(max_length=300, blank=True, help_text="Where the first submission led.")

    def __str__(self):
        return str(self.token)


class BrokerMark(models.Model):
    """What web and worker compare at their start, so that neither goes on with a broker of its own."""

    token = models.UUIDField(default=uuid.uuid4)
    seen_at = models.DateTimeField(null=True, help_text="When the portal last found the token in its broker.")

    def __str__(self):
        return str(self.token)
