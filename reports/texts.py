"""Texts of a draft as those who make it read them: with its figures and pictures as they are at this moment."""

from functools import cache

from reports import figures, writing
from reports.models import Image


def reader_of(report):
    """
    A function from a text of ``report`` to its blocks; each figure leads to its own page.

    Records are asked for figures only where a text shows one.
    """
    pictures = pictures_of(report)

    @cache
    def known():
        return {name: writing.Figure(one.words, address_of(report, name)) for name, one in figures.of(report).items()}

    return lambda text: writing.blocks(text, known() if writing.figures_in(text) else {}, pictures)


def pictures_of(report):
    """The pictures of ``report`` by their ids, as its pages show them."""
    rows = Image.objects.of(report).values_list("public_id", "words")
    return {str(key): writing.Picture(f"/reports/images/{key}/", words) for key, words in rows}


def address_of(report, name):
    """The page of the figure called ``name``: what it is, and where it comes from."""
    return f"{report.get_absolute_url()}figures/{name.replace(' ', '-')}/"


def problems_of(report, text):
    """What keeps ``text`` from being saved in ``report``, at its lines."""
    names = figures.of(report).keys() if writing.figures_in(text) else ()
    return writing.problems(text, names, pictures_of(report).keys())
