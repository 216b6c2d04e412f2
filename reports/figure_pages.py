"""The figures of a report as their pages show them, as far as somebody reads the sections that they stand in."""

from reports import access, figures, queries, texts, writing


def listed(report, user):
    """The figures of ``report`` that ``user`` reads, in the order of their names."""
    places = queries.texts_for(user, report)
    return [
        _row(report, user, name, value, shown_in) for name, value, shown_in in _with_their_places(report, user, places)
    ]


def one(report, user, key):
    """The figure whose address ends with ``key``, if ``user`` reads it; None otherwise."""
    return next((row for row in listed(report, user) if row["key"] == key), None)


def _with_their_places(report, user, places):
    """Whoever reads the parts about money alone reads the figures that stand there, and no others."""
    reads_all = report.is_published or access.reads_drafts(user, report)
    for name, value in sorted(figures.of(report).items()):
        shown_in = [(title, href) for title, text, href in places if name in writing.figures_in(text)]
        if reads_all or shown_in:
            yield name, value, shown_in


def _row(report, user, name, value, shown_in):
    href = texts.address_of(report, name)
    return {
        "name": name,
        "key": href.rstrip("/").rpartition("/")[2],
        "href": href,
        "words": value.words,
        "label": value.label,
        "source": value.source,
        "records_href": value.href if access.opens_records(user, report) else "",
        "shown_in": [{"title": title, "href": place} for title, place in shown_in],
    }
