"""
Keeps the layout library loaded, and forks a child for each document. Started by ``mktogether.lib.pdf.workshop``.

Loading the library takes a quarter of the time of a short document. The child gets a copy of the loaded process, is
bounded and fenced in before it sees the document, and ends with it; this process never touches a document.
"""

import gc
import io
import json
import logging
import os
import select
import signal
import sys
from typing import Any

from . import frames
from .loading import load_weasyprint
from .outcome import FAULT, KILLED, REFUSED, UNAVAILABLE

IDLE = 300  # seconds without an order after which the memory is given back
ORDERS, ANSWERS = 0, 1


def serve(laying_out: Any) -> int:
    """
    Answer orders until nobody asks any more. ``laying_out(order, document, step)`` lays one out, in a child, into the
    file ``document``, and returns how that ended.
    """
    answers = os.dup(ANSWERS)
    os.dup2(2, ANSWERS)  # whatever else is printed
    try:
        weasyprint = load_weasyprint()
    except (ImportError, OSError) as missing:
        _say(answers, frames.REMARKS, str(missing).encode())
        _say(answers, frames.END, str(UNAVAILABLE).encode())
        return UNAVAILABLE
    from . import fetcher, fonts, styles, tags  # noqa: F401 - what each child needs

    _warm_up(weasyprint, fonts.kept(), [styles.kept(name) for name in fetcher.STYLESHEETS])
    while select.select([ORDERS], [], [], IDLE)[0]:
        found = frames.read(lambda most: os.read(ORDERS, most))
        if found is None:
            break
        _one(json.loads(found[1]), answers, laying_out)
    return 0


def _warm_up(weasyprint: Any, fonts: Any, sheets: Any) -> None:
    """What each document would have to load anew: modules on their first use, fonts, and our style sheet."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    page = '<html lang="en"><title>t</title><p>x</p><table><tr><th>x<td>y</table><svg><title>t</title></svg></html>'
    weasyprint.HTML(string=page).write_pdf(io.BytesIO(), pdf_variant="pdf/ua-1", font_config=fonts, stylesheets=sheets)
    gc.collect()
    gc.freeze()


def _one(order: Any, answers: int, laying_out: Any) -> None:
    document, remarks = os.memfd_create("document"), os.memfd_create("remarks")
    child = os.fork()
    if child == 0:
        os._exit(_child(order, answers, document, remarks, laying_out))
    _pid, status = os.waitpid(child, 0)
    try:
        _say(answers, frames.REMARKS, _content(remarks))
        _say(answers, frames.DOCUMENT, _content(document))
        _say(answers, frames.END, str(_ended(status)).encode())
    finally:
        os.close(document)
        os.close(remarks)


def _child(order: Any, answers: int, document: int, remarks: int, laying_out: Any) -> int:
    """The process of one document: it hears no further orders, and says how far it is."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), ORDERS)
    os.dup2(remarks, 1)
    os.dup2(remarks, 2)
    try:
        with os.fdopen(document, "wb", closefd=False) as file:
            ended: int = laying_out(order, file, lambda page: _say(answers, frames.STEP, str(page).encode()))
    except BaseException:  # noqa: BLE001 - a forked process must never return into the loop of its parent
        sys.excepthook(*sys.exc_info())
        ended = FAULT
    sys.stderr.flush()
    return ended


def _content(descriptor: int) -> bytes:
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0)


def _ended(status: int) -> int:
    """How the child ended, in the words of ``outcome``: killed from outside, at its limits, or by itself."""
    if os.WIFSIGNALED(status):
        return KILLED if os.WTERMSIG(status) == signal.SIGKILL else REFUSED
    return os.WEXITSTATUS(status)


def _say(answers: int, kind: bytes, content: bytes) -> None:
    waiting = memoryview(frames.frame(kind, content))
    while waiting:
        waiting = waiting[os.write(answers, waiting) :]
