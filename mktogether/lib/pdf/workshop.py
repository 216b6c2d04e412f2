"""
The process that keeps the layout library loaded, and what it answers.

One for each process that has documents laid out. It gives its memory back when nobody asks for a while, ends with us,
and is killed with its child when a document takes too long or nobody wants it any more.
"""

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mktogether.lib.pdf.layout import frames
from mktogether.lib.pdf.layout.outcome import FAULT, KILLED

PROGRAM_FOLDER = Path(__file__).resolve().parent
SEARCH_PATHS = ("PATH", "LD_LIBRARY_PATH")


class TooLate(Exception):
    """The document took more time than it may."""


@dataclass(frozen=True)
class Answer:
    """What came of an order: how it ended, the PDF, and what was said on the way."""

    ended: int
    document: bytes = b""
    remarks: str = ""


def lay_out(order: Mapping[str, Any], seconds: float, step: Callable[[int], None]) -> Answer:
    """
    Have ``order`` laid out within so many ``seconds``; ``step(page)`` is told of each page that is begun.

    Raises TooLate, or whatever ``step`` raises; either way nothing of it goes on.
    """
    with _kept() as workshop:
        return workshop.lay_out(order, seconds, step)


def close() -> None:
    """End the process that is kept, if one is."""
    global _workshop  # noqa: PLW0603 - the one that this process keeps
    with _lock:
        if _workshop is not None and _workshop.owner == os.getpid():
            _workshop.end()
        _workshop = None


class Workshop:
    """A started layout program."""

    def __init__(self) -> None:
        self.owner, self.known = os.getpid(), _surroundings()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process lives
        program, environment = self.known
        self._process = subprocess.Popen(  # noqa: S603 - our own program, with our own interpreter
            [program, "-m", "layout", "serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            cwd=PROGRAM_FOLDER,
            env=dict(environment),
            start_new_session=True,
        )
        assert self._process.stdin is not None  # noqa: S101 - for the reader of types
        assert self._process.stdout is not None  # noqa: S101
        self._orders, self._answers = self._process.stdin.fileno(), self._process.stdout.fileno()

    @property
    def is_ours(self) -> bool:
        """Whether it still runs, was started by this very process, and in the surroundings of this moment."""
        same = self.owner == os.getpid() and self.known == _surroundings()
        return same and self._process.poll() is None

    def lay_out(self, order: Mapping[str, Any], seconds: float, step: Callable[[int], None]) -> Answer:
        until = time.monotonic() + seconds
        try:
            self._send(frames.frame(frames.ORDER, json.dumps(order).encode()), until)
            return self._answer(until, step)
        except BaseException:
            self.end()
            raise

    def _send(self, order: bytes, until: float) -> None:
        """It may be gone by now; then there is no answer either, and that is where it shows."""
        waiting = memoryview(order)
        with contextlib.suppress(BrokenPipeError):
            while waiting:
                if not select.select([], [self._orders], [], max(until - time.monotonic(), 0))[1]:
                    raise TooLate
                waiting = waiting[os.write(self._orders, waiting[: select.PIPE_BUF]) :]

    def _answer(self, until: float, step: Callable[[int], None]) -> Answer:
        found: dict[bytes, bytes] = {}

        def take(most: int) -> bytes:
            if not select.select([self._answers], [], [], max(until - time.monotonic(), 0))[0]:
                raise TooLate
            return os.read(self._answers, min(most, 1 << 20))

        while frames.END not in found:
            heard = frames.read(take)
            if heard is None:
                return self._without_an_answer()
            kind, content = heard
            if kind == frames.STEP:
                step(int(content))
            else:
                found[kind] = content
        remarks = found.get(frames.REMARKS, b"").decode(errors="replace")
        return Answer(int(found[frames.END]), found.get(frames.DOCUMENT, b""), remarks)

    def _without_an_answer(self) -> Answer:
        """It ended before its answer: killed, tidying up because nobody had asked for a while, or by a fault."""
        status = self._process.wait()
        self._said.seek(0)
        remarks = self._said.read().decode(errors="replace")
        return Answer(KILLED if status in {0, -signal.SIGKILL} else FAULT, remarks=remarks)

    def end(self) -> None:
        """End it and whatever it began."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for file in (self._process.stdin, self._process.stdout, self._said):
            with contextlib.suppress(OSError):
                if file is not None:
                    file.close()


_workshop: Workshop | None = None
_lock = threading.Lock()


@contextlib.contextmanager
def _kept() -> Iterator[Workshop]:
    """The workshop of this process, for one at a time; a new one where there is none that serves."""
    global _workshop  # noqa: PLW0603 - the one that this process keeps
    with _lock:
        if _workshop is not None and not _workshop.is_ours:
            if _workshop.owner == os.getpid():
                _workshop.end()
            _workshop = None
        if _workshop is None:
            _workshop = Workshop()
        yield _workshop


def _surroundings() -> tuple[str, tuple[tuple[str, str], ...]]:
    """
    With which program it is started, and what it is told: where libraries are, and none of the portal's secrets.

    The fixed hash seed keeps the order of sets, and so the bytes of the PDF, the same in every run.
    """
    found = {name: os.environ[name] for name in SEARCH_PATHS if name in os.environ}
    told = {**found, "LC_ALL": "C.UTF-8", "HOME": "/nonexistent", "PYTHONHASHSEED": "0"}
    return sys.executable, tuple(told.items())


atexit.register(close)
