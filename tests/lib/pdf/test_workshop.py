"""The process that keeps the layout library: told of pages, stopped midway, killed, idle, and gone with its owner."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mktogether.lib.pdf import PdfInterrupted, render_pdf, workshop

ROOT = Path(__file__).parents[3]
PLAIN = '<html lang="en-GB"><head><title>t</title></head><body><p>Words.</p></body></html>'
PAGES = PLAIN.replace("<p>Words.</p>", '<p style="break-after: page">Words.</p>' * 12)
OWNER = (
    "import sys; from mktogether.lib.pdf import render_pdf, workshop;"
    f"render_pdf({PLAIN!r}, title='t'); print(workshop._workshop._process.pid, flush=True); sys.stdin.read()"
)


class Enough(Exception):
    """Nobody wants the document any more."""


def kept():
    """The process that is kept now."""
    return workshop._workshop._process.pid


def child():
    """The process that lays out at this moment."""
    parent = kept()
    return int(Path(f"/proc/{parent}/task/{parent}/children").read_text().split()[0])


def test_it_tells_of_each_page_that_is_begun():
    told = []
    render_pdf(PAGES, title="t", step=told.append)
    assert told[:12] == list(range(1, 13))


def test_documents_are_laid_out_by_one_process_one_after_another():
    render_pdf(PLAIN, title="t")
    first = kept()
    assert render_pdf(PAGES, title="t") == render_pdf(PAGES, title="t")
    assert kept() == first


def test_what_the_caller_raises_ends_the_work_and_the_next_is_served():
    def refuse(page):
        if page == 3:
            raise Enough

    render_pdf(PLAIN, title="t")
    before = kept()
    with pytest.raises(Enough):
        render_pdf(PAGES, title="t", step=refuse)
    assert not Path(f"/proc/{before}").exists()
    assert render_pdf(PLAIN, title="t").startswith(b"%PDF")


def test_a_killed_child_is_begun_anew():
    killed = []

    def kill_once(page):
        if not killed:
            killed.append(child())
            os.kill(killed[0], signal.SIGKILL)

    assert render_pdf(PAGES, title="t", step=kill_once).startswith(b"%PDF")
    assert len(killed) == 1


def test_one_that_is_killed_again_and_again_ends_in_a_sentence():
    killed = set()

    def kill(page):
        with contextlib.suppress(ProcessLookupError, IndexError):
            killed.add(child())
            os.kill(child(), signal.SIGKILL)

    with pytest.raises(PdfInterrupted, match="interrupted three times"):
        render_pdf(PAGES, title="t", step=kill)
    assert len(killed) == 3
    assert render_pdf(PLAIN, title="t").startswith(b"%PDF")


def test_one_that_gave_its_memory_back_a_moment_ago_is_started_again(monkeypatch, tmp_path):
    starter, mark = tmp_path / "python", tmp_path / "mark"
    starter.write_text(f'#!/bin/sh\n[ -e {mark} ] || {{ touch {mark}; exit 0; }}\nexec {sys.executable} "$@"\n')
    starter.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(starter))
    assert render_pdf(PLAIN, title="t").startswith(b"%PDF")
    assert mark.exists()


@pytest.mark.parametrize("how", ["it ends", "it is killed"])
def test_it_ends_with_whoever_started_it(how):
    with subprocess.Popen(
        [sys.executable, "-c", OWNER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        layout = Path(f"/proc/{int(owner.stdout.readline())}")
        assert layout.exists()
        if how == "it is killed":
            owner.kill()
        owner.stdin.close()
    until = time.monotonic() + 10
    while layout.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not layout.exists()
