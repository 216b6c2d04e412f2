"""Reading Markdown: CommonMark with tables, without HTML, and with figures such as {contributions total}."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

FIGURE = re.compile(r"\{([a-z][a-z0-9 -]{0,60})\}")
IMAGE = "image:"
BREAKS = {"softbreak", "hardbreak"}
# What means something to Markdown within the words of a picture: a backslash before it makes it plain.
MEANS_SOMETHING = re.compile(r"[\\`*_{}\[\]<>&|]")


def address_of_picture(public_id: object) -> str:
    """How a text names the picture of this id: ``![…](image:…)``."""
    return f"{IMAGE}{public_id}"


def line_of_picture(words: str, public_id: object) -> str:
    """The line that shows the picture of this id in a text, also in a table, whatever its ``words`` are."""
    plain = MEANS_SOMETHING.sub(r"\\\g<0>", " ".join(words.split()))
    return f"![{plain}]({address_of_picture(public_id)})"


@cache
def reader(*, html: bool = False) -> MarkdownIt:
    """
    The reader of texts. ``html`` makes it see HTML as what it is, for whoever looks for it; it is never shown as such.
    """
    made = MarkdownIt("commonmark", {"html": html}).enable("table")
    made.inline.ruler.before("text", "figure", _figure)
    made.validateLink = _any_address  # type: ignore[method-assign]
    return made


def _any_address(url: str) -> bool:
    """Every address is read as one: ours says what is wrong with it, and takes it out of what is shown."""
    return True


def _figure(state: StateInline, silent: bool) -> bool:
    """A figure by its name in braces; what does not look like one stays as it is written."""
    if state.src[state.pos] != "{":
        return False
    found = FIGURE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push("figure", "", 0)
        token.content = " ".join(found[1].split())
    state.pos = found.end()
    return True


def inside(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """Every token that stands in a line, also within the words of pictures, with the number of its line."""
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        waiting = list(reversed(token.children or ()))
        while waiting:
            child = waiting.pop()
            yield child, line
            line += child.content.count("\n") if child.type == "html_inline" else child.type in BREAKS
            waiting += reversed(child.children or ())


@lru_cache(maxsize=1024)
def figures_in(text: str) -> frozenset[str]:
    """The names of the figures that ``text`` shows."""
    tokens = inside(reader().parse(text))
    return frozenset(token.content for token, _line in tokens if token.type == "figure")
