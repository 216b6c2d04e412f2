"""The figures of a report as their pages show them, as far as somebody reads the sections that they stand in."""

from reports import access, figures, queries, texts, writing


def listed(report, user):
    """The figures of ``report`` that ``user`` reads, each once, in the order of what they are."""
    return sorted(_rows(report, user), key=lambda row: row["label"].casefold())


def one(report, user, key):
    """The figure whose address ends with ``key``, if ``user`` reads it; None otherwise."""
    return next((row for row in _rows(report, user) if key in row["keys"]), None)


def _rows(report, user):
    """Whoever reads the parts about money alone reads the figures that stand there, and no others."""
    reads_all = report.is_published or access.reads_drafts(user, report)
    places = queries.texts_for(user, report)
    for value, names in _by_value(figures.of(report)).items():
        shown_in = [(title, href) for title, text, href in places if not writing.figures_in(text).isdisjoint(names)]
        if reads_all or shown_in:
            yield _row(report, user, names, value, shown_in)


def _by_value(found):
    """The names of each figure: what the council paid, for one, has two."""
    names = {}
    for name, value in sorted(found.items()):
        names.setdefault(value, []).append(name)
    return names


def _row(report, user, names, value, shown_in):
    addresses = [texts.address_of(report, name) for name in names]
    return {
        "names": names,
        "keys": [address.rstrip("/").rpartition("/")[2] for address in addresses],
        "href": addresses[0],
        "words": value.words,
        "label": value.label,
        "source": value.source,
        "records_href": value.href if access.opens_records(user, report) else "",
        "shown_in": [{"title": title, "href": place} for title, place in shown_in],
    }
