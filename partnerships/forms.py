"""The forms about reminders and the mail that they come in."""

from django import forms

from mktogether.lib.forms import PortalForm
from records.models import ReminderChoice
from records.reminders import kinds


class ReminderForm(PortalForm):
    """How somebody is reminded, and of what."""

    way = forms.ChoiceField(
        label="How do you want to be reminded?",
        choices=ReminderChoice.Way.choices,
        widget=forms.RadioSelect,
        help_text="Invitations and requests for a reply always come by themselves: they carry what you answer with.",
    )
    of = forms.MultipleChoiceField(
        label="Of what?", required=False, widget=forms.CheckboxSelectMultiple, help_text="Untick what you do without."
    )

    def __init__(self, *args, choice, **kwargs):
        free = kinds.may_be_switched_off()
        on = [name for name in free if name not in choice.off]
        super().__init__(*args, initial={"way": choice.way, "of": on}, **kwargs)
        self.fields["of"].choices = [(name, kind.title) for name, kind in free.items()]
        self.always = [(kind.title, kind.always) for kind in kinds.KINDS.values() if kind.always]

    def off(self):
        """The kinds that were left unticked."""
        return [name for name, _title in self.fields["of"].choices if name not in self.cleaned_data["of"]]


class CameBackForm(PortalForm):
    """An address whose mail came back."""

    submit_label = "Note it"

    address = forms.EmailField(
        label="Address",
        error_messages={
            "required": "Enter the address that the mail went to",
            "invalid": "Enter an address such as name@example.org",
        },
    )
    reason = forms.CharField(
        label="What the returned mail says",
        max_length=200,
        help_text="In a few words, such as “mailbox full” or “no such user”.",
        error_messages={"required": "Enter what the returned mail says, such as “mailbox full”"},
    )
