"""Referring an incident, for somebody who does it once a year, and deciding about what was referred."""

from django import forms

from mktogether.lib.forms import DayField, PortalForm
from partnerships.models import Agency
from reviews.forms.cases import RegisterForm
from reviews.models import Referral

MOST = Referral._meta.get_field("happened").max_length


class ByName(forms.ModelMultipleChoiceField):
    """Organisations by their names: whoever does this once a year does not know all the short ones."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, agency):
        return agency.name


class ReferForm(PortalForm):
    """Four questions, and that nobody is named."""

    submit_label = "Send the referral"

    kind = forms.ChoiceField(
        label="What is it about?",
        choices=Referral.Kind.choices,
        widget=forms.RadioSelect,
        help_text="If you are not sure, choose what comes nearest. The team puts it right.",
        error_messages={"required": "Choose what it is about"},
    )
    happened = forms.CharField(
        label="What happened, in a few safe words?",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as “infant, serious injury, recovered”. No names, no dates of birth, no addresses: somebody of "
        "the team asks you for those.",
        error_messages={"required": "Enter in a few safe words what happened"},
    )
    known_on = DayField(
        label="When did you know?",
        help_text="The day on which your organisation heard of it.",
        error_messages={"required": "Enter the day on which you knew"},
    )
    agencies = ByName(
        Agency.objects.none(),
        label="Which organisations knew the people?",
        help_text="As far as you know. Your own too.",
        error_messages={"required": "Choose at least one organisation that knew the people"},
    )
    read_again = forms.BooleanField(
        label="I read it again: it names nobody",
        error_messages={"required": "Read it again, and tick that it names nobody"},
    )

    def __init__(self, *args, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agencies"].queryset = agencies

    def facts(self):
        """The referral as it is sent, once the form is valid."""
        return {name: self.cleaned_data[name] for name in ("kind", "happened", "known_on", "agencies")}


class AcceptForm(RegisterForm):
    """The case that a referral becomes: its kind, day and line as they were sent, to be put right."""

    submit_label = "Accept and register the case"


class CloseReferralForm(PortalForm):
    """Why no case follows."""

    submit_label = "Close the referral"
    submit_class = "govuk-button--warning"

    because = forms.CharField(
        label="Why does no case follow?",
        max_length=Referral._meta.get_field("closed_because").max_length,
        help_text="In words that identify nobody. The team reads it. Tell whoever referred it yourself.",
        error_messages={"required": "Enter why no case follows"},
    )
