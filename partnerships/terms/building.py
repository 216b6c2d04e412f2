"""The clauses that can be built from lists. Each small form writes one or more lines of the rule language."""

from django import forms
from django.core.exceptions import ValidationError

from mktogether.lib.forms import PortalForm
from partnerships.rules.headings import decision_text
from partnerships.rules.names import names_units, plural

SHARES = [
    ("one half", "One half"),
    ("more than half", "More than half"),
    ("one third", "One third"),
    ("one quarter", "One quarter"),
    ("two thirds", "Two thirds"),
    ("three quarters", "Three quarters"),
]
BASES = [
    ("places", "of all places"),
    ("members in post", "of the members in post"),
    ("voting members", "of the members with a vote"),
]
ROUNDINGS = [("", "Not said (up)"), ("up", "Up"), ("down", "Down"), ("to the nearest", "To the nearest")]
LIMITS = [
    ("", "No limit"),
    ("half", "No more than half"),
    ("one third", "No more than one third"),
    ("one quarter", "No more than one quarter"),
]
STANDINGS = [
    ("", "Not said here"),
    ("count and vote", "Count and vote"),
    ("count, do not vote", "Count, without a vote"),
    ("do not count, do not vote", "Neither count nor vote"),
]
NOTICES = [
    ("", "No notice asked for"),
    ("before the start", "Before the start"),
    ("24 hours before", "24 hours before"),
    ("one working day before", "One working day before"),
    ("two working days before", "Two working days before"),
    ("five working days before", "Five working days before"),
]
VOTES = [
    ("more votes for than against", "More votes for than against"),
    ("a majority of the votes cast", "A majority of the votes cast"),
    ("a majority of the members present", "A majority of the members present"),
    ("a majority of all members", "A majority of all members"),
    ("two thirds of the members present", "Two thirds of the members present"),
    ("unanimous", "Unanimity"),
    ("not stated", "Not stated"),
]
SCOPES = [
    ("at the opening", "At the opening"),
    ("throughout", "Throughout"),
    ("at each item", "At each item"),
    ("at each vote", "At each vote"),
]
CHAIRS = [
    ("chair", "The chair is present"),
    ("chair or vice-chair", "The chair or the vice-chair is present"),
    ("chair or vice-chair presiding", "The chair or the vice-chair is present and presides"),
]


def quoted(name):
    """A name as a rule can hold it whatever its words are; the language takes the quotes off where none are needed."""
    return '"{}"'.format(name.replace('"', "'"))


class Clause(PortalForm):
    """One kind of clause. ``heading`` says what its lines are about; ``joins`` whether a second one is joined to it."""

    title = ""
    joins = True

    def __init__(self, *args, agencies, classes, **kwargs):
        super().__init__(*args, **kwargs)
        self.agencies, self.classes = agencies, classes
        for name, field in self.fields.items():
            if name in ("group", "limited", "every", "voters"):
                field.choices = [("", field.empty), *((value, value) for value in [*classes, *agencies])]
        if "names" in self.fields:
            self.fields["names"].choices = [(name, name) for name in agencies]

    def bodies(self):
        """The statements as (heading, body), such as ("quorum", "six members")."""
        raise NotImplementedError


class GroupField(forms.ChoiceField):
    """A type of member, or a partner; ``empty`` is what no choice means."""

    def __init__(self, *, empty, **kwargs):
        super().__init__(required=False, **kwargs)
        self.empty = empty


class OneFromEach(Clause):
    title = "One from each of several partners"
    names = forms.MultipleChoiceField(
        label="Partners",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the partners that must each have somebody there"},
    )
    count = forms.IntegerField(label="How many from each", min_value=1, max_value=50, initial=1)

    def bodies(self):
        names = ", ".join(quoted(name) for name in self.cleaned_data["names"])
        return [("quorum", f"{self.cleaned_data['count']} from each of {names}")]


class AtLeast(Clause):
    title = "At least so many members"
    count = forms.IntegerField(
        label="How many", min_value=1, max_value=300, error_messages={"required": "Enter how many members are needed"}
    )
    group = GroupField(label="Of whom", empty="Any member")
    limit = forms.ChoiceField(label="Limit among those counted", required=False, choices=LIMITS)
    limited = GroupField(label="Limited are", empty="Nobody")

    def clean(self):
        typed = super().clean()
        if typed.get("limit") and not typed.get("limited"):
            self.add_error("limited", "Choose whom the limit is about")
        return typed

    def bodies(self):
        typed = self.cleaned_data
        body = f"{typed['count']} members"
        if typed["group"]:
            body += f" from {quoted(typed['group'])}"
        if typed["limit"]:
            body += f", of whom no more than {typed['limit']} may be {quoted(_many(typed['limited']))}"
        return [("quorum", body)]


class Different(Clause):
    title = "So many different ones of a type"
    count = forms.IntegerField(
        label="How many different", min_value=1, max_value=100, error_messages={"required": "Enter how many are needed"}
    )
    group = GroupField(label="Of which type", empty="Any partners")

    def bodies(self):
        group = self.cleaned_data["group"]
        return [("quorum", f"{self.cleaned_data['count']} different {quoted(_many(group)) if group else 'agencies'}")]


