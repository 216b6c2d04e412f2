"""Two independent checkers find no fault in the PDFs that we make. They run in an environment of their own."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from mktogether.lib.pdf import render_pdf
from tests.lib.pdf.example import minutes_like

ROOT = Path(__file__).parents[3]
HOW_TO = (
    "The PDF checkers are not there: {python}. Build their environment with: python3 -m venv .venv-pdf-checks && "
    ".venv-pdf-checks/bin/python -m pip install --require-hashes -r requirements-pdf-checks.txt"
)
WITHOUT_SCOPE = (
    '<html lang="en"><head><title>t</title></head><body>'
    "<table><tr><th></th><th>a</th></tr><tr><td>1</td><td>2</td></tr></table></body></html>"
)


@pytest.fixture(scope="module")
def python():
    """The interpreter of the checkers' environment."""
    found = Path(os.environ.get("PDF_CHECKS_PYTHON") or ROOT / ".venv-pdf-checks/bin/python")
    if not found.is_file():
        pytest.fail(HOW_TO.format(python=found), pytrace=False)
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The path of the document like minutes."""
    path = tmp_path_factory.mktemp("checked") / "minutes.pdf"
    path.write_bytes(render_pdf(minutes_like(), title="Minutes of 21 January 2025"))
    return path


def outloud(python, path):
    """What outloud found, errors and warnings."""
    told = subprocess.run(
        [python.with_name("outloud"), path, "--json", "-"], check=False, capture_output=True, text=True, timeout=120
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
        timeout=120,
    )
    report = json.loads(told.stdout)
    assert report["summary"]["rules_run"] >= 11
    return [(found["severity"], found["message"]) for found in report["findings"]]


@pytest.mark.parametrize("check", [outloud, pdfua])
def test_it_finds_no_fault_in_a_document_like_minutes(check, python, made):
    assert check(python, made) == []


@pytest.mark.parametrize("check", [outloud, pdfua])
def test_the_checkers_do_find_the_faults_of_a_bare_layout(check, python, tmp_path):
    from weasyprint import HTML

    HTML(string=WITHOUT_SCOPE).write_pdf(tmp_path / "bare.pdf")
    assert check(python, tmp_path / "bare.pdf") != []
