"""The forms about access. Each keeps what was typed when it is refused."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst

from mktogether.lib.forms import DayField, Fieldset, Layout, PortalForm
from partnerships.granting import people, rows, subjects
from partnerships.models import Agency, Grant, Person
from partnerships.roles import Act

IN_A_SENTENCE = "In a sentence. Say nothing about the people in a case."
BY_REFERENCE_ALONE = "The reference of the case that you need to read"


class PersonField(forms.ModelChoiceField):
    """Somebody of a list that depends on who asks, by post and organisation."""

    def __init__(self, *, empty="Choose a person", **kwargs):
        super().__init__(Person.objects.none(), empty_label=empty, **kwargs)

    def label_from_instance(self, person):
        """The post, with the organisation that tells two alike apart."""
        return rows.who(person)


class LetInForm(PortalForm):
    """Whom to let in to a thing: somebody whom the portal knows, or a new guest; why, until when, and who approves."""

    submit_label = "Go on"

    kind = forms.ChoiceField(
        label="As what?", widget=forms.RadioSelect, error_messages={"required": "Choose as what they are let in"}
    )
    person = PersonField(
        label="Whom?",
        required=False,
        empty="Somebody new, entered below",
        help_text="Those who have an account. Anybody else is entered below.",
    )
    post = forms.CharField(label="Their post", required=False, max_length=120, help_text="Such as Author of the report")
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Their organisation (optional)", required=False, empty_label="None of these"
    )
    email = forms.CharField(label="Their e-mail address", required=False, max_length=254)
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=IN_A_SENTENCE,
        error_messages={"required": "Enter the reason, in a sentence"},
    )
    begins = DayField(
        label="From (optional)", required=False, help_text="Leave it empty to begin as soon as it is approved"
    )
    until = DayField(
        label="Last day", help_text="Twelve months at most", error_messages={"required": "Enter the last day"}
    )
    second = PersonField(
        label="Who approves it?",
        help_text="A second person: neither yourself nor whoever is let in",
        error_messages={"required": "Choose who approves it"},
    )
    urgent = forms.BooleanField(
        label="Urgent: it works at once, and lapses at the end of the next working day unless it is approved",
        required=False,
    )

    def __init__(self, *args, thing, by, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.label) for kind in subjects.of(thing).kinds_for(thing)]
        self.fields["kind"].choices = kinds
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0][0]
            self.fields["kind"].widget = forms.HiddenInput()
        self.fields["person"].queryset = people.who_can_be_let_in(thing, but=by.pk)
        self.fields["agency"].queryset = Agency.objects.filter(area=thing.area_id)
        self.fields["second"].queryset = people.seconds(kinds[0][0], thing, but=[by.pk]).select_related("agency")

    def build_layout(self):
        """Whom to let in first, with the place to enter somebody new."""
        return Layout(
            "kind",
            "person",
            Fieldset("post", "agency", "email", legend="Somebody new: they get an account that opens this alone"),
            *(self.laid_out(name) for name in ("reason", "begins", "until", "second", "urgent")),
        )

    def clean_begins(self):
        """The first day, where it is not over: what nobody can mean is not taken for “at once”."""
        begins = self.cleaned_data["begins"]
        if begins is not None and begins < timezone.localdate():
            raise ValidationError("That day is over. Enter today or a later day, or leave it empty")
        return begins

    def clean(self):
        """Either somebody of the list, or the post and the address of somebody new."""
        typed = super().clean()
        new = [name for name in ("post", "email") if typed.get(name)]
        if typed.get("person") and new:
            self.add_error("person", "Choose a person or enter somebody new, and not both")
        elif not typed.get("person") and not new and "person" not in self.errors:
            self.add_error("person", "Choose a person, or enter the post and the e-mail address of somebody new")
        elif len(new) == 1:
            missing, words = ("email", "e-mail address") if new == ["post"] else ("post", "post")
            self.add_error(missing, f"Enter their {words}")
        return typed

    @property
    def is_new(self):
        """Whether somebody is let in whom the portal does not know yet."""
        return self.cleaned_data["person"] is None

    def proposal(self):
        """What the actions take, whoever is let in: moments instead of days."""
        typed = self.cleaned_data
        begins = typed["begins"]
        later = begins is not None and begins > timezone.localdate()
        return {
            "second": typed["second"],
            "reason": typed["reason"],
            "begins": _midnight(begins) if later else None,
            "until": _midnight(typed["until"] + dt.timedelta(days=1)),
            "urgent": typed["urgent"],
        }

    def guest(self):
        """The new guest, as the actions take them."""
        return {name: self.cleaned_data[name] for name in ("post", "agency", "email")}


class ExcludeForm(PortalForm):
    """Whom to keep from a thing, and why."""

    submit_label = "Go on"

    person = PersonField(
        label="Whom?",
        error_messages={
            "required": "Choose whom to exclude",
            "invalid_choice": "Choose somebody of the list. Whoever is excluded already is not in it",
        },
    )
    reason = forms.CharField(
        label="Which interest do they have?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="In a few words, such as: works for the provider",
        error_messages={"required": "Enter the interest, in a few words"},
    )

    def __init__(self, *args, thing, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people.who_can_be_excluded(thing, but=by.pk)


class WithdrawForm(PortalForm):
    """One's own interest."""

    submit_label = "Withdraw"
    submit_class = "govuk-button--warning"

    reason = forms.CharField(
        label="Which interest do you have?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter the interest, in a few words"},
    )

    def __init__(self, *args, thing, **kwargs):
        super().__init__(*args, **kwargs)
        readers = capfirst(subjects.of(thing).keepers)
        words = f"In a few words, such as: my partner works for the provider. {readers} can read it."
        self.fields["reason"].help_text = words


