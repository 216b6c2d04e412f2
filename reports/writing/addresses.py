"""Where a link in a report may lead: to the public web, a mail, a telephone, or a page of the portal."""

import re
from urllib.parse import urlsplit

SCHEMES = ("https", "http", "mailto", "tel")
# Names that lead nowhere outside somebody's own network, or nowhere at all.
INNER_ENDS = {
    *("local", "localhost", "localdomain", "internal", "intranet", "private", "lan", "home", "corp", "arpa"),
    *("onion", "test", "invalid"),
}
# A page of the portal. Browsers read a backslash as a slash and skip white space: neither leads out of it unseen.
PAGE = re.compile(r"/(?!/)[^\s\\\x00-\x1f\x7f]*")
NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9-]+")
# What browsers take for a number at the end of a host, and then the whole of it for an address: 127.1, 0x7f000001.
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


def address_problem(address: str) -> str:
    """Why a link may not lead to ``address``; empty if it may."""
    if PAGE.fullmatch(address):
        return ""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return f"“{shortened(address)}” is not an address."
    if parts.scheme not in SCHEMES:
        return f"A link cannot lead to “{shortened(address)}”. Use an address that begins with https://."
    if parts.scheme in {"mailto", "tel"}:
        return "" if parts.path else f"“{shortened(address)}” is not an address."
    if parts.username is not None or parts.password is not None:
        return "An address in a report holds no user name and no password."
    if not _is_public(host):
        return f"“{shortened(host or address)}” is not on the public web, so readers of the report could not open it."
    return ""


def shortened(text: str) -> str:
    """The beginning of ``text``, as much of it as a sentence can quote."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def _is_public(host: str) -> bool:
    """
    Whether ``host`` is a name of the public web. Numbers never are, in whatever writing: nobody publishes under one.
    """
    try:
        # As browsers read it: wide and small letters made plain, signs without width left out.
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
        name.encode("ascii").decode("idna")  # and nothing that browsers would not read back as it is written
    except UnicodeError:
        return False
    last = name.rpartition(".")[2]
    return bool(NAME.fullmatch(name)) and last not in INNER_ENDS and not NUMBER.fullmatch(last)
