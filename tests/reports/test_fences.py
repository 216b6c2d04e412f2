"""
What somebody could write into a report to reach the network, a file or the machine's limits: it reaches nothing.

The texts come here past the checks of the editing page, as from a fault of ours; the sanitiser and the fences of the
layout stand by themselves.
"""

import base64
import io
import threading
import time
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from mktogether.lib.pdf import DEFAULT_LIMITS, PdfRefused, render_pdf, workshop
from reports import documents
from tests.lib.pdf import vectors
from tests.lib.pdf.test_render import BOMBS, PLAIN, body
from tests.reports import example

# Beside each way of HTML, what only Markdown knows; {url} is the address asked for.
MARKDOWN = (
    "![x]({url})",
    "![x](<{url}>)",
    '![x]({url} "t")',
    "![x][r]\n\n[r]: {url}",
    "[![x]({url})](https://www.gov.uk/)",
    "![x](image:{url})",
    "<{url}>",
    "[x]({url})",
    "| a |\n|---|\n| ![x]({url}) |",
    "> ![x]({url})",
    "`{url}` <img src={url}>",
    "{{contributions total}}![x]({url})",
)
WAYS = (*vectors.WAYS.values(), *MARKDOWN)


def report_of(*texts):
    """A report with one section for each text, as the PDF's HTML."""
    rows = [(f"Section {number}", "", "text", text) for number, text in enumerate(texts, 1)]
    return documents.report_html(example.content(sections=example.texts(rows)))


def texts(address):
    return [way.format(url=address(n), n=n) for n, way in enumerate(WAYS)]


def test_there_are_enough_ways():
    assert len(vectors.WAYS) >= 50
    assert len(WAYS) >= 60


def test_no_text_opens_a_connection(listener):
    html = report_of(*texts(lambda n: f"{listener.base}/{n}"))
    assert listener.base in html, "links of texts are kept, and lead there on a click"
    assert render_pdf(html, title="t").startswith(b"%PDF")
    assert listener.connections == 0


def test_no_text_opens_a_file_and_none_is_attached(tmp_path, lay_out_watched):
    paths = []
    for number in range(len(WAYS)):
        path = tmp_path / f"secret-{number}"
        path.write_text("canary-of-a-file")
        paths.append(str(path))
    html = report_of(*texts(lambda n: f"file://{paths[n]}"))
    pdf, opened = lay_out_watched("ours", html)
    assert opened.isdisjoint(paths)
    with pikepdf.open(io.BytesIO(pdf)) as made:
        assert len(made.attachments) == 0
        streams = b"".join(one.read_bytes() for one in made.objects if isinstance(one, pikepdf.Stream))
    assert b"canary-of-a-file" not in streams


def test_the_same_ways_do_reach_out_with_the_bare_library_and_without_our_sanitiser(listener, lay_out_watched):
    """The negative control: what is above would be seen."""
    lay_out_watched("bare", vectors.document(lambda n: f"{listener.base}/{n}"))
    assert {int(path[1:].partition("#")[0]) for path in listener.asked} >= vectors.numbers(live=True)
    assert len(vectors.numbers(live=True)) >= 25


# --- Limits ---

LONGEST = 60_000
NASTY = {
    "quotations in quotations": "> " * 20_000,
    "lists in lists": "".join(f"{'  ' * n}- x\n" for n in range(200)),
    "a table of five thousand rows": "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 5_900,
    "brackets that never close": "[" * LONGEST,
    "pictures in brackets": "![" * (LONGEST // 2),
    "stars": "*a_" * (LONGEST // 3),
    "figures without an end": "{contributions " * 4_000,
    "one word": "a" * LONGEST,
    "four thousand headings": "# x\n\n" * 12_000,
    "backticks": "`" * (LONGEST - 1) + "a",
}


QUICK = ("quotations in quotations", "brackets that never close", "one word")
IN_SHORT = [
    pytest.param(text, id=name, marks=() if name in QUICK else pytest.mark.prove) for name, text in NASTY.items()
]


@pytest.mark.parametrize("text", IN_SHORT)
def test_a_nasty_text_is_laid_out_or_refused_in_bounded_time(text):
    began = time.monotonic()
    html = report_of(text[:LONGEST])
    with suppress(PdfRefused):
        assert render_pdf(html, title="t").startswith(b"%PDF")
    assert time.monotonic() - began < 2 * DEFAULT_LIMITS.seconds


def test_a_picture_that_would_fill_the_memory_is_left_out(caplog):
    small = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(small, "PNG")
    image = f'<img alt="x" src="data:image/png;base64,{base64.b64encode(small.getvalue()).decode()}">'
    with suppress(PdfRefused):
        assert render_pdf(body(image), title="t").startswith(b"%PDF")
        assert "Failed to load image" in caplog.text


class Watch(threading.Thread):
    """Notes the most memory that any process of the layout has, while something is laid out."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most, self.over = 0, False

    def run(self):
        while not self.over:
            for process in _layout_processes():
                with suppress(OSError, StopIteration):
                    status = Path(f"/proc/{process}/status").read_text()
                    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
                    self.most = max(self.most, int(peak.split()[1]) * 1024)
            time.sleep(0.02)


def _layout_processes():
    """The layout program that this process keeps, and its child."""
    kept = workshop._workshop
    if kept is None:
        return []
    parent = kept._process.pid
    with suppress(OSError):
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return [parent, *map(int, children)]
    return []


# With all the time that a document has, these need to be larger than where two seconds are the limit.
LARGER = {"a word of three million letters": f"<p>{'a' * 9_000_000}</p>", "too many characters": "x" * 10_000_001}


@pytest.mark.prove
@pytest.mark.parametrize("bomb", (BOMBS | LARGER).values(), ids=BOMBS | LARGER)
def test_a_bomb_is_stopped_within_the_limits_of_a_document_and_the_next_is_served(bomb):
    """G11: at most 30 seconds and 1 GiB, a sentence for the user, and the worker serves on."""
    watch, began = Watch(), time.monotonic()
    watch.start()
    with pytest.raises(PdfRefused, match="too large to lay out"):
        render_pdf(body(bomb), title="t")
    took = time.monotonic() - began
    watch.over = True
    watch.join()
    assert took <= DEFAULT_LIMITS.seconds + 1
    assert watch.most <= DEFAULT_LIMITS.memory
    assert render_pdf(PLAIN, title="t").startswith(b"%PDF")
