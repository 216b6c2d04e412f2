"""
The figures that a text may name in braces, such as {contributions total}: their words, what they are, where they
come from, and the page of their records.
"""

from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal

from mktogether.lib.templatetags.wording import pounds
from reports import sources

NOT_ENTERED = "not entered yet"
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Printed:
    """A figure as it is printed: its words, what it is, where it comes from, and the page where that can be read."""

    words: str
    label: str
    source: str
    href: str = ""


def names(report):
    """The names that texts of ``report`` may use, each with what it means."""
    return {name: figure.label for name, figure in of(report).items()}


def of(report):
    """Every figure of ``report`` by its name: as it was published, or as the records have it now."""
    if report.is_published:
        return {name: Printed(**values) for name, values in report.content["figures"].items()}
    return made(sources.of(report))


def as_values(found):
    """The figures as plain values, to be kept."""
    return {name: asdict(figure) for name, figure in found.items()}


def made(found):
    """The figures that ``found``, the sources of a report, give."""
    return {**_money(found.money), **_representation(found.representation), **_counts(found.counts)}


def percent(part, whole):
    """``77.3 %``: to one place, a half rounded up; nothing of nothing."""
    return f"{(Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_UP)} %" if whole else ""


def share(value):
    """``57.58 %``, as the records of money give it."""
    return f"{value:.2f} %"


# --- Money ------------------------------------------------------------------------------------------------------------

# name: what it is, the field of sources.Money, the last part of its address
YEAR = {
    "contributions total": ("What partners contributed in all", "total", "contributions"),
    "contributions children": ("What partners contributed for children’s safeguarding", "children", "children"),
    "contributions adults": ("What partners contributed for adults’ safeguarding", "adults", "adults"),
    "brought forward": ("What was in hand when the year began", "brought_forward", "brought-forward"),
    "contributions used": ("Contributions as the year-end position uses them", "contributions_used", "position"),
    "income available": ("Brought forward and contributions", "income_available", "income-available"),
    "expenditure": ("What was spent", "expenditure", "expenditure"),
    "surplus": ("Contributions less expenditure of the year", "surplus", "surplus"),
    "carried forward": ("What is in hand when the year ends", "carried_forward", "carried-forward"),
}
CONTRIBUTIONS = "The contributions of the year, added up"
POSITION = "The lines of the year-end position"


def _money(money):
    found = {}
    for name, (label, field, key) in YEAR.items():
        source = CONTRIBUTIONS if name.startswith("contributions") and name != "contributions used" else POSITION
        words = NOT_ENTERED if money is None else pounds(getattr(money, field))
        found[name] = Printed(words, label, source, f"{money.href}figures/{key}/" if money else "")
    if money is None:
        return found
    for one in money.contributions:
        found |= _of_partner(money, one)
    for one in money.differences:
        found |= _difference(money, one)
    return found


def _of_partner(money, one):
    """What one partner paid and its share, under the partner's name; the council's also as "council"."""
    href = f"{money.href}figures/partner-{one.slug}/"
    paid = Printed(pounds(one.total), f"What {one.partner} contributed", CONTRIBUTIONS, href)
    part = Printed(
        share(one.share), f"What {one.partner} contributed, as a share of all contributions", CONTRIBUTIONS, href
    )
    names = [one.slug, *(["council"] if one.is_council else [])]
    return {f"contributions {name}": paid for name in names} | {f"contributions {name} share": part for name in names}


def _difference(money, one):
    """A figure as it was printed, and by how much that is not what the records give."""
    name = one.figure.replace("-", " ")
    href = f"{money.href}figures/{one.figure}/"
    beside = f"{pounds(one.printed)} was printed, {pounds(one.computed)} is computed"
    return {
        f"{name} printed": Printed(pounds(one.printed), f"{one.label}, as printed", one.source, href),
        f"{name} difference": Printed(pounds(abs(one.amount)), f"{one.label}: {beside}", one.source, href),
    }


# --- Representation ---------------------------------------------------------------------------------------------------

MATRIX = "Attendance at the meetings of {}"


def _representation(found):
    source = MATRIX.format(found.board if found else "the board")
    known = {
        "meetings held": ("Meetings of the board in the year", lambda: str(len(found.meetings))),
        "posts": ("Posts on the board", lambda: str(len(found.posts))),
        "representation members": (
            "How often posts of members were represented, of how many chances",
            lambda: f"{found.present} of {found.eligible}",
        ),
        "representation percent": (
            "How often posts of members were represented, in per cent",
            lambda: percent(found.present, found.eligible),
        ),
        "representation printed": (
            "How often posts were represented with those who attend without being members, of how many chances",
            lambda: f"{found.printed_present} of {found.printed_eligible}",
        ),
        "representation printed percent": (
            "How often posts were represented with those who attend without being members, in per cent",
            lambda: percent(found.printed_present, found.printed_eligible),
        ),
    }
    made = {
        name: Printed(words() if found else NOT_ENTERED, label, source, found.href if found else "")
        for name, (label, words) in known.items()
    }
    for meeting in found.meetings if found else ():
        made[f"representation {meeting.label.lower()}"] = Printed(
            f"{meeting.present} of {meeting.eligible}",
            f"Posts of members represented at the meeting of {meeting.label}",
            source,
            found.href,
        )
    return made


# --- Reviews ----------------------------------------------------------------------------------------------------------


def _counts(counts):
    return {one.name: Printed(str(one.number), one.label, one.source, one.href) for one in counts}
