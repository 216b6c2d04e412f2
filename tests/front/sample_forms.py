"""A form with every kind of field that the portal uses, for the tests and for the eye."""

from django import forms

from mktogether.lib.forms import (
    Choice,
    ClockField,
    ConditionalQuestion,
    ConditionalRadios,
    DayField,
    Layout,
    PortalForm,
    PoundsField,
)

REPLIES = (
    Choice("accept", "I will be there", hint="In the room or remote"),
    Choice("deputy", "My deputy comes", divider="or"),
    Choice("apologies", "I send apologies"),
)
WAYS = (("room", "In the room"), ("remote", "Remote"))
PARTNERS = (("mkcc", "MKCC"), ("icb", "BLMK ICB"), ("tvp", "TVP"))


class EveryField(PortalForm):
    """Filled in, it is valid; sent empty, every field has an error."""

    submit_label = "Send reply"

    title = forms.CharField(label="Title of the paper", max_length=40)
    reply = forms.ChoiceField(label="Will you come?", choices=REPLIES, widget=forms.RadioSelect)
    partners = forms.MultipleChoiceField(
        label="Partners concerned",
        choices=PARTNERS,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose all that apply",
    )
    aware_on = DayField(label="Day you became aware", error_messages={"required": "Enter the day you became aware"})
    starts_at = ClockField(label="Start", help_text="For example 09:30")
    amount = PoundsField(label="Amount")
    places = forms.IntegerField(label="Places", min_value=1)
    link = forms.URLField(label="Link to the video meeting", assume_scheme="https")
    reason = forms.CharField(label="Reason", max_length=60, widget=forms.Textarea)
    paper = forms.FileField(label="Paper")
    confirmed = forms.BooleanField(label="I have checked the attendance")


class WithQuestion(PortalForm):
    """Choices of which one opens a further question."""

    how = forms.ChoiceField(
        label="How?", choices=(("room", "In the room"), ("remote", "Remote")), widget=forms.RadioSelect
    )
    number = forms.CharField(label="Telephone number", required=False)

    def build_layout(self):
        """The telephone number is asked for only of those who join remotely."""
        return Layout(ConditionalRadios("how", "In the room", ConditionalQuestion("Remote", "number")))
