"""The pages of representation, ready to be written out: cells, shares, orders and years."""

from django.utils.html import format_html, format_html_join

from meetings import years
from meetings.representation import reading, rules, words
from meetings.representation.rules import State
from mktogether.lib.templatetags.icons import HIDDEN

ORDERS = (
    ("partner", "by partner", rules.by_partner),
    ("printed", "as listed", rules.as_printed),
    ("lowest", "lowest first", rules.lowest_first),
)
# How a cell looks, its icon and its word: none of them is told by its colour alone.
LOOKS = {
    State.MEMBER: ("there", "tick", "Yes"),
    State.REPRESENTED: ("there", "tick", "Yes"),
    State.DEPUTY: ("stand-in", "deputy", "Deputy"),
    State.SUBSTITUTE: ("stand-in", "deputy", "Substitute"),
    State.APOLOGIES: ("away", "cross", "Apologies"),
    State.ABSENT: ("away", "cross", "Absent"),
    State.UNKNOWN: ("away", "cross", "No"),
    State.NOT_RECORDED: ("unknown", "dash", "Not recorded"),
    State.NOT_APPLICABLE: ("outside", "", "n/a"),
}
PARTNER_LOOKS = {True: State.REPRESENTED, False: State.UNKNOWN, None: State.NOT_APPLICABLE}


def board(body, user, *, year, order):
    """The context of the page of ``body``; ``year`` and ``order`` are what the address asks for, or nothing."""
    held = reading.years_held(user, body)
    chosen, years_left_out = _year(year, held)
    key, orders_left_out = _order(order)
    found = reading.matrix(body, *years.days(chosen), user) if held else rules.EMPTY
    cells = _Cells(found)
    arranged = {name: arrange for name, _words, arrange in ORDERS}[key]
    return {
        "body": body,
        "heading": f"Partnership representation, {years.short(chosen)}" if held else "Partnership representation",
        "year": years.short(chosen) if held else "",
        "order": key,
        "summary": words.summary(found),
        "notes": words.notes(found),
        "key": _key(found),
        "columns": [_column(column) for column in found.columns],
        "groups": _groups(arranged(found.members), cells, together=key == "partner"),
        "others": [_row(row, cells) for row in rules.as_printed(found.others)],
        "partners": [_partner(partner, cells) for partner in found.partners],
        "tells_who": bool(found.total.there) and not found.total.by_unknown,
        "total": _share(found.total),
        "posts": len(found.members),
        "years": _years(held, chosen, f"&order={key}"),
        "orders": _orders(key, chosen, printed=any(not column.sitting.has_day for column in found.columns)),
        "left_out": [*years_left_out, *orders_left_out],
        "is_empty": not found.columns,
    }


def _year(asked, held):
    """The year asked for, else the latest of ``held``; and what of the address was no year."""
    latest = held[0] if held else None
    if not asked:
        return latest, []
    year = years.of_short(asked)
    return (year, []) if year in held else (latest, ["year"])


def _order(asked):
    names = [name for name, _words, _arrange in ORDERS]
    return (asked, []) if asked in names else (names[0], ["order"] if asked else [])


def _orders(key, year, *, printed):
    """The orders as links; those of a source are "as printed", those of our own terms "as listed"."""
    labels = {name: label for name, label, _arrange in ORDERS} | ({"printed": "as printed"} if printed else {})
    return (
        [(label, f"?year={years.short(year)}&order={name}", name == key) for name, label in labels.items()]
        if year
        else []
    )


def _years(held, chosen, more=""):
    return [(years.short(year), f"?year={years.short(year)}{more}", year == chosen) for year in held]


class _Cells:
    """
    The cells of one table, each with its link to the meeting; a state in a column is made once.

    A table of twenty posts and twelve meetings has 240 of them, so they are joined here and not in a template.
    """

    def __init__(self, found):
        self.columns = found.columns
        self._made = {}

    def of(self, states):
        cells = (self._cell(number, state) for number, state in enumerate(states))
        return format_html_join("", "{}", ((cell,) for cell in cells))

    def _cell(self, number, state):
        if (number, state) not in self._made:
            look, icon, word = LOOKS[state]
            sitting = self.columns[number].sitting
            self._made[number, state] = format_html(
                '<td class="mark mark--{}"><a href="{}">{}<span>{}</span>'
                '<span class="govuk-visually-hidden">, {}</span></a></td>',
                look,
                sitting.href,
                HIDDEN.get(icon, ""),
                word,
                sitting.short,
            )
        return self._made[number, state]


