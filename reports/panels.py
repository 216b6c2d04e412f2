"""What reports put on the home page: those that wait for somebody's approval, and those whose making they follow."""

from partnerships.panels import Panel, on_home
from partnerships.roles import Act
from partnerships.standing import standing_of
from reports import access, queries, rows
from reports.models import Report

SHOWN = 5


def register():
    """Put the panels of this app in their order."""
    on_home(to_approve, order=6)
    on_home(in_the_making, order=63)


def to_approve(user, now):
    """For whoever may be the second person: reports that wait for their word."""
    if not standing_of(user).reach(Act.PUBLISH_REPORTS).area:
        return None
    waiting = queries.reports_proposed(user)
    found = [rows.to_approve(report) for report in waiting if access.may_approve(user, report)]
    return Panel("reports/panels/to_approve.html", {"rows": found[:SHOWN]}, "lead") if found else None


def in_the_making(user, now):
    """For those who follow how reports are made: how far each is, and what is said about it; but for ``to_approve``."""
    standing = standing_of(user)
    if not any(standing.reach(act).area for act in (Act.READ_DRAFTS, Act.READ_DRAFT_MONEY)):
        return None
    followed = queries.reports_followed(user)
    found = [
        rows.followed(report)
        for report in followed
        if report.state == Report.State.DRAFT or not access.may_approve(user, report)
    ]
    return Panel("reports/panels/in_the_making.html", {"rows": found[:SHOWN]}, "right") if found else None