class BecauseForm(PortalForm):
    """Why something ends or is refused."""

    because = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=IN_A_SENTENCE,
        error_messages={"required": "Enter the reason, in a sentence"},
    )

    def __init__(self, *args, submit_label, **kwargs):
        super().__init__(*args, **kwargs)
        self.submit_label = submit_label


class EmergencyForm(PortalForm):
    """What to open in an emergency, why, and who confirms it."""

    submit_label = "Go on"

    thing = forms.ChoiceField(label="What do you need to read?", required=False)
    reference = forms.CharField(label="Or the reference of a case", required=False, max_length=40)
    reason = forms.CharField(
        label="Why now?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=IN_A_SENTENCE,
        error_messages={"required": "Enter the reason, in a sentence"},
    )
    second = PersonField(label="Who confirms it?", error_messages={"required": "Choose who confirms it"})

    def __init__(self, *args, user, by, **kwargs):
        super().__init__(*args, **kwargs)
        listed = list(_to_open(user))
        self.fields["thing"].choices = [("", "Choose one"), *listed]
        if not subjects.by_reference():
            del self.fields["reference"]
        elif not listed:
            self.fields["thing"].widget = forms.HiddenInput()
            self.fields["reference"].label = BY_REFERENCE_ALONE
        can_confirm = people.who_may(Act.BREAK_GLASS, by.area_id).exclude(pk=by.pk)
        self.fields["second"].queryset = can_confirm.select_related("agency")

    def clean(self):
        """One thing, from the list or by its reference."""
        typed = super().clean()
        if typed.get("thing") and typed.get("reference"):
            self.add_error("thing", "Choose one from the list or enter a reference, and not both")
        elif not typed.get("thing") and not typed.get("reference") and not {"thing", "reference"} & self.errors.keys():
            self.add_error(*self._nothing_named())
        return typed

    def _nothing_named(self):
        """At which field it is said, and how, that nothing was chosen or entered."""
        if "reference" not in self.fields:
            return "thing", "Choose what you need to read"
        if self.fields["thing"].widget.is_hidden:
            return "reference", "Enter the reference of the case that you need to read"
        return "thing", "Choose one from the list, or enter a reference"


def _to_open(user):
    """What emergency access can be asked for from a list: what is seen and not read, as (address, title)."""
    for subject in subjects.SUBJECTS.values():
        if Grant.Kind.EMERGENCY in subject.kinds and not subject.hides_existence:
            for thing in subject.visible_to(user).order_by(*subject.order):
                if not subject.reads(user, thing):
                    yield f"{subject.path}/{getattr(thing, subject.key)}", _sentence_case(subject.title(thing))


def _sentence_case(words):
    return words[:1].upper() + words[1:]


def refuse(form, refusal):
    """Show a refusal of the rules at its field of ``form``."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def _midnight(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
