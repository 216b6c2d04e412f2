"""The forms of reviews of access."""

from django import forms

from mktogether.lib.forms import PortalForm
from partnerships.reviewing.quarters import Quarter


class BeginForm(PortalForm):
    """Which quarter is reviewed."""

    submit_label = "Begin the review for every organisation"

    quarter = forms.ChoiceField(label="Which quarter", widget=forms.RadioSelect)

    def __init__(self, *args, quarters, **kwargs):
        super().__init__(*args, initial={"quarter": quarters[0][0]}, **kwargs)
        self.fields["quarter"].choices = quarters

    def clean_quarter(self):
        """The quarter that the choice names."""
        return Quarter(*map(int, self.cleaned_data["quarter"].split("-")))


class EndLineForm(PortalForm):
    """Why what somebody holds is not right any more."""

    submit_label = "End it now"
    submit_class = "govuk-button--warning"

    reason = forms.CharField(
        label="Why it is not right any more",
        max_length=200,
        help_text="In a few words, such as “New post since July”. It stands in the evidence.",
        error_messages={"required": "Enter why it is not right any more"},
    )
