"""
What the report takes from the records of other apps, as plain values: money, representation, boards, counts, contacts.

The one module of the app that knows where these lie. Amounts are as people read them: what came in, what was spent and
what is in hand are all above nothing. What nobody has entered yet is None, and the report says so.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from finance import queries as finance
from finance.models import FinancialYear
from finance.rules import Kind, Strand
from meetings.representation import reading
from meetings.representation.rules import THERE, State
from mktogether.lib.templatetags.wording import day, pounds
from partnerships.models import Agency, Body, Office, PublicContact
from reviews.models import YearCount

WHOLE = "the report holds it whole; who may read the report is asked before"

YES, NO, NOT_A_MEMBER = "yes", "no", "not a member"
MARKS = {State.NOT_APPLICABLE: NOT_A_MEMBER}
COUNCIL = "local authority"
DEATHS = "child-deaths-reviewed"
# How texts call the counts that reviews know under other keys.
COUNTS = {
    "adult-rapid-reviews": "reviews rapid adults",
    "child-rapid-reviews": "reviews rapid children",
    "child-threshold-met": "reviews meeting the threshold",
}


def year_of(first, last):
    """``2021-22``, or ``2021`` for one that lies in one calendar year."""
    return f"{first.year}" if first.year == last.year else f"{first.year}-{last.year % 100:02}"


# --- Money ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Contribution:
    """What one partner paid, by strand; None where there was no contribution. ``share`` is in per cent of all."""

    slug: str
    partner: str
    children: Decimal | None
    adults: Decimal | None
    total: Decimal
    share: Decimal
    not_divided: Decimal | None = None
    is_council: bool = False


@dataclass(frozen=True)
class Line:
    """A line of expenditure."""

    name: str
    amount: Decimal


@dataclass(frozen=True)
class Difference:
    """
    Where a figure as it was printed, or as the year-end position uses it, is not what the records give.

    ``explanation`` is what the report prints beside it; None while nobody has accepted one.
    """

    figure: str
    label: str
    printed: Decimal
    computed: Decimal
    amount: Decimal
    explanation: str | None
    source: str


@dataclass(frozen=True)
class Money:
    """A financial year: who paid what, and the position at its end. ``href`` is its page."""

    href: str
    contributions: tuple[Contribution, ...]
    children: Decimal
    adults: Decimal
    total: Decimal
    brought_forward: Decimal
    contributions_used: Decimal
    income_available: Decimal
    lines: tuple[Line, ...]
    expenditure: Decimal
    surplus: Decimal
    carried_forward: Decimal
    differences: tuple[Difference, ...]
    not_divided: Decimal = Decimal(0)


# --- Representation ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Post:
    """A place on the board: at which meetings it was represented, in the order of the meetings."""

    partner: str
    post: str
    marks: tuple[str, ...]
    present: int
    eligible: int


@dataclass(frozen=True)
class Meeting:
    """A meeting of the year, in words long and short: how many posts were represented, of how many."""

    label: str
    short: str
    present: int
    eligible: int


@dataclass(frozen=True)
class Representation:
    """
    Who was represented at the meetings of the board.

    ``outside`` are those who attend without being members: shown, and in none of the totals. ``printed_present`` of
    ``printed_eligible`` counts their rows too, as older reports did.
    """

    href: str
    board: str
    meetings: tuple[Meeting, ...]
    posts: tuple[Post, ...]
    outside: tuple[Post, ...]
    present: int
    eligible: int
    printed_present: int
    printed_eligible: int


# --- The rest ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Count:
    """A number of reviews of the year. ``name`` is that of its figure, such as "reviews rapid children"."""

    name: str
    label: str
    number: int
    note: str = ""
    href: str = ""
    source: str = "The counts of reviews of the year"


@dataclass(frozen=True)
class Board:
    """A board or group as it was: who sponsors it, what it does, and to whom it reports."""

    name: str
    kind: str
    sponsor: str
    reports_to: str
    what: str
    level: int
    href: str


@dataclass(frozen=True)
class Contact:
    """Whom to ring, and when somebody last checked that this is still right."""

    audience: str
    name: str
    telephone: str
    email: str
    hours: str
    checked_on: str


@dataclass(frozen=True)
class Sources:
    """Everything a report takes from records."""

    money: Money | None = None
    representation: Representation | None = None
    counts: tuple[Count, ...] = ()
    boards: tuple[Board, ...] = ()
    contacts: tuple[Contact, ...] = ()
    partners: tuple[str, ...] = ()


def of(report):
    """What the records say at this moment of the year of ``report``."""
    return Sources(
        money=money_of(report),
        representation=representation_of(report),
        counts=counts_of(report),
        boards=boards_of(report),
        contacts=contacts_of(report),
        partners=partners_of(report),
    )


def money_of(report):
    """The financial year of the report; None where none is entered."""
    years = FinancialYear.objects.regardless(WHOLE)
    year = years.filter(area=report.area_id, first_day=report.starts_on).first()
    return None if year is None else _money(year, finance.whole_of(year))


def _money(year, summary):
    agencies = Agency.objects.filter(area=year.area_id).values_list("slug", "classes")
    councils = {slug for slug, classes in agencies if COUNCIL in classes}
    by_strand = summary.totals.by_strand
    return Money(
        href=year.get_absolute_url(),
        contributions=tuple(_contribution(row, councils) for row in summary.contributions),
        children=by_strand.get(Strand.CHILDREN, Decimal(0)),
        adults=by_strand.get(Strand.ADULTS, Decimal(0)),
        not_divided=by_strand.get(Strand.NOT_DIVIDED, Decimal(0)),
        total=summary.totals.total,
        brought_forward=summary.brought_forward,
        contributions_used=summary.contributions_used,
        income_available=summary.income_available,
        lines=tuple(Line(line.name, line.read) for line in summary.lines if line.kind is Kind.EXPENDITURE),
        expenditure=summary.expenditure,
        surplus=summary.surplus,
        carried_forward=summary.carried_forward,
        differences=tuple(map(_difference, summary.differences)),
    )


def _contribution(row, councils):
    return Contribution(
        slug=row.slug,
        partner=row.payer or row.name,
        children=row.by_strand.get(Strand.CHILDREN),
        adults=row.by_strand.get(Strand.ADULTS),
        not_divided=row.by_strand.get(Strand.NOT_DIVIDED),
        total=row.total,
        share=row.share,
        is_council=row.slug in councils,
    )


def _difference(one):
    accepted = one.explanation
    words = f"{accepted.text} Accepted by {accepted.accepted_by}, {day(accepted.accepted_on)}." if accepted else None
    return Difference(one.figure.value, one.label, one.printed, one.computed, one.difference, words, one.source)


def representation_of(report):
    """Who was represented at the meetings of the report's board; None where it held none."""
    found = reading.whole_matrix(report.board, report.starts_on, report.ends_on)
    if not found.columns:
        return None
    return Representation(
        href=f"{report.board.get_absolute_url()}representation/?year={year_of(report.starts_on, report.ends_on)}",
        board=report.board.name,
        meetings=tuple(
            Meeting(_month(column.sitting), _short(column.sitting), column.share.there, column.share.of)
            for column in found.columns
        ),
        posts=tuple(map(_post, found.members)),
        outside=tuple(map(_post, found.others)),
        present=found.total.there,
        eligible=found.total.of,
        printed_present=found.printed.there,
        printed_eligible=found.printed.of,
    )


