"""
The calling side: hands HTML to a process that can be killed, and takes the PDF back over a pipe.

Nothing is written to disk on either side, so a worker killed at any moment leaves no half-made file behind.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass

from mktogether.lib.pdf import workshop
from mktogether.lib.pdf.layout.outcome import DONE, KILLED, REFUSED, REMARK, UNAVAILABLE

logger = logging.getLogger("mktogether.pdf")

LONGEST_LOG_LINE = 400
# As the layout library says it: '.notdef glyph rendered for Unicode string unsupported by fonts: "東" (U+6771)'
LETTER_WITHOUT_A_FONT = re.compile(rf"^{REMARK}\.notdef glyph rendered .*\(U\+([0-9A-F]{{4,6}})\)$", re.MULTILINE)
LONGEST_TRACEBACK = 8_000

TOO_LARGE = (
    "This document is too large to lay out: it needs more time or memory than one document may have. "
    "Make it shorter, or split it into parts, and build it again."
)
MISSING_LIBRARIES = (
    "PDF documents cannot be made on this server: it lacks the system libraries libpango-1.0-0, libpangoft2-1.0-0 and "
    "libharfbuzz-subset0. An administrator can add them with: "
    "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)
TRIES = 3
INTERRUPTED = (
    "The making of this document was interrupted three times, perhaps because the server ran out of memory. "
    "Ask for it again."
)
FAILED = "This document could not be made because of a fault in the portal. The fault has been written to the log."


class PdfError(Exception):
    """No PDF came of it. The text of the error is a sentence that can be shown to the user."""


class PdfRefused(PdfError):
    """The document asks for more time or memory than one document may have."""


class PdfInterrupted(PdfError):
    """The process that laid it out was killed again and again, by somebody else."""


class PdfUnavailable(PdfError):
    """This machine lacks what laying out a PDF needs."""


class PdfFailed(PdfError):
    """A fault of ours or of the library; its traceback is in the log."""


@dataclass(frozen=True)
class Limits:
    """What one document may use: seconds by the clock, bytes of address space, characters of HTML."""

    seconds: int = 30
    memory: int = 1024**3
    characters: int = 10_000_000


DEFAULT_LIMITS = Limits()


def render_pdf(
    html: str,
    *,
    title: str,
    language: str = "en-GB",
    limits: Limits = DEFAULT_LIMITS,
    step: Callable[[int], None] = lambda page: None,
    lacking: Callable[[str], None] = lambda letters: None,
) -> bytes:
    """Lay ``html`` out as a tagged PDF (PDF/UA-1 metadata and structure) and return its bytes.

    The same arguments give the same bytes. ``html`` reaches nothing but the print assets named in
    ``mktogether.lib.pdf.layout.fetcher`` and PNG or JPEG images inside itself; whatever else it asks for is left out
    and logged as a warning. ``title`` and ``language`` (BCP 47) hold over what the HTML says of itself.
    ``step(page)`` is told of each page that is begun, some of them more than once; what it raises ends the work.
    ``lacking(letters)`` is told at the end of the letters that no font has, each once; boxes stand in their places.

    Raises PdfRefused, PdfUnavailable, PdfInterrupted or PdfFailed, each with a sentence for the user.
    """
    if len(html) > limits.characters:
        raise PdfRefused(TOO_LARGE)
    order = {"html": html, "title": title, "language": language, "limits": asdict(limits)}
    for _try in range(TRIES):
        try:
            answer = workshop.lay_out(order, limits.seconds, step)
        except workshop.TooLate as late:
            raise PdfRefused(TOO_LARGE) from late
        if answer.ended == DONE:
            _log_warnings(answer.remarks)
            lacking(_without_a_font(answer.remarks))
            return answer.document
        if answer.ended != KILLED:
            raise _explain(answer.ended, answer.remarks)
    raise PdfInterrupted(INTERRUPTED)


def _explain(status: int, diagnosis: str) -> PdfError:
    if status == UNAVAILABLE:
        logger.error("The layout library could not be loaded: %s", diagnosis[-LONGEST_LOG_LINE:])
        return PdfUnavailable(MISSING_LIBRARIES)
    if status == REFUSED:
        return PdfRefused(TOO_LARGE)
    logger.error("The layout of a document failed (status %s): %s", status, diagnosis[-LONGEST_TRACEBACK:])
    return PdfFailed(FAILED)


def _without_a_font(diagnosis: str) -> str:
    """The letters in whose place the layout library put a box, each once in the order in which they came."""
    return "".join(dict.fromkeys(chr(int(found, 16)) for found in LETTER_WITHOUT_A_FONT.findall(diagnosis)))


def _log_warnings(diagnosis: str) -> None:
    for line in diagnosis.splitlines():
        if line.startswith(REMARK):
            logger.warning("While laying out a document: %s", line.removeprefix(REMARK)[:LONGEST_LOG_LINE])
