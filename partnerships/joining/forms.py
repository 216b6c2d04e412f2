"""The forms of giving an account, and of naming a further member of the team."""

from django import forms
from django.utils import timezone

from mktogether.lib.forms import DayField, PortalForm
from partnerships.granting.forms import PersonField
from partnerships.models import Agency, Person


def address_field(**kwargs):
    widget = forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label="Their e-mail address", max_length=254, widget=widget, **kwargs)


class AccountForm(PortalForm):
    """With which address somebody signs in."""

    email = address_field(
        help_text="Of this person alone: they sign in with it, and get the mail with which they choose a password",
        error_messages={"required": "Enter their e-mail address, such as name@example.org"},
    )

    def __init__(self, *args, person, **kwargs):
        initial = {"email": person.user.email if person.user else ""}
        super().__init__(*args, initial=initial, **kwargs)
        self.submit_label = "Send the mail again" if person.user else "Give them an account"


class TeamForm(PortalForm):
    """Who becomes a member of the team, and from when."""

    submit_label = "Show what would change"

    person = PersonField(label="Whom?", required=False, empty="Somebody new, entered below")
    post = forms.CharField(
        label="The post of somebody new", required=False, max_length=120, help_text="Such as Partnership Officer"
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Their organisation (optional)", required=False, empty_label="None of these"
    )
    email = address_field(required=False, help_text="Where they have no account yet: they get one")
    starts_on = DayField(label="First day", first_year=2000)

    def __init__(self, *args, area, **kwargs):
        super().__init__(*args, initial={"starts_on": timezone.localdate()}, **kwargs)
        people = Person.objects.filter(area=area).select_related("agency", "user")
        self.fields["person"].queryset = people.order_by("post", "id")
        self.fields["agency"].queryset = Agency.objects.filter(area=area, is_crowd=False).order_by("name")

    def clean(self):
        """Somebody of the list, or the post of somebody new; and an address, where they have no account."""
        typed = super().clean()
        person, post = typed.get("person"), typed.get("post")
        if person and post:
            self.add_error("post", "Choose a person or enter somebody new, and not both")
        elif not person and not post and "person" not in self.errors:
            self.add_error("person", "Choose a person, or enter the post of somebody new")
        elif not typed.get("email") and "email" not in self.errors and (post or (person and person.user is None)):
            self.add_error("email", "They have no account. Enter their e-mail address, such as name@example.org")
        return typed
