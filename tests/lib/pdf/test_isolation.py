"""A document reaches nothing outside itself, and the bare library does with the same documents."""

import base64
import io

import pikepdf
import pytest

from mktogether.lib.pdf import PdfFailed, render_pdf
from mktogether.lib.pdf.layout import fetcher
from mktogether.lib.pdf.layout.fetcher import AssetFetcher, RefusedAddress
from tests.lib.pdf import vectors

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_it_opens_no_connection_whatever_the_document_asks_for(listener):
    html = vectors.document(lambda n: f"{listener.base}/{n}")
    relative = (
        f'<html lang="en"><head><base href="{listener.base}/"></head><body><img alt="x" src="a.png">'
        f'<img alt="x" src="//{listener.base[7:]}/b.png"></body></html>'
    )
    redirect = f'<html lang="en"><body><img alt="x" src="{listener.base}/redirect"></body></html>'
    for document in (html, relative, redirect):
        assert render_pdf(document, title="t").startswith(b"%PDF")
    with pytest.raises(PdfFailed):
        render_pdf(vectors.COLOUR_PROFILE.format(url=f"{listener.base}/profile"), title="t")
    assert listener.connections == 0


def test_the_same_documents_do_open_connections_with_the_bare_library(listener, lay_out_watched):
    lay_out_watched("bare", vectors.document(lambda n: f"{listener.base}/{n}"))
    assert {int(path[1:]) for path in listener.asked} >= vectors.numbers(live=True)
    assert len(vectors.numbers(live=True)) >= 20


def test_it_opens_no_file_that_the_document_names(canaries, lay_out_watched):
    _, opened = lay_out_watched("ours", vectors.document(lambda n: f"file://{canaries[n]}"))
    assert opened.isdisjoint(canaries)


def test_the_bare_library_does_open_the_files(canaries, lay_out_watched):
    _, opened = lay_out_watched("bare", vectors.document(lambda n: f"file://{canaries[n]}"))
    assert {n for n, path in enumerate(canaries) if path in opened} >= vectors.numbers(live=True)


REFUSED = [
    "http://127.0.0.1/",
    "HTTPS://127.0.0.1/",
    "https://user:word@127.0.0.1/",
    "//127.0.0.1/x.png",
    "ftp://127.0.0.1/x",
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "file://localhost/etc/passwd",
    "file:/etc/passwd",
    "/etc/passwd",
    "etc/passwd",
    "gopher://127.0.0.1/",
    "jar:file:///x!/y",
    "javascript:1",
    "asset:",
    "asset:../../mktogether/settings.py",
    "asset:/etc/passwd",
    "asset://print.css",
    "asset:print.css/../../css/10-tokens.css",
    "asset:print.css?x=../../",
    "asset:fonts.css#x",
    "ASSET:print.css",
    "asset:%2e%2e/%2e%2e/manage.py",
    "asset:OFL.txt",
    "data:,x",
    "data:text/html,<p>x",
    "data:text/css,p{}",
    "data:text/plain;base64,eA==",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "data:image/png,x",
    "data:image/png;base64,PHN2Zy8+",
    "data:image/jpeg;base64,iVBORw0KGgo=",
    "data:image/png;charset=utf-8;base64,iVBORw0KGgo=",
    "data:image/png;base64,%69VBORw0KGgo=",
    "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
    "data:application/pdf;base64,JVBERg==",
]


@pytest.mark.parametrize("url", REFUSED)
def test_the_fetcher_refuses(url):
    with pytest.raises(RefusedAddress):
        AssetFetcher().fetch(url)


def test_the_fetcher_answers_print_assets_and_embedded_images():
    fetch = AssetFetcher()
    assert b"@page" in fetch("asset:print.css").read()
    assert fetch("asset:fonts.css").content_type == "text/css"
    assert fetch("data:image/png;base64," + base64.b64encode(PNG).decode()).read() == PNG


def test_the_fetcher_leaves_out_fonts_that_set_up_has_not_brought(monkeypatch, tmp_path):
    monkeypatch.setattr(fetcher, "FONT_FOLDER", tmp_path)
    assert fetcher.font_faces() == ""
    there = tmp_path / "source-sans-3-latin-700-normal.ttf"
    there.write_bytes(b"\0\1\0\0")
    assert fetcher.font_faces().count("@font-face") == 1
    assert AssetFetcher()(f"asset:{there.name}").read() == b"\0\1\0\0"


def test_it_prints_an_embedded_image_and_attaches_nothing_of_ours():
    image = base64.b64encode(PNG).decode()
    html = f"""<html lang="en"><head><link rel="attachment" href="asset:print.css"></head>
        <body><img alt="A dot" src="data:image/png;base64,{image}">
        <a rel="attachment" href="asset:print.css">x</a></body></html>"""
    with pikepdf.open(io.BytesIO(render_pdf(html, title="t"))) as pdf:
        assert len(pdf.pages[0].get_images()) == 1
        assert len(pdf.attachments) == 0
        assert not any("/EF" in item for item in pdf.objects if isinstance(item, pikepdf.Dictionary))


def test_links_that_run_or_open_something_keep_only_their_words():
    html = """<html lang="en"><body><p><a href="javascript:alert(1)">one</a> <a href="file:///etc/passwd">two</a>
        <a href="https://www.gov.uk/">three</a></p></body></html>"""
    with pikepdf.open(io.BytesIO(render_pdf(html, title="t"))) as pdf:
        acts = [str(link.A.URI) for link in pdf.pages[0].Annots if "/A" in link]
    assert acts == ["https://www.gov.uk/"]
