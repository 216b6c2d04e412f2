"""Tables for a spreadsheet: what people typed stays text, numbers stay numbers."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from mktogether.lib.sheets import FORMULA_BEGINS, Sheet, as_csv, as_xlsx, begins_formula, harmless

BEGINNINGS = ["=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠", " =", "\u00a0="]
HOSTILE = st.one_of(
    st.text(max_size=40),
    st.builds(lambda begins, rest: begins + rest, st.sampled_from(BEGINNINGS), st.text(max_size=20)),
)


def cells_of_xlsx(content):
    return [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows()]


def cells_of_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@settings(deadline=None, max_examples=60)
@given(st.lists(HOSTILE, min_size=20, max_size=20))
def test_no_text_becomes_a_formula_in_a_workbook(texts):
    for row in cells_of_xlsx(as_xlsx(Sheet("Test", ("Text",), [(text,) for text in texts])))[1:]:
        assert row[0].data_type in {"s", "inlineStr"}


@settings(max_examples=300)
@given(st.lists(HOSTILE, min_size=1, max_size=20))
def test_no_text_begins_a_formula_in_csv(texts):
    rows = cells_of_csv(as_csv(Sheet("Test", ("Text",), [(text,) for text in texts])))
    assert len(rows) == len(texts) + 1
    assert [row[0] for row in rows if row[0].startswith(FORMULA_BEGINS) or begins_formula(row[0])] == []


@pytest.mark.parametrize("number", [-912, 0, 3.5, Decimal("-3200.50")])
def test_a_number_stays_a_number_also_below_nothing(number):
    sheet = Sheet("Money", ("Amount",), [(number,)])
    assert cells_of_xlsx(as_xlsx(sheet))[1][0].value == pytest.approx(float(number))
    assert cells_of_csv(as_csv(sheet))[1] == [str(number)]


def test_a_plain_text_is_left_alone():
    assert harmless("Head of Safeguarding, “CNWL”") == "Head of Safeguarding, “CNWL”"


def test_what_is_missing_is_an_empty_cell():
    sheet = Sheet("Test", ("One", "Two"), [(None, "x")])
    assert cells_of_csv(as_csv(sheet))[1] == ["", "x"]
    assert not cells_of_xlsx(as_xlsx(sheet))[1][0].value


def test_a_title_that_no_spreadsheet_takes_is_made_one_that_it_does():
    book = load_workbook(io.BytesIO(as_xlsx(Sheet("A/B: [who]? " + "x" * 40, ("One",)), Sheet("", ("Two",)))))
    assert book.sheetnames[0].startswith("AB who")
    assert len(book.sheetnames[0]) <= 31
