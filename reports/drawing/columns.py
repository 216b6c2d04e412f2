"""
How wide the columns of tables are on paper, found from their words.

A layout program that is told the widths need not lay out each word of each cell to find them, which is a tenth of what
a report costs. They are shared out as CSS does it for tables that say nothing ("automatic table layout"), by the usual
widths of letters: near enough, for no cell is too narrow for its longest word.
"""

import re
from html import unescape

PAGE = 176  # millimetres between the margins
NARROWER = {"position": 120}
OWN_WAY = {"matrix"}  # marks of one word, which the style sheet sets
LETTER = 3.88  # millimetres of an em at 11 points
PADDING = 3
SPARE = 1.04  # for what the widths below round off

# In hundredths of an em, in the heaviest weight of the print font.
WIDTHS = {
    sign: width
    for width, signs in (
        (20, " \N{NO-BREAK SPACE}"),
        (30, "',.:;Iijl|‘’"),
        (35, "!()-/[\\]f{}"),
        (40, "rt"),
        (48, "*?csz–"),
        (65, "BCKPR&DGHNU"),
        (72, "OQM“”"),
        (85, "Ww%m@—…"),
    )
    for sign in signs
}
OTHERS = 55

TABLE = re.compile(r"<table(?P<about>[^>]*)>(?P<inside>.*?)</table>", re.DOTALL)
CAPTION = re.compile(r"\s*<caption.*?</caption>", re.DOTALL)
ROW = re.compile(r"<tr.*?</tr>", re.DOTALL)
CELL = re.compile(r"<(t[hd])(?P<about>[^>]*)>(?P<inside>.*?)</\1>", re.DOTALL)
CLASSES = re.compile(r'\bclass="([^"]*)"')
BREAK = re.compile(r"<br\s*/?>")
TAG = re.compile(r"<[^>]*>")


def with_columns(html):
    """``html`` with the widths of their columns said in its tables, where they can be found from words."""
    return TABLE.sub(_with_columns, html)


def _with_columns(table):
    classes = _classes(table["about"])
    rows = [list(CELL.finditer(row)) for row in ROW.findall(table["inside"])]
    if classes & OWN_WAY or "<table" in table["inside"] or "span=" in table["inside"] or len({*map(len, rows)}) != 1:
        return table[0]
    [whole] = [NARROWER[name] for name in classes & NARROWER.keys()] or [PAGE]
    shares = shared_out([_least_and_most(column) for column in zip(*rows, strict=True)], whole)
    if not shares:
        return table[0]
    columns = "".join(f'<col style="width: {share:.1f}%">' for share in shares)
    caption = CAPTION.match(table["inside"])
    head, inside = (caption[0], table["inside"][caption.end() :]) if caption else ("", table["inside"])
    about = table["about"].replace('class="', 'class="told ') if classes else f'{table["about"]} class="told"'
    return f"<table{about}>{head}<colgroup>{columns}</colgroup>{inside}</table>"


def shared_out(columns, whole):
    """
    Hundredths of the width ``whole`` for each of ``columns``, told by the least and the most that it can use.

    Where the most of all has room, the rest is shared in proportion to it; else each gets its least, and of the rest in
    proportion to what it lacks. Nothing comes back where not even the least has room.
    """
    least, most = (sum(both) for both in zip(*columns, strict=True))
    if most <= whole:
        return [100 * wanted / most for _needed, wanted in columns]
    if least > whole:
        return []
    return [100 * (needed + (whole - least) * (wanted - needed) / (most - least)) / whole for needed, wanted in columns]


def _least_and_most(cells):
    least = most = 0
    for cell in cells:
        lines = [unescape(TAG.sub("", line)) for line in BREAK.split(cell["inside"])]
        line = max(_length(one) for one in lines)
        most = max(most, line)
        whole = "number" in _classes(cell["about"])
        least = max(least, line if whole else max(_length(word) for one in lines for word in one.split() or [""]))
    return least, most


def _length(words):
    """Millimetres that ``words`` take, with the room after a cell."""
    letters = sum(WIDTHS.get(sign, OTHERS) for sign in " ".join(words.split()))
    return letters / 100 * LETTER * SPARE + PADDING


def _classes(about):
    found = CLASSES.search(about)
    return set(found[1].split()) if found else set()
