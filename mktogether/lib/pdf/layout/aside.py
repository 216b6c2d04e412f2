"""Pictures are set aside before a document is parsed: the parser looks at each letter of their long addresses."""

import re
from typing import Any

# Shorter ones cost nothing; and nobody types so long a text that looks like one.
LONG = 4_000
PICTURE = re.compile(rf'src="(data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=]{{{LONG},}})"')


def set_aside(html: str) -> tuple[str, dict[str, str]]:
    """``html`` with a short address for each of its large pictures, and the addresses that they had."""
    kept: dict[str, str] = {}

    def shorten(found: re.Match[str]) -> str:
        short = f"picture:{len(kept)}"
        kept[short] = found[1]
        return f'src="{short}"'

    return PICTURE.sub(shorten, html), kept


def all_are_pictures(root: Any, kept: dict[str, str]) -> bool:
    """Whether each that was set aside is the picture of an element, and none was in the words of the document."""
    return len(kept) == sum(element.get("src") in kept for element in root.iter("img"))
