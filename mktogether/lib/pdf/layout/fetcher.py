"""What a document may load: our own print assets by name, and images that it carries inside itself. Nothing else.

Imported in the child process alone, because it needs the layout library.
"""

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from weasyprint.urls import URLFetcher, URLFetcherResponse

STATIC = Path(__file__).resolve().parents[4] / "static"
STYLESHEETS = {"print.css": STATIC / "print" / "print.css"}
FONT_FOLDER = STATIC / "vendor" / "fonts"
FAMILY = "Source Sans 3"

# The prepared files of ``static/vendor/fonts``: Latin letters, in the styles and weights of the print design. They are
# those of the web, unpacked at set-up.
FONTS = {
    f"source-sans-3-latin-{weight}-{style}.ttf": (style, weight)
    for style, weight in (("normal", 400), ("italic", 400), ("normal", 600), ("normal", 700))
}
IMAGES = {
    "data:image/png;base64": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "data:image/jpeg;base64": ("image/jpeg", b"\xff\xd8\xff"),
}


class RefusedAddress(ValueError):
    """A document asked for something that it may not load."""


class AssetFetcher(URLFetcher):
    """Answers ``asset:`` names from a fixed list and embedded PNG and JPEG images; refuses every other address.

    It opens no connection and follows no path from the document: the name is a key, never part of a file name.
    """

    def __init__(self, pictures: Mapping[str, str] = MappingProxyType({})) -> None:
        """``pictures`` are embedded images that were set aside: the short address of each, and its own."""
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.pictures = pictures

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url.startswith("asset:"):
            return _asset(url)
        if url.startswith("data:"):
            return _image(url)
        if url in self.pictures:
            return _image(self.pictures[url])
        raise RefusedAddress("documents may not load outside addresses")


def _asset(url: str) -> URLFetcherResponse:
    name = url.removeprefix("asset:")
    if name == "fonts.css":
        return URLFetcherResponse(url, font_faces(), {"Content-Type": "text/css"})
    if name in STYLESHEETS:
        return URLFetcherResponse(url, STYLESHEETS[name].read_bytes(), {"Content-Type": "text/css; charset=utf-8"})
    if name in font_files():
        return URLFetcherResponse(url, font_files()[name].read_bytes(), {"Content-Type": "font/ttf"})
    raise RefusedAddress("there is no such print asset")


def _image(url: str) -> URLFetcherResponse:
    """An embedded image, if its bytes are what its type says: a drawing in disguise could ask for more."""
    kind, _, body = url.partition(",")
    if kind not in IMAGES:
        raise RefusedAddress("documents may embed only PNG and JPEG images")
    content_type, signature = IMAGES[kind]
    try:
        content = base64.b64decode(body, validate=True)
    except binascii.Error as broken:
        raise RefusedAddress("an embedded image is not valid base64") from broken
    if not content.startswith(signature):
        raise RefusedAddress("an embedded image is not of the type that it names")
    return URLFetcherResponse(url, content, {"Content-Type": content_type})


def font_files() -> dict[str, Path]:
    """The prepared font files by asset name; those that set-up has not brought are left out."""
    return {name: FONT_FOLDER / name for name in FONTS if (FONT_FOLDER / name).is_file()}


def font_faces() -> str:
    """
    The ``@font-face`` rules for the files that are there, so that a bare checkout prints in the system's font.

    Figures of one width are asked for here, once, and not in the style of each word, which would cost more to lay out.
    """
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-style: {style}; font-weight: {weight};'
        f' font-feature-settings: "tnum";'
        f' src: url("asset:{name}"); }}'
        for name, (style, weight) in FONTS.items()
        if name in font_files()
    )
