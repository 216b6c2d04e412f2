"""Printed documents: HTML in, an accessible PDF out, laid out offline in a process of its own.

The layout library is only ever imported in such a process, so the site starts and runs without it.
"""

from mktogether.lib.pdf.renderer import (
    DEFAULT_LIMITS,
    Limits,
    PdfError,
    PdfFailed,
    PdfInterrupted,
    PdfRefused,
    PdfUnavailable,
    render_pdf,
)

__all__ = [
    "DEFAULT_LIMITS",
    "Limits",
    "PdfError",
    "PdfFailed",
    "PdfInterrupted",
    "PdfRefused",
    "PdfUnavailable",
    "render_pdf",
]
