"""The widths of columns on paper: shared out wholly, none too narrow for its longest word, and left alone otherwise."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mktogether.lib.pdf import render_pdf
from reports.drawing.columns import shared_out, with_columns
from tests.lib.pdf import spoken

TABLE = '<table class="table"><caption>C</caption><thead><tr><th>Short</th><th>What it is</th></tr></thead>{}</table>'
WIDTH = re.compile(r'<col style="width: ([\d.]+)%">')


def table(*rows):
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return TABLE.format(f"<tbody>{body}</tbody>")


def widths(html):
    return [float(width) for width in WIDTH.findall(with_columns(html))]


needs = st.tuples(st.floats(3, 60), st.floats(0, 200)).map(lambda both: (both[0], both[0] + both[1]))


@given(st.lists(needs, min_size=1, max_size=6), st.floats(100, 200))
def test_the_shares_are_the_whole_and_give_each_what_it_needs(columns, whole):
    shares = shared_out(columns, whole)
    if not shares:
        assert sum(least for least, _most in columns) > whole
        return
    assert sum(shares) == pytest.approx(100)
    for share, (least, most) in zip(shares, columns, strict=True):
        wanted = most if sum(most for _least, most in columns) <= whole else least
        assert share * whole / 100 >= wanted - 1e-6


def test_a_column_of_sentences_gets_more_than_one_of_words():
    narrow, wide = widths(table(("MKCC", "Milton Keynes City Council, " * 8), ("TVP", "Thames Valley Police")))
    assert narrow < 15 < wide


def test_a_caption_stays_first():
    assert "<caption>C</caption><colgroup>" in with_columns(table(("a", "b")))


@pytest.mark.parametrize(
    "left_alone",
    [
        table(("a", "b")).replace('class="table"', 'class="table matrix"'),
        table(("a", "b"), ("one cell",)),
        table(("a", "b")).replace("<td>", '<td colspan="1">'),
        table(("a", "w" * 400)),
        "<p>No table.</p>",
    ],
)
def test_it_leaves_alone_what_it_cannot_tell(left_alone):
    assert with_columns(left_alone) == left_alone


def test_no_word_is_broken_or_lost_on_paper():
    word = "Antidisestablishmentarianism"
    styles = "".join(f'<link rel="stylesheet" href="asset:{name}.css">' for name in ("fonts", "print"))
    shown = table((word, word + " and more " * 60))
    html = f'<html lang="en"><head><title>t</title>{styles}</head><body>{shown}</body></html>'
    [found] = [
        one.rows for one in spoken.read(render_pdf(with_columns(html), title="t")).all("Table") if len(one.rows) > 1
    ]
    assert found[1][0] == word
