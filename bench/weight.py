"""
What a browser fetches to show a page for the first time: bytes as they go over the line, and requests.

Static files are taken as the portal sends them. The page itself is compressed by the proxy in front of the portal (see
docs/nginx.conf.example): that is done here in its place, at nginx's own level, the least.
"""

import gzip
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

FETCHED = {"link": "href", "script": "src", "img": "src"}
LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
MODULE_IN_META = "govuk-frontend"  # named in a meta element, and imported where the page has a part that needs it
PROXY_LEVEL = 1
SLANTED = {"em", "i", "cite", "dfn", "var", "address"}

FACE = re.compile(rb"@font-face\s*\{[^}]*\}")
URL = re.compile(rb"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
IMPORT = re.compile(rb"(?:^|[;}\s])import\s*(?:[^\"'();]*\sfrom\s*)?[\"']([^\"']+)[\"']")


class References(HTMLParser):
    """Collects what a page names, and whether it has text in italics."""

    def __init__(self):
        super().__init__()
        self.addresses = []
        self.slanted = False
        self.module = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.slanted |= tag in SLANTED
        if tag == "meta" and given.get("name") == MODULE_IN_META:
            self.module = given["content"]
        if self.module and given.get("data-module", "").startswith("govuk-"):
            self.addresses.append(self.module)
        if tag == "link" and not LINKS & set(given.get("rel", "").split()):
            return
        if address := given.get(FETCHED.get(tag, "")):
            self.addresses.append(address)


@dataclass(frozen=True)
class FirstView:
    """What showing a page for the first time takes."""

    bytes: int
    requests: int
    parts: dict[str, int]


def first_view(server, path, session):
    """Fetch ``path`` and all that it names, and what these name, as a browser that takes brotli and gzip would."""
    parts = {}
    waiting = [path]
    slanted = False
    while waiting:
        address = waiting.pop(0)
        if address in parts:
            continue
        raw, text, kind = _fetch(server, address, session)
        parts[address] = raw
        if kind == "text/html":
            page = References()
            page.feed(text.decode())
            slanted |= page.slanted
            named = page.addresses
        else:
            named = named_in(kind, text, slanted=slanted)
        waiting += [_local(address, name) for name in named if not name.startswith(("data:", "#"))]
    return FirstView(sum(parts.values()), len(parts), parts)


def _fetch(server, address, session):
    """The bytes over the line, the plain text of them and its type. A file is asked for twice: plain for its text."""
    sent = server.ask(address, session=session, encoding="br, gzip")
    if sent.status != 200:
        raise SystemExit(f"{address} answered {sent.status}")
    kind = sent.headers.get_content_type()
    if sent.headers.get("Content-Encoding"):
        return len(sent.body), server.ask(address, session=session).body, kind
    over_the_line = gzip.compress(sent.body, PROXY_LEVEL) if kind == "text/html" else sent.body
    return len(over_the_line), sent.body, kind


def named_in(kind, text, *, slanted):
    """What a style sheet or a module names that a browser fetches: fonts in italics only where something is."""
    if kind == "text/css":
        rules = FACE.sub(b"", text)
        slanted = slanted or re.search(rb"font-style:\s*italic", rules) is not None
        faces = [face for face in FACE.findall(text) if slanted or b"italic" not in face]
        return [name.decode() for part in (rules, *faces) for name in URL.findall(part)]
    if kind in {"text/javascript", "application/javascript"}:
        return [name.decode() for name in IMPORT.findall(text)]
    return []


def _local(base, name):
    return urlsplit(urljoin(f"http://localhost{base}", name)).path
