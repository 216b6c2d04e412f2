"""The report on paper, read back out of the PDF: every cell of both appendices, contents, heads, tags and pictures."""

import io

import pikepdf
import pytest

from mktogether.lib.pdf import render_pdf
from reports import documents
from tests.lib.pdf import spoken
from tests.lib.pdf.checkers import interpreter, outloud, pdfua
from tests.reports import example, pages

WORDS = {example.YES: "Yes", example.NO: "No", example.NA: "n/a"}


@pytest.fixture(scope="module")
def content():
    return example.content()


@pytest.fixture(scope="module")
def pdf(content):
    """The bytes of the example."""
    return render_pdf(documents.report_html(content), title=content["title"])


@pytest.fixture(scope="module")
def read(pdf):
    """The example as a screen reader has it."""
    return spoken.read(pdf)


def table(read, *head):
    """The table with this head, without it."""
    [found] = [one for one in read.all("Table") if tuple(one.rows[0][: len(head)]) == head]
    return found.rows[1:]


def test_appendix_a_cell_for_cell(read):
    rows = table(read, "Partner", "Post", "Apr 2021", "Jul 2021", "Nov 2021", "Feb 2022")
    printed = {row[1]: row for row in rows}
    assert len(rows) == 20
    for partner, post, marks, present, eligible in example.POSTS:
        words = [WORDS[mark] for mark in marks]
        percent = f"{100 * present / eligible:.1f} %"
        assert printed[post] == [partner, post, *words, f"{present} of {eligible}", percent]
    assert printed["All 18 posts"][2:] == ["14 of 17", "12 of 16", "13 of 16", "12 of 17", "51 of 66", "77.3 %"]
    assert printed["Independent Scrutineer, outside the totals"][2:] == ["Yes"] * 4 + ["4 of 4", "100.0 %"]
    assert "55 of 70 (78.6 %)" in read.words


def test_appendix_b_figure_for_figure(read):
    rows = table(read, "Partner", "Children’s £", "Adults £", "Total £", "Share %")
    wanted = [
        [partner, *(f"{amount:,}" if amount else "none" for amount in (children, adults)), f"{total:,}", share]
        for _slug, partner, children, adults, total, share in example.PAID
    ]
    assert rows == [*wanted, ["All", "187,067", "71,725", "258,792", "100.00"]]


def test_the_position_figure_for_figure(read):
    assert table(read, "Line", "£") == [
        ["Brought forward", "110,138"],
        ["Contributions", "257,880"],
        ["Income available", "368,018"],
        *([name, f"{amount:,}"] for name, amount in example.SPENT),
        ["Expenditure", "234,073"],
        ["Surplus of the year: contributions less expenditure", "23,807"],
        ["Carried forward: income available less expenditure", "133,945"],
    ]


def test_both_differences_are_printed_once_with_their_explanations(read):
    assert read.words.count("a difference of £912. The source gives no cause; accepted by the finance editor.") == 1
    assert read.words.count("a difference of £1. Probably a rounding of pence; accepted by the finance editor.") == 1


def test_the_contents_name_the_page_on_which_each_section_begins(read):
    begins = {heading.words: heading.page for heading in read.all("H2")}
    rows = table(read, "Section", "Page")
    named = {words: int(page) for words, page in rows if words in begins}
    assert named == {words: page for words, page in begins.items() if words != "Contents"}
    assert ["4 Reports of the boards", str(begins["4.1 Assurance Board"])] in rows


def test_every_drawing_says_what_it_shows_and_has_its_table(read):
    drawings = read.all("Figure")
    assert len(drawings) == 6
    assert all(len(one.alt) > 20 for one in drawings)
    captions = [one.words for one in read.all("Caption", "P", "H3", "Div") if one.words.startswith("Figure ")]
    assert {caption.split(".")[0] for caption in captions} >= {f"Figure {number}" for number in range(1, 6)}


def test_running_heads_name_the_part_and_are_not_read_aloud(pdf, read):
    assert read.words.count("· SAMPLE") == 0
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in list(opened.pages)[1:]:
            marks = [operands for operands, operator in pikepdf.parse_content_stream(page) if str(operator) == "BDC"]
            running = [mark for mark in marks if mark[0] == "/Artifact" and mark[1].get("/Type") == "/Pagination"]
            assert len(running) >= 3


def test_it_says_that_it_is_a_sample_and_a_draft_on_its_cover(read):
    cover = [tag for tag in read.all("P") if tag.page == 1]
    words = " ".join(tag.words for tag in cover)
    assert "SAMPLE" in words
    assert "A draft, not published" in words
    assert "Milton Keynes City Council" in words
    real = documents.report_html(example.content(about={"sample_notice": "", "is_draft": False}))
    assert "SAMPLE" not in real
    assert "Draft" not in real


def test_the_cover_of_what_is_proposed_says_when_that_was_and_claims_nothing_that_comes_later():
    proposed = documents.report_html(example.content(about={"is_draft": False, "proposed_on": "2022-10-03"}))
    assert "Proposed for publication on 3 October 2022" in proposed
    assert "It is public once a second person has approved it." in proposed
    draft = documents.report_html(example.content())
    assert "Agreed" not in proposed + draft
    assert "roposed" not in draft
    assert "A draft, not published" in draft


def test_no_page_is_empty(read):
    pages_with_words = {
        tag.page for tag in read.all("P", "H1", "H2", "H3", "TR", "Figure", "Caption") if tag.words or tag.alt
    }
    assert pages_with_words >= set(range(1, max(pages_with_words) + 1))


def test_the_same_content_gives_the_same_bytes(content, pdf):
    assert render_pdf(documents.report_html(content), title=content["title"]) == pdf


def test_nothing_is_amiss_while_it_is_laid_out(content, caplog):
    render_pdf(documents.report_html(content), title="t")
    assert caplog.messages == []


@pytest.mark.parametrize("check", [outloud, pdfua])
def test_a_checker_finds_no_fault_in_it(check, pdf, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    assert check(interpreter(), path) == []


def test_its_pages_look_as_they_were_approved(pdf, tmp_path):
    """After a change of the design, look at the pages and renew them: python -m tests.reports.pages"""
    assert pages.differences(pdf, tmp_path) == {}


def test_a_page_that_looks_otherwise_is_noticed(content, tmp_path):
    html = documents.report_html(content).replace("What each partner paid", "What every other partner did not pay")
    html = html.replace('<tr class="total">', '<tr class="total" style="background: #000">')
    assert pages.differences(render_pdf(html, title="t"), tmp_path) != {}
