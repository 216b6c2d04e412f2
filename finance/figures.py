"""Where a figure comes from: the records it is made of, what was printed for it, and why that differs."""

from finance import access, queries, reading, rules, words
from finance.rules import Figure, Kind
from mktogether.lib.templatetags.wording import pounds
from mktogether.lib.verdict import refused

PARTNER = "partner-"
OF_KIND = {
    Figure.BROUGHT_FORWARD: Kind.BROUGHT_FORWARD,
    Figure.POSITION: Kind.CONTRIBUTIONS,
    Figure.EXPENDITURE: Kind.EXPENDITURE,
}
OF_STRAND = {figure: strand for strand, figure in rules.OF_STRAND.items()}
ELSEWHERE = "Other records, which you do not see"


def page(year, user, key):
    """The page of the figure that addresses call ``key``; None where ``user`` sees no such figure."""
    summary = queries.summary_of(year, user)
    if key.startswith(PARTNER):
        return _of_partner(year, summary, key.removeprefix(PARTNER))
    if key not in set(Figure):
        return None
    figure = Figure(key)
    amount = summary.figures[figure]
    parts = _with_rest(_parts(figure, summary, year), amount)
    compared = next((one for one in summary.compared if one.figure is figure), None)
    return {
        **_common(year, figure.label, amount, parts),
        "compared": reading.compared(compared, year) if compared else None,
        "is_printable": figure is not Figure.POSITION and access.reads_budget(user, year),
        "printed_href": f"{_href(year, figure)}printed/",
        "may_reconcile": access.may_reconcile(user, year),
    }


def _of_partner(year, summary, slug):
    row = next((row for row in summary.contributions if row.slug == slug), None)
    if row is None:
        return None
    records = [_record(one.strand.label, one.read, "contribution", one.record) for one in row.paid]
    parts = _with_rest(records, row.total)
    heading = f"Contributions of {row.agency}"
    return {
        **_common(year, heading, row.total, parts),
        "share": f"{row.share:.2f} % of what partners contributed",
        "payer": row.payer,
        "notes": row.notes,
        "may_reconcile": refused("A partner's contribution is never printed by itself."),
    }


def _common(year, heading, amount, parts):
    return {
        "heading": f"{heading}, {year.name}",
        "label": heading,
        "amount": pounds(amount),
        "parts": parts,
        "sum": pounds(amount),
        "records": words.records(sum(bool(part["story"]) for part in parts)),
        "story_href": f"/history/of/financial-year/{year.pk}/",
        "year_href": year.get_absolute_url(),
    }


# --- What a figure is made of -----------------------------------------------------------------------------------------


def _parts(figure, summary, year):
    if figure is Figure.CONTRIBUTIONS or figure in OF_STRAND:
        strand = OF_STRAND.get(figure)
        return [
            _record(_paid(row, one), one.read, "contribution", one.record)
            for row in summary.contributions
            for one in row.paid
            if strand in {None, one.strand}
        ]
    if figure in OF_KIND:
        return _lines(summary, OF_KIND[figure], year)
    used, spent = _figure(Figure.POSITION, summary, year), _figure(Figure.EXPENDITURE, summary, year, minus=True)
    brought = _figure(Figure.BROUGHT_FORWARD, summary, year)
    return {
        Figure.INCOME: [brought, used],
        Figure.SURPLUS: [used, spent],
        Figure.CARRIED_FORWARD: [brought, used, *(_minus(summary) or [spent])],
    }[figure]


def _paid(row, one):
    return f"{row.agency}, {one.strand.label.lower()}"


def _lines(summary, kind, year):
    """The lines of a kind; what partners paid, where the position names no contributions of its own."""
    lines = [_record(line.name, line.read, "budget-line", line.record) for line in summary.lines if line.kind is kind]
    if kind is Kind.CONTRIBUTIONS and not lines and summary.contributions_used == summary.totals.total:
        return [_figure(Figure.CONTRIBUTIONS, summary, year)]
    return lines


def _minus(summary):
    """The lines of expenditure, as what they take from the balance."""
    return [
        _record(line.name, -line.read, "budget-line", line.record)
        for line in summary.lines
        if line.kind is Kind.EXPENDITURE
    ]


def _record(label, amount, kind, pk):
    return {"label": label, "value": amount, "href": "", "story": f"/history/of/{kind}/{pk}/"}


def _figure(figure, summary, year, *, minus=False):
    amount = summary.figures[figure]
    return {"label": figure.label, "value": -amount if minus else amount, "href": _href(year, figure), "story": ""}


def _href(year, figure):
    return f"{year.get_absolute_url()}figures/{figure.value}/"


def _with_rest(parts, amount):
    """The parts, with what the reader does not see of them as one more, so that they always add up."""
    rest = amount - sum((part["value"] for part in parts), rules.NOTHING)
    if rest:
        parts = [*parts, {"label": ELSEWHERE, "value": rest, "href": "", "story": ""}]
    return [{**part, "amount": pounds(part["value"])} for part in parts]
