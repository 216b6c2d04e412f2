"""
Tables as files for a spreadsheet, XLSX and CSV: the one writer of the portal.

What people typed is written as text and never becomes a formula, whatever it begins with. Numbers stay numbers, also
below nothing.
"""

import csv
import io
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00")
LONGEST_CELL = 32_767  # characters, by Excel's own limit
LONGEST_TITLE = 31
WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """A table: its title, the heads of its columns, and rows of texts, numbers, dates or None."""

    title: str
    head: tuple[str, ...]
    rows: list[tuple] = field(default_factory=list)


def as_csv(sheet):
    """
    ``sheet`` as CSV (bytes), with the mark by which spreadsheets know UTF-8.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, which shows it as it is.
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    for row in (sheet.head, *sheet.rows):
        writer.writerow([harmless(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def harmless(value):
    """``value`` as a cell of CSV: texts that would begin a formula are marked as texts, numbers are left alone."""
    if value is None:
        return ""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return str(value)
    text = plain(value)
    return f"'{text}" if begins_formula(text) else text


def begins_formula(text):
    """Whether a spreadsheet might read ``text`` as a formula; full-width signs and marks before the first count too."""
    narrow = unicodedata.normalize("NFKC", text)
    return text.startswith(FORMULA_BEGINS) or narrow.lstrip().startswith(FORMULA_BEGINS[:4])


def plain(value):
    """``value`` as text without characters that no spreadsheet takes."""
    text = value.isoformat() if isinstance(value, (date, datetime)) else str(value)
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL]


def as_xlsx(*sheets):
    """``sheets`` as one workbook (bytes): every text is a cell of the type text, so that none is a formula."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _add(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _add(book, sheet):
    page = book.create_sheet(_title(sheet.title))
    page.freeze_panes = "A2"
    for number, name in enumerate(sheet.head):
        longest = max((len(plain(row[number] or "")) for row in sheet.rows), default=0)
        page.column_dimensions[get_column_letter(number + 1)].width = min(max(len(name), longest) + 2, WIDEST)
    page.append([_cell(page, name, bold=True) for name in sheet.head])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _cell(page, value, *, bold=False):
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return WriteOnlyCell(page, value)
    cell = WriteOnlyCell(page, "")
    cell.value = "" if value is None else plain(value)
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell


def _title(text):
    """A title that a spreadsheet takes for a sheet."""
    return "".join(letter for letter in plain(text) if letter not in r"[]:*?/\\")[:LONGEST_TITLE].strip("'") or "Sheet"
