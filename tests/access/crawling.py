"""Reading all that somebody can get at, and looking for canaries in it: pages, files, mails, logs, work, cache."""

import base64
import contextlib
import io
import logging
import re
import zipfile
from html import unescape

import pikepdf
from django.core.cache import cache
from django.db import connection

from mktogether.lib.logs import OneLine
from tests.access.walking import WRITES, ask

LINK = re.compile(r'(?:href|action|src)="([^"#]+)')
TAG = re.compile(r"<(script|style).*?</\1>|<[^>]+>", re.DOTALL)
END_OF_PAGE = "</html>"
NOWHERE = "zq0000qz"
# Written with what somebody does, and to hold no content: what goes by mail, the history, and what is kept for a while.
TO_WHOM = "records.User.email"  # a mail that waits holds the address it goes to, and no more
WITHOUT_CONTENT = {"records_outboxmessage", "records_event", "records_seal", "records_denialcount", "records_cache"}
LISTS = (
    "/people/",
    "/history/",
    "/history/export.csv",
    "/access/grants/",
    "/meetings/",
    "/actions/",
    "/workbench/scenarios/",
    "/cases/",
)
# Addresses that no page leads to, of errors and of what is not there.
ALSO = ("/nothing/", "/meetings/?page=99999999", "/people/?page=x", "/history/?before=x", "/boards/nowhere/", "/files/")
NARROWED_BY = ("q", "board")


# --- What an answer holds ---------------------------------------------------------------------------------------------


def readable(content):
    """All the text in ``content``, whatever kind of file it is."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(readable(archive.read(name)) for name in archive.namelist())
    if content.startswith(b"%PDF") and len(content) > 200:  # shorter ones are those that factories make
        return text_of_pdf(content)
    return content.decode(errors="replace")


def text_of_pdf(content):
    """What a PDF says on its pages, and every string and every stream in it: metadata, bookmarks, attachments."""
    said = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            said.append(_words_of(page))
        for thing in pdf.objects:
            said.extend(_strings_in(thing))
            if isinstance(thing, pikepdf.Stream):
                with contextlib.suppress(pikepdf.PdfError):  # pictures stay as they are
                    said.append(thing.read_bytes().decode("latin-1"))
    return "\n".join(said)


def _words_of(page):
    """The glyphs that the page draws, as the letters which its fonts say that they are."""
    fonts = page.resources.get("/Font", {}) if "/Resources" in page else {}
    letters = {name: _letters_of(font) for name, font in fonts.items()}
    drawn, table = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = letters.get(str(operands[0]), {})
        elif str(operator) in {"Tj", "TJ"}:
            parts = operands[0] if str(operator) == "TJ" else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    glyphs = bytes(part)
                    pairs = (glyphs[at : at + 2] for at in range(0, len(glyphs), 2))
                    drawn.extend(table.get(int.from_bytes(pair), "") for pair in pairs)
    return "".join(drawn)


def _letters_of(font):
    """Glyph -> letters, of the font's own table for those who copy text out of it."""
    table = font["/ToUnicode"].read_bytes().decode("latin-1") if "/ToUnicode" in font else ""
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, letters in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(glyph, 16)] = bytes.fromhex(letters).decode("utf-16-be", errors="replace")
    return found


def _strings_in(thing, depth=0):
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif depth < 5 and isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for value in dict(thing.items()).values():
            yield from _strings_in(value, depth + 1)
    elif depth < 5 and isinstance(thing, pikepdf.Array):
        for value in thing:
            yield from _strings_in(value, depth + 1)


def links(text):
    """The addresses of the portal that a page leads to, also those of its forms."""
    found = (unescape(link) for link in LINK.findall(text))
    return [link for link in found if link.startswith("/") and not link.startswith(("//", "/static/"))]


# --- What is written on the way ---------------------------------------------------------------------------------------


class Written:
    """What is written to tables that hold no content while a request is answered."""

    def __init__(self, canaries):
        self.canaries = canaries
        self.found = []
        self.mails = 0

    def __call__(self, execute, sql, params, many, context):
        if (match := WRITES.match(sql)) and match[1] in WITHOUT_CONTENT:
            self.mails += match[1] == "records_outboxmessage" and sql.lstrip().upper().startswith("INSERT")
            texts = [param for param in self.canaries.all_in(str(params)) if param.startswith("zq")]
            found = [self.canaries.planted[text] for text in texts]
            self.found += [f"{match[1]}: {canary}" for canary in found if canary.kind != TO_WHOM]
        return execute(sql, params, many, context)


