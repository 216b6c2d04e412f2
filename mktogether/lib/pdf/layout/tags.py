"""What the layout library leaves undone for screen readers, mended in the finished file.

Header cells get their scope, running heads and page numbers become artifacts (read aloud on every page otherwise), and
no link acts but those to the web, mail or telephone.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator

SAFE_LINKS = ("http://", "https://", "mailto:", "tel:")
SHOWN_IN_PRINT = 4  # the flag for it among those of an annotation
BEGIN_MARKED = Operator("BDC")
PAGINATION = Dictionary(Type=Name.Pagination)
MARK = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC(?=\s)")
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"


def finish(draft: io.BytesIO) -> bytes:
    """The PDF in ``draft`` with its tags mended, in the same bytes for the same draft."""
    finished = io.BytesIO()
    with pikepdf.open(draft) as pdf:
        _mend_links(pdf)
        spoken = _mend_structure(pdf)
        for index, page in enumerate(pdf.pages):
            spoken_here = spoken.get(page.objgen, set())
            page.Contents = pdf.make_stream(_with_artifacts(page, spoken_here))
            _forget_unspoken(pdf, index, spoken_here)
        pdf.save(finished, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return finished.getvalue()


def _mend_links(pdf: pikepdf.Pdf) -> None:
    """Links are printed as they are shown; one that could run a script or open a local file keeps only its words."""
    for page in pdf.pages:
        for annotation in page.get(Name.Annots, Array()):
            annotation.F = SHOWN_IN_PRINT
            action = annotation.get(Name.A)
            if action is not None and not str(action.get(Name.URI, "")).lower().startswith(SAFE_LINKS):
                del annotation[Name.A]


def _mend_structure(pdf: pikepdf.Pdf) -> dict[Any, set[int]]:
    """Give every header cell its scope; answer which marked pieces of each page the tag tree speaks."""
    spoken: dict[Any, set[int]] = {}
    for element, in_head in _elements(pdf.Root.StructTreeRoot.K, in_head=False):
        if Name.TH == element.S:
            element.A.Scope = Name.Column if in_head else Name.Row
        pieces = {int(kid) for kid in _kids(element) if isinstance(kid, int)}
        if pieces:
            spoken.setdefault(element.Pg.objgen, set()).update(pieces)
    return spoken


def _elements(kids: Any, *, in_head: bool) -> Iterator[tuple[Any, bool]]:
    """Every element of the tag tree, with whether it stands in the head of a table. No recursion: trees can be deep."""
    waiting = [(kid, in_head) for kid in kids]
    while waiting:
        element, inside = waiting.pop()
        if not isinstance(element, Dictionary) or Name.S not in element:
            continue
        yield element, inside
        inside = inside or bool(Name.THead == element.S)
        waiting.extend((kid, inside) for kid in _kids(element))


def _kids(element: Any) -> list[Any]:
    kids = element.get(Name.K, [])
    return list(kids) if isinstance(kids, Array) else [kids]


def _with_artifacts(page: pikepdf.Page, spoken: set[int]) -> bytes:
    """
    The page's content with the marked pieces outside the tag tree turned into pagination artifacts.

    The layout library writes glyphs as hexadecimal numbers, so that what looks like a mark is one; a page on which that
    might not hold is read instruction by instruction, which takes a dozen times as long.
    """
    page.contents_coalesce()
    content = page.Contents.read_bytes()
    if b"(" in content or content.count(b"BDC") != len(MARK.findall(content)):
        return _read_with_artifacts(page, spoken)
    return MARK.sub(lambda mark: mark[0] if int(mark[1]) in spoken else ARTIFACT, content)


def _read_with_artifacts(page: pikepdf.Page, spoken: set[int]) -> bytes:
    instructions = []
    for instruction in pikepdf.parse_content_stream(page):
        if instruction.operator == BEGIN_MARKED and _piece(instruction) not in spoken:
            instruction = ContentStreamInstruction([Name.Artifact, PAGINATION], BEGIN_MARKED)
        instructions.append(instruction)
    return pikepdf.unparse_content_stream(instructions)


def _piece(instruction: Any) -> int | None:
    """The number by which the tag tree would know the marked content that begins here; none for other artifacts."""
    number = instruction.operands[1].get(Name.MCID)
    return None if number is None else int(number)


def _forget_unspoken(pdf: pikepdf.Pdf, index: int, spoken: set[int]) -> None:
    """Take the running text out of the map from a page's pieces to the tag tree."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = numbers[2 * index + 1]
    for piece in range(len(owners)):
        if piece not in spoken:
            owners[piece] = None
