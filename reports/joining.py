"""
What the pages of the making take from the assembling, the figures and the building of a report.

One thin place, so that each can be written and changed without the other.
"""

import hashlib
import json
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from records import jobs
from records.models import Job
from reports import writing
from reports.models import Image, Section

JOB = "annual-report"


@dataclass(frozen=True)
class Value:
    """A figure: as it is printed, what it is, where it comes from, and the page of its records."""

    words: str
    label: str
    source: str
    href: str = ""


def figures_of(report):
    """The figures of ``report`` by their names: as they were published, or as they are now."""
    if report.is_published:
        found = report.content.get("figures", {})
        return {name: Value(**{key: value[key] for key in Value.__annotations__}) for name, value in found.items()}
    return _from("figures", "of", report, default={})


def address_of(report, name):
    """The page of the figure called ``name``: what it is, and where it comes from."""
    return f"{report.get_absolute_url()}figures/{name.replace(' ', '-')}/"


def content_of(report):
    """Everything that is in ``report`` now, as plain values."""
    return _from("assembling", "content_of", report, default=None) or _texts_of(report)


def fingerprint(content):
    """The hash of what a report is made from."""
    made = _from("assembling", "fingerprint", content, default="")
    return made or hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def unexplained(report):
    """The differences between figures published in the past and those computed that nobody has explained yet."""
    return _from("sources", "unexplained_differences", report, default=())


def builds_of(report):
    """The builds of ``report``, the newest first, for whoever reads the whole of it."""
    rows = Job.objects.regardless("of a report whose reader was asked for before")
    return rows.filter(kind=JOB, target_id=report.pk).select_related("result").order_by("-pk")


def request_build(report, *, by):
    """Ask for a build of ``report``; must be called in a transaction."""
    if find_spec("reports.building"):
        return import_module("reports.building").request_build(report, by=by)
    return jobs.request(JOB, report, by=by, inputs=fingerprint(content_of(report)))


def _from(module, function, *arguments, default):
    """What ``function`` of the neighbouring ``module`` says; ``default`` where it does not stand here yet."""
    if not find_spec(f"reports.{module}"):
        return default
    found = getattr(import_module(f"reports.{module}"), function, None)
    return found(*arguments) if found else default


def _texts_of(report):
    sections = Section.objects.of(report).order_by("order")
    return {
        "title": report.title,
        "sections": [
            {"key": str(one.public_id), "part": one.part, "title": one.title, "kind": one.kind, "text": one.text}
            for one in sections
        ],
        "figures": {},
    }


# --- Texts as their readers see them ----------------------------------------------------------------------------------


def pictures_of(report):
    """The pictures of ``report`` by their ids, as its pages show them."""
    rows = Image.objects.of(report).values_list("public_id", "words")
    return {str(key): writing.Picture(f"/reports/images/{key}/", words) for key, words in rows}


def reader_of(report):
    """A function from a text of ``report`` to its blocks, with the figures and pictures as they are at this moment."""
    figures = {
        name: writing.Figure(value.words, address_of(report, name)) for name, value in figures_of(report).items()
    }
    pictures = pictures_of(report)
    return lambda text: writing.blocks(text, figures, pictures)
