"""The days of a case: what happened when, why a deadline was missed, and holds."""

from django import forms

from mktogether.lib.forms import DayField, PortalForm
from reviews.models import CaseDeadline, CaseHold

WHY_HELP = "Such as: school closed. In words that identify nobody. It stays with the deadline."


class DateForm(PortalForm):
    """On which day something happened; and why it was late, where it was."""

    submit_label = "Save the date"

    on = DayField(label="On which day?", error_messages={"required": "Enter the day"})
    missed_because = forms.CharField(
        label="If it was after the deadline: why? (optional)",
        required=False,
        max_length=CaseDeadline._meta.get_field("missed_because").max_length,
        help_text=WHY_HELP,
    )

    def __init__(self, *args, meets_deadline, **kwargs):
        super().__init__(*args, **kwargs)
        if not meets_deadline:
            del self.fields["missed_because"]


class RemoveDateForm(PortalForm):
    """Nothing but the act."""

    submit_label = "Take the date out"
    submit_class = "govuk-button--warning"


class WhyMissedForm(PortalForm):
    """Why a deadline was missed."""

    submit_label = "Save the reason"

    because = forms.CharField(
        label="Why was it missed?",
        max_length=CaseDeadline._meta.get_field("missed_because").max_length,
        help_text=WHY_HELP,
        error_messages={"required": "Enter why the deadline was missed"},
    )


class HoldForm(PortalForm):
    """From when a case is on hold, and why."""

    submit_label = "Put on hold"

    first_day = DayField(
        label="From which day?",
        help_text="The first day that does not count.",
        error_messages={"required": "Enter the first day on hold"},
    )
    because = forms.CharField(
        label="Why?",
        max_length=CaseHold._meta.get_field("because").max_length,
        help_text="Such as: criminal trial, inquest, wish of the family. In words that identify nobody.",
        error_messages={"required": "Enter why it is on hold, such as a criminal trial or an inquest"},
    )


class EndHoldForm(PortalForm):
    """Until when a case was on hold."""

    submit_label = "End the hold"

    last_day = DayField(
        label="What was the last day on hold?",
        help_text="Deadlines count on from the day after it.",
        error_messages={"required": "Enter the last day on hold"},
    )
