"""Two independent checkers of tagged PDFs, and a printer of pages as pictures, in an environment of their own."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HOW_TO = (
    "The PDF checkers are not there: {python}. Build their environment with: python3 -m venv .venv-pdf-checks && "
    ".venv-pdf-checks/bin/python -m pip install --require-hashes -r requirements-pdf-checks.txt"
)
PICTURES = """
import sys, pymupdf
for number, page in enumerate(pymupdf.open(sys.argv[1]), 1):
    page.get_pixmap(dpi=int(sys.argv[3]), colorspace=pymupdf.csGRAY).save(f"{sys.argv[2]}/page-{number:02}.png")
"""


def interpreter():
    """The interpreter of the checkers' environment; without it, the test says how to build one."""
    found = Path(os.environ.get("PDF_CHECKS_PYTHON") or ROOT / ".venv-pdf-checks/bin/python")
    if not found.is_file():
        pytest.fail(HOW_TO.format(python=found), pytrace=False)
    return found


def outloud(python, path):
    """What outloud found, errors and warnings."""
    told = subprocess.run(
        [python.with_name("outloud"), path, "--json", "-"], check=False, capture_output=True, text=True, timeout=240
    )
    [result] = json.loads(told.stdout)["results"]
    assert result["error"] is None
    return [(found["severity"], found["message"]) for found in result["findings"] if found["severity"] != "info"]


def pdfua(python, path):
    """What pdfua found, of any severity."""
    told = subprocess.run(
        [python.with_name("pdfua"), "check", "--format", "json", path],
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )
    report = json.loads(told.stdout)
    assert report["summary"]["rules_run"] >= 11
    return [(found["severity"], found["message"]) for found in report["findings"]]


def pictures(python, path, folder, dpi):
    """Every page of a PDF as a grey picture in ``folder``, in order."""
    subprocess.run([python, "-c", PICTURES, path, folder, str(dpi)], check=True, capture_output=True, timeout=240)
    return sorted(Path(folder).glob("page-*.png"))