@contextlib.contextmanager
def everything_logged():
    """Every log line down to the least, as the portal formats it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLine("%(levelname)s %(name)s %(message)s"))
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def cached():
    """What the cache holds, as text."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key, value FROM {connection.ops.quote_name(cache._table)}")
        rows = cursor.fetchall()
    return "\n".join(f"{key} {base64.b64decode(value).decode('latin-1')}" for key, value in rows)


# --- Somebody who reads all that they can get at ----------------------------------------------------------------------


class Crawl:
    """One visitor, who asks and follows links, and what of it was not for them."""

    def __init__(self, client, canaries, who, roles=()):
        """Of ``who``, who reads what ``roles`` read; without these, what ``who`` reads in the world as it is built."""
        self.client = client
        self.who = who
        self.forbidden = canaries.forbidden_to(roles or (who,), own=who)
        self.canaries = canaries
        self.written = Written(canaries)
        self.answers = 0
        self.leaks = []
        self.faults = []
        self.linked = {}

    def ask(self, method, path, **more):
        """Ask, and look at all that came of it; return the text of the answer."""
        with connection.execute_wrapper(self.written):
            asked = ask(self.client, method, path, **more)
        self.answers += 1
        headers = "\n".join(f"{name}: {value}" for name, value in asked.response.items())
        text = readable(asked.content) + "\n" + headers
        told = f"{path} {more}"  # whoever asks for an address knows it
        found = [canary for canary in self.forbidden(text) if canary not in told]
        self.leaks += [f"{method} {path} as {self.who}: {self.canaries.planted[canary]}" for canary in found]
        if asked.status >= 500:
            self.faults.append(f"{method} {path} as {self.who}: {asked.status}")
        if "html" in asked.response.get("Content-Type", "") and method == "GET":
            self.linked |= dict.fromkeys(link for link in links(text) if "/sign-out/" not in link)
        return text

    def addresses(self, world, methods=("GET",)):
        """Every address that there is, with each of ``methods``."""
        for case, path in world.addresses:
            for method in methods:
                ASKED[method](self, path, case, world)

    def follow(self, most, also=("/",)):
        """On through all that the pages led to, the nearest first, as far as ``most`` answers."""
        waiting, begun = [*also, *self.linked], self.answers
        while waiting and self.answers < begun + most:
            before = set(self.linked)
            self.ask("GET", waiting.pop(0))
            waiting += [link for link in self.linked if link not in before]

    def search(self, strings, lists=LISTS, names=NARROWED_BY):
        """
        Ask every list for each of ``strings``: it answers as for what is nowhere, and tells of nothing else either.

        Asked in capitals, so that what was typed, which stands in its box again, is not taken for something found.
        """
        for path in lists:
            for name in names:
                for string in strings:
                    # Asked again for what is nowhere each time: a page may tell the time.
                    same = (self._narrowed(path, name, string) == self._narrowed(path, name, NOWHERE) for _try in "12")
                    if not any(same):
                        self.leaks.append(f"{path}?{name}= as {self.who} tells that there is {string}")

    def _narrowed(self, path, name, string):
        """The words and addresses of the answer, without what was typed."""
        text = self.ask("GET", path, query_params={name: string.upper()})
        page = (TAG.sub(" ", text.rsplit(END_OF_PAGE)[0]), sorted(LINK.findall(text)))
        return re.sub(re.escape(string), "", str(page), flags=re.IGNORECASE)

    def everything_wrong(self):
        """What was not for them, answers that failed, and what was written where no content belongs."""
        return [*self.leaks, *self.faults, *self.written.found]

    def in_words(self):
        """All of it, a line each."""
        return "\n".join(dict.fromkeys(self.everything_wrong()))


def _garbled(form):
    """A form that no view takes: each of its fields, and some that it lacks, with what is none of the choices."""
    return dict.fromkeys((*form, "reason", "person", "body", "act", "kind", "state", "q"), "?")


ASKED = {
    "GET": lambda crawl, path, case, world: crawl.ask("GET", path),
    "HEAD": lambda crawl, path, case, world: crawl.ask("HEAD", path),
    "a range": lambda crawl, path, case, world: crawl.ask("GET", path, headers={"Range": "bytes=0-400"}),
    "a part": lambda crawl, path, case, world: crawl.ask(
        "GET", path, query_params={"part": "1", "since": "0"}, headers={"X-Requested-With": "XMLHttpRequest"}
    ),
    "a form": lambda crawl, path, case, world: crawl.ask("POST", path, data=case.send(world)),
    "an empty form": lambda crawl, path, case, world: crawl.ask("POST", path, data={}),
    "a wrong form": lambda crawl, path, case, world: crawl.ask("POST", path, data=_garbled(case.send(world))),
}
