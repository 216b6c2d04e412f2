"""The forms around a meeting: planning it, moving it, cancelling it. Each keeps what was typed when it is refused."""

from django import forms
from django.utils import timezone

from meetings.models import Meeting
from mktogether.lib.forms import ClockField, DayField, PortalForm, moment_of
from partnerships.models import Body

ENDS_BEFORE_IT_STARTS = "The meeting ends before it starts. Enter an end after the start"
# The forms' names for what the model calls otherwise, so that a refusal lands at the field that people see.
FIELDS = {"starts_at": "starts", "ends_at": "ends"}


class ArrangeForm(PortalForm):
    """When, how and where a meeting takes place."""

    submit_label = "Save the change"

    day = DayField(label="Day", help_text="For example, 21 1 2027", first_year=2000)
    starts = ClockField(
        label="Starts",
        help_text="On the 24-hour clock, such as 09:30",
        error_messages={"required": "Enter when it starts, such as 09:30"},
    )
    ends = ClockField(label="Ends", error_messages={"required": "Enter when it ends, such as 11:30"})
    mode = forms.ChoiceField(
        label="How it takes place",
        choices=Meeting.Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it takes place"},
    )
    place = forms.CharField(
        label="Room, or how to join (optional)",
        required=False,
        max_length=200,
        help_text="Shown to those who may see the meeting. Do not enter a password.",
    )

    def __init__(self, *args, meeting=None, initial=None, **kwargs):
        super().__init__(*args, initial=_as_typed(meeting) | (initial or {}), **kwargs)
        self.meeting = meeting

    def clean(self):
        """Make moments of day and times; the end lies after the start."""
        typed = super().clean()
        starts_at = moment_of(typed.get("day"), typed.get("starts"))
        ends_at = moment_of(typed.get("day"), typed.get("ends"))
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends", ENDS_BEFORE_IT_STARTS)
        self._refuse_second_meeting(typed.get("body") or getattr(self.meeting, "body", None), starts_at)
        return typed | {"starts_at": starts_at, "ends_at": ends_at}

    def _refuse_second_meeting(self, body, starts_at):
        if body is None or starts_at is None:
            return
        meetings = Meeting.objects.regardless("whoever plans for a group learns that its time is taken")
        others = meetings.filter(body=body, starts_at=starts_at)
        if self.meeting:
            others = others.exclude(pk=self.meeting.pk)
        if others.exists():
            self.add_error("starts", f"{body} has a meeting at that time already. Choose another time")

    @property
    def starts_at(self):
        """The start as typed, once the form is valid."""
        return self.cleaned_data["starts_at"]

    def arrangement(self):
        """When, how and where, as the actions take it."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "mode", "place")}


def refuse(form, refusal):
    """Show a refusal of the rules, or of the database's promises, at its field of ``form``."""
    if hasattr(refusal, "sentence"):
        form.add_error(_field(form, refusal.field), refusal.sentence)
        return
    for name, sentences in refusal.message_dict.items():
        form.add_error(_field(form, name), sentences)


def _field(form, name):
    name = FIELDS.get(name, name)
    return name if name in form.fields else None


def _as_typed(meeting):
    if meeting is None:
        return {"mode": Meeting.Mode.VIRTUAL}
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "mode": meeting.mode,
        "place": meeting.place,
    }


class PlanForm(ArrangeForm):
    """A new meeting of one of the boards and groups whose meetings somebody plans."""

    submit_label = "Plan the meeting"

    body = forms.ModelChoiceField(
        Body.objects.none(),
        label="Board or group",
        empty_label="Choose a board or group",
        error_messages={"required": "Choose a board or group", "invalid_choice": "Choose one from the list"},
    )
    field_order = ["body", "day", "starts", "ends", "mode", "place"]

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies

    def meeting_to_plan(self):
        """The meeting as typed, not kept yet."""
        return Meeting(body=self.cleaned_data["body"], **self.arrangement())


class CancelForm(PortalForm):
    """Why a meeting does not take place."""

    submit_label = "Cancel the meeting"
    submit_class = "govuk-button--warning"

    reason = forms.CharField(
        label="Why does it not take place?",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Shown to those who may see the meeting, and in the record of the year.",
        error_messages={"required": "Enter why the meeting does not take place"},
    )


class CompleteActionForm(forms.Form):
    """Says that an action is done. ``back`` is the filter of the list that it was said on."""

    back = forms.CharField(required=False, max_length=300)
