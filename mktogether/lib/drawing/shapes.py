"""The few shapes that our drawings are made of. Everything that people wrote is escaped here."""

from html import escape

from django.utils.safestring import mark_safe

PETROL, TEXT, QUIET, LINE, TINT, PAPER = "#0f4c5c", "#182025", "#4a565d", "#b3bfc5", "#e7f0f2", "#ffffff"
FONT = "Source Sans 3, DejaVu Sans, Arial, sans-serif"
SIZE = 13
WIDTH = 660  # of every drawing: as wide as the text on paper
EDGE = 1  # beside it, so that the outline of a box at its edge is whole
A_LETTER = 0.5  # of its size: how wide a letter is on average, for breaking lines


def drawing(height, title, parts):
    """A whole drawing. ``title`` is what a screen reader says in its place."""
    inner = "".join(parts)
    seen = f"{-EDGE} 0 {WIDTH + 2 * EDGE} {height:g}"
    return mark_safe(  # noqa: S308 - made here of numbers and of escaped texts
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="{seen}" width="{WIDTH}" '
        f'height="{height:g}" font-family="{FONT}" font-size="{SIZE}"><title>{escape(title)}</title>{inner}</svg>'
    )


def words(x, y, text, *, size=SIZE, weight=400, fill=TEXT, anchor="start"):
    """A line of text whose foot is at ``y``."""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" font-weight="{weight}" fill="{fill}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )


def box(x, y, width, height, *, fill=PETROL, stroke="none", radius=0):
    """A rectangle."""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}" fill="{fill}" '
        f'stroke="{stroke}"/>'
    )


def hatched(x, y, width, height):
    """A rectangle that is told from a full one without colour: an edge, and strokes across."""
    step, strokes = 5, []
    reach = -height
    while reach < width:
        left, right = max(reach, 0), min(reach + height, width)
        strokes.append(f"M{x + left:g} {y + height - (left - reach):g}L{x + right:g} {y + height - (right - reach):g}")
        reach += step
    return (
        f"{box(x, y, width, height, fill=PAPER, stroke=PETROL)}"
        f'<path d="{"".join(strokes)}" stroke="{PETROL}" stroke-width="1.4" fill="none"/>'
    )


def path(*points, stroke=QUIET):
    """A line through ``points``."""
    steps = "L".join(f"{x:g} {y:g}" for x, y in points)
    return f'<path d="M{steps}" stroke="{stroke}" stroke-width="1.2" fill="none"/>'


def lines_of(text, width, size=SIZE):
    """``text`` broken into lines that are about ``width`` wide."""
    most = max(int(width / (size * A_LETTER)), 4)
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= most or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines
