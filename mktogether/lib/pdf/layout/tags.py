"""
What the layout library leaves undone for screen readers, mended before the file is written.

Header cells get their scope, items of lists their body, running heads and page numbers become artifacts (read aloud on
every page otherwise), and no link acts but those to the web, mail or telephone.
"""

from collections.abc import Iterator
from typing import Any

from pydyf import Array, Dictionary

SAFE_LINKS = ("http://", "https://", "mailto:", "tel:")
SHOWN_IN_PRINT = 4  # the flag for it among those of an annotation
PAGINATION = Dictionary({"Type": "/Pagination"})
NOBODY = "null"


def mend(_document: Any, pdf: Any) -> None:
    """Mend links and tags of ``pdf``, which the layout library has drawn and is about to write."""
    pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    _mend_links(pdf)
    spoken = _mend_structure(pdf)
    owners = _object(pdf, _object(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    for index, page in enumerate(pages):
        spoken_here = spoken.get(page.reference, set())
        _make_artifacts(_object(pdf, page["Contents"]).stream, spoken_here)
        _forget_unspoken(owners[2 * index + 1], spoken_here)


def _object(pdf: Any, reference: bytes) -> Any:
    """What ``reference`` (``b"12 0 R"``) stands for."""
    return pdf.objects[int(reference.split()[0])]


def _mend_links(pdf: Any) -> None:
    """Links are printed as they are shown; one that could run a script or open a local file keeps only its words."""
    for annotation in pdf.objects:
        if isinstance(annotation, Dictionary) and annotation.get("Type") == "/Annot":
            annotation["F"] = SHOWN_IN_PRINT
            act = annotation.get("A")
            if act is not None and not _words(act.get("URI")).lower().startswith(SAFE_LINKS):
                del annotation["A"]


def _words(string: Any) -> str:
    """The words of a string of the file; none where there is none."""
    return "" if string is None else str(string.string)


def _mend_structure(pdf: Any) -> dict[bytes, set[int]]:
    """Give header cells their scope and list items their body; answer which marked pieces of each page are spoken."""
    spoken: dict[bytes, set[int]] = {}
    for element, in_head in _elements(pdf):
        if element["S"] == "/TH":
            element["A"]["Scope"] = "/Column" if in_head else "/Row"
        elif element["S"] == "/LI":
            _give_body(pdf, element)
        pieces = {kid for kid in element["K"] if isinstance(kid, int)}
        if pieces:
            spoken.setdefault(element["Pg"], set()).update(pieces)
    return spoken


def _elements(pdf: Any) -> Iterator[tuple[Any, bool]]:
    """Every element of the tag tree, with whether it stands in the head of a table. No recursion: trees can be deep."""
    waiting = [(kid, False) for kid in _object(pdf, pdf.catalog["StructTreeRoot"])["K"]]
    while waiting:
        reference, inside = waiting.pop()
        element = _object(pdf, reference)
        if "S" not in element:
            continue
        yield element, inside
        inside = inside or element["S"] == "/THead"
        waiting.extend((kid, inside) for kid in element["K"] if isinstance(kid, bytes))


def _give_body(pdf: Any, item: Any) -> None:
    """Part the mark of a list item from what follows it; the layout library does so for marks outside the line only."""
    kids = [kid for found in item["K"] for kid in (_kids_of_line(pdf, found) or [found])]
    marks = [kid for kid in kids if _kind(pdf, kid) == "/Lbl"]
    rest = [kid for kid in kids if kid not in marks]
    if len(rest) != 1 or _kind(pdf, rest[0]) != "/LBody":
        kind = {"Type": "/StructElem", "S": "/LBody"}
        body = Dictionary({**kind, "K": Array(rest), "Pg": item["Pg"], "P": item.reference})
        pdf.add_object(body)
        _belong(pdf, rest, body)
        rest = [body.reference]
    _belong(pdf, marks, item)
    item["K"] = Array([*marks, *rest])


def _kids_of_line(pdf: Any, reference: Any) -> Any:
    """What stands in the first line of an item, where the layout library made an element of the line with its mark."""
    kids = _object(pdf, reference)["K"] if _kind(pdf, reference) == "/LBody" else ()
    return kids if kids and _kind(pdf, kids[0]) == "/Lbl" else ()


def _kind(pdf: Any, kid: Any) -> Any:
    """Which kind of element ``kid`` is; none where it is a marked piece or a link's place."""
    return _object(pdf, kid).get("S") if isinstance(kid, bytes) else None


def _belong(pdf: Any, kids: list[Any], parent: Any) -> None:
    for kid in kids:
        if _kind(pdf, kid) is not None:
            _object(pdf, kid)["P"] = parent.reference


def _make_artifacts(stream: list[Any], spoken: set[int]) -> None:
    """Turn the marked pieces of a page that are outside the tag tree into pagination artifacts."""
    for place, mark in enumerate(stream):
        if isinstance(mark, Dictionary) and "MCID" in mark and mark["MCID"] not in spoken:
            stream[place - 1 : place + 1] = ["/Artifact", PAGINATION]


def _forget_unspoken(owners: Any, spoken: set[int]) -> None:
    """Take the running text out of the map from a page's pieces to the tag tree."""
    for piece in range(len(owners)):
        if piece not in spoken:
            owners[piece] = NOBODY
