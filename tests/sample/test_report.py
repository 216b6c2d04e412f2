"""The annual report of 2021-22, from the loaded sample to its PDF: the records give what was printed in 2022."""

import re

import pytest

from mktogether.lib.pdf import render_pdf
from reports import documents, figures
from reports.assembling import content_of
from reports.models import Report
from tests.lib.pdf import spoken
from tests.reports import example

pytestmark = pytest.mark.usefixtures("sample")
WORDS = {example.YES: "Yes", example.NO: "No", example.NA: "n/a"}


@pytest.fixture
def report(db):
    return Report._base_manager.select_related("area", "board").get(slug="mk-2021-22")


@pytest.fixture
def read(report):
    content = content_of(report)
    return spoken.read(render_pdf(documents.report_html(content), title=content["title"]))


def table(read, *head):
    """The rows of the table with this head, also where it runs over several pages."""
    found = [one for one in read.all("Table") if tuple(one.rows[0][: len(head)]) == head]
    return [row for one in found for row in one.rows if tuple(row[: len(head)]) != head]


def test_every_figure_that_a_text_names_is_there(report):
    known = figures.of(report)
    named = {name for section in content_of(report)["sections"] for name in figures_in(section["text"])}
    assert {name for name in named if name not in known or known[name].words == figures.NOT_ENTERED} == set()


def figures_in(text):
    from reports.writing.parsing import FIGURE

    return {match[1] for match in FIGURE.finditer(text)}


def test_appendix_a_is_that_of_2022_mark_for_mark(read):
    rows = table(read, "Partner", "Post")
    marks = sorted(tuple(row[2:6]) for row in rows if row[1] not in {"All 18 posts"})
    printed = [post[2] for post in (*example.POSTS, example.SCRUTINEER)]
    assert marks == sorted(tuple(WORDS[mark] for mark in post) for post in printed)
    [total] = [row for row in rows if row[1] == "All 18 posts"]
    assert total[2:] == ["14 of 17", "12 of 16", "13 of 16", "12 of 17", "51 of 66", "77.3 %"]
    assert "55 of 70 (78.6 %)" in read.words


def test_appendix_b_is_that_of_2022_figure_for_figure(read):
    rows = [row[1:] for row in table(read, "Partner", "Children’s £", "Adults £", "Total £", "Share %")]
    wanted = [
        [*(f"{amount:,}" if amount else "none" for amount in (children, adults)), f"{total:,}", share]
        for _slug, _partner, children, adults, total, share in example.PAID
    ]
    assert sorted(rows[:-1]) == sorted(wanted)
    assert rows[-1] == ["187,067", "71,725", "258,792", "100.00"]
    position = dict(table(read, "Line", "£"))
    assert [position[name] for name in ("Brought forward", "Contributions", "Income available", "Expenditure")] == [
        "110,138",
        "257,880",
        "368,018",
        "234,073",
    ]
    assert "133,945" in position.values()


def test_its_tables_speak_to_readers_and_not_of_those_who_read_the_sources(report):
    data = [section["data"] for section in content_of(report)["sections"]]
    boards = next(one["boards"] for one in data if "boards" in one)
    counts = next(one["counts"] for one in data if "counts" in one)
    assert not [one["what"] for one in boards if re.search("not stated|not listed|as we read", one["what"])]
    assert "Deaths of children reviewed in 2020-21" in [one["label"] for one in counts]


def test_both_differences_stand_there_explained(report, read):
    assert content_of(report)["unexplained"] == []
    assert "a difference of £912" in read.words
    assert "a difference of £1." in read.words
    assert read.words.count("The source gives no cause") >= 2
