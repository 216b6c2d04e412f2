"""The layout library is loaded and used in shorter ways, and what comes of it is the same."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.lib.pdf import declarations
from tests.lib.pdf.example import minutes_like

PROGRAM_FOLDER = Path(__file__).parents[3] / "mktogether" / "lib" / "pdf"
LOADED = "import sys; from layout import loading; library = loading.load_weasyprint(); "
# What the shorter ways leave to the library, beside what they take over.
UNUSUAL = """<html lang="en-GB"><head><title>t</title><style>
    body { text-align: justify }
    .side { float: right; width: 30%; margin-inline-start: 5%; text-decoration: underline }
    .over { position: absolute; top: 10%; inset-inline-end: 2em; padding-block: calc(1em + 2px) }
    .up { position: relative; top: -2% }
    q { --colour: red; color: var(--colour) }
    em { width: 50%; display: inline-block; text-decoration: line-through }
    ul { list-style: "-    " inside }
    td { border-left: 1px solid; min-width: 10% }
    .rtl { direction: rtl; border-inline-start: 3px solid; margin-left: 10% }
    </style></head><body><p class="side">Beside the text</p><p class="over">Over it</p>WORDS
    <ul><li>One<li>Two<ol><li>Three</ol></ul>
    <p class="rtl">From <em>right</em> to <q>left</q> <a href="https://mktogether.example/">there</a></p>
    <p class="up">Up &#x5e9;&#x5dc;&#x5d5;&#x5dd; &#x10fffd;</p>
    <table><thead><tr><th>Head</th><th>Of two pages</th></tr></thead>ROWS</table></body></html>"""
UNUSUAL = UNUSUAL.replace("WORDS", "<p>" + "Words that are spread over their line. " * 12).replace(
    "ROWS", "<tr><td>Row<td>Cell</tr>" * 60
)


def python(program, text=""):
    """What a Python program says, which can load the layout program."""
    environment = {"PYTHONHASHSEED": "0", "PATH": "", "HOME": "/nonexistent"}
    command = [sys.executable, "-c", program]
    answer = subprocess.run(
        command, input=text.encode(), capture_output=True, check=False, cwd=PROGRAM_FOLDER, env=environment
    )
    assert answer.returncode == 0, answer.stderr.decode()
    return answer.stdout


def test_what_is_declared_of_libraries_is_known_before():
    """After an upgrade: python -m tests.lib.pdf.declarations"""
    assert declarations.made() == declarations.FILE.read_text()
    assert python(f"{LOADED}print('cffi' in sys.modules, 'pycparser' in sys.modules)") == b"False False\n"


def test_other_declarations_are_read_as_the_library_would():
    said = python(
        "from layout.loading import Declared; c = Declared(); c.cdef('int abs(int);'); print(c.dlopen(None).abs(-3))"
    )
    assert said == b"3\n"


def test_what_is_rarely_called_is_loaded_when_it_is():
    asked = (
        f"{LOADED}from weasyprint.pdf import fonts; print('fontTools.varLib' in sys.modules);"
        "print(fonts.subset.Options(hinting=True).hinting, 'fontTools.subset' in sys.modules)"
    )
    assert python(asked) == b"False\nTrue True\n"


def test_the_shorter_ways_are_taken():
    """After an upgrade: read what it changed, and renew the version in quicker.py."""
    assert python(
        "from layout import loading; loading.load_weasyprint(); from layout import quicker; print(quicker.VERSION)"
    ) == (f"{version('weasyprint')}\n".encode())


@pytest.mark.parametrize("document", [minutes_like(), UNUSUAL], ids=["minutes", "unusual"])
def test_pages_are_the_same_in_the_shorter_ways_and_in_those_of_the_library(document):
    laid_out = "sys.stdout.buffer.write(layout.__main__._lay_out(sys.stdin.read(), 't', 'en-GB'))"
    in_its_ways = "from layout import quicker; quicker.take = lambda: False;"
    program = f"{{}}{LOADED}import layout.__main__; {laid_out}"
    ours, its = (python(program.format(ways), document) for ways in ("", in_its_ways))
    assert ours.startswith(b"%PDF")
    assert ours == its
