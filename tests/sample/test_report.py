"""The annual report of the sample: its texts can be saved, name posts only, and are entered once."""

import re
import shutil

import pytest

from meetings.sample import loading, parts
from meetings.sample.files import WrongFile, read
from records.models import User
from reports import abbreviations, sample, writing
from reports.models import Report, Section, Version
from tests.factories import AreaFactory, BodyFactory
from tests.report_factories import SectionFactory

pytestmark = pytest.mark.django_db

BOARD = "management-board-2021-22"
# What texts may name in braces, as agreed with those who compute it.
FIGURES = {
    "contributions total",
    "contributions printed",
    "contributions difference",
    "contributions council share",
    "carried forward",
    "expenditure",
    "brought forward",
    "surplus",
    "representation members",
    "representation printed",
    "representation percent",
    "reviews rapid children",
    "reviews rapid adults",
    "reviews published",
    "reviews delayed",
    "reviews meeting the threshold",
    "child deaths reviewed",
}
TEXTS = sorted((loading.folder() / "2021-22" / "texts").glob("*.md"), key=lambda path: path.name)
PARTS = {"": 8, "Reports of the boards": 5, "Reports of partners": 8, "Appendix A: representation": 1}


@pytest.fixture
def area():
    return AreaFactory()


@pytest.fixture
def board(area):
    return BodyFactory(area=area, slug=BOARD)


@pytest.fixture
def report(area, board):
    """The report of 2021-22, as the sample brings it."""
    sample.load(loading.folder(), area, people=None)
    return Report.objects.get()


@pytest.fixture
def files(tmp_path):
    """A copy of the files of the report, to be spoilt."""
    for name in ("abbreviations.yaml", "2021-22"):
        source = loading.folder() / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    return tmp_path


def words_of(report):
    """What people read in ``report``, but for the list of abbreviations: titles and texts."""
    for section in Section.objects.of(report).exclude(kind="glossary"):
        yield from (section.part, section.title)
        yield from (block.words for block in writing.blocks(section.text, {}, {}))


# --- The texts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_can_be_saved_as_it_is(path):
    assert writing.problems(path.read_text(), FIGURES, ()) == []


def test_every_agreed_figure_stands_in_some_text():
    together = " ".join(" ".join(path.read_text().split()) for path in TEXTS)
    assert {name for name in FIGURES if f"{{{name}}}" not in together} == set()


def test_every_text_belongs_to_one_section():
    entries = read(loading.folder(), "2021-22/report.yaml").entries("sections")
    assert sorted(entry.text("file") for entry in entries) == [path.name for path in TEXTS]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_holds_no_contact_of_the_year_it_is_about_and_no_address(path):
    text = path.read_text()
    assert re.findall(r"\b0\d{3,}[ \d]*|\S+@\S+|www\.\S+", text) == []
    assert "http" not in text


@pytest.mark.parametrize(
    "path", [path for path in TEXTS if path.stem.startswith(("board", "partner-"))], ids=lambda p: p.stem
)
def test_boards_and_partners_answer_the_three_questions_in_200_to_500_words(path):
    blocks = writing.blocks(path.read_text(), {}, {})
    assert [block.words for block in blocks if block.is_heading] == [
        "What was done for the priorities",
        "What assurance there is that learning is embedded",
        "What comes next",
    ]
    assert 200 <= writing.words(path.read_text()) <= 500


def test_no_section_is_longer_than_its_limit(report):
    limited = Section.objects.of(report).exclude(word_limit=None)
    assert len(limited) == 23
    assert {section.title for section in limited if writing.words(section.text) > section.word_limit} == set()


# --- Abbreviations ----------------------------------------------------------------------------------------------------


def test_every_abbreviation_that_the_texts_use_is_explained(report):
    known = abbreviations.listed(Section.objects.get(kind="glossary").text)
    assert abbreviations.unknown(words_of(report), known) == []
    used = abbreviations.used(words_of(report), known)
    assert {"CSPR", "DHR", "MK ACT", "Section 11", "LeDeR", "TRiM"} <= set(used)
    assert not {"OWHR", "FFC", "DSM-5"} & set(used)


# --- Loading ----------------------------------------------------------------------------------------------------------