def _key(found):
    """The states that the table holds, as (sample cell, words)."""
    there = [state for state in State if any(state in row.states for row in found.rows)]
    return [(_sample(state), words.STATES[state].lower()) for state in there]


def _sample(state):
    look, icon, word = LOOKS[state]
    return format_html('<span class="mark mark--{}">{}<span>{}</span></span>', look, HIDDEN.get(icon, ""), word)


def cell_in_words(sitting, state):
    """What became of one place at one meeting, for a list."""
    look, icon, _word = LOOKS[state]
    sample = format_html('<span class="mark mark--{}">{}<span>{}</span></span>', look, HIDDEN.get(icon, ""), "")
    return {"day": sitting.words, "href": sitting.href, "mark": sample, "words": words.STATES[state]}


def _share(share):
    return {
        "of": words.of(share),
        "percent": words.percent(share),
        "there": share.there,
        "chances": share.of,
        "in_person": f"{share.in_person} of {share.of}",
    }


def _column(column):
    return {"sitting": column.sitting, "share": _share(column.share)}


def _groups(rows, cells, *, together):
    """The rows by partner where they stand ``together``; else each row names its partner."""
    groups = []
    for row in rows:
        if not together or not groups or groups[-1]["partner"] != row.post.partner:
            groups.append({"partner": row.post.partner, "partner_name": row.post.partner_name, "rows": []})
        groups[-1]["rows"].append(_row(row, cells))
    return groups


def _row(row, cells):
    return {
        "title": row.post.title,
        "partner": row.post.partner,
        "note": row.post.note if State.NOT_APPLICABLE in row.states else "",
        "cells": cells.of(row.states),
        "share": _share(row.share),
    }


def _partner(partner, cells):
    return {
        "name": partner.name,
        "long_name": partner.long_name,
        "cells": cells.of(PARTNER_LOOKS[there] for there in partner.there),
        "share": _share(partner.share),
    }


def all_boards(user, *, year):
    """The context of the page of every board and group that ``user`` reads, for one year."""
    held = reading.years_held(user)
    chosen, left_out = _year(year, held)
    found = reading.of_all(user, *years.days(chosen)) if held else []
    matrices = [one.matrix for one in found]
    total = rules.together(matrices)
    meetings = sum(len(matrix.columns) for matrix in matrices)
    return {
        "heading": f"Representation on all boards, {years.short(chosen)}" if held else "Representation on all boards",
        "year": years.short(chosen) if held else "",
        "summary": summary_of_all(matrices, meetings, total),
        "rows": [_of_board(one, chosen) for one in found],
        "meetings": meetings,
        "cancelled": sum(matrix.cancelled for matrix in matrices),
        "total": _counts(total, matrices),
        "years": _years(held, chosen),
        "left_out": left_out,
    }


def summary_of_all(matrices, meetings, total):
    """The answer in sentences: meetings, places filled, and why the others were not."""
    if not total.of:
        return ["No meeting was held."]
    cancelled = sum(matrix.cancelled for matrix in matrices)
    held = f"{meetings} meeting{'' if meetings == 1 else 's'} held{f', {cancelled} cancelled' if cancelled else ''}."
    filled = f"{words.of(total)} places were filled ({words.percent(total)}): {words.who(total)}."
    away = [
        f"{number} {label}"
        for state, label in (
            (State.APOLOGIES, "apologies"),
            (State.ABSENT, "absent without word"),
            (State.UNKNOWN, "for a reason that is not known"),
            (State.NOT_RECORDED, "not recorded"),
        )
        if (number := sum(matrix.count(state) for matrix in matrices))
    ]
    return [held, filled, *([f"Not filled: {', '.join(away)}."] if away else [])]


def _of_board(one, year):
    return {
        "name": one.name,
        "is_earlier": one.is_earlier,
        "href": f"/boards/{one.slug}/representation/?year={years.short(year)}",
        "held": len(one.matrix.columns),
        "cancelled": one.matrix.cancelled,
        **_counts(one.matrix.total, [one.matrix]),
    }


def _counts(total, matrices):
    def count(state):
        return sum(matrix.count(state) for matrix in matrices)

    return {
        "share": _share(total),
        "in_person": total.in_person,
        "stood_in": total.stood_in,
        "by_unknown": total.by_unknown,
        "apologies": count(State.APOLOGIES),
        "absent": count(State.ABSENT),
        "unknown": count(State.UNKNOWN) + count(State.NOT_RECORDED),
    }
