"""The form of a new version of terms of reference. What is left empty is "not stated", and is never guessed."""

from django import forms
from django.core.exceptions import ValidationError

from mktogether.lib.forms import DayField, PortalForm
from mktogether.lib.templatetags.wording import MONTHS
from mktogether.lib.verdict import Refusal
from partnerships.actions import refuse_overlap
from partnerships.models import TermsOfReference
from partnerships.workbench.forms import RuleField

NOT_STATED = ("", "Not stated")
PUBLIC = [NOT_STATED, ("yes", "Open to the public"), ("no", "Not public")]
PUBLIC_VALUES = {"": None, "yes": True, "no": False}
LONGEST_NOTE = 500


def number(label, most, help_text="Empty: not stated"):
    return forms.IntegerField(
        label=f"{label} (optional)", required=False, min_value=0, max_value=most, help_text=help_text
    )


class TermsForm(PortalForm):
    """
    A version of the terms of reference of one board or group, whose ``latest`` version is known.

    ``asks_the_act`` leaves it to the act of publishing to compare their days: the same form may have been sent before.
    """

    edition = forms.CharField(
        label="Edition",
        max_length=120,
        help_text="The document, such as Handbook of October 2026",
        error_messages={"required": "Enter the document that the terms stand in"},
    )
    starts_on = DayField(label="First day", help_text="The version before it ends the day before", first_year=2000)
    rules = RuleField(
        label="Rules", help_text="One rule a line. Type them, or build them below. An empty text is “not stated”."
    )
    meetings_a_year = number("Meetings a year", 60)
    months = forms.TypedMultipleChoiceField(
        label="Months (optional)",
        required=False,
        coerce=int,
        choices=[(number, name) for number, name in enumerate(MONTHS, start=1)],
        widget=forms.CheckboxSelectMultiple,
        help_text="Where the terms name them",
    )
    mode = forms.ChoiceField(label="How it meets", required=False, choices=[NOT_STATED, *TermsOfReference.Mode.choices])
    is_public = forms.ChoiceField(label="Open to the public", required=False, choices=PUBLIC)
    papers_working_days = number("Papers: working days before", 60)
    minutes_working_days = number("Minutes: working days after", 60)
    summary = forms.CharField(
        label="Summary (optional)",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In our own words. It is not the adopted text.",
    )
    notes = forms.CharField(
        label="What the terms leave open (optional)",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One note a line: ambiguities, and what we assumed",
    )

    def __init__(self, *args, body, latest, asks_the_act=False, **kwargs):
        super().__init__(*args, initial=as_typed(latest), **kwargs)
        self.body, self.latest, self.asks_the_act = body, latest, asks_the_act

    def clean_starts_on(self):
        """The new version begins after the latest one began."""
        day = self.cleaned_data["starts_on"]
        if self.asks_the_act:
            return day
        try:
            refuse_overlap(self.latest, day)
        except Refusal as refusal:
            raise ValidationError(refusal.sentence) from refusal
        return day

    def clean_months(self):
        """The same months as before stay in the order in which the version before names them."""
        months = self.cleaned_data["months"]
        before = self.latest.months if self.latest else []
        return before if sorted(before) == sorted(months) else months

    def clean_notes(self):
        notes = [line.strip() for line in self.cleaned_data["notes"].splitlines() if line.strip()]
        if any(len(note) > LONGEST_NOTE for note in notes):
            raise ValidationError(f"Shorten each note to {LONGEST_NOTE} characters, or make two of it")
        return notes

    def terms(self):
        """The version as typed, not kept yet; what the form does not ask for stays as in the version before."""
        typed = self.cleaned_data | {"is_public": PUBLIC_VALUES[self.cleaned_data["is_public"]]}
        kept = carried_over(self.latest)
        if self.latest and typed["meetings_a_year"] != self.latest.meetings_a_year:
            kept |= {"frequency": "", "at_least": False}  # the words and the "at least" were of another number
        return TermsOfReference(**kept | {"body": self.body} | typed)


OF_ITS_OWN = ("id", "body", "starts_on", "ends_on", "approved", "approved_by")


def carried_over(latest):
    """What a new version has in common with the one before, until somebody says otherwise: all but its own days."""
    if latest is None:
        return {}
    fields = (field.name for field in TermsOfReference._meta.concrete_fields if field.name not in OF_ITS_OWN)
    return {name: getattr(latest, name) for name in fields}


def as_typed(latest):
    """The version before, to begin with; its edition and its first day are its own."""
    if latest is None:
        return {}
    public = {value: word for word, value in PUBLIC_VALUES.items()}
    kept = ("rules", "meetings_a_year", "months", "mode", "papers_working_days", "minutes_working_days", "summary")
    return {name: getattr(latest, name) for name in kept} | {
        "is_public": public[latest.is_public],
        "notes": "\n".join(latest.notes),
    }
