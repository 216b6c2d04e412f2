"""What is wrong with a text, said at the line where it stands, before it is saved."""

import ipaddress
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from markdown_it.token import Token

from reports.writing.parsing import IMAGE, inside, reader

LONGEST = 60_000  # characters of one section: some twenty pages
NO_HTML = "HTML such as “{}” is not used in reports. Write plain words, or Markdown for bold, lists and tables."
INNER_SUFFIXES = (".local", ".internal", ".lan", ".home", ".corp", ".localhost", ".intranet")
SCHEMES = ("https", "http", "mailto", "tel")


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a text from being saved: its line, from 1, and the sentence that says how to mend it."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.sentence}"


def problems(text: str, figures: Collection[str], pictures: Collection[str]) -> list[Problem]:
    """
    Everything that is wrong with ``text``, in the order of its lines, each once; empty for one that can be saved.

    ``figures`` are the names that may stand in braces, and ``pictures`` the ids of those that belong to the report.
    """
    if len(text) > LONGEST:
        return [Problem(1, f"This text has {len(text):,} characters. A section has at most {LONGEST:,}.")]
    found = [*_html(text), *_in_lines(text, figures, pictures)]
    return sorted(dict.fromkeys(found), key=lambda problem: problem.line)


def _html(text: str) -> Iterator[Problem]:
    tokens = reader(html=True).parse(text)
    for token in tokens:
        if token.type == "html_block":
            yield Problem(token.map[0] + 1 if token.map else 1, NO_HTML.format(_shortened(token.content)))
    for token, line in inside(tokens):
        if token.type == "html_inline":
            yield Problem(line, NO_HTML.format(_shortened(token.content)))


def _in_lines(text: str, figures: Collection[str], pictures: Collection[str]) -> Iterator[Problem]:
    for token, line in inside(reader().parse(text)):
        if token.type == "figure" and token.content not in figures:
            yield Problem(line, f"There is no figure called “{token.content}”. The list of figures has their names.")
        elif token.type == "image":
            yield from _picture(token, line, pictures)
        elif token.type == "link_open" and (sentence := address_problem(str(token.attrGet("href") or ""))):
            yield Problem(line, sentence)


def _picture(token: Token, line: int, pictures: Collection[str]) -> Iterator[Problem]:
    address = str(token.attrGet("src") or "")
    if not address.startswith(IMAGE):
        yield Problem(line, "Pictures are uploaded to the report first; one cannot be taken from another address.")
    elif address.removeprefix(IMAGE) not in pictures:
        yield Problem(line, "This picture does not belong to the report, or was removed from it.")


def address_problem(address: str) -> str:
    """
    Why a link may not lead to ``address``; empty if it may.

    It may lead to a page of the portal, to the public web, to a mail address or to a telephone.
    """
    if address.startswith("/") and not address.startswith("//"):
        return ""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return f"“{_shortened(address)}” is not an address."
    if parts.scheme not in SCHEMES:
        return f"A link cannot lead to “{_shortened(address)}”. Use an address that begins with https://."
    if parts.scheme in {"mailto", "tel"}:
        return "" if parts.path else f"“{_shortened(address)}” is not an address."
    if parts.username or parts.password:
        return "An address in a report holds no user name and no password."
    if not _is_public(host):
        return f"“{_shortened(host or address)}” is not on the public web, so readers of the report could not open it."
    return ""


def _is_public(host: str) -> bool:
    host = host.rstrip(".").lower()
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    # Numbers in other writings, such as 0x7f.1 or 2130706433, are addresses too.
    looks_like_a_number = re.fullmatch(r"[0-9a-fx.]+", host) and host.replace(".", "")[:1].isdigit()
    return "." in host and not host.endswith(INNER_SUFFIXES) and not looks_like_a_number


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
