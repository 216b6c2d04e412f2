"""The form of a new version of terms of reference. What is left empty is "not stated", and is never guessed."""

from django import forms
from django.core.exceptions import ValidationError

from mktogether.lib.forms import DayField, PortalForm
from mktogether.lib.templatetags.wording import MONTHS
from mktogether.lib.verdict import Refusal
from partnerships.actions import refuse_overlap
from partnerships.models import Agency, Office, TermsOfReference
from partnerships.terms.fields import (
    AgencyField,
    AgendaField,
    LinesField,
    ProseField,
    StatedDayField,
    as_agenda,
    as_lines,
    number,
)
from partnerships.workbench.forms import RuleField

NOT_STATED = ("", "Not stated")
PUBLIC = [NOT_STATED, ("yes", "Open to the public"), ("no", "Not public")]
PUBLIC_VALUES = {"": None, "yes": True, "no": False}
A_LINE = "One sentence a line"
TERM = (TermsOfReference.Chosen.ROTATION, TermsOfReference.Chosen.APPOINTMENT)
PARTS = {"chair": "chair", "vice": "vice-chair"}
LONGEST_TERM = 240  # months, as in a file of arrangements


def wording(label, longest, help_text=""):
    return forms.CharField(label=f"{label} (optional)", required=False, max_length=longest, help_text=help_text)


def several(label, choices=(), **kwargs):
    return forms.MultipleChoiceField(
        label=f"{label} (optional)", required=False, choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs
    )


class TermsForm(PortalForm):
    """
    A version of the terms of reference of one board or group, whose ``latest`` version is known.

    ``asks_the_act`` leaves it to the act of publishing to compare their days: the same form may have been sent before.
    """

    edition = forms.CharField(
        label="Edition",
        max_length=120,
        help_text="The document, such as Handbook of October 2026",
        error_messages={"required": "Enter the document that the terms stand in"},
    )
    starts_on = DayField(label="First day", help_text="The version before it ends the day before", first_year=2000)
    approved = StatedDayField(label="Approved")
    approved_by = wording("Approved by", 200)
    rules = RuleField(
        label="Rules", help_text="One rule a line. Type them, or build them below. An empty text is “not stated”."
    )

    sponsor = AgencyField(label="Sponsor")
    deputies = ProseField(
        label="Deputies and substitutes",
        longest=2000,
        help_text="Who, how many, how senior, whether they are briefed. Whether they count and vote is a rule above.",
    )
    member_level = ProseField(label="How senior members are", longest=2000)
    eligibility = LinesField(label="Who may be a member", longest=1000, help_text=A_LINE)
    barred_offices = several("May not be members", Office.Kind.choices, help_text="Whoever holds one of these roles")
    attending = LinesField(label="Attends without a place", longest=300, help_text="One a line")
    expectations = LinesField(label="Expected of members", longest=2000, help_text=A_LINE)
    expectations_of_agencies = LinesField(label="Expected of partners", longest=2000, help_text=A_LINE)

    meetings_a_year = number("Meetings a year", 366, least=1)
    at_least = forms.BooleanField(label="At least so many", required=False)
    frequency = wording("In the words of the document", 120, "Such as quarterly. With another number, write them anew.")
    months = forms.TypedMultipleChoiceField(
        label="Months (optional)",
        required=False,
        coerce=int,
        choices=[(number, name) for number, name in enumerate(MONTHS, start=1)],
        widget=forms.CheckboxSelectMultiple,
        help_text="Where the terms name them",
    )
    months_are_usual = forms.BooleanField(label="Usually in these months, as the terms say", required=False)
    mode = forms.ChoiceField(label="How it meets", required=False, choices=[NOT_STATED, *TermsOfReference.Mode.choices])
    in_person_a_year = number("Meetings a year in person, at least", 366)
    is_public = forms.ChoiceField(label="Open to the public", required=False, choices=PUBLIC)
    public_note = ProseField(label="What is private all the same", longest=2000)
    papers_working_days = number("Papers: working days before", 60)
    papers_note = wording("About papers", 200, "Such as whose rules apply instead")
    minutes_working_days = number("Minutes: working days after", 60)

    purpose = ProseField(label="Purpose", longest=4000)
    functions = LinesField(label="Functions", longest=2000, help_text="One a line")
    standing_items = LinesField(label="Standing items", longest=300, help_text="One a line")
    agenda_cycle = AgendaField(label="Agenda by month (optional)", help_text="One month a line: July: Annual report")

    summary = ProseField(label="Summary", longest=4000, help_text="In our own words. It is not the adopted text.")
    notes = LinesField(
        label="What the terms leave open",
        longest=500,
        one="note",
        max_length=8000,
        help_text="One note a line: ambiguities, and what we assumed",
    )

    def __init__(self, *args, body, latest, asks_the_act=False, **kwargs):
        super().__init__(*args, initial=as_typed(latest), **kwargs)
        self.body, self.latest, self.asks_the_act = body, latest, asks_the_act
        agencies = _agencies(body, latest)
        for part, name in PARTS.items():
            self.fields |= _of_chair(part, name, agencies, latest)
        for field in self.fields.values():
            if isinstance(field, AgencyField):
                field.offer(agencies)

    @property
    def chairs(self):
        """The fields about chair and vice-chair, for the page."""
        fields = ("by", "words", "agency", "months", "among")
        return [
            {"title": name.capitalize(), **{field: self[f"{part}_{field}"] for field in fields}}
            for part, name in PARTS.items()
        ]

    def clean_starts_on(self):
        """The new version begins after the latest one began."""
        day = self.cleaned_data["starts_on"]
        if self.asks_the_act:
            return day
        try:
            refuse_overlap(self.latest, day)
        except Refusal as refusal:
            raise ValidationError(refusal.sentence) from refusal
        return day

    def clean_months(self):
        """The same months as before stay in the order in which the version before names them."""
        return _in_order(self.cleaned_data["months"], self.latest.months if self.latest else [])

    def clean(self):
        """What belongs together: a least number and the number, a term and how the chair is chosen."""
        typed = super().clean()
        if typed.get("at_least") and typed.get("meetings_a_year") is None and "meetings_a_year" not in self.errors:
            self.add_error("meetings_a_year", "Enter how many meetings there are at least")
        most, in_person = typed.get("meetings_a_year"), typed.get("in_person_a_year")
        if most and in_person and in_person > most and not typed.get("at_least"):
            self.add_error("in_person_a_year", "These are more than the meetings of a year. Check both numbers")
        if typed.get("months_are_usual") and not typed.get("months") and "months" not in self.errors:
            self.add_error("months", "Choose the months in which it usually meets")
        for part, name in PARTS.items():
            self._clean_chair(part, name)
        return typed

    def _clean_chair(self, part, name):
        typed = self.cleaned_data
        by, term = typed.get(f"{part}_by"), typed.get(f"{part}_months")
        if f"{part}_by" in self.errors:
            return
        among = typed.get(f"{part}_among") or []
        typed[f"{part}_among"] = _in_order(among, getattr(self.latest, f"{part}_among", []))
        said = [key for key in ("words", "agency", "among", "months") if typed.get(f"{part}_{key}")]
        if said and by in ("", TermsOfReference.Chosen.NONE):
            self.add_error(f"{part}_by", f"More is said of the {name} below. Choose how somebody comes to be {name}")
        elif term and by not in TERM:
            self.add_error(f"{part}_months", "Only a chair in turns or by appointment has a term. Empty this")

    def terms(self):
        """The version as typed, not kept yet; what the form does not ask for stays as in the version before."""
        typed = self.cleaned_data | {"is_public": PUBLIC_VALUES[self.cleaned_data["is_public"]]}
        latest = self.latest
        other_number = latest and typed["meetings_a_year"] != latest.meetings_a_year
        if other_number and typed["frequency"] == latest.frequency:
            typed["frequency"] = ""  # the words were of another number
        return TermsOfReference(**carried_over(latest) | {"body": self.body} | typed)


