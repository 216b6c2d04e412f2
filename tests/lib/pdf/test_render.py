"""What comes out of the PDF service: tagged, titled, the same each time; or refused with a sentence."""

import io
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest

from mktogether.lib.pdf import Limits, PdfFailed, PdfRefused, PdfUnavailable, render_pdf
from tests.lib.pdf.example import NOTICE, html_of, minutes_like

PROGRAM_FOLDER = Path(__file__).parents[3] / "mktogether" / "lib" / "pdf"
PLAIN = '<html lang="en-GB"><head><title>t</title></head><body><p>Words.</p></body></html>'
SHORT = Limits(seconds=2)
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture(scope="module")
def example():
    """The bytes of the document like minutes."""
    return render_pdf(minutes_like(), title="Minutes of 21 January 2025")


@pytest.fixture
def opened(example):
    with pikepdf.open(io.BytesIO(example)) as pdf:
        yield pdf


def body(content):
    return f'<html lang="en-GB"><head><title>t</title></head><body>{content}</body></html>'


def elements(node):
    """Every element of the tag tree under ``node``, in reading order."""
    for kid in node.K if isinstance(node.get("/K"), pikepdf.Array) else []:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def tags(pdf):
    return list(elements(pdf.Root.StructTreeRoot))


def test_it_never_loads_the_layout_library_into_the_calling_process():
    code = "import sys, mktogether.lib.pdf; print(sorted({'weasyprint', 'pikepdf', 'pydyf'} & set(sys.modules)))"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROGRAM_FOLDER.parents[2]
    )
    assert told.stdout.strip() == "[]"


def test_it_says_its_title_language_and_standard(opened):
    assert str(opened.docinfo.Title) == "Minutes of 21 January 2025"
    assert str(opened.Root.Lang) == "en-GB"
    assert bool(opened.Root.MarkInfo.Marked)
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
    metadata = opened.Root.Metadata.read_bytes().decode()
    assert re.search(r'pdfuaid:part="1"', metadata)
    assert "Minutes of 21 January 2025" in metadata


def test_it_gives_the_same_bytes_for_the_same_document(example):
    assert render_pdf(minutes_like(), title="Minutes of 21 January 2025") == example


def test_it_tells_header_cells_of_rows_from_those_of_columns(opened):
    scopes = {}
    for table in (tag for tag in tags(opened) if tag.S == "/Table"):
        for part in elements(table):
            heads = [cell for cell in elements(part) if cell.S == "/TH"] if part.S in ("/THead", "/TBody") else []
            scopes.setdefault(str(part.S), set()).update(str(cell.A.Scope) for cell in heads)
    assert scopes["/THead"] == {"/Column"}
    assert scopes["/TBody"] == {"/Row"}


def test_it_gives_each_item_of_a_list_its_mark_and_its_body():
    styled = '<link rel="stylesheet" href="asset:print.css">'
    html = body(f"{styled}<ul><li>one</li><li>two <b>words</b></li></ul><ol><li><p>three</p><p>more</p></li></ol>")
    with pikepdf.open(io.BytesIO(render_pdf(html, title="t"))) as pdf:
        items = [tag for tag in tags(pdf) if tag.S == "/LI"]
        assert [[str(part.S) for part in item.K] for item in items] == [["/Lbl", "/LBody"]] * 3
        assert all(part.P.objgen == item.objgen for item in items for part in item.K)


def test_it_keeps_running_heads_and_page_numbers_from_being_read_aloud(opened):
    for index, page in enumerate(opened.pages):
        marks = [operands for operands, operator in pikepdf.parse_content_stream(page) if str(operator) == "BDC"]
        running = [mark for mark in marks if mark[0] == "/Artifact" and mark[1].get("/Type") == "/Pagination"]
        assert len(running) >= 3  # head, foot, number of the page; and from the second page on the part
        pieces = {int(mark[1].MCID) for mark in marks if "/MCID" in mark[1]}
        owners = opened.Root.StructTreeRoot.ParentTree.Nums[2 * index + 1]
        assert pieces == {piece for piece in range(len(owners)) if owners[piece] is not None}


def test_it_names_each_drawing(opened):
    figures = [tag for tag in tags(opened) if tag.S == "/Figure"]
    assert [str(figure.Alt)[:13] for figure in figures] == ["Contributions"]


def test_it_repeats_the_head_of_a_table_on_the_next_page(opened):
    heads = [tag for tag in tags(opened) if tag.S == "/THead"]
    pages = [head.Pg.objgen for head in heads]
    assert len(opened.pages) >= 2
    assert opened.pages[1].objgen in pages


def test_a_sample_says_so_on_its_first_page_and_at_the_head_of_each():
    assert NOTICE in minutes_like()
    assert minutes_like().count("· SAMPLE") == 1
    real = html_of("documents/base.html", {"title": "Terms & conditions"})
    assert "SAMPLE" not in real
    assert "<title>Terms &amp; conditions</title>" in real


def test_it_warns_of_nothing_in_a_good_document(caplog):
    render_pdf(minutes_like(), title="t")
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f'<img src="data:image/png;base64,{DOT}">', "alt description"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>', "no title element"),
        ('<img alt="x" src="https://127.0.0.1/x.png">', "Failed to load image"),
        ('<link rel="stylesheet" href="asset:missing.css">', "Failed to load stylesheet"),
        ('<p style="colour: red">x</p>', "unknown property"),
    ],
)
def test_it_warns_in_our_log_of_what_a_reader_would_miss(caplog, content, said):
    render_pdf(body(content), title="t")
    assert any(said in message for message in caplog.messages), caplog.messages


