"""From a section's text to blocks of safe HTML, each with a key by which comments find it again."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape, unescape
from typing import Any

import nh3
from markdown_it.common.utils import unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from reports.writing.addresses import address_problem
from reports.writing.parsing import FIGURE, IMAGE, reader

# The section's own title is a heading of the second level, so headings in its text begin below it.
LOWER_HEADINGS_BY = 2
LOWEST_HEADING = 6
TAGS = {
    *("p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span", "img", "figure"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "class"},
    "span": {"class"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "th": {"class", "scope"},
    "td": {"class"},
}
SCHEMES = {"http", "https", "mailto", "tel", IMAGE.removesuffix(":")}
# An element that shows a picture by its id; in the words of a text its quotes or its angle would stand otherwise.
PLACE = re.compile(f'(?<=<img src="){IMAGE}([^"]+)')
# An element that shows a picture, after the cleaning, which leaves the words of the picture in it and little else.
SHOWN = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
# Where a block's words are parted although no space stands between them.
PARTS = re.compile(r"<(?=/?(?:p|br|hr|li|[uo]l|t[hdr]|thead|tbody|table|pre|blockquote|h\d)\b)")


@dataclass(frozen=True)
class Figure:
    """A figure as it is printed, and the address where its records can be read; none on paper."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture: where it is read from (an address, or itself as ``data:``), and the words that say what it shows."""

    source: str
    words: str


@dataclass(frozen=True)
class Block:
    """One paragraph, list, table or heading. ``key`` stays the same while its words do."""

    key: str
    html: str
    words: str
    is_heading: bool = False


def blocks(text: str, figures: Mapping[str, Figure], pictures: Mapping[str, Picture]) -> tuple[Block, ...]:
    """
    The blocks of ``text``, safe to be shown as they are.

    ``figures`` by their names and ``pictures`` by their ids; of those that are missing, the name stands in the text.
    Whatever is not on the list of what a text may hold is left out, whoever wrote it and however it came here.
    """
    tokens = reader().parse(text)
    render = _Renderer(figures, pictures)
    made: list[Block] = []
    seen: dict[str, int] = {}
    for group in _groups(tokens):
        html = nh3.clean(
            render.render(group, reader().options, {}),
            tags=TAGS,
            attributes=ATTRIBUTES,
            attribute_filter=partial(_attribute, pictures),
            url_schemes=SCHEMES,
            link_rel=None,
        ).strip()
        if not html:
            continue
        key = key_of(group)
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:  # the same words a second time
            key = f"{key}-{seen[key]}"
        made.append(Block(key, _with(pictures, html), said(html), is_heading=group[0].type == "heading_open"))
    return tuple(made)


def key_of(group: Sequence[Token]) -> str:
    """The key of a block: of what was written in it, so that it survives new figures and whatever happens around it."""
    written = " ".join(token.content for token in group if token.content)
    return hashlib.sha256(" ".join(written.split()).encode()).hexdigest()[:12]


def said(html: str) -> str:
    """The words of a block without its marks, as a quotation shows them; of a picture, what it shows."""
    told = SHOWN.sub(lambda found: f" Picture: {escape(unescape(found[1]))} ", html)
    return " ".join(unescape(nh3.clean(PARTS.sub(" <", told), tags=set())).split())


def words(text: str) -> int:
    """How many words ``text`` has, by which its limit is judged; a figure counts as one."""
    return sum(len(block.words.split()) for block in blocks(FIGURE.sub("1", text), {}, {}))


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each block of the first level."""
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield group
            group = []


def _attribute(pictures: Mapping[str, Picture], tag: str, name: str, value: str) -> str | None:
    """Links lead to the web, a mail or a telephone, or a page of the portal; only ``pictures`` are shown."""
    if tag == "a" and name == "href":
        return None if address_problem(value) else value
    if tag == "img" and name == "src":
        picture = pictures.get(value.removeprefix(IMAGE))
        return value if picture and _may_show(picture.source) else None
    return value


def _may_show(source: str) -> bool:
    """A picture is read from the portal, or carries itself."""
    return source.startswith(("/", "data:image/")) and not source.startswith("//")


def _with(pictures: Mapping[str, Picture], html: str) -> str:
    """
    ``html`` with each of the ``pictures`` in its place.

    They come after the cleaning, which looks at each letter: of one that carries itself there are a million.
    """
    return PLACE.sub(lambda found: escape(pictures[found[1]].source), html)


class _Renderer(RendererHTML):
    """The library's renderer, with our headings, figures, pictures and heads of tables."""

    def __init__(self, figures: Mapping[str, Figure], pictures: Mapping[str, Picture]) -> None:
        super().__init__()
        self._figures = figures
        self._pictures = pictures
        rules: dict[str, Any] = {
            "figure": self._figure,
            "image": self._image,
            "heading_open": self._heading,
            "heading_close": self._heading,
            "th_open": self._cell,
            "td_open": self._cell,
        }
        self.rules.update(rules)

    def _figure(self, tokens: Sequence[Token], index: int, *_rest: object) -> str:
        name = tokens[index].content
        figure = self._figures.get(name)
        if figure is None:
            return f'<span class="figure">{{{escape(name)}}}</span>'
        if not figure.href:
            return f'<span class="figure">{escape(figure.words)}</span>'
        return f'<a class="figure" href="{escape(figure.href)}">{escape(figure.words)}</a>'

    def _image(self, tokens: Sequence[Token], index: int, *_rest: object) -> str:
        address = str(tokens[index].attrGet("src") or "")
        picture = self._pictures.get(address.removeprefix(IMAGE))
        if picture is None:
            return escape(unescapeAll(tokens[index].content))
        return f'<img src="{escape(address)}" alt="{escape(picture.words)}">'

    def _heading(self, tokens: Sequence[Token], index: int, *_rest: object) -> str:
        token = tokens[index]
        level = min(int(token.tag[1]) + LOWER_HEADINGS_BY, LOWEST_HEADING)
        return f"<h{level}>" if token.nesting == 1 else f"</h{level}>\n"

    def _cell(self, tokens: Sequence[Token], index: int, *_rest: object) -> str:
        token = tokens[index]
        scope = ' scope="col"' if token.tag == "th" else ""
        number = ' class="number"' if "right" in str(token.attrGet("style") or "") else ""
        return f"<{token.tag}{scope}{number}>"
