"""The figures of a year as files for a spreadsheet: what somebody sees on its page, in pounds as people read them."""

from finance import queries, rules
from mktogether.lib import sheets

OF_STRANDS = tuple(f"{strand.label} £" for strand in rules.Strand)
CONTRIBUTIONS = ("Partner", "Name", "Payer, as printed", *OF_STRANDS, "Total £", "Share %", "Note")
BUDGET = ("Part", "Line", "£")
PRINTED = ("Figure", "Printed £", "From the records £", "Difference £", "Document", "Explanation", "Accepted by", "On")
FILES = ("money.xlsx", "contributions.csv", "budget.csv", "printed.csv")


def export(year, user, name, shown):
    """The file ``name`` of ``year`` as its content type, name and bytes; None where no file is called so."""
    if name not in FILES:
        return None
    summary = queries.summary_of(year, user)
    tables = {"contributions": contributions(summary, shown), "budget": budget(summary), "printed": printed(summary)}
    table, _dot, form = name.partition(".")
    if form == "xlsx":
        return sheets.XLSX, f"money-{year.name}.xlsx", sheets.as_xlsx(*tables.values())
    return sheets.CSV, f"{table}-{year.name}.csv", sheets.as_csv(tables[table])


def contributions(summary, shown):
    """What partners paid, as it was asked for, with its sum; what the reader does not see is a row of its own."""
    rows = shown.rows(summary)
    total = shown.total(summary)
    table = [
        (
            row.agency,
            row.name,
            row.payer,
            *(row.by_strand.get(strand) for strand in rules.Strand),
            row.total,
            row.share,
            "; ".join(row.notes),
        )
        for row in rows
    ]
    rest = total - sum((row.total for row in rows), rules.NOTHING)
    if rest:
        table.append(("Other partners", None, None, None, None, None, rest, rules.share(rest, total), None))
    strands = [summary.totals.by_strand.get(strand) if shown.of in {None, strand} else None for strand in rules.Strand]
    table.append(("All", None, None, *strands, total, rules.share(total, total), None))
    return sheets.Sheet("Contributions", CONTRIBUTIONS, table)


def budget(summary):
    """The year-end position: each figure, and above it the lines that go into it."""
    table = []
    for figure, kind in rules.POSITION if summary.has_position else ():
        table += [(figure.label, line.name, line.read) for line in summary.lines if line.kind is kind]
        table.append((figure.label, "In all" if kind else "Computed", summary.figures[figure]))
    return sheets.Sheet("Budget", BUDGET, table)


def printed(summary):
    """What was printed beside what the records give, with the explanations."""
    return sheets.Sheet("Printed and computed", PRINTED, [_printed(one) for one in summary.compared])


def _printed(one):
    why = one.explanation
    accepted = (why.text, why.accepted_by, why.accepted_on) if why else (None, None, None)
    return one.label, one.printed, one.computed, one.difference, one.source, *accepted
