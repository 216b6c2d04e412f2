"""Whether a section still shows what somebody spoke of: its text, and what it takes from records."""

import hashlib
import json

from reports import writing
from reports.assembling import content_of
from reports.models import Section, Version


def of_records(section, text):
    """
    The hash of what ``section`` with ``text`` shows of records: its tables, and the figures that the text names.

    Empty for a text that stands by itself.
    """
    names = writing.figures_in(text)
    if section.kind == Section.Kind.TEXT and not names:
        return ""
    content = content_of(section.report)
    own = next(one for one in content["sections"] if one["key"] == str(section.public_id))
    known = content["figures"]
    shown = [own["data"], {name: known[name]["words"] for name in sorted(names) if name in known}]
    return hashlib.sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def is_as_it_was(section, comment):
    """
    Whether ``section``, as it is now, is still what ``comment`` is about.

    Of a comment from before records were kept with it, nobody knows whether they have changed: then it is not said.
    """
    if text_of(section, comment.number) != section.text:
        return False
    records = of_records(section, section.text)
    return records == (comment.records or "")


def text_of(section, number):
    """The text of ``section`` in its version ``number``."""
    if number == section.number:
        return section.text
    return Version.objects.of(section).filter(number=number).values_list("text", flat=True).first() or ""