def test_the_sample_brings_the_report_of_the_year_in_its_order(report, board):
    assert (report.slug, report.title, report.state) == ("mk-2021-22", "Safeguarding annual report 2021-22", "draft")
    assert (str(report.starts_on), str(report.ends_on), report.board) == ("2021-04-01", "2022-03-31", board)
    sections = list(Section.objects.of(report))
    assert [section.order for section in sections] == list(range(1, 25))
    counts = {part: sum(section.part == part for section in sections) for part in PARTS}
    assert counts == PARTS
    assert [section.kind for section in sections if section.kind != "text"] == [
        "contacts",
        "structure",
        "reviews",
        "attendance",
        "contributions",
        "budget",
        "glossary",
    ]
    assert all(section.owner for section in sections)


def test_every_text_is_there_as_its_first_version(report):
    texts = dict(Section.objects.of(report).values_list("pk", "text"))
    assert dict(Version.objects.values_list("section", "text")) == texts
    assert set(Version.objects.values_list("number", "by")) == {(1, None)}


def test_a_report_that_is_there_stays_as_people_left_it(report, area):
    section = Section.objects.of(report).first()
    Section.objects.filter(pk=section.pk).update(text="Written by somebody.", number=2)
    added = SectionFactory(report=report, order=99)
    sample.load(loading.folder(), area, people=None)
    assert Report.objects.get() == report
    section.refresh_from_db()
    assert (section.text, section.number) == ("Written by somebody.", 2)
    assert Section.objects.of(report).last() == added
    assert Version.objects.count() == 24


def test_it_is_among_what_the_sample_loads():
    assert "reports.sample.load" in parts.LOADERS


def test_nobody_signed_in_is_needed_and_none_is_made(report):
    assert not User.objects.exists()


def test_an_area_without_reports_loads_none(area, tmp_path):
    sample.load(tmp_path, area, people=None)
    assert not Report.objects.exists()


REPORT = "2021-22/report.yaml"
WRONG = [
    (REPORT, "title: Safeguarding annual report", "titel: Safeguarding annual report", "5: “titel” is not known here"),
    (REPORT, "2022-03-31", "2020-03-31", "7: the year ends before it begins"),
    (REPORT, "2022-03-31", "spring", "7: “last day” must be a day"),
    (REPORT, f"board: {BOARD}", "board: management", "8: no board or group is called “management”"),
    (REPORT, "kind: contacts", "kind: contact", "11: “contact” is not known here"),
    (REPORT, "words: 150", "words: 0", "11: a section that is written has room for a word"),
    (REPORT, "words: 150", "words: many", "11: “words” must be a whole number"),
    (REPORT, "file: contacts.md", "file: contact.md", "11: there is no text “contact.md”"),
    (REPORT, "file: contacts.md", "file: ../report.yaml", "11: there is no text “../report.yaml”"),
    (REPORT, "file: contacts.md", "file: /etc/hostname", "11: there is no text “/etc/hostname”"),
    (REPORT, "title: Assurance", "title: Review", "two sections are called “Review”"),
    ("abbreviations.yaml", "ASB: Anti-social behaviour", "ASB: 7", "6: “ASB” must be a text"),
    ("abbreviations.yaml", "ASB: Anti", "AAFDA: Anti", "6: “AAFDA” stands here twice"),
    ("2021-22/texts/budget.md", "The costs of DHRs", "[The](file:///etc) costs of DHRs", "5: A link cannot lead to"),
    ("2021-22/texts/budget.md", "The costs of DHRs", "The <b>costs</b> of DHRs", "5: HTML such as “<b>”"),
]


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize(("name", "right", "wrong", "message"), WRONG)
def test_a_wrong_file_is_refused_with_its_line_and_nothing_is_entered(area, files, name, right, wrong, message):
    text = (files / name).read_text()
    assert right in text
    (files / name).write_text(text.replace(right, wrong, 1))
    with pytest.raises(WrongFile) as refusal:
        sample.load(files, area, people=None)
    assert re.match(rf"{re.escape(name)}, line \d+: ", str(refusal.value))
    assert message in str(refusal.value)
    assert not Report.objects.exists()


def test_without_its_board_the_report_is_refused_with_the_line_that_names_it(area):
    with pytest.raises(WrongFile, match=rf"report\.yaml, line 8: no board or group is called “{BOARD}”"):
        sample.load(loading.folder(), area, people=None)
    assert not Report.objects.exists()
