"""Large pictures are set aside while a document is parsed, and are in it as before; words stay words."""

import base64
import io
import random
from xml.etree import ElementTree

import pikepdf
from PIL import Image

from mktogether.lib.pdf import render_pdf
from mktogether.lib.pdf.layout import aside


def picture(side):
    """The address of a picture of noise, which no format makes small."""
    file = io.BytesIO()
    Image.frombytes("RGB", (side, side), random.Random(side).randbytes(side * side * 3)).save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


SMALL, LARGE, LARGER = picture(5), picture(60), picture(70)


def page(content):
    return f'<!doctype html><html lang="en-GB"><head><title>t</title></head><body><h1>t</h1>{content}</body></html>'


def pictures_in(html):
    """The sizes of the pictures in the document that ``html`` makes."""
    with pikepdf.open(io.BytesIO(render_pdf(html, title="t"))) as pdf:
        streams = (one for one in pdf.objects if isinstance(one, pikepdf.Stream))
        return sorted(int(one.Width) for one in streams if one.get("/Subtype") == "/Image")


def test_the_parser_sees_a_short_address_of_each_large_picture():
    html, kept = aside.set_aside(f'<img src="{LARGE}"><img src="{SMALL}"><img src="{LARGER}">')
    assert html == f'<img src="picture:0"><img src="{SMALL}"><img src="picture:1">'
    assert kept == {"picture:0": LARGE, "picture:1": LARGER}


def test_each_must_be_the_picture_of_an_element():
    kept = {"picture:0": LARGE}
    assert aside.all_are_pictures(ElementTree.fromstring('<p><img src="picture:0"/></p>'), kept)
    assert not aside.all_are_pictures(ElementTree.fromstring('<p>src="picture:0"</p>'), kept)


def test_the_document_has_them_all():
    images = "".join(f'<p><img alt="Noise" src="{one}"></p>' for one in (LARGE, SMALL, LARGER))
    assert pictures_in(page(images)) == [5, 60, 70]


def test_words_that_look_like_one_stay_words_and_the_pictures_beside_them_are_there():
    html = page(f'<p>src="{LARGE}"</p><p><img alt="Noise" src="{LARGER}"></p>')
    assert pictures_in(html) == [70]


def test_a_document_that_names_one_which_was_not_set_aside_gets_none():
    assert pictures_in(page('<p><img alt="Nothing" src="picture:0"></p>')) == []
