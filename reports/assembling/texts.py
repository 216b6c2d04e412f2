"""The text of a section as blocks, with figures and pictures in their places: for the screen, or for paper."""

import base64

from records.models import StoredFile
from reports import writing


def blocks_of(content, section, on_paper, follow=None):
    """
    The blocks of ``section``, one of those in ``content``.

    On screen each figure leads to the page that says where it comes from; ``follow`` overrides that, since the public
    cannot open it. On paper figures are words, and pictures carry themselves.
    """
    follow = not on_paper if follow is None else follow
    figures = {
        name: writing.Figure(value["words"], address_of(content, name) if follow else "")
        for name, value in content["figures"].items()
    }
    return writing.blocks(section["text"], figures, _pictures(content, section["text"], on_paper))


def address_of(content, name):
    """The page of a figure: what it is, and where it comes from."""
    return f"/reports/{content['slug']}/figures/{name.replace(' ', '-')}/"


def _pictures(content, text, on_paper):
    """Those that ``text`` mentions."""
    mentioned = {key: picture for key, picture in content["pictures"].items() if key in text}
    read = _on_paper if on_paper else _on_screen
    return {key: writing.Picture(read(key, picture), picture["words"]) for key, picture in mentioned.items()}


def _on_screen(key, _picture):
    return f"/reports/images/{key}/"


def _on_paper(_key, picture):
    stored = StoredFile.objects.regardless("a picture in a report whose reader was asked for before").get(
        pk=picture["file"]
    )
    with stored.file.open("rb") as file:
        return f"data:{stored.content_type};base64,{base64.b64encode(file.read()).decode()}"
