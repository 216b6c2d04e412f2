"""The annual reports of the sample: a folder for each, with ``report.yaml`` and a file for the text of each section."""

from django.utils import timezone

from meetings.sample.files import WrongFile, read, refuse_twice
from mktogether.lib.working_days import add_working_days
from partnerships.models import Body
from reports import abbreviations, writing
from reports.models import Report, Section, Version
from reports.writing.parsing import FIGURE

NAME = "report.yaml"
KNOWN = "abbreviations.yaml"
OF_REPORT = ("title", "first day", "last day", "board", "texts wanted in working days")
OF_SECTION = ("part", "title", "kind", "owner", "words", "file")


def load(folder, area, people):
    """
    Enter the reports that are not there yet, as drafts, with the first version of every text.

    One that is there stays as it is: people write on it. Posts of those years need no person of today, so that
    ``people`` are not asked.
    """
    for path in sorted(folder.glob(f"*/{NAME}")):
        file = read(folder, f"{path.parent.name}/{NAME}").only("report", "sections")
        report = _report(file.entry("report").only(*OF_REPORT), area)
        sections = _sections(folder, file)
        if not Report.objects.filter(area=area, starts_on=report.starts_on).exists():
            _enter(report, sections)


def _report(entry, area):
    """The report of an entry, not saved."""
    starts_on, ends_on = entry.day("first day"), entry.day("last day")
    if ends_on < starts_on:
        raise entry.wrong("the year ends before it begins.", "last day")
    board = Body.objects.filter(area=area, slug=entry.text("board")).first()
    if board is None:
        raise entry.wrong(f"no board or group is called “{entry.text('board')}”.", "board")
    wanted = entry.number("texts wanted in working days", None)
    return Report(
        area=area,
        slug=f"{area.code.lower()}-{starts_on.year}-{ends_on.year % 100:02}",
        title=entry.text("title"),
        starts_on=starts_on,
        ends_on=ends_on,
        board=board,
        texts_by=None if wanted is None else add_working_days(timezone.localdate(), wanted),
    )


def _sections(folder, file):
    """The sections of a file in their order, not saved."""
    entries = [entry.only(*OF_SECTION) for entry in file.entries("sections")]
    if not entries:
        raise file.wrong("a report has sections.", "sections")
    refuse_twice(entries, "title", "two sections are called “{}”.")
    return [_section(folder, entry, order) for order, entry in enumerate(entries, start=1)]


def _section(folder, entry, order):
    limit = entry.number("words", None)
    if limit is not None and limit < 1:
        raise entry.wrong("a section that is written has room for a word.", "words")
    kind = entry.choice("kind", Section.Kind.values, Section.Kind.TEXT)
    text = _text(folder, entry)
    if kind == Section.Kind.GLOSSARY:
        text = f"{text}\n\n{abbreviations.table(_known(folder))}".lstrip()
    return Section(
        order=order,
        part=entry.text("part", ""),
        title=entry.text("title"),
        kind=kind,
        owner=entry.text("owner", ""),
        word_limit=limit,
        text=text,
        number=1 if text else 0,
    )


def _text(folder, entry):
    """The text of a section, from its file among the texts of the report; none where it names no file."""
    name = entry.text("file", "")
    if not name:
        return ""
    texts = (folder / entry.file).parent / "texts"
    path = texts / name
    if path.parent != texts or not path.is_file():
        raise entry.wrong(f"there is no text “{name}” in the folder “texts” beside this file.", "file")
    text = path.read_text(encoding="utf-8").rstrip()
    # Which figures there are is asked when somebody saves a text: it depends on records that may not be there yet.
    for problem in writing.problems(text, FIGURE.findall(text), ()):
        raise WrongFile(str(path.relative_to(folder)), problem.line, problem.sentence)
    return text


def _known(folder):
    """What the abbreviations of the area stand for."""
    entry = read(folder, KNOWN).only("abbreviations").entry("abbreviations")
    return {short: entry.text(short) for short in entry.values}


def _enter(report, sections):
    report.save()
    for section in sections:
        section.report = report
    Section.objects.bulk_create(sections)
    now = timezone.now()
    Version.objects.bulk_create(
        [
            Version(section=section, number=section.number, text=section.text, at=now)
            for section in sections
            if section.number
        ]
    )
