"""
Reads a tagged PDF back as a screen reader would: by its tags, in their order, with the words of each.

The words are those of the page's text through the fonts' own maps to Unicode, so that what is read here is what was
printed, and not what somebody meant to print.
"""

import io
import re
from dataclasses import dataclass, field

import pikepdf


@dataclass
class Tag:
    """An element of the tag tree: its kind, on which page it begins (from 1), its words and what lies in it."""

    kind: str
    page: int | None
    own: str = ""
    alt: str = ""
    kids: list["Tag"] = field(default_factory=list)

    @property
    def words(self):
        """What is read aloud for it, in one line."""
        return " ".join(" ".join([self.own, *(kid.words for kid in self.kids)]).split())

    def all(self, *kinds):
        """Every element of these kinds within it, in reading order."""
        found = [self] if self.kind in kinds else []
        for kid in self.kids:
            found += kid.all(*kinds)
        return found

    @property
    def rows(self):
        """The rows of a table, each the words of its cells."""
        return [[cell.words for cell in row.kids] for row in self.all("TR")]


def read(pdf_bytes):
    """The tag tree of a PDF."""
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        said = {page.objgen: _said(page) for page in pdf.pages}
        root = Tag("Root", None)
        for kid in _kids(pdf.Root.StructTreeRoot):
            root.kids.append(_tag(kid, numbers, said))
        return root


def _kids(element):
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _tag(element, numbers, said):
    page = element.get("/Pg")
    tag = Tag(str(element.S)[1:], numbers[page.objgen] if page is not None else None, alt=str(element.get("/Alt", "")))
    for kid in _kids(element):
        if isinstance(kid, int):
            tag.kids.append(Tag("Piece", tag.page, own=said[page.objgen].get(kid, "")))
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            tag.kids.append(_tag(kid, numbers, said))
    return tag


def _said(page):
    """The words of each marked piece of a page, by its number."""
    maps = {name: _unicode(font) for name, font in page.resources.get("/Font", {}).items()}
    found, inside, current = {}, [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                marks = operands[1] if len(operands) > 1 else {}
                inside.append(int(marks.MCID) if isinstance(marks, pikepdf.Dictionary) and "/MCID" in marks else None)
            case "EMC":
                inside.pop()
            case "Tf":
                current = maps[str(operands[0])]
            case "Tj" | "TJ":
                pieces = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                text = "".join(_decoded(piece, current) for piece in pieces if isinstance(piece, pikepdf.String))
                number = next((one for one in reversed(inside) if one is not None), None)
                found[number] = found.get(number, "") + text
    return found


def _decoded(piece, letters):
    codes = bytes(piece)
    return "".join(letters.get(codes[at : at + 2], "\ufffd") for at in range(0, len(codes), 2))


def _unicode(font):
    """What each code of a font stands for."""
    text = font.ToUnicode.read_bytes().decode("latin-1")
    letters = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, letter in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            letters[bytes.fromhex(code)] = bytes.fromhex(letter).decode("utf-16-be")
    return letters
