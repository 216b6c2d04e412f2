"""The text of a meeting's documents, from its record; storage and answers are other people's lines."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template, render_to_string

from meetings import dates
from meetings.models import Correction

TEMPLATE = "documents/minutes.html"
PARTS = (TEMPLATE, "documents/base.html", "meetings/_minutes_body.html")


def minutes_html(meeting, content, *, confidential):
    """The minutes as one HTML text, for the PDF."""
    context = minutes_context(meeting, content) | {"confidential": confidential}
    return render_to_string(TEMPLATE, context)


def minutes_context(meeting, content):
    """What the minutes show, on the page and in the PDF alike."""
    return {
        "meeting": meeting,
        "content": content,
        "title": minutes_title(meeting),
        "meeting_words": f"{meeting.body.name}, {dates.short_day(meeting)}",
        "corrections": list(Correction.objects.of(meeting)),
        "sample_notice": meeting.area.sample_notice,
        "is_draft": not meeting.is_closed,
    }


def minutes_title(meeting):
    """The title of the minutes: group and day."""
    return f"Minutes of {meeting.body.name}, {dates.day_of(meeting)}"


def minutes_file_name(meeting, *, confidential):
    """The name people see when they download it."""
    part = "-confidential" if confidential else ""
    return f"minutes-{meeting.body.slug}-{dates.for_files(meeting)}{part}.pdf"


@cache
def edition():
    """A hash of the templates and their style: a new design makes old files be made again when next asked for."""
    base = Path(settings.BASE_DIR)
    templates = [Path(get_template(name).origin.name) for name in PARTS]
    sources = [*templates, *sorted((base / "static" / "print").glob("*.css"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
