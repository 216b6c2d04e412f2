"""What still keeps a report from being published, in sentences; and what its readers should know beside that."""

from django.db.models import OuterRef, Subquery

from records.models import Job
from reports import building, figures, texts, writing
from reports.assembling import fingerprint
from reports.models import Answer, Comment, Report, Section
from reports.models.comments import Kind, Outcome

SETTLED = (Outcome.CHANGED, Outcome.KEPT)


def obstacles(report, content):
    """
    Why ``report``, whose whole content is ``content``, cannot be published; empty if it can.

    A difference without an explanation, a section without its text, a text that can no longer be shown as it is
    written, a factual correction that is not settled, and a build that does not show what is there now.
    """
    return [
        *(f"{difference}. It has no explanation yet." for difference in content["unexplained"]),
        *_of_records(content),
        *_of_texts(report),
        *_of_corrections(report),
        *([] if finished_build(report, content) else [NO_BUILD[report.state]]),
    ]


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
    challenges = Comment.objects.regardless("of a report whose reader was asked for before")
    return challenges.filter(section__report=report, kind=Kind.CHALLENGE, answers=None).count()


# Sections that would stand empty in the report while nobody has entered their records.
NEED_RECORDS = (Section.Kind.ATTENDANCE, Section.Kind.CONTRIBUTIONS, Section.Kind.BUDGET)


def _of_records(content):
    for section in content["sections"]:
        if section["kind"] in NEED_RECORDS and not section["data"]:
            yield f"The records of “{section['title']}” are not entered yet."
        for name in sorted(writing.figures_in(section["text"])):
            if content["figures"].get(name, {}).get("words") == figures.NOT_ENTERED:
                yield f"“{section['title']}” shows the figure “{name}”, whose records are not entered yet."


def _of_texts(report):
    for section in Section.objects.of(report).order_by("order"):
        if section.kind == Section.Kind.TEXT and not section.text.strip():
            yield f"“{section.title}” has no text yet."
        for problem in texts.problems_of(report, section.text):
            yield f"“{section.title}”, line {problem.line}: {problem.sentence}"


def _of_corrections(report):
    last = Answer.objects.regardless("of a report whose reader was asked for before").filter(comment=OuterRef("pk"))
    rows = Comment.objects.regardless("of a report whose reader was asked for before").filter(
        section__report=report, kind=Kind.CORRECTION
    )
    rows = rows.annotate(outcome=Subquery(last.order_by("-at", "-id").values("outcome")[:1]))
    for title, outcome in rows.order_by("section__order", "at").values_list("section__title", "outcome"):
        if outcome is None:
            yield f"A factual correction of “{title}” has no answer yet."
        elif outcome not in SETTLED:
            yield f"A factual correction of “{title}” was accepted, and the section is not said to be changed yet."
