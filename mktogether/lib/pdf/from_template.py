"""From a template to a PDF."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from mktogether.lib.pdf.renderer import DEFAULT_LIMITS, Limits, render_pdf


def render_template_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    language: str = "en-GB",
    limits: Limits = DEFAULT_LIMITS,
) -> bytes:
    """Render ``template`` (an heir of ``documents/base.html``) and lay it out. Raises what ``render_pdf`` raises.

    ``title`` and ``language`` reach the template too, so that heading and metadata say the same.
    """
    html = render_to_string(template, {**context, "title": title, "language": language})
    return render_pdf(html, title=title, language=language, limits=limits)
