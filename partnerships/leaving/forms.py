"""The forms of ending what somebody holds: when, why, and who follows."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from mktogether.lib.forms import DayField, PortalForm
from mktogether.lib.templatetags import wording
from mktogether.lib.verdict import Refusal
from partnerships.leaving import rules
from partnerships.models import Person

LONGEST_REASON = 200
TAKES_OVER = "Who takes over their open actions"


class EndForm(PortalForm):
    """On which day one thing ends, and why."""

    submit_label = "Show what would change"

    day = DayField(
        label="Last day",
        help_text="Today ends it at once. A later day ends it at the end of that day.",
        first_year=2000,
    )
    reason = forms.CharField(
        label="Why it ends",
        max_length=LONGEST_REASON,
        help_text="In a few words, such as “Retired” or “New post”. Others can read it.",
        error_messages={"required": "Enter why it ends, such as “Retired” or “New post”"},
    )

    def __init__(self, *args, **kwargs):
        initial = {"day": timezone.localdate()} | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)

    def clean_day(self):
        """The day, where something can end on it."""
        self.at(self.cleaned_data["day"])
        return self.cleaned_data["day"]

    @staticmethod
    def at(day):
        """The moment at which what ends on ``day`` is over. Raises ValidationError where there is no such end."""
        try:
            return rules.moment_of_end(day, timezone.now())
        except Refusal as refusal:
            raise ValidationError(refusal.sentence.rstrip(".")) from refusal

    @property
    def moment(self):
        """The moment that the form names; that of today until it names one."""
        day = getattr(self, "cleaned_data", {}).get("day") or timezone.localdate()
        return self.at(day)

    def typed(self):
        """What was typed, as the acts take it."""
        return {name: self.cleaned_data[name] for name in self.fields}

    def told(self):
        """What was typed as (label, words), to be read again before it is done."""
        return [
            ("Last day", wording.day(self.cleaned_data["day"])),
            (self.fields["reason"].label, self.cleaned_data["reason"]),
        ]


class LeaveForm(EndForm):
    """On which day somebody leaves, why, and who takes over what they were to do."""

    successor = forms.ModelChoiceField(
        label=f"{TAKES_OVER} (optional)",
        queryset=Person.objects.none(),
        required=False,
        empty_label="Nobody yet: they stay open in the leaver's name",
    )

    def __init__(self, *args, successors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why they leave"
        self.fields["successor"].queryset = successors
        self.fields["successor"].label_from_instance = _in_words

    def told(self):
        """The same, with who takes over."""
        successor = self.cleaned_data["successor"]
        return [*super().told(), (TAKES_OVER, _in_words(successor) if successor else "Nobody yet")]


def _in_words(person):
    return f"{person.post}, {person.agency.short_name}" if person.agency else person.post
