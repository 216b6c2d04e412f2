"""The content of a report: every figure, where it comes from, the numbers of sections, and what is frozen."""

import json
from decimal import Decimal

import pytest

from reports import figures, presenting, sources
from reports.assembling import blocks_of, content_of, fingerprint
from tests.factories import ReportFactory, SectionFactory
from tests.reports import example

MONEY = "/money/2021-22/figures/"
MATRIX = "/boards/management-board-2021-22/representation/?year=2021-22"
PRINTED = {
    "contributions total": ("£258,792", f"{MONEY}contributions/"),
    "contributions children": ("£187,067", f"{MONEY}children/"),
    "contributions adults": ("£71,725", f"{MONEY}adults/"),
    "contributions mk-council": ("£149,004", f"{MONEY}partner-mk-council/"),
    "contributions council share": ("57.58 %", f"{MONEY}partner-mk-council/"),
    "contributions bfrs share": ("0.25 %", f"{MONEY}partner-bfrs/"),
    "contributions printed": ("£257,880", f"{MONEY}contributions/"),
    "contributions difference": ("£912", f"{MONEY}contributions/"),
    "contributions used": ("£257,880", f"{MONEY}position/"),
    "brought forward": ("£110,138", f"{MONEY}brought-forward/"),
    "income available": ("£368,018", f"{MONEY}income-available/"),
    "expenditure": ("£234,073", f"{MONEY}expenditure/"),
    "surplus": ("£23,807", f"{MONEY}surplus/"),
    "carried forward": ("£133,945", f"{MONEY}carried-forward/"),
    "carried forward printed": ("£133,944", f"{MONEY}carried-forward/"),
    "carried forward difference": ("£1", f"{MONEY}carried-forward/"),
    "meetings held": ("4", MATRIX),
    "posts": ("18", MATRIX),
    "representation members": ("51 of 66", MATRIX),
    "representation percent": ("77.3 %", MATRIX),
    "representation printed": ("55 of 70", MATRIX),
    "representation printed percent": ("78.6 %", MATRIX),
    "representation april 2021": ("14 of 17", MATRIX),
    "representation february 2022": ("12 of 17", MATRIX),
    "reviews rapid adults": ("4", "/cases/years/2021-22/"),
    "reviews rapid children": ("5", "/cases/years/2021-22/"),
    "reviews published": ("4", "/cases/years/2021-22/"),
}


@pytest.fixture(scope="module")
def content():
    return example.content()


def section_of(content, kind):
    return next(section for section in content["sections"] if section["kind"] == kind)


# --- Figures ---


@pytest.mark.parametrize("name", PRINTED)
def test_a_figure_has_its_words_and_leads_to_its_records(content, name):
    figure = content["figures"][name]
    assert (figure["words"], figure["href"]) == PRINTED[name]
    assert figure["label"]
    assert figure["source"]


def test_every_partner_has_figures_of_its_own(content):
    names = {f"contributions {slug}{end}" for slug, *_rest in example.PAID for end in ("", " share")}
    assert names <= set(content["figures"])


def test_what_nobody_entered_says_so_and_can_be_written_about_already():
    bare = figures.made(sources.Sources())
    assert bare["contributions total"].words == "not entered yet"
    assert bare["contributions total"].href == ""
    assert set(bare) < set(figures.made(example.found()))


def test_a_figure_in_a_text_leads_to_its_page_on_screen_and_is_words_on_paper(content):
    foreword = content["sections"][0]
    on_screen, on_paper = (blocks_of(content, foreword, on_paper=paper)[0].html for paper in (False, True))
    assert '<a class="figure" href="/reports/mk-2021-22/figures/expenditure/">£234,073</a>' in on_screen
    assert '<span class="figure">£234,073</span>' in on_paper


# --- Sections ---


