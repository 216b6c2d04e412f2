"""The forms of naming members and deputies, handing over the chair, and remaking political places."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from mktogether.lib.forms import DayField, PortalForm
from partnerships.granting.forms import PersonField
from partnerships.models import Chairing, Person

FIRST_YEAR = 2000
SENIOR = [("", "Not stated"), ("yes", "Yes, senior enough"), ("no", "No")]
SENIOR_VALUES = {"": None, "yes": True, "no": False}
A_GROUP = re.compile(r"(?P<name>.*\S)\s*[:,]\s*(?P<number>\d{1,2})")


def people_for(seat):
    """Those who can be named for ``seat``: the people of its partner first in mind, and of the area beside."""
    return Person.objects.filter(area=seat.body.area_id).select_related("agency").order_by("post", "id")


class NamingForm(PortalForm):
    """Whom, and from when until when."""

    submit_label = "Show what would change"

    person = PersonField(label="Whom?", required=False, empty="Somebody new, entered below")
    post = forms.CharField(
        label="The post of somebody new",
        required=False,
        max_length=120,
        help_text="Where they are not in the list. They belong to the partner of the place.",
    )
    starts_on = DayField(label="First day", first_year=FIRST_YEAR)
    ends_on = DayField(
        label="Last day (optional)", required=False, first_year=FIRST_YEAR, help_text="Empty: until further notice"
    )

    to_account = forms.BooleanField(
        label="Then give them an account, where they have none",
        required=False,
        help_text="With it they read here what their place opens to them. It can wait.",
    )

    def __init__(self, *args, seat, **kwargs):
        super().__init__(*args, initial={"starts_on": timezone.localdate()}, **kwargs)
        own = Q(agency=seat.agency_id) | Q(agency__part_of=seat.agency_id)
        everybody = people_for(seat)
        self.fields["person"].queryset = everybody
        first = [(person.pk, self.fields["person"].label_from_instance(person)) for person in everybody.filter(own)]
        rest = [(person.pk, self.fields["person"].label_from_instance(person)) for person in everybody.exclude(own)]
        partner = seat.agency.short_name if seat.agency else "No partner"
        self.fields["person"].choices = [
            ("", self.fields["person"].empty_label), (f"Of {partner}", first), ("Of others", rest)
        ]  # fmt: skip

    def clean(self):
        """Somebody is chosen or entered, and not both."""
        typed = super().clean()
        if typed.get("person") and typed.get("post"):
            self.add_error("post", "Choose a person or enter somebody new, and not both")
        elif not typed.get("person") and not typed.get("post") and "person" not in self.errors:
            self.add_error("person", "Choose a person, or enter the post of somebody new")
        return typed

    def typed(self):
        """What was typed, as the act takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "to_account"}

    def leads_to(self, made):
        """Where to go on: to the account of whom was named, where that was wanted and they have none."""
        if self.cleaned_data["to_account"] and made.person.user_id is None:
            return f"{made.person.get_absolute_url()}account/"
        return made.seat.body


class MemberForm(NamingForm):
    """Who is the member for a place."""

    replaces = forms.BooleanField(label="End the appointment of whoever holds it then", required=False)


class DeputyForm(NamingForm):
    """Who may stand in for the member of a place."""

    is_senior = forms.ChoiceField(label="Senior enough, by the terms?", required=False, choices=SENIOR)
    briefed_on = DayField(
        label="Briefed on (optional)", required=False, first_year=FIRST_YEAR, help_text="Empty: not stated"
    )

    def typed(self):
        return super().typed() | {"is_senior": SENIOR_VALUES[self.cleaned_data["is_senior"]]}


class ChairForm(PortalForm):
    """Who takes over the chair, and from when."""

    submit_label = "Show what would change"

    part = forms.ChoiceField(
        label="Which?", choices=Chairing.Part.choices, widget=forms.RadioSelect, initial=Chairing.Part.CHAIR
    )
    person = PersonField(label="Who takes over?", error_messages={"required": "Choose who takes over"})
    starts_on = DayField(label="From", first_year=FIRST_YEAR)

    def __init__(self, *args, body, **kwargs):
        super().__init__(*args, initial={"starts_on": timezone.localdate()}, **kwargs)
        people = Person.objects.filter(area=body.area_id).select_related("agency").order_by("post", "id")
        self.fields["person"].queryset = people
        label = self.fields["person"].label_from_instance
        at = timezone.now()
        members = set(body.seats.in_force(at).values_list("appointments__person", flat=True))
        first = [(person.pk, label(person)) for person in people if person.pk in members]
        rest = [(person.pk, label(person)) for person in people if person.pk not in members]
        self.fields["person"].choices = [("", "Choose a person"), ("Its members", first), ("Others", rest)]

    def typed(self):
        return dict(self.cleaned_data)


class GroupsForm(PortalForm):
    """The political groups of the council, with the places that each has on a board."""

    submit_label = "Show what would change"

    groups = forms.CharField(
        label="Groups and their places",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=2000,
        help_text="One group a line, with the number of its places: Largest group: 2. One that is left out has none.",
        error_messages={"required": "Enter the groups, one a line, with the number of their places"},
    )
    starts_on = DayField(label="From", first_year=FIRST_YEAR)

    def __init__(self, *args, present, **kwargs):
        initial = {
            "groups": "\n".join(f"{name}: {number}" for name, number in present),
            "starts_on": timezone.localdate(),
        }
        super().__init__(*args, initial=initial, **kwargs)

    def clean_groups(self):
        """The groups as (name, number); the first line that is none is said."""
        found = []
        for line in self.cleaned_data["groups"].splitlines():
            if not line.strip():
                continue
            match = A_GROUP.fullmatch(line.strip())
            if match is None:
                raise ValidationError(
                    "“%(line)s” lacks its number. Write it as “Largest group: 2”", params={"line": line}
                )
            if len(match["name"]) > 80:
                raise ValidationError("Shorten the name of each group to 80 characters")
            if int(match["number"]):
                found.append((match["name"], int(match["number"])))
        return found

    def typed(self):
        return dict(self.cleaned_data)


class TableForm(PortalForm):
    """A table of the membership, as this portal gives it out."""

    submit_label = "Show what would change"

    file = forms.FileField(
        label="The table",
        help_text="An Excel workbook (.xlsx) or a CSV file, up to 2 MB, with the numbers of places as given out here",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
