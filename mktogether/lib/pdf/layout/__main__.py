"""Lays out one document and ends. Started by ``mktogether.lib.pdf.workshop``.

Standard input is the order in JSON, standard output the PDF, standard error one line for each warning. With
``serve`` it stays, and lays out one document after another; see ``serving``.
"""

import gc
import io
import json
import logging
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from .loading import load_weasyprint
from .outcome import DONE, REFUSED, REMARK, UNAVAILABLE

SVG = "{http://www.w3.org/2000/svg}"
NEARLY_ALL = 0.9
FORBIDDEN_EVENTS = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ftplib.", "urllib.")


def main() -> int:
    gc.disable()  # this process ends with its document, and the one that stays makes nothing that would gather
    if sys.argv[1:] == ["serve"]:
        from .serving import serve

        return serve(laid_out)
    answer = _keep_standard_output()
    return laid_out(json.load(sys.stdin.buffer), answer, lambda page: None)


def laid_out(order: Any, answer: BinaryIO, step: Callable[[int], None]) -> int:
    """
    Lay ``order`` out into ``answer`` and return how that ended; ``step(page)`` is told of each page that is begun.

    Bounds and fences this process for good, so it is called once in its life.
    """
    _bound(order["limits"])
    try:
        weasyprint = load_weasyprint()
    except (ImportError, OSError) as missing:
        sys.stderr.write(str(missing))
        return UNAVAILABLE
    _log_to_standard_error(weasyprint.LOGGER)
    _tell_of_pages(step)
    sys.addaudithook(_stay_inside)
    try:
        pdf = _lay_out(order["html"], order["title"], order["language"])
    except (MemoryError, RecursionError, ArithmeticError):  # the last comes of measures beyond what can be computed
        return REFUSED
    except Exception:
        # Where memory runs out inside a library, that comes back as whatever it makes of it.
        if _memory_in_use() > NEARLY_ALL * order["limits"]["memory"]:
            return REFUSED
        raise
    answer.write(pdf)
    answer.flush()
    return DONE


def _memory_in_use() -> int:
    """The address space of this process, in bytes."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def _tell_of_pages(step: Callable[[int], None]) -> None:
    """The library says in its log which page it begins; nothing else there is worth a word."""

    class Pages(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.args and "Page" in str(record.msg):
                step(int(str(record.args[0])))

    progress = logging.getLogger("weasyprint.progress")
    progress.handlers[:] = [Pages()]
    progress.propagate = False
    progress.setLevel(logging.INFO)


def _keep_standard_output() -> BinaryIO:
    """The real standard output for the PDF alone; whatever else is printed goes to standard error."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answer


def _bound(limits: dict[str, int]) -> None:
    """Let the kernel end this process at its limits, even when nobody is left to kill it. No core file either."""
    seconds = limits["seconds"]
    signal.alarm(seconds + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _log_to_standard_error(logger: logging.Logger) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(REMARK + "%(message)s"))
    logger.handlers[:] = [handler]
    logger.setLevel(logging.WARNING)


def _stay_inside(event: str, _args: object) -> None:
    """A second fence behind the fetcher: no connection and no other program, whoever asks."""
    if event.startswith(FORBIDDEN_EVENTS):
        raise PermissionError(f"{event} is not allowed while a document is laid out")


def _lay_out(html: str, title: str, language: str) -> bytes:
    from weasyprint import HTML

    from . import aside, fonts, styles
    from .fetcher import AssetFetcher
    from .pressing import press
    from .tags import mend

    def finish(document: Any, pdf: Any) -> None:
        mend(document, pdf)
        press(pdf)

    shorter, pictures = aside.set_aside(html)
    source: Any = HTML(string=shorter, url_fetcher=AssetFetcher(pictures))
    if not aside.all_are_pictures(source.etree_element, pictures):
        source = HTML(string=html, url_fetcher=AssetFetcher())
    _attach_nothing(source.etree_element)
    _warn_of_nameless_drawings(source.etree_element)
    sheets = styles.taken_from(source.etree_element)
    document = source.render(stylesheets=sheets, font_config=fonts.kept(), pdf_variant="pdf/ua-1")
    document.metadata.title = title
    document.metadata.lang = language
    pdf = io.BytesIO()
    document.write_pdf(pdf, finisher=finish, pdf_variant="pdf/ua-1")
    return pdf.getvalue()


def _attach_nothing(root: Any) -> None:
    """Take away what would carry files inside the PDF; their readers never see them, and their checkers would not."""
    for element in root.iter():
        if "attachment" in element.get("rel", "").lower().split():
            del element.attrib["rel"]


def _warn_of_nameless_drawings(root: Any) -> None:
    """Warn of drawings that a screen reader could not name; the library does so for images only."""
    for drawing in root.iter(f"{SVG}svg"):
        if not drawing.findtext(f"{SVG}title"):
            logging.getLogger("weasyprint").warning("A drawing has no title element, so nobody can read it aloud")


if __name__ == "__main__":
    status = main()
    sys.stderr.flush()
    os._exit(status)  # without unwinding a large page tree, and without the clean-up of files that there are none of
