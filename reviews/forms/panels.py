"""Naming the panel of a case, and recording what it decides."""

import datetime as dt

from django import forms
from django.utils import timezone

from meetings.models import Meeting
from mktogether.lib.forms import DayField, Fieldset, Layout, PortalForm
from partnerships.granting import people
from partnerships.granting.forms import PersonField
from partnerships.models import Grant
from reviews.models import DecisionCorrection, PanelDecision

HALF_A_YEAR = dt.timedelta(days=180)


class PanelForm(PortalForm):
    """Somebody for each place that the panel of this kind has, and who approves that they are let in."""

    submit_label = "Name the panel"

    until = DayField(
        label="Until when?", help_text="Twelve months at most", error_messages={"required": "Enter the last day"}
    )
    second = PersonField(
        label="Who approves it?",
        help_text="A second person: neither yourself nor somebody of this panel",
        error_messages={"required": "Choose who approves it"},
    )

    def __init__(self, *args, case, seats, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.seats = seats
        offered = people.who_can_be_let_in(case, but=by.pk)
        for seat in seats:
            field = PersonField(label=f"{seat.post}, {seat.of}", empty="Nobody yet", required=False)
            field.queryset = offered
            self.fields[f"seat_{seat.key}"] = field
        self.fields["second"].queryset = people.seconds(Grant.Kind.PANEL_MEMBER, case, but=[by.pk]).select_related(
            "agency"
        )
        self.order_fields([*(f"seat_{seat.key}" for seat in seats), "until", "second"])
        if not self.is_bound:
            self.initial.setdefault("until", timezone.localdate() + HALF_A_YEAR)

    def named(self):
        """The people by the keys of their places; places that stay empty are left out."""
        typed = {seat.key: self.cleaned_data[f"seat_{seat.key}"] for seat in self.seats}
        return {key: person for key, person in typed.items() if person}

    def ends_at(self):
        """The moment at which the access ends."""
        day = self.cleaned_data["until"] + dt.timedelta(days=1)
        return timezone.make_aware(dt.datetime.combine(day, dt.time()))


class SittingField(forms.ModelChoiceField):
    """A sitting of the panel, by its day."""

    def label_from_instance(self, meeting):
        """Its day and hour: the panel has no agenda in its name."""
        return f"{timezone.localtime(meeting.starts_at):%-d %B %Y, %H:%M}"


class DecisionForm(PortalForm):
    """What the panel decided, by which criteria, why, who saw it otherwise, who decided and when."""

    submit_label = "Record the decision"

    outcome = forms.ChoiceField(
        label="What was decided?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the panel decided"},
    )
    met = forms.MultipleChoiceField(
        label="Which criteria are met?", widget=forms.CheckboxSelectMultiple, required=False
    )
    reasons = forms.CharField(
        label="Why?",
        max_length=PanelDecision._meta.get_field("reasons").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The reasons of the panel, in words that identify nobody.",
        error_messages={"required": "Enter the reasons of the panel"},
    )
    dissent = forms.CharField(
        label="Did somebody see it otherwise? Who, and why? (optional)",
        max_length=PanelDecision._meta.get_field("dissent").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="Leave it empty if they all agreed.",
    )
    deciders = forms.MultipleChoiceField(
        label="Who decided?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who decided. Name the panel first, if nobody is offered"},
    )
    decided_on = DayField(label="On which day?", error_messages={"required": "Enter the day of the decision"})
    sitting = SittingField(
        Meeting.objects.none(),
        label="At which sitting of the panel? (optional)",
        required=False,
        empty_label="At none that is entered here",
    )
    read_again = forms.BooleanField(
        label="I read it again: it cannot be changed once it is recorded, and it identifies nobody",
        error_messages={"required": "Read it again, and tick that it can be recorded"},
    )

    def __init__(self, *args, kind, deciders, sittings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(one.key, one.name) for one in kind.outcomes]
        self.fields["met"].choices = list(kind.criteria.items())
        self.fields["deciders"].choices = deciders
        self.fields["sitting"].queryset = sittings

    def build_layout(self):
        """The decision and its reasons first; then who, when and where."""
        names = ("outcome", "met", "reasons", "dissent")
        return Layout(
            *(self.laid_out(name) for name in names),
            Fieldset("deciders", "decided_on", "sitting", legend="Who decided, and when"),
            "read_again",
        )


class CorrectionForm(PortalForm):
    """What is wrong in the record of a decision, and how it is right."""

    submit_label = "Add the correction"

    what = forms.CharField(
        label="What is wrong, and how is it right?",
        max_length=DecisionCorrection._meta.get_field("what").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what is wrong and how it is right"},
    )
    because = forms.CharField(
        label="Why is it corrected?",
        max_length=DecisionCorrection._meta.get_field("because").max_length,
        error_messages={"required": "Enter why it is corrected"},
    )
