"""A report as one HTML text, for the PDF."""

from django.template.loader import render_to_string

from reports import presenting
from reports.drawing.columns import with_columns

TEMPLATE = "documents/report.html"


def report_html(content, told=None):
    """The report on paper; ``told(number, of, title)`` is called before each section."""
    return with_columns(render_to_string(TEMPLATE, presenting.context_of(content, on_paper=True, told=told)))


def file_name(content):
    """The name that people see when they download it."""
    return f"{content['slug']}.pdf"
