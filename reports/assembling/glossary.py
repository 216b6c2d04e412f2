"""
The glossary: of all abbreviations that are known, those that the report uses.

What is known stands in the text of the section itself, as a table of two columns, so that it is edited and kept in
versions like every text.
"""

import re

from reports.models import Section
from reports.writing.parsing import reader


def known(text):
    """The rows of the tables in ``text``, without their heads: abbreviation, and what it stands for."""
    found, row, is_head = [], [], False
    for token in reader().parse(text):
        if token.type in {"thead_open", "thead_close"}:
            is_head = token.type == "thead_open"
        elif token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(token.content.strip())
        elif token.type == "tr_close" and not is_head and len(row) == 2 and row[0]:
            found.append(row)
    return found


def used(text, sections):
    """Those that the ``sections`` use, as words of their own, in the order of the alphabet; each once."""
    corpus = " ".join(_words(section) for section in sections if section["kind"] != Section.Kind.GLOSSARY)
    meanings = dict(known(text))
    return [
        [short, meanings[short]]
        for short in sorted(meanings, key=lambda short: (short.casefold(), short))
        if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", corpus)
    ]


def _words(section):
    return " ".join([section["title"], section["text"], *_texts(section["data"])])


def _texts(value):
    """Every text somewhere within a plain value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
