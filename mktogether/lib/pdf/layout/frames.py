"""
What the two sides say to each other over a pipe: a letter, a length, and so many bytes.

A word about progress is shorter than what a pipe takes in one piece, so that whoever is killed in the middle of it
leaves no half of one.
"""

import struct
from collections.abc import Callable

HEAD = struct.Struct(">cQ")
ORDER, STEP, REMARKS, DOCUMENT, END = b"o", b"s", b"r", b"d", b"e"
LONGEST_STEP = 1024


def frame(kind: bytes, content: bytes) -> bytes:
    """``content`` with its head."""
    return HEAD.pack(kind, len(content)) + content


def read(take: Callable[[int], bytes]) -> tuple[bytes, bytes] | None:
    """The next frame from ``take(n)``, which gives up to n bytes, and nothing at the end. None at the end."""
    head = _all(take, HEAD.size)
    if head is None:
        return None
    kind, length = HEAD.unpack(head)
    content = _all(take, length)
    return None if content is None else (kind, content)


def _all(take: Callable[[int], bytes], length: int) -> bytes | None:
    parts = []
    while length:
        part = take(length)
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
