"""Tables that somebody uploads, XLSX and CSV: read into texts, bounded in size, and nothing in them is run."""

import csv
import io
import zipfile
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mktogether.lib.sheets import begins_formula
from mktogether.lib.verdict import Refusal

LARGEST = 2 * 1024**2
LARGEST_UNPACKED = 40 * 1024**2
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 2_000, 40, 2_000
# What the library raises for a workbook that is none, or broken; SyntaxError is that of its XML.
UNREADABLE = (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, OSError, SyntaxError)
TOO_LARGE = "The file is larger than 2 MB. Leave out what is not about places, and choose it again."
NO_TABLE = "This is neither an Excel workbook (.xlsx) nor a CSV file that can be read. Save it as one of them."


def read(content, name):
    """
    The rows of the first sheet of ``content`` (bytes) as lists of texts, in their order; empty rows are left out.

    Each row comes as (its number in the file, its texts). Raises Refusal for what is no table, or too large.
    """
    if len(content) > LARGEST:
        raise Refusal(TOO_LARGE, "file")
    rows = _of_workbook(content) if name.lower().endswith(".xlsx") or content[:2] == b"PK" else _of_csv(content)
    found = []
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise Refusal(f"The file has more than {MOST_ROWS} rows. Divide it.", "file")
        texts = [_text(value) for value in row[:MOST_COLUMNS]]
        if any(texts):
            found.append((number, texts))
    return found


def _of_workbook(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > LARGEST_UNPACKED:
                raise Refusal(TOO_LARGE, "file")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return list(sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS))
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        IndexError,
        ValueError,
        OSError,
        SyntaxError,
    ) as trouble:
        raise Refusal(NO_TABLE, "file") from trouble


def _of_csv(content):
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Refusal(NO_TABLE, "file")
    if "\x00" in text:
        raise Refusal(NO_TABLE, "file")
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as trouble:
        raise Refusal(NO_TABLE, "file") from trouble


def _text(value):
    """A cell as text: days as 2025-01-31, and without the apostrophe by which our own files mark a text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    text = " ".join(str(value).split())[:LONGEST_CELL]
    return text[1:] if text.startswith("'") and begins_formula(text[1:]) else text
