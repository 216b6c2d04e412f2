"""What still keeps a report from being published, in sentences; and what its readers should know beside that."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from records.models import Job
from reports import building, figures, texts, writing
from reports.assembling import fingerprint
from reports.models import Answer, Comment, Report, Section
from reports.models.comments import Kind, Outcome

FOUND = "of a report whose reader was asked for before"
SETTLED = (Outcome.CHANGED, Outcome.KEPT)


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way of publication, in a sentence, and the page where it can be seen and mended."""

    sentence: str
    href: str = ""


def obstacles(report, content):
    """
    Why ``report``, whose whole content is ``content``, cannot be published, each an Obstacle; empty if it can.

    A difference without an explanation, a section without its text, a text that can no longer be shown as it is
    written, a factual correction that is not settled, and a build that does not show what is there now.
    """
    return [
        *(Obstacle(f"{difference}. It has no explanation yet.") for difference in content["unexplained"]),
        *_of_records(content),
        *_of_texts(report),
        *_of_corrections(report),
        *([] if finished_build(report, content) else [Obstacle(NO_BUILD[report.state], _builds_of(report))]),
    ]


def _builds_of(report):
    return f"{report.get_absolute_url()}making/#builds-head"


NO_BUILD = {
    Report.State.DRAFT: "There is no finished build of what is in the report now. Build a draft, and read it.",
    Report.State.PROPOSED: "There is no finished build yet of what is to be public. Ask for it again, or wait.",
}


def finished_build(report, content):
    """The finished build that shows exactly ``content``; None where there is none."""
    inputs = fingerprint(content)
    return building.builds_of(report).filter(state=Job.State.DONE, inputs=inputs).first()


def open_challenges(report):
    """How many challenges have no answer yet; they keep nothing from being published, and whoever approves is told."""
    challenges = Comment.objects.regardless(FOUND)
    return challenges.filter(section__report=report, kind=Kind.CHALLENGE, answers=None).count()


# Sections that would stand empty in the report while nobody has entered their records.
NEED_RECORDS = (Section.Kind.ATTENDANCE, Section.Kind.CONTRIBUTIONS, Section.Kind.BUDGET)


def _of_records(content):
    for section in content["sections"]:
        href = f"/reports/sections/{section['key']}/"
        if section["kind"] in NEED_RECORDS and not section["data"]:
            yield Obstacle(f"The records of “{section['title']}” are not entered yet.", href)
        for name in sorted(writing.figures_in(section["text"])):
            if content["figures"].get(name, {}).get("words") == figures.NOT_ENTERED:
                sentence = f"“{section['title']}” shows the figure “{name}”, whose records are not entered yet."
                yield Obstacle(sentence, href)


def _of_texts(report):
    for section in Section.objects.of(report).order_by("order"):
        if section.kind == Section.Kind.TEXT and not section.text.strip():
            yield Obstacle(f"“{section.title}” has no text yet.", section.get_absolute_url())
        for problem in texts.problems_of(report, section.text):
            sentence = f"“{section.title}”, line {problem.line}: {problem.sentence}"
            yield Obstacle(sentence, section.get_absolute_url())


def _of_corrections(report):
    for comment in unsettled_corrections(report).select_related("section").order_by("section__order", "at"):
        about = f"A factual correction of “{comment.section.title}”"
        href = comment.get_absolute_url()
        if comment.outcome is None:
            yield Obstacle(f"{about} has no answer yet.", href)
        else:
            yield Obstacle(f"{about} was accepted, and the section is not said to be changed yet.", href)


def unsettled_corrections(report):
    """The factual corrections of ``report`` that nobody answered, or that were accepted and nothing came of it yet."""
    last = Answer.objects.regardless(FOUND).filter(comment=OuterRef("pk")).order_by("-at", "-id")
    rows = Comment.objects.regardless(FOUND).filter(section__report=report, kind=Kind.CORRECTION)
    rows = rows.annotate(outcome=Subquery(last.values("outcome")[:1]))
    return rows.filter(Q(outcome=None) | ~Q(outcome__in=SETTLED))