class Fraction(Clause):
    title = "A fraction of the members"
    share = forms.ChoiceField(label="Fraction", choices=SHARES)
    base = forms.ChoiceField(label="Of what", choices=BASES)
    rounding = forms.ChoiceField(label="Rounded", required=False, choices=ROUNDINGS)
    floor = forms.IntegerField(label="Never fewer than (optional)", required=False, min_value=1, max_value=300)

    def bodies(self):
        typed = self.cleaned_data
        body = f"{typed['share']} of the {typed['base']}"
        if typed["rounding"]:
            body += f", rounded {typed['rounding']}"
        if typed["floor"]:
            body += f", never fewer than {typed['floor']}"
        return [("quorum", body)]


class Chair(Clause):
    title = "The chair or the vice-chair"
    who = forms.ChoiceField(label="Who", choices=CHAIRS)

    def bodies(self):
        return [("quorum", self.cleaned_data["who"])]


class Votes(Clause):
    title = "What carries a vote, and who votes"
    joins = False
    rule = forms.ChoiceField(label="Carried by", choices=VOTES)
    every = GroupField(label="Every one of these in favour", empty="Not asked for")
    voters = GroupField(label="Only these vote", empty="Every member with a vote")

    def bodies(self):
        typed = self.cleaned_data
        rule = f"every {quoted(typed['every'])} in favour" if typed["every"] else typed["rule"]
        found = [("votes", rule)]
        return [*found, ("voters", quoted(_many(typed["voters"])))] if typed["voters"] else found


class Standing(Clause):
    title = "Deputies, substitutes, taking part remotely"
    joins = False
    deputies = forms.ChoiceField(label="Named deputies", required=False, choices=STANDINGS)
    substitutes = forms.ChoiceField(label="Substitutes", required=False, choices=STANDINGS)
    notice = forms.ChoiceField(label="Notice of substitutes", required=False, choices=NOTICES)
    remote = forms.ChoiceField(label="Remote members", required=False, choices=STANDINGS)

    def clean(self):
        typed = super().clean()
        if not self.errors and not any(typed[name] for name in ("deputies", "substitutes", "remote")):
            self.add_error("deputies", "Choose what holds for deputies, for substitutes or for remote members")
        if typed.get("notice") and not typed.get("substitutes"):
            self.add_error("substitutes", "Choose what substitutes may do with that notice")
        return typed

    def bodies(self):
        typed = self.cleaned_data
        found = [(name, typed[name]) for name in ("deputies", "substitutes", "remote") if typed[name]]
        notice = f", with notice {typed['notice']}" if typed["notice"] else ""
        return [(name, body + notice if name == "substitutes" else body) for name, body in found]


class Moments(Clause):
    title = "When the quorum must stand, and the casting vote"
    joins = False
    scope = forms.MultipleChoiceField(
        label="The quorum must stand", required=False, widget=forms.CheckboxSelectMultiple, choices=SCOPES
    )
    casting = forms.ChoiceField(
        label="Casting vote",
        required=False,
        choices=[("", "Not said here"), ("the chair", "Whoever presides has one"), ("none", "There is none")],
    )

    def clean(self):
        typed = super().clean()
        if not self.errors and not (typed["scope"] or typed["casting"]):
            raise ValidationError("Choose when the quorum must stand, or what holds for the casting vote")
        return typed

    def bodies(self):
        typed = self.cleaned_data
        found = [("scope", " and ".join(typed["scope"]))] if typed["scope"] else []
        return [*found, ("casting vote", typed["casting"])] if typed["casting"] else found


KINDS = {
    "each": OneFromEach,
    "least": AtLeast,
    "different": Different,
    "fraction": Fraction,
    "chair": Chair,
    "votes": Votes,
    "standing": Standing,
    "moments": Moments,
}
HEADED = ("quorum", "votes")


class HeadingForm(PortalForm):
    """For which decisions and meetings the next clause is, and how it joins a quorum that is there."""

    decision = forms.CharField(
        label="For which decisions (optional)",
        required=False,
        max_length=40,
        help_text="Such as financial. Empty: for all",
    )
    meeting = forms.CharField(
        label="At which meetings (optional)",
        required=False,
        max_length=40,
        help_text="Such as adjourned. Empty: at all",
    )
    join = forms.ChoiceField(
        label="Beside a quorum that is there",
        required=False,
        choices=[("and", "Needed as well"), ("or", "Enough instead")],
    )


def lines(clause, heading):
    """The lines of the rule language that ``clause`` and ``heading``, both valid, say."""
    words = f" for {decision_text(heading['decision'])}" if heading["decision"] else ""
    words += f" at {heading['meeting']} meetings" if heading["meeting"] else ""
    return [f"{head}{words if head in HEADED else ''}: {body}" for head, body in clause.bodies()]


def _many(name):
    """Several of ``name``, where it is a noun that has a plural."""
    return plural(name) if names_units(name) or name.endswith("or") else name


def parts_of(places):
    """The partners and the types that rules can name, as the places of a membership carry them."""
    agencies = list(dict.fromkeys(place.agency for place in places if place.agency))
    classes = sorted({name for place in places for name in place.classes})
    return {"agencies": agencies, "classes": classes}
