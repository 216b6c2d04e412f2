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
    builds = [rows.build(job) for job in building.builds_of(report)[:LAST_BUILDS]] if reads_all else []
    owed = [one for one in sections if one.kind == Section.Kind.TEXT and not one.text.strip()]
    texts = [one for one in sections if one.kind == Section.Kind.TEXT]
    said = {"all": sum(one.said for one in sections), "open": sum(one.said_open for one in sections)}
    return {
        "report": report,
        "href": report.get_absolute_url(),
        "state": rows.STATES[report.state],
        "sections": [rows.section(one, place) for one, place in zip(sections, places, strict=True)],
        "written": len(texts) - len(owed),
        "texts": len(texts),
        "said": said,
        "reads_all": reads_all,
        "under_way": next((one for one in builds if not one["is_over"]), None),
        "builds": [one for one in builds if one["is_over"]],
        "stages": stages(report, len(texts) - len(owed), len(texts), said, builds) if reads_all else [],
        "differences": sources.unexplained_differences(report) if reads_all else (),
        "may": {
            "build": access.may_build(user, report),
            "write": access.may_write(user, report),
            "propose": access.may_propose(user, report),
            "approve": access.may_approve(user, report),
            "withdraw": access.may_withdraw(user, report),
        },
    }


def stages(report, written, texts, said, builds):
    """Its stages in their order: what each is, how far, and whether it is done or the one in hand."""
    built = any(one["file_href"] for one in builds)
    answered = said["all"] - said["open"]
    proposed = report.state != Report.State.DRAFT
    steps = [
        ("Sections written", f"{written} of {texts}", written == texts),
        ("Draft with the scrutineer", f"{answered} of {said['all']} answered", bool(said["all"]) and not said["open"]),
        ("Draft built", "as an accessible PDF", built),
        ("Proposed", _when(report.proposed_at), proposed),
        ("Approved and published", _when(report.published_at), report.is_published),
    ]
    done = [report.is_published or is_done for _name, _how, is_done in steps]
    now = done.index(False) if False in done else None
    return [
        {"name": name, "how": how, "is_done": done[place], "is_now": place == now}
        for place, (name, how, _done) in enumerate(steps)
    ]


def _when(at):
    return rows.moment(at) if at else "by two people"


def publishing(report):
    """What whoever proposes or approves is shown: what stands in the way, and what would be public."""
    content = content_of(report)
    build = readiness.finished_build(report, content)
    return {
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
