"""Two independent checkers find no fault in the PDFs that we make. They run in an environment of their own."""

import pytest

from mktogether.lib.pdf import render_pdf
from tests.lib.pdf.checkers import interpreter, outloud, pdfua
from tests.lib.pdf.example import minutes_like

WITHOUT_SCOPE = (
    '<html lang="en"><head><title>t</title></head><body>'
    "<table><tr><th></th><th>a</th></tr><tr><td>1</td><td>2</td></tr></table></body></html>"
)


@pytest.fixture(scope="module")
def python():
    """The interpreter of the checkers' environment."""
    return interpreter()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The path of the document like minutes."""
    path = tmp_path_factory.mktemp("checked") / "minutes.pdf"
    path.write_bytes(render_pdf(minutes_like(), title="Minutes of 21 January 2025"))
    return path


@pytest.mark.parametrize("check", [outloud, pdfua])
def test_it_finds_no_fault_in_a_document_like_minutes(check, python, made):
    assert check(python, made) == []


@pytest.mark.parametrize("check", [outloud, pdfua])
def test_the_checkers_do_find_the_faults_of_a_bare_layout(check, python, tmp_path):
    from weasyprint import HTML

    HTML(string=WITHOUT_SCOPE).write_pdf(tmp_path / "bare.pdf")
    assert check(python, tmp_path / "bare.pdf") != []
