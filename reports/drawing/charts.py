"""Bars: one for each row, labelled at its side, with the figure at its end."""

from dataclasses import dataclass
from html import escape

from mktogether.lib.drawing.shapes import PETROL, QUIET, SIZE, WIDTH, box, drawing, hatched, lines_of, words

LABELS = 262  # the widest label ends here
FIGURES = 128  # room for figures at the end of the longest bar
ROW, BAR = 22, 15
LEAST = 1.5  # what is more than nothing can be seen


@dataclass(frozen=True)
class Bar:
    """A row: its label, the numbers whose bars lie one after another, and the figure in words, bold and quiet."""

    label: str
    parts: tuple[float, ...]
    figure: str
    beside: str = ""


def bars(title, rows, *, most=None, legend=()):
    """
    The drawing of ``rows``. The first part of each is full, the second hatched; ``legend`` names them.

    ``most`` is the number that a bar of full length stands for; without it, the largest of the rows.
    """
    begin = LABELS + 10
    length = WIDTH - begin - FIGURES
    most = most or max((sum(row.parts) for row in rows), default=0) or 1
    parts, top = [], 4
    if legend:
        parts, top = _legend(legend), 30
    for row in rows:
        lines = lines_of(row.label, LABELS)
        height = max(ROW, 15 * len(lines) + 8)
        middle = top + height / 2
        foot = middle + SIZE * 0.35 - 7.5 * (len(lines) - 1)
        parts += [words(LABELS, foot + 15 * number, line, anchor="end") for number, line in enumerate(lines)]
        end = begin
        for number, part in enumerate(row.parts):
            width = max(part / most * length, LEAST) if part > 0 else 0
            if width:
                parts.append((hatched if number else box)(end, middle - BAR / 2, width, BAR))
            end += width
        parts += _figure(row, end + 8, middle + SIZE * 0.35)
        top += height
    return drawing(top + 4, title, parts)


def _figure(row, x, y):
    beside = f'<tspan font-weight="400" fill="{QUIET}"> {escape(row.beside)}</tspan>' if row.beside else ""
    line = words(x, y, row.figure, weight=700)
    return [line.replace("</text>", f"{beside}</text>")]


def _legend(names):
    parts, x = [], 0
    for number, name in enumerate(names):
        parts.append((hatched if number else box)(x + 1, 3, 24, 15, **({} if number else {"fill": PETROL})))
        parts.append(words(x + 31, 15, name))
        x += 50 + 7 * len(name)
    return parts
