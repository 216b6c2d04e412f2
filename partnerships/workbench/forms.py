"""The form of the workbench: the rule, the facts of the meeting, and the one place that is open for changes."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError

from mktogether.lib.forms import ClockField, DayField, PortalForm
from partnerships import rules
from partnerships.models import Body
from partnerships.workbench.bench import Place

LONGEST_NAME = 120
MOST_CLASSES = 20
MOST_DEPUTIES = 9


def add_problems(form, field, problems):
    """Show each problem of a rule at ``field``: line, column, what is wrong, and what would mend it."""
    for problem in problems:
        form.add_error(field, str(problem))


class RuleField(forms.CharField):
    """Rules of quorum and voting in the rule language; gives the text, with the line ends of any computer."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "class": "rule-text"}))
        super().__init__(required=False, strip=False, **kwargs)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n").rstrip()

    def validate(self, value):
        """Refuse what is no rule, with the place of each fault."""
        super().validate(value)
        try:
            rules.parse_terms(value)
        except rules.RuleError as error:
            raise ValidationError([str(problem) for problem in error.problems]) from error


class FactsForm(PortalForm):
    """The rule and the facts of the meeting that it is judged on."""

    terms = RuleField(
        label="Rules",
        help_text="One rule a line, such as “quorum: one from each of MKCC, TVP”. An empty text is “not stated”.",
    )
    day = DayField(label="Day of the meeting", first_year=2000)
    start = ClockField(label="Starts (optional)", required=False)
    at = ClockField(label="Moment to judge (optional)", required=False, help_text="Empty: the whole meeting")
    decision = forms.CharField(
        label="Kind of decision (optional)", required=False, max_length=40, help_text="Such as financial"
    )
    kind = forms.CharField(
        label="Kind of meeting (optional)", required=False, max_length=40, help_text="Such as adjourned"
    )
    presides = forms.ChoiceField(label="Who presides (optional)", required=False)
    agreed = forms.BooleanField(label="Agreed without a count", required=False)
    casting = forms.ChoiceField(
        label="Casting vote (optional)", required=False, choices=[("", "None"), ("for", "For"), ("against", "Against")]
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["presides"].choices = [("", "Nobody chosen"), *((place.key, place.words) for place in places)]


class PlaceForm(PortalForm):
    """One place of the membership, and what is particular about its attendance."""

    title = forms.CharField(label="Post", required=False, max_length=LONGEST_NAME)
    agency = forms.CharField(label="Partner", required=False, max_length=LONGEST_NAME)
    classes = forms.CharField(
        label="Types (optional)", required=False, max_length=600, help_text="With commas, such as police, councillor"
    )
    deputies = forms.CharField(
        label="Named deputies (optional)",
        required=False,
        max_length=600,
        help_text="How many, or their posts with commas",
    )
    votes = forms.BooleanField(label="Has a vote", required=False)
    counts = forms.BooleanField(label="Counts towards quorum", required=False)
    vacant = forms.BooleanField(label="The place is vacant", required=False)
    substitute = forms.BooleanField(label="Who stands in is a substitute, not a named deputy", required=False)
    deputy_remote = forms.BooleanField(label="Who stands in takes part remotely", required=False)
    recused = forms.BooleanField(label="Withdraws for a declared interest", required=False)
    since = ClockField(label="Joined at (optional)", required=False)
    until = ClockField(label="Left at (optional)", required=False)
    notice_day = DayField(label="Notice of the deputy: day (optional)", required=False, first_year=2000)
    notice_time = ClockField(label="Notice: time (optional)", required=False)

    def clean(self):
        """A place has a name; somebody leaves after they joined; notice has a day and a time or neither."""
        typed = super().clean()
        if not self.errors and not (typed["title"] or typed["agency"]):
            self.add_error("title", "Enter the post or the partner of the place")
        since, until = typed.get("since"), typed.get("until")
        if since and until and until <= since:
            self.add_error("until", "They left before they joined. Enter a later time")
        if typed.get("notice_time") and not typed.get("notice_day") and "notice_day" not in self.errors:
            self.add_error("notice_day", "Enter the day on which the notice arrived")
        return typed

    def clean_classes(self):
        return listed(self.cleaned_data["classes"], MOST_CLASSES, "types")

    def clean_deputies(self):
        """Their posts; a number stands for so many without a post."""
        text = self.cleaned_data["deputies"]
        if text.isdigit():
            if int(text) > MOST_DEPUTIES:
                raise ValidationError(f"A place has {MOST_DEPUTIES} named deputies at most")
            return tuple(["deputy"] * int(text))
        return listed(text, MOST_DEPUTIES, "named deputies")

    def place(self, key, before):
        """The place as typed, called ``key``; ``before`` keeps what the form does not ask for."""
        typed = self.cleaned_data
        return Place(
            key=key,
            title=typed["title"],
            agency=typed["agency"],
            classes=typed["classes"],
            votes=typed["votes"],
            counts=typed["counts"],
            holder=None if typed["vacant"] else before.holder or "",
            deputies=numbered(typed["deputies"], key),
            also_called=before.also_called,
            state=before.state,
            substitute=typed["substitute"],
            deputy_remote=typed["deputy_remote"],
            since=typed["since"],
            until=typed["until"],
            notice=notice(typed["notice_day"], typed["notice_time"]),
            recused=typed["recused"],
            vote=before.vote,
        )


def as_typed(place):
    """What the form shows for ``place``."""
    return {
        "title": place.title,
        "agency": place.agency,
        "classes": ", ".join(place.classes),
        "deputies": ", ".join(place.deputies),
        "votes": place.votes,
        "counts": place.counts,
        "vacant": place.is_vacant,
        "substitute": place.substitute,
        "deputy_remote": place.deputy_remote,
        "recused": place.recused,
        "since": place.since,
        "until": place.until,
        "notice_day": place.notice.date() if place.notice else None,
        "notice_time": place.notice.time() if place.notice else None,
    }


def listed(text, most, what):
    """The names in ``text``, which commas part; each once."""
    names = tuple(dict.fromkeys(name for name in (part.strip() for part in text.split(",")) if name))
    if len(names) > most:
        raise ValidationError(f"Enter {most} {what} at most. There are {len(names)}")
    return names


def numbered(deputies, key):
    """Deputies without a post are called after the place."""
    if any(name != "deputy" for name in deputies):
        return deputies
    if len(deputies) == 1:
        return (f"deputy of {key}",)
    return tuple(f"deputy {number} of {key}" for number in range(1, len(deputies) + 1))


def notice(day, clock):
    """When notice arrived; a day without a time is its beginning, which is in time for that day."""
    return dt.datetime.combine(day, clock or dt.time()) if day else None


class NameForm(PortalForm):
    """Under which name a scenario is kept, and for which board or group."""

    submit_label = "Save"

    name = forms.CharField(
        label="Name", max_length=LONGEST_NAME, error_messages={"required": "Enter a name for the scenario"}
    )
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label="Board or group (optional)",
        required=False,
        empty_label="None",
        help_text="Once you share the scenario, whoever has a place on it sees it.",
    )

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies
