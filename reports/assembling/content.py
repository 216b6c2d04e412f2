"""From a report and its sources to its content, and to the hash that names the content and the design together."""

import hashlib
import json
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from reports import abbreviations, figures, sources, writing
from reports.assembling import numbering, tables
from reports.models import Image, Report, Section

WHOLE = "the report holds it whole; who may read the report is asked before"
KIND = Section.Kind
# What the bytes of a report depend on beside its content. A new design makes a report be built again when asked for.
DESIGN = (
    "templates/documents/base.html",
    "templates/documents/report.html",
    "templates/reports/sections/*.html",
    "static/print/*.css",
    "static/vendor/fonts/*.ttf",
    "reports/drawing/*.py",
    "mktogether/lib/drawing/*.py",
    "reports/documents.py",
    "reports/presenting.py",
    "reports/writing/*.py",
    "mktogether/lib/pdf/layout/*.py",
)
LIBRARIES = ("weasyprint", "pydyf", "fonttools", "markdown-it-py", "nh3", "django")


def content_of(report):
    """
    Everything in ``report`` as plain values that JSON can keep: as it was published, or as it is now.

    Whole, whoever asks: whether they may read it is asked before.
    """
    if report.is_published:
        return report.content
    sections = [
        {
            "key": str(section.public_id),
            "part": section.part,
            "title": section.title,
            "kind": section.kind,
            "text": section.text,
        }
        for section in Section.objects.of(report).order_by("order")
    ]
    pictures = {
        str(image.public_id): {"words": image.words, "sha256": image.file.sha256, "file": image.file_id}
        for image in Image.objects.of(report).select_related("file")
    }
    about = {
        "slug": report.slug,
        "title": report.title,
        "year": sources.year_of(report.starts_on, report.ends_on),
        "starts_on": report.starts_on.isoformat(),
        "ends_on": report.ends_on.isoformat(),
        "area": report.area.name,
        "sample_notice": report.area.sample_notice,
        "is_draft": report.state == Report.State.DRAFT,
        "proposed_on": _day(report.proposed_at),
        "board": report.board.name,
    }
    return assembled(about, sections, pictures, sources.of(report))


def _day(at):
    """The day of a moment, as text; none where there is no moment."""
    return timezone.localdate(at).isoformat() if at else ""


def assembled(about, sections, pictures, found):
    """The content of a report: what is known ``about`` it, its texts and pictures, and the sources ``found``."""
    sections = numbering.numbered(sections)
    for section in sections:
        section["data"] = tables.of(section["kind"], found, about["year"])
    known = figures.made(found)
    for section in sections:
        if section["kind"] == KIND.GLOSSARY:
            section["data"] = {"entries": _abbreviations(section["text"], sections)}
    return {
        **about,
        "partners": list(found.partners),
        "sections": sections,
        "figures": figures.as_values(known),
        "pictures": pictures,
        "unexplained": list(sources.unexplained(found.money)),
    }


def _abbreviations(text, sections):
    """Those known in ``text``, the section of abbreviations, that any other section uses, each with its meaning."""
    texts = [said for section in sections if section["kind"] != KIND.GLOSSARY for said in said_in(section)]
    return [list(pair) for pair in abbreviations.used(texts, abbreviations.listed(text)).items()]


@lru_cache(maxsize=512)
def _words_of(text):
    """The words of a text, block by block; most sections have not changed since the report was last gathered."""
    return tuple(block.words for block in writing.blocks(text, {}, {}))


def said_in(section):
    """What a section says in words: its title, its text and everything in its tables."""
    yield section["title"]
    yield from _words_of(section["text"])
    waiting = [section["data"]]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def fingerprint(content):
    """The hash of ``content`` and of the design: equal ones give the same bytes, and are not built twice."""
    text = json.dumps([content, edition()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def edition():
    """A hash of everything that turns content into pages: templates, styles, fonts, drawings, and the libraries."""
    base = Path(settings.BASE_DIR)
    paths = sorted(path for pattern in DESIGN for path in base.glob(pattern))
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in LIBRARIES).encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
