"""Building a draft, and publishing a report: one proposes, another approves, and then nothing of it changes."""

from django.db import transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from records import history
from reports import access, building, readiness
from reports.actions.holding import held, refuse_unless
from reports.assembling import content_of, fingerprint
from reports.models import Report

CHANGED_SINCE = (
    "Something in the report changed since it was proposed, a figure or an answer. Withdraw the proposal, look at it "
    "again, and propose it anew."
)


class NotReady(Refusal):
    """The report cannot be published yet; ``obstacles`` say why, each in a sentence and with its page."""

    def __init__(self, obstacles):
        super().__init__("The report cannot be published yet.")
        self.obstacles = obstacles


@transaction.atomic
def build(report, *, by):
    """Ask for a build of ``report`` as it is now, and return its job."""
    refuse_unless(access.may_build(by, report))
    return building.request_build(report, by=by)


@transaction.atomic
def propose(report, *, by):
    """Propose that ``report`` is published, and have its file built. Raises NotReady where something is amiss."""
    report = held(report)
    refuse_unless(access.may_propose(by, report))
    if found := readiness.obstacles(report, content_of(report)):
        raise NotReady(found)
    _move(report, Report.State.PROPOSED, proposed_at=timezone.now(), proposed_by=by)
    history.record("report.proposed", report, by=by)
    building.request_build(report, by=by)  # without the marks of a draft
    return report


@transaction.atomic
def withdraw(report, *, by):
    """Take the proposal back, so that the report can be changed."""
    report = held(report)
    refuse_unless(access.may_withdraw(by, report))
    _move(report, Report.State.DRAFT, proposed_at=None, proposed_by=None)
    history.record("report.withdrawn", report, by=by)
    return report


@transaction.atomic
def approve(report, *, by, seen):
    """
    Publish ``report``: its content and its file are frozen as they are. ``seen`` is the hash of what ``by`` was shown.

    Raises Refusal where something changed since, and NotReady where something came to stand in the way.
    """
    report = held(report)
    refuse_unless(access.may_approve(by, report))
    content = content_of(report)
    if fingerprint(content) != seen:
        raise Refusal(CHANGED_SINCE)
    if found := readiness.obstacles(report, content):
        raise NotReady(found)
    file = readiness.finished_build(report, content).result
    _move(report, Report.State.PUBLISHED, published_at=timezone.now(), published_by=by, content=content, file=file)
    history.record("report.published", report, by=by, details={"file": file.pk})
    return report


def _move(report, to, **values):
    """The one way from state to state; the history holds each move."""
    if to not in MOVES[report.state]:
        raise Refusal(f"A report cannot go from “{report.get_state_display()}” to “{Report.State(to).label}”.")
    for field, value in values.items():
        setattr(report, field, value)
    report.state = to
    report.save(update_fields=["state", *values])


MOVES = {
    Report.State.DRAFT: {Report.State.PROPOSED},
    Report.State.PROPOSED: {Report.State.DRAFT, Report.State.PUBLISHED},
    Report.State.PUBLISHED: set(),
}