def _post(row):
    marks = tuple(MARKS.get(state, YES if state in THERE else NO) for state in row.states)
    return Post(row.post.partner, row.post.title, marks, row.share.there, row.share.of)


def _month(sitting):
    """``April 2021``: that a day is not given is said on the board's own page."""
    return sitting.words.partition(";")[0]


def _short(sitting):
    """``Nov 2021``: for the narrow columns of the matrix."""
    month, _space, year = _month(sitting).rpartition(" ")
    return sitting.short if sitting.has_day else f"{month[:3]} {year}"


def counts_of(report):
    """The counts of reviews of the report's year, and of deaths of children, which are complete a year later."""
    counts = YearCount.objects.regardless(WHOLE).filter(area=report.area_id).order_by("order", "id")
    before = report.starts_on.replace(year=report.starts_on.year - 1)
    last_year = year_of(before, report.starts_on)
    return tuple(
        Count(
            name=COUNTS.get(one.key, one.key.replace("-", " ")),
            label=one.label if one.first_day == report.starts_on else f"{one.label} in {last_year}",
            number=one.count,
            source=one.source,
        )
        for one in [*counts.filter(first_day=report.starts_on), *counts.filter(first_day=before, key=DEATHS)]
    )


def boards_of(report):
    """The report's board, and below it, in order, those that reported to it."""
    bodies = Body.objects.regardless(WHOLE).filter(area=report.area_id).select_related("sponsor").order_by("name")
    below = {}
    top = None
    for body in bodies:
        below.setdefault(body.reports_to_id, []).append(body)
        top = body if body.pk == report.board_id else top
    return tuple(_with_those_below(top, below, "", 0, {top.pk})) if top else ()


def _with_those_below(body, below, reports_to, level, seen):
    yield Board(
        name=body.name,
        kind=body.get_kind_display(),
        sponsor=body.sponsor.name if body.sponsor else "",
        reports_to=reports_to,
        what=body.purpose.strip(),
        level=level,
        href=body.get_absolute_url(),
    )
    for other in below.get(body.pk, ()):
        if other.pk not in seen:  # two that report to each other would go on for ever
            seen.add(other.pk)
            yield from _with_those_below(other, below, body.name, level + 1, seen)


def contacts_of(report):
    """Whom to ring when worried: as they are now, since nobody should be sent to a number of years ago."""
    return tuple(
        Contact(
            audience=contact.get_audience_display(),
            name=contact.name,
            telephone=contact.telephone,
            email=contact.email,
            hours=contact.hours,
            checked_on=contact.checked_on.isoformat(),
        )
        for contact in PublicContact.objects.filter(area=report.area_id)
    )


def partners_of(report):
    """The safeguarding partners of the area, by the organisations of those who lead them now."""
    leads = Office.objects.in_force(timezone.now()).filter(
        kind=Office.Kind.LEAD_PARTNER, area=report.area_id, person__agency__isnull=False
    )
    names = leads.order_by("person__agency__name").values_list("person__agency__name", flat=True)
    return tuple(dict.fromkeys(names))


def unexplained_differences(report):
    """In words, the differences between what was printed and what the records give that nobody has explained."""
    return unexplained(money_of(report))


def unexplained(money):
    """The same of a year; what stands here keeps a report from being published."""
    return tuple(
        f"{one.label}: printed {pounds(one.printed)}, computed {pounds(one.computed)}"
        for one in (money.differences if money else ())
        if not one.explanation
    )
