"""Fonts of a document kept in memory. Imported in the layout program alone.

The layout library unpacks each web font into a temporary folder, which stays behind when the process is killed.
Files that have no name on disk go with their process.
"""

import os
from functools import cache
from typing import Any

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration

from .fetcher import AssetFetcher, font_faces


@cache
def kept() -> "MemoryFonts":
    """Our own fonts, unpacked once in the life of this process and of those that it forks."""
    fonts = MemoryFonts()
    CSS(string=font_faces(), url_fetcher=AssetFetcher(), font_config=fonts)
    return fonts


class MemoryFonts(FontConfiguration):
    """A font configuration whose unpacked fonts are anonymous files of this process."""

    def __init__(self) -> None:
        super().__init__()
        self._folder: Any = MemoryFolder()

    def __del__(self) -> None:
        """Nothing to remove: the kernel frees the files with the process."""


class MemoryFolder:
    """Stands for the folder into which fonts are unpacked: ``folder / name`` is a file in memory."""

    def __init__(self) -> None:
        self._files: dict[str, MemoryFile] = {}

    def __truediv__(self, name: str) -> "MemoryFile":
        return self._files.setdefault(name, MemoryFile(name))


class MemoryFile:
    """The few acts of a path that the layout library uses on a font file."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._descriptor: int | None = None

    def exists(self) -> bool:
        return self._descriptor is not None

    def write_bytes(self, content: bytes) -> None:
        self._descriptor = os.memfd_create(self._name)
        with os.fdopen(self._descriptor, "wb", closefd=False) as file:
            file.write(content)

    def as_posix(self) -> str:
        return f"/proc/self/fd/{self._descriptor}"
