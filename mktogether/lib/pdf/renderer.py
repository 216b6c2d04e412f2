"""The calling side: hands HTML to a child process that can be killed, and takes the PDF back over a pipe.

Nothing is written to disk on either side, so a worker killed at any moment leaves no half-made file behind.
"""

import json
import logging
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from mktogether.lib.pdf.layout.outcome import DONE, REFUSED, REMARK, UNAVAILABLE

logger = logging.getLogger("mktogether.pdf")

PROGRAM_FOLDER = Path(__file__).resolve().parent
SEARCH_PATHS = ("PATH", "LD_LIBRARY_PATH")
LONGEST_LOG_LINE = 400
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
FAILED = "This document could not be made because of a fault in the portal. The fault has been written to the log."


class PdfError(Exception):
    """No PDF came of it. The text of the error is a sentence that can be shown to the user."""


class PdfRefused(PdfError):
    """The document asks for more time or memory than one document may have."""


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


def render_pdf(html: str, *, title: str, language: str = "en-GB", limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Lay ``html`` out as a tagged PDF (PDF/UA-1 metadata and structure) and return its bytes.

    The same arguments give the same bytes. ``html`` reaches nothing but the print assets named in
    ``mktogether.lib.pdf.layout.fetcher`` and PNG or JPEG images inside itself; whatever else it asks for is left out
    and logged as a warning. ``title`` and ``language`` (BCP 47) hold over what the HTML says of itself.

    Raises PdfRefused, PdfUnavailable or PdfFailed, each with a sentence for the user.
    """
    if len(html) > limits.characters:
        raise PdfRefused(TOO_LARGE)
    order = json.dumps({"html": html, "title": title, "language": language, "limits": asdict(limits)})
    try:
        child = subprocess.run(
            [sys.executable, "-m", "layout"],
            input=order.encode(),
            capture_output=True,
            timeout=limits.seconds,
            cwd=PROGRAM_FOLDER,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise PdfRefused(TOO_LARGE) from late
    if child.returncode != DONE:
        raise _explain(child.returncode, child.stderr.decode(errors="replace"))
    _log_warnings(child.stderr.decode(errors="replace"))
    return child.stdout


def _environment() -> dict[str, str]:
    """What the child is told of ours: where libraries are, and none of the portal's secrets.

    The fixed hash seed keeps the order of sets, and so the bytes of the PDF, the same in every run.
    """
    found = {name: os.environ[name] for name in SEARCH_PATHS if name in os.environ}
    return {**found, "LC_ALL": "C.UTF-8", "HOME": "/nonexistent", "PYTHONHASHSEED": "0"}


def _explain(status: int, diagnosis: str) -> PdfError:
    if status == UNAVAILABLE:
        logger.error("The layout library could not be loaded: %s", diagnosis[-LONGEST_LOG_LINE:])
        return PdfUnavailable(MISSING_LIBRARIES)
    if status == REFUSED or status < 0:
        return PdfRefused(TOO_LARGE)
    logger.error("The layout of a document failed (status %s): %s", status, diagnosis[-LONGEST_TRACEBACK:])
    return PdfFailed(FAILED)


def _log_warnings(diagnosis: str) -> None:
    for line in diagnosis.splitlines():
        if line.startswith(REMARK):
            logger.warning("While laying out a document: %s", line.removeprefix(REMARK)[:LONGEST_LOG_LINE])
