"""
Pictures that people upload, made small in a process of its own that can be killed.

What is hidden in a file reaches that process alone: a picture that would fill the memory, keep a processor busy or make
a decoder crash costs its sender a sentence, and nobody else anything.
"""

import json
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from mktogether.lib.pictures.shrinking.outcome import FAULT, NO_PICTURE, TOO_MANY_PIXELS

logger = logging.getLogger("mktogether.pictures")

PROGRAM_FOLDER = Path(__file__).resolve().parent
MOST_PIXELS = 40_000_000
MEMORY = 1024**3  # bytes of address space
SECONDS = 20
LONGEST_TRACEBACK = 4_000

SENTENCES = {
    NO_PICTURE: "This file is not a picture that the portal can read. Choose a PNG, JPEG, WebP or GIF file",
    TOO_MANY_PIXELS: (
        f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels. Make it smaller, and choose it again"
    ),
    FAULT: "This picture could not be read because of a fault in the portal. The fault has been written to the log",
}
TOO_MUCH = "This picture takes more time or memory than one may have. Save it in another form, and choose it again"


class Unusable(Exception):
    """This file cannot be kept as a picture; its text is the sentence for whoever chose it."""


@dataclass(frozen=True)
class Small:
    """A picture as it is kept."""

    content: bytes
    content_type: str
    width: int
    height: int


def made_small(file, *, memory=MEMORY, seconds=SECONDS):
    """
    The picture in ``file``, upright, at most 1,600 pixels wide or high, without anything but its pixels.

    Its size is read from its head before anything is unpacked. Raises Unusable for what is no picture, or too much.
    """
    file.seek(0)
    try:
        done = subprocess.run(  # noqa: S603 - our own program, with our own interpreter
            [sys.executable, "-m", "shrinking", str(MOST_PIXELS), str(memory), str(seconds)],
            input=file.read(),
            capture_output=True,
            check=False,
            timeout=seconds,
            cwd=PROGRAM_FOLDER,
            env={name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ},
        )
    except subprocess.TimeoutExpired as late:
        raise Unusable(TOO_MUCH) from late
    if done.returncode == FAULT:
        logger.error("A picture could not be made small: %s", done.stderr.decode(errors="replace")[-LONGEST_TRACEBACK:])
    if done.returncode:
        raise Unusable(SENTENCES.get(done.returncode, TOO_MUCH))
    about, _, content = done.stdout.partition(b"\n")
    return Small(content, **json.loads(about))
