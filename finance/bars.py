"""What each partner paid as a bar: its parts by strand, told apart by pattern as well as by colour."""

from decimal import Decimal

from finance.rules import NOTHING, Strand, share
from mktogether.lib.templatetags.wording import pounds

ONE_PLACE = Decimal("0.1")

# How each strand's part is filled: solid, hatched, dotted (the patterns are drawn in the template).
PATTERN = {
    Strand.CHILDREN: {"label": Strand.CHILDREN.label, "fill": "solid"},
    Strand.ADULTS: {"label": Strand.ADULTS.label, "fill": "hatched"},
    Strand.NOT_DIVIDED: {"label": Strand.NOT_DIVIDED.label, "fill": "dotted"},
}
WIDEST = 100  # per cent of the room that a bar has: the widest bar fills it


def of(rows, columns, total, *, sees_all):
    """
    One bar for each of ``rows``; each part says where it begins and how wide it is, in per cent.

    Whoever sees every partner sees the widest bar fill its room; whoever sees some, their part of ``total``.
    """
    most = max((row.total for row in rows), default=NOTHING) if sees_all else total
    return [_bar(row, columns, most, total) for row in rows] if most else []


def _bar(row, columns, most, total):
    parts, begins = [], NOTHING
    for column in columns:
        amount = row.by_strand.get(column)
        if amount:
            width = amount * WIDEST / most
            parts.append({"x": f"{begins:.2f}%", "width": f"{width:.2f}%", "fill": PATTERN[column]["fill"]})
            begins += width
    return {
        "label": row.agency,
        "parts": parts,
        "total": pounds(row.total),
        "share": share(row.total, total, ONE_PLACE),
    }
