"""What a meeting decides, and who does what about it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models.meeting import AgendaItem, Meeting, PartOfAMeeting
from mktogether.lib.constraints import filled, paired
from partnerships.models import Agency, Body, Person, Seat
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.models import Area


class DecisionQuerySet(PartOfAMeeting):
    def seen_by(self, user):
        """What was decided under items that somebody sees."""
        return self.filter(item__in=AgendaItem.objects.visible_to(user))


class Decision(models.Model):
    """What was put to a meeting and what became of it. The outcome is computed by the terms, never typed."""

    class Outcome(models.TextChoices):
        CARRIED = "carried", "Agreed"
        NOT_CARRIED = "not carried", "Not agreed"
        UNDECIDED = "undecided", "Undecided"
        INVALID = "invalid", "Not valid"
        NOT_STATED = "not stated", "Agreed; voting rule not stated"
        RECOMMENDED = "recommended", "Recommendation, to be ratified"
        NOTED = "noted", "Noted"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    wording = models.TextField()
    kind = models.CharField(max_length=40, default="ordinary")
    is_recommendation = models.BooleanField(default=False)
    outcome = models.CharField(max_length=20, choices=Outcome)
    reason = models.CharField(max_length=600, help_text="Why the outcome is what it is, as the rules explain it.")
    quorum = models.CharField(max_length=20, help_text="The verdict on quorum at the moment of the decision.")
    quorum_sentence = models.CharField(max_length=600)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ratified_at = models.DateTimeField(null=True)
    ratified_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="ratifies")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            filled("wording", name="decision_has_a_wording"),
            paired("ratified_at", "ratified_by", name="decision_ratified_at_and_by"),
            models.CheckConstraint(
                condition=Q(is_recommendation=True, outcome="recommended")
                | (Q(is_recommendation=False) & ~Q(outcome="recommended")),
                name="a_recommendation_is_an_outcome_of_its_own",
            ),
            models.CheckConstraint(
                condition=~Q(quorum="not quorate") | Q(outcome__in=["recommended", "noted", "invalid"]),
                name="nothing_is_decided_without_a_quorum",
            ),
        ]

    def __str__(self):
        return self.wording[:80]


class Vote(models.Model):
    """A vote of a place on a decision: one for each place, recorded for the room by name."""

    class Choice(models.TextChoices):
        FOR = "for", "For"
        AGAINST = "against", "Against"
        ABSTAIN = "abstain", "Abstains"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "seat"], name="one_vote_for_a_place"),
            models.UniqueConstraint(fields=["decision", "person"], name="one_vote_for_a_person"),
        ]

    def __str__(self):
        return f"{self.seat}: {self.get_choice_display()}"


class ActionQuerySet(PartOfAMeeting):
    def seen_by(self, user):
        """
        Actions of the boards and groups that somebody reads, and their own agency's.

        What was agreed in a confidential item is seen by those who may read that item, and by its owner; what was
        agreed in an item from which somebody is excluded is not there for them, even where they are to do it.
        """
        standing = standing_of(user)
        read, confidential = standing.reach(Act.READ), standing.reach(Act.READ_CONFIDENTIAL)
        found = self.filter(area__in=standing.area_ids)
        if hidden := standing.excluded(AgendaItem._meta.label):
            found = found.exclude(item__in=hidden)
        if not confidential.area:
            single = Q(meeting__in=confidential.of(Meeting._meta.label))
            in_part = Q(body__in=confidential.bodies) | Q(owner=standing.person) | single
            found = found.filter(Q(item__isnull=True) | Q(item__confidential=False) | in_part)
        if read.area:
            return found
        agency = standing.reach(Act.READ_AGENCY_ACTIONS).agency
        own = Q(agency=agency) if agency else Q(pk__in=[])
        return found.filter(Q(body__in=read.bodies) | own | Q(meeting__in=read.of(Meeting._meta.label)))

    def open(self):
        return self.filter(done_at__isnull=True)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)


class Action(models.Model):
    """Something that somebody will do by a day, agreed at a meeting."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="actions")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="actions")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="actions")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            filled("what", name="action_says_what"),
            paired("done_at", "done_by", name="action_done_at_and_by"),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_at__isnull=True), name="open_action_of_a_person"),
            models.Index(
                fields=["agency", "due_on"], condition=Q(done_at__isnull=True), name="open_action_of_an_agency"
            ),
            models.Index(fields=["area", "due_on"], condition=Q(done_at__isnull=True), name="open_action_of_an_area"),
        ]

    def __str__(self):
        return self.what
