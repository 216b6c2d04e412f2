"""The pages of money, as values that their templates put in their places."""

from django.utils import timezone

from finance import access, bars, queries, rules, words
from mktogether.lib.states import tag
from mktogether.lib.templatetags.wording import day, pounds


def years(user):
    """The list of years."""
    return {
        "rows": [_in_list(summary) for summary in queries.summaries(user)],
        "may_open": access.may_open_year(user),
    }


def _in_list(summary):
    return {
        "name": summary.name,
        "href": f"/money/{summary.name}/",
        "days": words.days(summary),
        "contributed": pounds(summary.totals.total),
        "spent": pounds(summary.expenditure) if summary.has_position else "",
        "carried": pounds(summary.carried_forward) if summary.has_position else "",
        "standing": _standing(summary) if summary.compared else "",
    }


def _standing(summary):
    said, tone, icon = words.standing(summary)
    return tag(tone, icon, said)


def year(found, user, shown):
    """The page of a year."""
    summary = queries.summary_of(found, user)
    enters, reconciles = access.may_enter(user, found), access.may_reconcile(user, found)
    strands, sorts = shown.options()
    rows = shown.rows(summary)
    columns = [shown.of] if shown.of else list(summary.totals.by_strand)
    total = shown.total(summary)
    return {
        "name": summary.name,
        "href": found.get_absolute_url(),
        "days": words.days(summary),
        "answer": words.answer(summary),
        "how": words.how(summary),
        "largest": words.largest(summary),
        "standing": _standing(summary) if access.reads_budget(user, found) else "",
        "columns": [column.label for column in columns],
        "rows": [_row(row, columns, found, enters) for row in rows],
        "sums": [_sum(summary.totals.by_strand.get(column), column) for column in columns],
        "others": _others(summary, rows, columns, total),
        "total": _plain(total),
        "bars": bars.of(rows, columns, total, sees_all=not summary.unseen),
        "patterns": [bars.PATTERN[column] for column in columns],
        "position": _position(summary, found, enters),
        "compared": [compared(one, found) for one in summary.compared],
        "reads_budget": access.reads_budget(user, found),
        "removed": _removed(found, bool(enters), bool(reconciles)),
        "story_href": f"/history/of/financial-year/{found.pk}/",
        "may_enter": enters,
        "may_reconcile": reconciles,
        "shown": shown,
        "strand_options": strands,
        "sort_options": sorts,
    }


# --- Contributions ----------------------------------------------------------------------------------------------------


def _plain(amount):
    """An amount in a column of pounds: without the sign of the pound."""
    return pounds(amount).replace("£", "") if amount else ""


def _row(row, columns, found, enters):
    by_strand = {one.strand: one for one in row.paid}
    return {
        "agency": row.agency,
        "name": row.name,
        "payer": row.payer if row.payer not in {row.agency, row.name} else "",
        "href": f"{found.get_absolute_url()}figures/partner-{row.slug}/",
        "cells": [_cell(by_strand.get(column), column, found, enters) for column in columns],
        "total": _plain(row.total),
        "share": f"{row.share:.2f}",
        "notes": row.notes,
    }


def _cell(paid, column, found, enters):
    href = f"{found.get_absolute_url()}contributions/{paid.record}/" if paid and enters else ""
    return {"amount": _plain(paid.read) if paid else "", "label": column.label, "href": href}


def _sum(amount, column):
    return {"amount": _plain(amount), "label": column.label}


def _others(summary, rows, columns, total):
    """What partners paid whose rows the reader does not see, as a row of its own; None where there is nothing."""
    rest = total - sum((row.total for row in rows), rules.NOTHING)
    if not rest:
        return None
    of_columns = [
        summary.totals.by_strand.get(column, rules.NOTHING)
        - sum((row.by_strand.get(column, rules.NOTHING) for row in rows), rules.NOTHING)
        for column in columns
    ]
    return {
        "cells": [_sum(amount, column) for amount, column in zip(of_columns, columns, strict=True)],
        "total": _plain(rest),
        "share": f"{rules.share(rest, total):.2f}",
    }


# --- The year-end position --------------------------------------------------------------------------------------------


def _position(summary, found, enters):
    """The position's lines under the figure that each goes into; computed figures stand by themselves."""
    if not summary.has_position:
        return []
    blocks = []
    for figure, kind in rules.POSITION:
        lines = [line for line in summary.lines if line.kind is kind]
        shown = [_line(line, found, number, len(lines), enters) for number, line in enumerate(lines)]
        alone = shown.pop() if kind is not rules.Kind.EXPENDITURE and shown else None
        blocks.append(
            {
                "label": figure.label,
                "amount": _signed(summary.figures[figure]),
                "href": f"{found.get_absolute_url()}figures/{figure.value}/",
                "lines": shown,
                "alone": alone,  # of income there is one line of a kind: it stands in the row of its figure
                "computed": kind is None,
            }
        )
    return blocks


def _signed(amount):
    return pounds(amount).replace("£", "")


def _line(line, found, number, count, enters):
    href = f"{found.get_absolute_url()}lines/{line.record}/"
    moves = enters and line.kind is rules.Kind.EXPENDITURE
    return {
        "id": f"line-{line.record}",
        "name": line.name,
        "amount": _signed(line.read),
        "href": href if enters else "",
        "up": moves and number > 0,
        "down": moves and number < count - 1,
    }


# --- Print and records ------------------------------------------------------------------------------------------------


def compared(one, found):
    """A printed figure beside what the records give."""
    href = f"{found.get_absolute_url()}figures/{one.figure.value}/"
    return {
        "label": one.label,
        "href": href,
        "explain_href": f"{href}explain/",
        "printed_href": "" if one.figure is rules.Figure.POSITION else f"{href}printed/",
        "printed": pounds(one.printed),
        "computed": pounds(one.computed),
        "difference": pounds(one.difference),
        "source": one.source,
        "state": compared_tag(one),
        "text": one.explanation.text if one.explanation else "",
        "accepted": words.accepted(one.explanation) if one.explanation else "",
        "outdated": one.outdated,
        "agrees": one.agrees,
    }


def compared_tag(one):
    """Whether print and records agree, as a tag."""
    tone, icon = ("soon", "triangle") if one.is_open else ("met", "tick")
    return tag(tone, icon, words.difference(one))


# --- What was removed -------------------------------------------------------------------------------------------------


def _removed(found, enters, reconciles):
    """What can be brought back by whoever may, in words."""
    may = {"contributions": enters, "lines": enters, "printed": reconciles}
    rows = queries.removed_from(found) if enters or reconciles else ()
    return [_gone(found, *row) for row in rows if may[row[0]]]


def _gone(found, part, pk, what, which, ledger, at, post):
    if part == "contributions":
        said, income = f"{what}, {rules.Strand(which).label.lower()}", True
    elif part == "lines":
        said, income = what, rules.Kind(which).is_income
    else:
        said, income = f"Printed, {rules.Figure(which).label.lower()}", rules.Figure(which).is_income
    when = f"Removed {day(timezone.localtime(at))}"
    return {
        "what": f"{said}: {pounds(rules.as_read(ledger, income=income))}",
        "href": f"{found.get_absolute_url()}{part}/{pk}/restore/",
        "when": f"{when} by {post}" if post else when,
    }