def test_sections_have_numbers_and_appendices_letters(content):
    assert [(section["number"], section["title"]) for section in content["sections"]] == [
        ("1", "Foreword"),
        ("2", "The scrutineer’s statement"),
        ("3", "The partnership"),
        ("4.1", "Assurance Board"),
        ("4.2", "Review Board"),
        ("5.1", "Children’s social care"),
        ("5.2", "Probation"),
        ("6", "Reviews of the year"),
        ("A", "Partnership representation"),
        ("B1", "What each partner paid"),
        ("B2", "The year-end position"),
        ("", "Abbreviations"),
        ("", "Contacts"),
    ]


def test_one_section_about_money_is_b():
    rows = [row for row in example.SECTIONS if row[2] != "contributions"]
    made = example.content(sections=example.texts(rows))
    assert section_of(made, "budget")["number"] == "B"


def test_a_part_that_comes_again_is_a_chapter_again():
    rows = [("One", "P", "text", ""), ("Two", "", "text", ""), ("Three", "P", "text", "")]
    made = example.content(sections=example.texts(rows))
    assert [section["number"] for section in made["sections"]] == ["1.1", "2", "3.1"]


def test_the_matrix_stands_by_partner_with_both_denominators(content):
    data = section_of(content, "attendance")["data"]
    assert [row["partner"] for row in data["rows"][:5]] == ["MK Council"] * 5
    assert data["total"] == {"words": "51 of 66", "percent": "77.3 %"}
    assert data["with_every_row"] == {"words": "55 of 70", "percent": "78.6 %"}
    assert data["outside"][0]["post"] == "Independent Scrutineer"
    assert data["lowest"] == [
        "Chief Operating Officer, MK CCG (0 of 4)",
        "Senior Operational Support Manager (1 of 4)",
        "Detective Chief Inspector (1 of 4)",
    ]


def test_the_glossary_holds_what_is_used_and_nothing_else(content):
    shorts = [short for short, _meaning in section_of(content, "glossary")["data"]["entries"]]
    assert "TVP" in shorts, "in a text"
    assert "MKUHFT" in shorts, "in a table only"
    assert "ZZZ" not in shorts


# --- Differences ---


def test_both_differences_are_told_with_their_explanation(content):
    told = {one["figure"]: one for one in section_of(content, "budget")["data"]["differences"]}
    assert told["contributions"]["amount"] == "£912"
    assert told["contributions"]["explanation"] == "The source gives no cause; accepted by the finance editor."
    assert (told["carried-forward"]["printed"], told["carried-forward"]["computed"]) == ("£133,944", "£133,945")
    assert content["unexplained"] == []


def test_a_difference_that_nobody_explained_is_named():
    bare = sources.Difference("surplus", "In-year surplus", Decimal(5), Decimal(7), Decimal(2), None, "A leaflet")
    made = example.content(money=example.money([example.CARRIED_FORWARD_DIFFERS, bare]))
    assert made["unexplained"] == ["In-year surplus: printed £5, computed £7"]


# --- The hash, and what is frozen ---


def test_the_same_content_has_the_same_hash_and_any_change_another():
    first = fingerprint(example.content())
    assert fingerprint(json.loads(json.dumps(example.content()))) == first
    changed = [
        example.content(partners=()),
        example.content(about={"title": "Another"}),
        example.content(sections=example.texts([("Foreword", "", "text", "Other words.")])),
        example.content(money=example.money([])),
    ]
    assert len({first, *map(fingerprint, changed)}) == 5


@pytest.mark.django_db
def test_a_draft_is_gathered_anew_and_what_is_published_is_read_as_it_was():
    report = ReportFactory()
    section = SectionFactory(report=report, text="It met {meetings held} times.")
    assert content_of(report)["sections"][0]["text"] == section.text
    assert content_of(report)["is_draft"]
    frozen = content_of(report)
    report.state, report.content = "published", frozen
    section.text = "Changed."
    section.save()
    assert content_of(report) == frozen
    assert figures.names(report)["meetings held"] == "Meetings of the board in the year"


def test_shares_beside_bars_are_rounded_half_up(content):
    made = presenting.context_of(content, on_paper=True)["sections"]
    [drawing] = [section["figure"]["drawing"] for section in made if section["kind"] == "contributions"]
    assert "£650" in drawing
    assert " 0.3 %" in drawing.partition("£650")[2], "a quarter of a per cent"
