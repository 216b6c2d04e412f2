"""The forms of a reply that say more than one button can: apologies with a reason, and who comes instead."""

from django import forms

from meetings.models import Reply
from mktogether.lib.forms import PortalForm

Answer = Reply.Answer
SOMEBODY_ELSE = "colleague"


class ApologiesForm(PortalForm):
    """That a member cannot come, and why."""

    submit_label = "Send apologies"

    answer = forms.CharField(widget=forms.HiddenInput, initial=Answer.APOLOGIES)
    reason = forms.CharField(
        label="Why you cannot come (optional)",
        required=False,
        max_length=200,
        help_text="A few words, such as “on leave”. Whoever records the meeting sees them.",
    )


class DeputyForm(PortalForm):
    """Who comes in a member's place: one of the named deputies, or somebody else by their post."""

    submit_label = "Send them in my place"

    answer = forms.CharField(widget=forms.HiddenInput, initial=Answer.DEPUTY)
    deputy = forms.ChoiceField(
        label="Who comes in your place?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who comes in your place"},
    )
    colleague = forms.CharField(
        label="Their post, if it is somebody else",
        required=False,
        max_length=120,
        help_text="They may attend. As a rule only a named deputy counts towards the quorum.",
    )

    def __init__(self, *args, deputies, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(str(person), post) for person, post in deputies]
        self.fields["deputy"].choices = [*named, (SOMEBODY_ELSE, "Somebody else")]
        if not named:
            self.fields["deputy"].initial = SOMEBODY_ELSE

    def clean(self):
        """Somebody else needs their post; whoever chose a deputy named nobody else."""
        typed = super().clean()
        chosen = typed.get("deputy")
        if chosen == SOMEBODY_ELSE and not typed.get("colleague", "").strip():
            self.add_error("colleague", "Enter the post of whoever comes in your place")
        if chosen != SOMEBODY_ELSE:
            typed["colleague"] = ""
        typed["deputy_id"] = int(chosen) if chosen and chosen != SOMEBODY_ELSE else None
        return typed


class PlainForm(PortalForm):
    """An answer that needs no more than its button."""

    answer = forms.ChoiceField(choices=[(Answer.ACCEPT, ""), (Answer.TENTATIVE, "")])


def posted(post, deputies):
    """The form of the answer that was posted, filled in."""
    kinds = {Answer.APOLOGIES: ApologiesForm, Answer.DEPUTY: DeputyForm}
    kind = kinds.get(post.get("answer"), PlainForm)
    return kind(post, deputies=deputies) if kind is DeputyForm else kind(post)
