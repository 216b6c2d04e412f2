"""Who somebody in a case is."""

from django import forms

from mktogether.lib.forms import DayField, PortalForm
from reviews.models import CasePerson

HIDDEN = {"autocomplete": "off", "spellcheck": "false"}


class PersonForm(PortalForm):
    """Name, days and numbers of somebody in a case. Browsers are asked to remember none of it."""

    submit_label = "Save"

    part = forms.ChoiceField(
        label="What are they in this case?",
        choices=CasePerson.Part.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they are in the case"},
    )
    name = forms.CharField(
        label="Name",
        max_length=200,
        widget=forms.TextInput(attrs=HIDDEN),
        error_messages={"required": "Enter a name, or “not known”"},
    )
    born = DayField(label="Date of birth (optional)", required=False)
    died = DayField(label="Date of death (optional)", required=False)
    nhs_number = forms.CharField(
        label="NHS number (optional)",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=HIDDEN | {"inputmode": "numeric", "class": "govuk-input--width-10"}),
        help_text="10 digits, such as 943 476 5919",
    )
    other_numbers = forms.CharField(
        label="Other numbers (optional)",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=HIDDEN),
        help_text="Such as of the police, the court or the coroner, each with whose it is.",
    )


class RemovePersonForm(PortalForm):
    """Nothing but the act."""

    submit_label = "Take them out"
    submit_class = "govuk-button--warning"
