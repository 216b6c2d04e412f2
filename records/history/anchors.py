"""
Heads of the history, noted outside the database: a line each, appended to a file that the portal only ever adds to.

What was cut off the end of the history, or sealed anew by whoever has the key, shows against a head that lies where
they cannot reach: point HISTORY_ANCHORS at a share that can be added to and not changed, and keep the mails.
"""

import datetime as dt
import os
import re
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from records.history.sealing import head

FILE_NAME = "heads.txt"
HEAD = re.compile(r"[1-9][0-9]{0,17}:[0-9a-f]{64}")


class Anchor(NamedTuple):
    """A head, and when it was noted."""

    at: dt.datetime
    head: str


class Unreadable(Exception):
    """The file of noted heads cannot be read, or holds a line that is none; its text is the sentence."""


def path():
    """The file in which heads are noted."""
    return Path(settings.HISTORY_ANCHORS) / FILE_NAME


def note(now):
    """Note where the chain ends at ``now`` and return it, if that is not noted yet; None where there is nothing new."""
    current = head()
    noted = read()
    if not current or (noted and noted[-1].head == current):
        return None
    anchor = Anchor(now, current)
    _append(f"{now.isoformat(timespec='seconds')} {current}\n")
    return anchor


def read():
    """The heads that were noted, in their order. Raises Unreadable for a file that is not as the portal wrote it."""
    try:
        lines = path().read_text("ascii").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as problem:
        raise Unreadable(f"The noted heads in {path()} cannot be read.") from problem
    return [_anchor(number, line) for number, line in enumerate(lines, start=1)]


def _anchor(number, line):
    moment, _space, noted = line.partition(" ")
    try:
        at = dt.datetime.fromisoformat(moment)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not HEAD.fullmatch(noted):
        raise Unreadable(f"Line {number} of {path()} is not a noted head: the file was changed.")
    return Anchor(at, noted)


def _append(line):
    """Add one line in one write, and wait until it lies on the disk."""
    path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)
