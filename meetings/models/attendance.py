"""Attendance as three facts: who fills the place, how, and why not."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models.meeting import Meeting, PartOfAMeeting
from mktogether.lib.constraints import in_order, one_of
from partnerships.models import Person, Seat


class ReplyQuerySet(PartOfAMeeting):
    def that_stand(self):
        """Those to the invitation as it is now, not to a day or time from which the meeting was moved since."""
        moved = models.F("meeting__moved_at")
        return self.filter(Q(meeting__moved_at__isnull=True) | Q(at__gte=moved))


class Came(models.TextChoices):
    """How the answer to an invitation reached the portal."""

    THEMSELVES = "themselves", "From the member"
    TELEPHONE = "telephone", "By telephone"
    WORD = "word", "By word of mouth"
    MAIL = "mail", "By e-mail or letter"


class DeputyAnswer(models.TextChoices):
    """What a deputy who is sent says of it."""

    ACCEPT = "accept", "Comes"
    APOLOGIES = "apologies", "Cannot come"


class Reply(models.Model):
    """
    The answer to the invitation, for a place.

    Who is sent is a named deputy, who can say whether they come, or a colleague in words: these are in attendance and
    count only where the terms let substitutes. An answer that is older than the last move of the meeting was to another
    invitation, and counts for nothing (see meetings/roster.py).
    """

    class Answer(models.TextChoices):
        ACCEPT = "accept", "Coming"
        TENTATIVE = "tentative", "Perhaps"
        APOLOGIES = "apologies", "Apologies"
        DEPUTY = "deputy", "Sends a deputy"

    Came = Came
    DeputyAnswer = DeputyAnswer

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="replies")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="replies")
    answer = models.CharField(max_length=10, choices=Answer)
    deputy = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    colleague = models.CharField(
        max_length=120, blank=True, help_text="The post of somebody who is sent and is no named deputy."
    )
    deputy_answer = models.CharField(max_length=10, choices=DeputyAnswer, blank=True)
    deputy_at = models.DateTimeField(null=True, blank=True, help_text="When the deputy who is sent answered.")
    reason = models.CharField(max_length=200, blank=True)
    came = models.CharField(
        max_length=12,
        choices=Came,
        default=Came.THEMSELVES,
        help_text="Whether the member gave it in the portal, or how whoever entered it for them was told.",
    )
    at = models.DateTimeField()

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="one_reply_for_a_place"),
            one_of("came", Came, name="a_reply_came_one_way"),
            models.CheckConstraint(
                condition=Q(deputy_answer="", deputy_at__isnull=True)
                | Q(deputy_answer__in=DeputyAnswer.values, deputy_at__isnull=False, deputy__isnull=False),
                name="only_a_deputy_who_is_sent_answers",
            ),
            models.CheckConstraint(
                condition=Q(answer="deputy", deputy__isnull=False, colleague="")
                | (Q(answer="deputy", deputy__isnull=True) & ~Q(colleague=""))
                | (~Q(answer="deputy") & Q(deputy__isnull=True, colleague="")),
                name="a_reply_that_sends_somebody_names_them",
            ),
        ]

    def __str__(self):
        return f"{self.seat}: {self.get_answer_display()}"


class DeputyReleased(models.Model):
    """A deputy who knew that they are sent and is sent no more, since the member answered otherwise: they are told."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="deputies_released")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PartOfAMeeting.as_manager()

    class Meta:
        verbose_name_plural = "deputies released"

    def __str__(self):
        return f"{self.deputy} need not come to {self.meeting}"


class Attendance(models.Model):
    """
    Who filled a place at a meeting, how, or why nobody did. No row: not recorded yet.

    Of a meeting of the past, the source may say that a post was represented, and neither by whom nor how. That a place
    had no mandate on the day is nowhere written down: it follows from the dates of the place and of its member.
    """

    class FilledBy(models.TextChoices):
        PRINCIPAL = "principal", "Member"
        DEPUTY = "deputy", "Deputy"
        SUBSTITUTE = "substitute", "Substitute"
        REPRESENTED = "represented", "Represented"
        NOBODY = "nobody", "Nobody"

    class How(models.TextChoices):
        ROOM = "room", "In the room"
        REMOTE = "remote", "Remote"

    class WhyNot(models.TextChoices):
        APOLOGIES = "apologies", "Apologies"
        ABSENT = "absent", "Absent without word"
        UNKNOWN = "unknown", "Reason unknown"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendance")
    filled_by = models.CharField(max_length=12, choices=FilledBy)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance")
    how = models.CharField(max_length=10, choices=How, blank=True)
    why_not = models.CharField(max_length=20, choices=WhyNot, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    notice_at = models.DateTimeField(null=True, blank=True, help_text="When notice of a substitute arrived.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PartOfAMeeting.as_manager()

    class Meta:
        verbose_name_plural = "attendance"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="one_attendance_for_a_place"),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="one_place_for_a_person_at_a_meeting",
            ),
            models.CheckConstraint(
                condition=(
                    Q(filled_by__in=["principal", "deputy", "substitute"], person__isnull=False, why_not="")
                    & ~Q(how="")
                )
                | Q(filled_by="represented", person__isnull=True, how="", why_not="")
                | (Q(filled_by="nobody", person__isnull=True, how="") & ~Q(why_not="")),
                name="attendance_says_how_or_why_not",
            ),
        ]

    def __str__(self):
        return f"{self.seat}: {self.word}"

    @property
    def is_there(self):
        return self.filled_by != self.FilledBy.NOBODY

    @property
    def word(self):
        """The state in a word for people."""
        if not self.is_there:
            return self.get_why_not_display()
        if self.filled_by == self.FilledBy.PRINCIPAL:
            return "Present" if self.how == self.How.ROOM else "Remote"
        return self.get_filled_by_display()


class Presence(models.Model):
    """From when until when somebody was there: [starts_at, ends_at). Without any, for the whole meeting."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="presences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            in_order(
                "starts_at",
                "ends_at",
                name="presence_ends_after_it_begins",
                message="They left before they came. Enter a later time.",
            )
        ]

    def __str__(self):
        return f"from {self.starts_at:%H:%M}"


class VerdictChange(models.Model):
    """The moment at which a meeting became quorate or stopped being so, and why."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="verdict_changes")
    at = models.DateTimeField()
    status = models.CharField(max_length=20)
    sentence = models.CharField(max_length=500)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.status} from {self.at:%H:%M}"
