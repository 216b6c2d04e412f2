"""
Who may do what with yearly reports.

Seeing is a queryset: ``visible_to`` for what is published and for drafts, ``in_making`` for what only those find who
follow how a report is made. What is left out there is, for them, no page at all; the verdicts here say the rest.
"""

from mktogether.lib.verdict import ALLOWED, refused
from partnerships import navigation
from partnerships.roles import Act
from partnerships.standing import standing_of

PUBLISHED = "This report is published. Nothing of it changes any more."
PROPOSED = "This report waits for approval. Withdraw the proposal first; then it can be changed."


def register():
    """Name the section: what is published is for everybody."""
    navigation.add(navigation.Section("Reports", "/reports/"), order=52)


def reads_drafts(user, report):
    """Whether they read the whole of a draft; the finance editor reads the parts about money."""
    return _may(user, Act.READ_DRAFTS, report)


def may_write(user, report):
    """The team and the chairs of partnerships write a report while it is a draft."""
    verdict = may_build(user, report)
    if verdict and report.state == report.State.PROPOSED:
        return refused(PROPOSED)
    return verdict


def may_build(user, report):
    """Whoever writes a report has it built, until it is published."""
    if not _may(user, Act.WRITE_REPORTS, report):
        return refused("The support team and the chairs of partnerships write the report.")
    return _not_published(report)


def may_propose(user, report):
    """Whoever writes a report proposes that it is published."""
    verdict = may_build(user, report)
    if verdict and report.state == report.State.PROPOSED:
        return refused("This report waits for approval already.")
    return verdict


def may_approve(user, report):
    """Somebody other than who proposed it: a chair of a partnership, a safeguarding partner or the scrutineer."""
    if not _may(user, Act.PUBLISH_REPORTS, report):
        return refused("A chair of a partnership, a safeguarding partner or the scrutineer approves the report.")
    if report.state == report.State.DRAFT:
        return refused("Nobody has proposed yet that this report is published.")
    if verdict := _not_published(report):
        if report.proposed_by_id == user.pk:
            return refused("You proposed it. Publishing needs a second person, who approves it.")
        return verdict
    return verdict


def may_withdraw(user, report):
    """Whoever may propose or approve takes a proposal back, so that the report can be changed."""
    if not (_may(user, Act.WRITE_REPORTS, report) or _may(user, Act.PUBLISH_REPORTS, report)):
        return refused("Those who propose or approve that the report is published can withdraw the proposal.")
    if report.state == report.State.DRAFT:
        return refused("This report is a draft. There is no proposal to withdraw.")
    return _not_published(report)


def may_comment(user, report):
    """The scrutineer corrects and challenges drafts."""
    if not _may(user, Act.COMMENT_REPORTS, report):
        return refused("The independent scrutineer comments on drafts of the report.")
    return _not_published(report)


def may_answer(user, report):
    """The team answers."""
    if not _may(user, Act.ANSWER_COMMENTS, report):
        return refused("The support team answers what is said about drafts.")
    return _not_published(report)


def _may(user, act, report):
    standing = standing_of(user)
    return report.area_id in standing.area_ids and standing.reach(act).area


def _not_published(report):
    return refused(PUBLISHED) if report.is_published else ALLOWED


def opens_records(user, report):
    """Whether they are led on to the records behind a figure; whose pages ask for themselves what they show."""
    return reads_drafts(user, report) or _may(user, Act.READ_DRAFT_MONEY, report)
