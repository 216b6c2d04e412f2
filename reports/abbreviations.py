"""
Abbreviations: which of those known a report uses, and which it uses without their being known.

Pure. Texts are words as people read them, without marks or addresses of links: titles, and the ``words`` of blocks.
What is known stands in the text of the section of abbreviations, as a table of two columns, so that it is written,
checked and kept in versions like any other text.
"""

import re
from collections.abc import Iterable, Mapping

from reports.writing.parsing import reader

HEAD = ("Abbreviation", "What it stands for")
# Words all in capitals that may be abbreviations, but for the s of their plural.
CAPITALS = re.compile(r"(?<!\w)([A-Z]{2,8})s?(?!\w)")
# Stands where a known one was taken out, so that what is left of a line does not run together into new words.
GAP = "\0"


def listed(text: str) -> dict[str, str]:
    """What the tables of two columns in ``text`` say: abbreviations and what they stand for. Heads are left out."""
    found: dict[str, str] = {}
    row: list[str] = []
    in_head = False
    for token in reader().parse(text):
        if token.type in {"thead_open", "thead_close"}:
            in_head = token.type == "thead_open"
        elif token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(token.content.strip())
        elif token.type == "tr_close" and not in_head and len(row) == 2 and row[0]:
            found.setdefault(row[0], row[1])
    return found


def table(known: Mapping[str, str]) -> str:
    """``known`` as the table that :func:`listed` reads, in the order of the alphabet."""
    rows = [HEAD, ("---", "---"), *((short, known[short]) for short in in_order(known))]
    return "\n".join(f"| {_cell(short)} | {_cell(meaning)} |" for short, meaning in rows)


def used(texts: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """
    Those of ``known`` that the ``texts`` use, in the order of the alphabet.

    Whole words count, with the s of a plural (DHRs) or a possessive. Where one stands within another, the longer is
    meant: a text that says MK ACT uses neither MK nor ACT.
    """
    pattern = _pattern(known)
    met = {" ".join(match[1].split()) for text in texts for match in pattern.finditer(text)} if pattern else set()
    return {short: known[short] for short in in_order(known) if " ".join(short.split()) in met}


def unknown(texts: Iterable[str], known: Mapping[str, str]) -> list[str]:
    """Words of two to eight capitals in the ``texts`` that nobody explains, in the order of the alphabet, each once."""
    pattern = _pattern(known)
    left = (pattern.sub(GAP, text) if pattern else text for text in texts)
    return in_order({found for text in left for found in CAPITALS.findall(text)})


def in_order(words: Iterable[str]) -> list[str]:
    """``words`` in the order of the alphabet, whether they are written large or small."""
    return sorted(words, key=lambda word: (word.casefold(), word))


def _pattern(known: Iterable[str]) -> re.Pattern[str] | None:
    """Any of ``known`` as a word, the longest first, however the spaces in it are broken into lines."""
    longest_first = sorted((short.split() for short in known if short.strip()), key=_length, reverse=True)
    if not longest_first:
        return None
    return re.compile(rf"(?<!\w)({'|'.join(_written(words) for words in longest_first)})s?(?!\w)")


def _length(words: list[str]) -> int:
    return len(" ".join(words))


def _written(words: list[str]) -> str:
    return r"\s+".join(re.escape(word) for word in words)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
