"""The forms of a reply that say more than one button can, and of one that is entered for a member."""

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
        label="Why you cannot come",
        max_length=200,
        help_text="A few words, such as “on leave”. Whoever records the meeting sees them.",
        error_messages={"required": "Enter why you cannot come, such as “on leave”"},
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


class EnteredForm(PortalForm):
    """The reply of a member that reached whoever plans the meeting outside the portal."""

    submit_label = "Enter the reply"

    came = forms.ChoiceField(
        label="How did it come?",
        choices=[choice for choice in Reply.Came.choices if choice[0] != Reply.Came.THEMSELVES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the reply came"},
    )
    answer = forms.ChoiceField(
        label="What did they say?",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )
    reason = forms.CharField(
        label="Why they cannot come, if they send apologies",
        required=False,
        max_length=200,
        help_text="A few words, such as “on leave”. Whoever records the meeting sees them.",
    )
    deputy = forms.ChoiceField(label="Who comes, if they send a deputy?", widget=forms.RadioSelect, required=False)
    colleague = forms.CharField(
        label="The post of whoever comes, if it is somebody else", required=False, max_length=120
    )

    def __init__(self, *args, deputies, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(str(person), post) for person, post in deputies]
        self.fields["deputy"].choices = [*named, (SOMEBODY_ELSE, "Somebody else")]

    def clean(self):
        """Apologies say why, and whoever sends somebody says whom; what belongs to another answer is left aside."""
        typed = super().clean()
        if typed.get("answer") == Answer.APOLOGIES and not typed.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Enter why they cannot come, such as “on leave”")
        chosen = typed.get("deputy") if typed.get("answer") == Answer.DEPUTY else ""
        if typed.get("answer") == Answer.DEPUTY and not chosen and "deputy" not in self.errors:
            self.add_error("deputy", "Choose who comes in their place")
        if chosen == SOMEBODY_ELSE and not typed.get("colleague", "").strip():
            self.add_error("colleague", "Enter the post of whoever comes in their place")
        typed["deputy_id"] = int(chosen) if chosen and chosen != SOMEBODY_ELSE else None
        return typed

    def facts(self):
        """The reply as the action takes it, once the form is valid."""
        names = ("answer", "came", "reason", "deputy_id", "colleague")
        return {name: self.cleaned_data[name] for name in names}


class PlainForm(PortalForm):
    """An answer that needs no more than its button."""

    answer = forms.ChoiceField(choices=[(Answer.ACCEPT, ""), (Answer.TENTATIVE, "")])


class DeputyAnswerForm(PortalForm):
    """Whether the deputy who is sent comes: one of two buttons. The act refuses what is neither."""

    answer = forms.CharField(required=False)


def reply_form(post, place):
    """The form of the answer that the member of ``place`` posted, filled in."""
    kinds = {Answer.APOLOGIES: ApologiesForm, Answer.DEPUTY: DeputyForm}
    kind = kinds.get(post.get("answer"), PlainForm)
    return kind(post, deputies=place.deputies) if kind is DeputyForm else kind(post)


def deputy_reply_form(post, _place):
    """The form of the answer that the deputy who is sent posted, filled in."""
    return DeputyAnswerForm(post)
