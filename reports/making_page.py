"""The making of a report on one page: how far it is, who owes what, and the drafts that were built."""

from reports import access, building, queries, readiness, rows, sources
from reports.assembling import content_of, fingerprint
from reports.assembling.numbering import numbered
from reports.models import Report, Section

LAST_BUILDS = 6


def page(report, user):
    """Everything that ``user`` sees of how ``report`` is made, as far as it is for them."""
    sections = queries.sections_in_making(user, report)
    places = numbered([{"kind": one.kind, "part": one.part} for one in sections])
    reads_all = access.reads_drafts(user, report)
    jobs = list(building.builds_of(report)[:LAST_BUILDS]) if reads_all else []
    content = content_of(report) if any(job.result_id for job in jobs) else None
    shown = [rows.build(job) for job in jobs if not job.is_over]
    written = how_much_is_written(sections)
    said = {"all": sum(one.said for one in sections), "open": sum(one.said_open for one in sections)}
    return {
        "report": report,
        "href": report.get_absolute_url(),
        "state": rows.STATES[report.state],
        "sections": [rows.section(one, place) for one, place in zip(sections, places, strict=True)],
        "written": written,
        "said": said,
        "reads_all": reads_all,
        "under_way": next(iter(shown), None),
        "builds": [rows.build(job) | _what_it_is(job, report, content) for job in jobs if job.is_over],
        "builds_words": BUILDS[report.state],
        "stages": stages(report, written, said, content) if reads_all else [],
        "differences": sources.unexplained_differences(report) if reads_all else (),
        "may": {
            "build": access.may_build(user, report),
            "write": access.may_write(user, report),
            "propose": access.may_propose(user, report),
            "approve": access.may_approve(user, report),
            "withdraw": access.may_withdraw(user, report),
        },
    }


# Whoever has it built while it waits for approval has the file built that is to be public.
A_DRAFT = {"act": "Build a draft", "under_way": "Building a draft"}
BUILDS = {
    Report.State.DRAFT: A_DRAFT,
    Report.State.PROPOSED: {"act": "Build it as it is to be public", "under_way": "Building it as it is to be public"},
    Report.State.PUBLISHED: A_DRAFT,
}


def how_much_is_written(sections):
    """How many of ``sections`` have their text, of how many that want one; the others are built from records alone."""
    done = sum(bool(one.text.strip()) for one in sections)
    owed = sum(one.kind == Section.Kind.TEXT and not one.text.strip() for one in sections)
    return {"done": done, "of": done + owed, "from_records": len(sections) - done - owed}


# What the content of a draft says of itself; the rest is the same once it is proposed.
AS_A_DRAFT = {"is_draft": True, "proposed_on": ""}


def _what_it_is(job, report, content):
    """What a build shows: the report as it is now, with the marks of a draft or without; or as it was once."""
    if not job.result_id:
        return {"what": "Asked for on"}
    if job.result_id == report.file_id:
        return {"what": "As it was published, built on"}
    if job.inputs == fingerprint({**content, **AS_A_DRAFT}):
        return {"what": "Draft of"}
    if job.inputs == fingerprint({**content, "is_draft": False}):
        return {"what": "Without the marks of a draft, built on"}
    return {"what": "Built on", "state": rows.OUTDATED}


def stages(report, written, said, content):
    """
    Its stages in their order: what each is, how far, and whether it is done or the one in hand.

    One that holds nothing up is not in hand once a later one is done. ``content`` is what stands in the report now, for
    one of which something was built.
    """
    unsettled = readiness.unsettled_corrections(report).count()
    is_answered = bool(said["all"]) and not said["open"] and not unsettled
    is_built = content is not None and readiness.finished_build(report, content) is not None
    is_proposed = report.state != Report.State.DRAFT
    steps = [
        ("Sections written", f"{written['done']} of {written['of']}", written["done"] == written["of"], True),
        ("Draft with the scrutineer", _how_much_is_answered(said, unsettled), is_answered, bool(unsettled)),
        ("Draft built", "as an accessible PDF", is_built, True),
        ("Proposed", _when(report.proposed_at, report.proposed_by) or "by one person", is_proposed, True),
        (
            "Approved and published",
            _when(report.published_at, report.published_by) or "by a second person",
            report.is_published,
            True,
        ),
    ]
    done = [report.is_published or is_done for _name, _how, is_done, _holds_up in steps]
    now = next(
        (
            place
            for place, (_name, _how, _done, holds_up) in enumerate(steps)
            if not done[place] and (holds_up or not any(done[place + 1 :]))
        ),
        None,
    )
    return [
        {"name": name, "how": how, "is_done": done[place], "is_now": place == now}
        for place, (name, how, _done, _holds_up) in enumerate(steps)
    ]


def _how_much_is_answered(said, unsettled):
    if not said["all"]:
        return "nothing said yet"
    answered = f"{said['all'] - said['open']} of {said['all']} answered"
    if not unsettled:
        return answered
    return f"{answered}, {unsettled} correction{'' if unsettled == 1 else 's'} to settle"


def _when(at, by):
    return f"{rows.moment(at)}, by {rows.post_of(by)}" if at else ""


def publishing(report):
    """What whoever proposes or approves is shown: what stands in the way, and what would be public."""
    content = content_of(report)
    build = readiness.finished_build(report, content)
    return {
        "proposed": rows.proposed(report),
        "obstacles": readiness.obstacles(report, content),
        "open_challenges": readiness.open_challenges(report),
        "fingerprint": fingerprint(content),
        "file": build.result if build else None,
        "remark": build.remark if build else "",
        "contents": [
            {
                "title": one["title"],
                "part": one.get("part", ""),
                "words": f"{queries.words_of(one.get('text') or ''):,}",
            }
            for one in content["sections"]
        ],
        "figures": len(content.get("figures", {})),
    }