def test_it_tells_which_letters_no_font_has_each_once():
    told = []
    render_pdf(body("<p>𒀀 and 𒀁, 𒀀 again</p><p><b>𒀁</b> Łódź λ</p>"), title="t", lacking=told.append)
    assert told == ["𒀀𒀁"]


def test_it_tells_of_no_letter_in_a_good_document():
    told = []
    render_pdf(minutes_like(), title="t", lacking=told.append)
    assert told == [""]


BOMBS = {
    "a cell over a million columns": '<table><tr><td colspan="1000000">x</td></tr></table>',
    "boxes eight thousand deep": "<div>" * 8000 + "x" + "</div>" * 8000,
    "tables sixty deep": "<table><tr><td>" * 60 + "x" + "</td></tr></table>" * 60,
    "a hundred thousand paragraphs": "<p>Lorem ipsum dolor sit amet.</p>" * 100_000,
    "a font of a thousand million pixels": '<p style="font-size: 1e9px">x y z</p>',
    "a word of three million letters": f"<p>{'a' * 3_000_000}</p>",
    "fifty thousand columns": f'<div style="columns: 50000">{"x " * 200_000}</div>',
    "pages of one pixel": f"<style>@page {{ size: 1px 1px; margin: 0 }}</style>{'x ' * 20_000}",
    "a drawing that uses itself tenfold, eight times": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<title>t</title><defs><g id="a0"><rect width="1" height="1"/></g>'
    + "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10}</g>' for n in range(1, 9))
    + '</defs><use href="#a8"/></svg>',
    "a variable that grows tenfold, nine times": "<style>:root { --a0: lol;"
    + "".join(f"--a{n}: {f'var(--a{n - 1})' * 10};" for n in range(1, 10))
    + "} p::before { content: var(--a9) }</style><p>x</p>",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_it_refuses_a_bomb_in_bounded_time_with_a_sentence(bomb):
    began = time.monotonic()
    with pytest.raises(PdfRefused, match="too large to lay out"):
        render_pdf(body(bomb), title="t", limits=SHORT)
    assert time.monotonic() - began < SHORT.seconds + 4


def test_it_serves_the_next_document_after_a_bomb():
    with pytest.raises(PdfRefused):
        render_pdf(body(BOMBS["tables sixty deep"]), title="t", limits=SHORT)
    assert render_pdf(PLAIN, title="t").startswith(b"%PDF")


def test_it_refuses_a_document_that_needs_more_memory_than_one_may_have():
    with pytest.raises(PdfRefused):
        render_pdf(body("<p>Words.</p>" * 20_000), title="t", limits=Limits(memory=160 * 1024**2))


def test_it_refuses_too_many_characters_without_starting_anything(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nonexistent")
    with pytest.raises(PdfRefused):
        render_pdf(PLAIN, title="t", limits=Limits(characters=10))


def test_it_says_what_to_install_when_the_system_libraries_are_missing(monkeypatch, tmp_path):
    for name in ("libgobject-2.0.so.0", "libpango-1.0.so.0"):
        (tmp_path / name).write_bytes(b"not a library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    with pytest.raises(
        PdfUnavailable,
        match=r"apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    ):
        render_pdf(PLAIN, title="t")


@pytest.fixture
def started_by(monkeypatch, tmp_path):
    """A function: let a shell command run in the child before the layout program begins."""

    def prepare(command):
        starter = tmp_path / "python"
        starter.write_text(f'#!/bin/sh\n{command}\nexec {sys.executable} "$@"\n')
        starter.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(starter))

    return prepare


def test_the_child_is_told_none_of_our_secrets(started_by, monkeypatch, tmp_path):
    told = tmp_path / "told"
    started_by(f"env > {told}")
    monkeypatch.setenv("SECRET_KEY", "hidden-from-children")
    assert render_pdf(PLAIN, title="t").startswith(b"%PDF")
    assert "PATH=" in told.read_text()
    assert "hidden-from-children" not in told.read_text()


def test_it_does_not_blame_the_document_for_what_system_libraries_mutter(started_by, caplog):
    started_by("echo 'Fontconfig error: No writable cache directories' >&2")
    assert render_pdf(PLAIN, title="t").startswith(b"%PDF")
    assert caplog.messages == []


def test_it_takes_a_fault_of_the_program_for_a_fault_and_logs_it(started_by, caplog):
    started_by("echo 'what went wrong' >&2; exit 1")
    with pytest.raises(PdfFailed, match="fault in the portal"):
        render_pdf(PLAIN, title="t")
    assert "what went wrong" in caplog.text


def test_a_child_killed_in_the_middle_leaves_no_file(tmp_path):
    html = minutes_like().replace("</main>", BOMBS["a hundred thousand paragraphs"] + "</main>")
    order = json.dumps({"html": html, "title": "t", "language": "en", "limits": {"seconds": 30, "memory": 2**30}})
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run(
            [sys.executable, "-m", "layout"],
            input=order.encode(),
            check=False,
            capture_output=True,
            timeout=3,
            cwd=PROGRAM_FOLDER,
            env={**os.environ, "TMPDIR": str(tmp_path), "HOME": str(tmp_path)},
        )
    assert list(tmp_path.iterdir()) == []


def test_a_child_without_a_parent_ends_by_itself():
    order = json.dumps(
        {
            "html": body(BOMBS["a hundred thousand paragraphs"]),
            "title": "t",
            "language": "en",
            "limits": {"seconds": 1, "memory": 2**30},
        }
    )
    child = subprocess.run(
        [sys.executable, "-m", "layout"],
        input=order.encode(),
        check=False,
        capture_output=True,
        timeout=20,
        cwd=PROGRAM_FOLDER,
    )
    assert child.returncode < 0
    assert child.stdout == b""
