"""
Our own style sheets, read once in the life of a process and of those that it forks.

Imported in the layout program alone.
"""

from functools import cache
from typing import Any

from weasyprint import CSS

from . import fetcher, fonts

PREFIX = "asset:"
FONTS = f"{PREFIX}fonts.css"


@cache
def kept(name: str) -> CSS:
    """The style sheet ``name`` of ours, ready to be applied."""
    return CSS(
        string=fetcher.STYLESHEETS[name].read_text(),
        url_fetcher=fetcher.AssetFetcher(),
        font_config=fonts.kept(),
    )


def taken_from(root: Any) -> list[CSS]:
    """The style sheets of ours that a document links, in their order; their links are taken away."""
    found = []
    for parent in list(root.iter("head")):
        for link in [child for child in parent if child.tag == "link" and child.get("rel") == "stylesheet"]:
            name = link.get("href", "").removeprefix(PREFIX)
            if link.get("href") != FONTS and name not in fetcher.STYLESHEETS:
                continue
            parent.remove(link)
            if name in fetcher.STYLESHEETS:
                found.append(kept(name))
    return found
