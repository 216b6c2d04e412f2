"""The form that begins a yearly audit."""

from django import forms
from django.utils import timezone

from meetings import years
from mktogether.lib.forms import DayField, PortalForm
from reviews.models import Audit

OFFERED = 4


class AuditForm(PortalForm):
    """Which year is audited, what for, and until when."""

    submit_label = "Begin the audit"

    year = forms.TypedChoiceField(
        label="The rapid reviews of which year?",
        coerce=int,
        help_text="Those decided from 1 April to 31 March. All of them: nobody chooses among them.",
        error_messages={"required": "Choose the year"},
    )
    reason = forms.CharField(
        label="What is the audit for?",
        max_length=Audit._meta.get_field("reason").max_length,
        help_text="Those on the cases read it. Say nothing of any case.",
        error_messages={"required": "Enter what the audit is for"},
    )
    until = DayField(
        label="The last day of the audit",
        help_text="Six months from today at most.",
        error_messages={"required": "Enter the last day of the audit"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        this_year = years.year_of(timezone.now())
        offered = [(year, years.words(year)) for year in range(this_year, this_year - OFFERED, -1)]
        self.fields["year"].choices = [("", "Choose a year"), *offered]


class EndAuditForm(PortalForm):
    """Nothing but the act."""

    submit_label = "End the audit"
    submit_class = "govuk-button--warning"
