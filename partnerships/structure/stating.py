"""What terms of reference state, as labels and words. What they leave blank has no words: it is not stated."""

from mktogether.lib.partial_days import words as partial_day
from mktogether.lib.templatetags.wording import MONTHS
from partnerships import rules
from partnerships.models import Body, Office, TermsOfReference
from partnerships.rules.names import in_words, listed
from partnerships.terms.writing import heads

NOT_STATED = "Not stated"
SILENT = ": not stated."  # how a rule ends that says of something that it is not stated
YEAR = 12
RULES = {"quorum": "Quorum", "deputies": "Deputies", "remote": "Taking part remotely", "votes": "Votes"}
TURNS = {TermsOfReference.Chosen.ROTATION: "after {}", TermsOfReference.Chosen.APPOINTMENT: "for {}"}


def statements(terms):
    """
    Everything that ``terms`` (None: there are none) state, as (label, words), in one order for all versions.

    Two versions compare label by label. ``terms`` come with sponsor and the agencies of their chairs.
    """
    return [*of_rules(terms), *of_members(terms), *of_meetings(terms), *of_papers(terms), *of_business(terms)]


def of_rules(terms):
    """The rules by their headings. The four that every terms could have come first, also where nothing is stated."""
    parsed = rules.parse_terms(terms.rules if terms else "")
    found = {head: "" if words.endswith(SILENT) else words for head, words in heads(parsed)}
    always = [(label, found.pop(head, "")) for head, label in RULES.items()]
    return [*always, *((_label(head), words) for head, words in found.items())]


def _label(head):
    name, _colon, words = head.partition(": ")
    return f"Note: {words}" if name == "note" else head[:1].upper() + head[1:]


def of_members(terms):
    """Sponsor, chair, deputies, who may be a member."""
    if terms is None:
        return []
    return [
        ("Sponsor", terms.sponsor.name if terms.sponsor else ""),
        ("Chair", _chair(terms.chair_by, terms.chair_words, terms.chair_agency, terms.chair_among, terms.chair_months)),
        ("Vice-chair", _chair(terms.vice_by, terms.vice_words, terms.vice_agency, terms.vice_among, terms.vice_months)),
        ("Deputies and substitutes", terms.deputies),
        ("How senior members are", terms.member_level),
        ("Who may be a member", " ".join([*terms.eligibility, *_barred(terms.barred_offices)])),
        ("Attends without a place", _joined(terms.attending)),
        ("Expected of members", " ".join(terms.expectations)),
        ("Expected of partners", " ".join(terms.expectations_of_agencies)),
    ]


def _chair(by, words, agency, among, months):
    """How somebody comes to the chair, among whom, and for how long."""
    parts = [TermsOfReference.Chosen(by).label] if by and not (words and by == TermsOfReference.Chosen.OFFICE) else []
    parts += [words] if words else []
    parts += [agency.short_name] if agency and agency.short_name not in words else []
    parts += [f"among {listed(list(among))}"] if among else []
    parts += [TURNS[by].format(length(months))] if months and by in TURNS else []
    return ", ".join(parts)


def length(months):
    """A number of months in words: “two years”, “18 months”."""
    years, rest = divmod(months, YEAR)
    number, unit = (months, "month") if rest else (years, "year")
    return f"{in_words(number)} {unit}{'' if number == 1 else 's'}"


def _barred(kinds):
    labels = dict(Office.Kind.choices)
    named = [labels.get(kind, kind).lower() for kind in kinds]
    return [f"Not whoever holds the role of {listed(named, 'or')}."] if named else []


def of_meetings(terms):
    """How often it meets, when, how, and before whom."""
    if terms is None:
        return []
    return [
        ("Meetings a year", _frequency(terms)),
        ("Months", _months(terms)),
        ("How it meets", terms.get_mode_display()),
        ("In person", _in_person(terms.in_person_a_year)),
        ("Public", _public(terms)),
    ]


def _frequency(terms):
    if terms.meetings_a_year is None:
        return terms.frequency
    number = f"{'At least ' if terms.at_least else ''}{terms.meetings_a_year}"
    return f"{number}, printed “{terms.frequency}”" if terms.frequency else number


def _months(terms):
    if len(terms.months) == len(MONTHS):
        return "Each month"
    named = listed([MONTHS[number - 1] for number in terms.months])
    return f"Usually {named}" if named and terms.months_are_usual else named


def _in_person(number):
    if number is None:
        return ""
    return f"At least {in_words(number)} meeting{'' if number == 1 else 's'} a year"


def _public(terms):
    word = {True: "Meetings are open to the public", False: "Meetings are not public", None: ""}[terms.is_public]
    return " ".join(filter(None, [f"{word}." if word and terms.public_note else word, terms.public_note]))


def of_papers(terms):
    if terms is None:
        return []
    note = f" {terms.papers_note}" if terms.papers_note else ""
    return [
        ("Papers", _working_days(terms.papers_working_days, "before the meeting") + note),
        ("Minutes", _working_days(terms.minutes_working_days, "after the meeting")),
    ]


def _working_days(number, when):
    return "" if number is None else f"{number} working day{'' if number == 1 else 's'} {when}"


def of_business(terms):
    """What it is for, and what stands on its agendas."""
    if terms is None:
        return []
    cycle = sorted((int(month), items) for month, items in terms.agenda_cycle.items())
    return [
        ("Purpose", terms.purpose),
        ("Functions", _joined(terms.functions)),
        ("Standing items", _joined(terms.standing_items)),
        ("Agenda by month", " ".join(f"{MONTHS[month - 1]}: {_joined(items)}." for month, items in cycle)),
    ]


def _joined(items):
    """Several sentences or items as one text."""
    return "; ".join(item.rstrip(".") for item in items)


def approved(terms):
    """When and by whom they were approved; empty where neither is stated."""
    parts = [partial_day(terms.approved), f"by {terms.approved_by}" if terms.approved_by else ""]
    return " ".join(filter(None, parts))


def kind(value):
    """What kind of board or group it is, in words."""
    return Body.Kind(value).label
