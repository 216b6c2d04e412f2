"""The forms around a case. Each keeps what was typed when it is refused."""

from django import forms

from mktogether.lib.forms import DayField, PortalForm
from partnerships.models import Person
from reviews.models import Case

BLAND = (
    "One bland line, such as “infant, serious injury, recovered”. No names, no dates of birth, no places that identify."
)


class LineForm(PortalForm):
    """What a case is about, in one bland line."""

    submit_label = "Save the line"

    about = forms.CharField(
        label="What it is about",
        max_length=Case._meta.get_field("about").max_length,
        help_text=BLAND,
        error_messages={"required": "Enter in a few bland words what the case is about"},
    )
    read_again = forms.BooleanField(
        label="I read the line again: it identifies nobody",
        error_messages={"required": "Read the line again, and tick that it identifies nobody"},
    )


class SecondForm(PortalForm):
    """The second member of the team on a case."""

    submit_label = "Keep this case"

    second = forms.ModelChoiceField(
        Person.objects.none(),
        label="Second member of the team",
        empty_label="Choose a colleague",
        help_text="You both keep the case for twelve months, while you are in the team.",
        error_messages={
            "required": "Choose a colleague who keeps the case with you",
            "invalid_choice": "Choose one of the team from the list",
        },
    )

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["second"].queryset = team


class RegisterForm(LineForm, SecondForm):
    """A new case: its kind, the day we knew, its bland line, and who keeps it."""

    submit_label = "Register the case"
    field_order = ["kind", "known_on", "about", "second", "read_again"]

    kind = forms.ChoiceField(
        label="Kind of case",
        choices=Case.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of case"},
    )
    known_on = DayField(
        label="When did we know?",
        help_text="The day on which the council became aware, or the police told the partnership. Deadlines are "
        "counted from it.",
        error_messages={"required": "Enter the day on which we knew"},
    )

    def facts(self):
        """The case as it is registered, once the form is valid."""
        return {name: self.cleaned_data[name] for name in ("kind", "about", "known_on", "second")}


class CloseForm(PortalForm):
    """Why a case is closed."""

    submit_label = "Close the case"
    submit_class = "govuk-button--warning"

    because = forms.CharField(
        label="Why is it closed?",
        max_length=Case._meta.get_field("closed_because").max_length,
        help_text="In words that identify nobody. Those who are on the case read it.",
        error_messages={"required": "Enter why the case is closed"},
    )


class ReopenForm(PortalForm):
    """Nothing but the act."""

    submit_label = "Reopen the case"
