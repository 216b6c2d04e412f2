"""The forms of the live page. Each keeps what was typed when it is refused."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from meetings.models import Attendance, Decision
from mktogether.lib.forms import ClockField, DayField, PortalForm
from partnerships.models import Office, Person
from partnerships.models.dated import in_force


class DecisionForm(PortalForm):
    """What is put to the meeting. How it is put comes from the button that was pressed."""

    wording = forms.CharField(
        label="Decision",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the wording of the decision"},
        max_length=2000,
    )
    ratifies = forms.ModelChoiceField(
        Decision.objects.regardless("none").none(),
        label="Ratifies a recommendation",
        required=False,
        empty_label="None",
    )

    def __init__(self, *args, meeting, user, waiting=None, **kwargs):
        """``waiting`` are the recommendations to ratify, where the caller has them already."""
        super().__init__(*args, **kwargs)
        field = self.fields["ratifies"]
        field.queryset = to_ratify_at(meeting, user)
        found = list(field.queryset) if waiting is None else waiting
        field.choices = [("", field.empty_label), *((decision.pk, str(decision)) for decision in found)]
        if not found:
            del self.fields["ratifies"]


class ActionForm(PortalForm):
    """Who does what by when."""

    what = forms.CharField(label="What", max_length=300, error_messages={"required": "Enter what will be done"})
    owner = forms.ModelChoiceField(
        Person.objects.none(),
        label="Who",
        empty_label="Choose a person",
        error_messages={"required": "Choose who will do it", "invalid_choice": "Choose a person from the list"},
    )
    due_on = DayField(label="Due")

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        field.queryset = people_of(meeting)
        field.choices = [("", field.empty_label), *field.queryset.values_list("pk", "post")]


class NoteForm(PortalForm):
    """The note of an item for the minutes; ``seen`` tells which note its writer had before their eyes."""

    note = forms.CharField(
        label="Note for the minutes", widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=5000
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    @classmethod
    def of(cls, item):
        """The form with the note of ``item`` in it; empty where there is no item."""
        return cls(initial={"note": item.note, "seen": item.note_digest} if item else {})


class PlaceForm(PortalForm):
    """Everything about one place that is more than one tap."""

    STATES = (
        ("present", "Member, in the room"),
        ("remote", "Member, remote"),
        ("deputy", "Named deputy"),
        ("substitute", "Substitute who is not a named deputy"),
        ("apologies", "Nobody: apologies"),
        ("absent", "Nobody: absent without word"),
        ("clear", "Nothing recorded yet"),
    )
    state = forms.ChoiceField(
        label="Who fills this place?",
        choices=STATES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who fills this place"},
    )
    person = forms.ModelChoiceField(
        Person.objects.none(), label="Deputy or substitute", required=False, empty_label="Not needed"
    )
    how = forms.ChoiceField(
        label="How does the deputy or substitute take part?",
        choices=Attendance.How.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    notice_on = DayField(label="Day on which notice of the substitute arrived", required=False)
    notice_clock = ClockField(label="Time at which it arrived", required=False)
    reason = forms.CharField(label="Reason or remark", required=False, max_length=200)

    def __init__(self, *args, meeting, place, **kwargs):
        super().__init__(*args, **kwargs)
        named = [person for person, _post in place.deputies]
        self.fields["person"].queryset = (
            Person.objects.filter(area=meeting.area_id)
            .filter(Q(pk__in=named) | Q(agency=place.agency_id))
            .exclude(pk=place.holder_id)
        )

    def clean(self):
        cleaned = super().clean()
        day, clock = cleaned.get("notice_on"), cleaned.get("notice_clock")
        if bool(day) != bool(clock) and not self.errors:
            missing = "notice_clock" if day else "notice_on"
            self.add_error(missing, "Enter both the day and the time at which notice arrived")
        return cleaned


class TimeForm(PortalForm):
    """A time on the day of the meeting."""

    at = ClockField(label="Time", error_messages={"required": "Enter the time, such as 14:32"})


class CorrectionForm(PortalForm):
    """Something found wrong after closing."""

    text = forms.CharField(
        label="What should the record say?",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what the record should say"},
        max_length=2000,
    )
    reason = forms.CharField(
        label="Why is it corrected?", max_length=300, error_messages={"required": "Enter why it is corrected"}
    )


def to_ratify_at(meeting, user):
    """The recommendations of other meetings of the group that wait for a quorum, as far as ``user`` sees them."""
    seen = Decision.objects.visible_to(user).exclude(meeting=meeting)
    return seen.filter(meeting__body=meeting.body_id, is_recommendation=True, ratified_at=None)


def people_of(meeting):
    """Who can own an action: the members, deputies and chairs of the group, and the team."""
    now = timezone.now()
    return (
        Person.objects.filter(area=meeting.area_id)
        .filter(
            (Q(appointments__seat__body=meeting.body_id) & in_force(now, "appointments__"))
            | (Q(deputisings__seat__body=meeting.body_id) & in_force(now, "deputisings__"))
            | (Q(chairings__body=meeting.body_id) & in_force(now, "chairings__"))
            | (Q(offices__kind=Office.Kind.TEAM) & in_force(now, "offices__"))
        )
        .distinct()
        .order_by("post")
    )