def _of_chair(part, name, agencies, latest):
    """The fields about the chair, or vice-chair: how somebody comes to it, whose office it is, among whom it turns."""
    names = [agency.short_name for agency in agencies]
    names += [one for one in getattr(latest, f"{part}_among", []) if one not in names]
    return {
        f"{part}_by": forms.ChoiceField(
            label=f"How somebody comes to be {name}",
            required=False,
            choices=[NOT_STATED, *TermsOfReference.Chosen.choices],
        ),
        f"{part}_words": wording("Who", 200, "The post, or in the words of the document: one of the lead partners"),
        f"{part}_agency": AgencyField(label="Of which partner"),
        f"{part}_months": number("Turn or term in months", LONGEST_TERM, least=1),
        f"{part}_among": several("Among whom it turns", [(one, one) for one in names]),
    }


def _agencies(body, latest):
    """The partners that can be chosen: those of the area that nobody has succeeded, and whom the latest terms name."""
    named = {getattr(latest, f"{one}_id", None) for one in ("sponsor", "chair_agency", "vice_agency")}
    everybody = Agency.objects.filter(area=body.area_id).order_by("short_name")
    return [agency for agency in everybody if agency.succeeded_by_id is None or agency.pk in named]


def _in_order(chosen, before):
    """``chosen``, in the order in which the version before names the same ones."""
    return before if sorted(before) == sorted(chosen) else chosen


OF_ITS_OWN = ("id", "body", "starts_on", "ends_on", "approved", "approved_by")
LISTS = (
    "eligibility",
    "attending",
    "expectations",
    "expectations_of_agencies",
    "functions",
    "standing_items",
    "notes",
)
AS_THEY_ARE = (
    "rules", "deputies", "member_level", "barred_offices", "meetings_a_year", "at_least", "frequency", "months",
    "months_are_usual", "mode", "in_person_a_year", "public_note", "papers_working_days", "papers_note",
    "minutes_working_days", "purpose", "summary", "chair_by", "chair_words", "chair_months", "chair_among", "vice_by",
    "vice_words", "vice_months", "vice_among",
)  # fmt: skip


def carried_over(latest):
    """What a new version has in common with the one before, until somebody says otherwise: all but its own days."""
    if latest is None:
        return {}
    fields = (field.name for field in TermsOfReference._meta.concrete_fields if field.name not in OF_ITS_OWN)
    return {name: getattr(latest, name) for name in fields}


def as_typed(latest):
    """The version before, to begin with; its edition, its first day and its approval are its own."""
    if latest is None:
        return {}
    public = {value: word for word, value in PUBLIC_VALUES.items()}
    return {
        **{name: getattr(latest, name) for name in AS_THEY_ARE},
        **{name: as_lines(getattr(latest, name)) for name in LISTS},
        **{name: getattr(latest, f"{name}_id") for name in ("sponsor", "chair_agency", "vice_agency")},
        "is_public": public[latest.is_public],
        "agenda_cycle": as_agenda(latest.agenda_cycle),
    }
