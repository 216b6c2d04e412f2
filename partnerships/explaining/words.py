"""What somebody holds in words: "deputy for CNWL on Review until 31 March 2025"."""

import datetime as dt

from django.utils import timezone

from mktogether.lib.templatetags.wording import clock, day
from partnerships.explaining.holdings import CHAIR, DEPUTISING, GRANTED, ROLE
from partnerships.models import Chairing, Grant, Office
from partnerships.standing import CHAIRING, GRANT

ROLES = {
    Office.Kind.TEAM: "member of the support team",
    Office.Kind.SCRUTINEER: "independent scrutineer",
    Office.Kind.LEAD_PARTNER: "lead safeguarding partner",
    Office.Kind.DELEGATED_PARTNER: "delegated safeguarding partner",
    Office.Kind.NAMED_MEMBER: "named member",
    Office.Kind.INDEPENDENT_CHAIR: "independent chair",
    Office.Kind.SCRUTINY_CHAIR: "chair of a scrutiny committee",
    Office.Kind.LEAD_MEMBER: "lead member",
    Office.Kind.AGENCY_ADMINISTRATOR: "agency administrator",
    Office.Kind.FINANCE_EDITOR: "finance editor",
    Office.Kind.INFORMATION_GOVERNANCE: "information governance lead",
    Office.Kind.SYSTEM_ADMINISTRATOR: "system administrator",
}
GRANTS = {
    Grant.Kind.PRESENTER: "presenter of {}",
    Grant.Kind.LAY_MEMBER: "lay member of {}",
    Grant.Kind.DEMOCRATIC_SERVICES: "council democratic services for {}",
    Grant.Kind.PANEL_MEMBER: "panel member of {}",
    Grant.Kind.REVIEWER: "independent reviewer of {}",
    Grant.Kind.CASE_LEAD: "lead of {}",
    Grant.Kind.AUDIT: "auditor of {}",
    Grant.Kind.EMERGENCY: "emergency access to {}",
}
UNKNOWN_THING = "something that you may not see"


def capitalised(words):
    """``words`` as the beginning of a line."""
    return words[:1].upper() + words[1:]


def what(holding):
    """What the holding is: "deputy for CNWL on Review"."""
    if holding.kind == ROLE:
        return ROLES[holding.what]
    if holding.kind == CHAIR:
        part = Chairing.Part.CHAIR if _is_chair(holding) else Chairing.Part.VICE_CHAIR
        return f"{part} of {holding.board}"
    if holding.kind == GRANTED:
        return GRANTS[holding.what.removeprefix(GRANT)].format(holding.title or UNKNOWN_THING)
    return f"{'deputy' if holding.kind == DEPUTISING else 'member'} for {holding.agency} on {holding.board}"


def _is_chair(holding):
    return holding.what.startswith(f"{CHAIRING}{Chairing.Part.CHAIR} ")


def because(holding, *, above=""):
    """Why it lets somebody do a thing; ``above`` names the group that it reaches by reporting."""
    reported = f", to which {above} reports" if above else ""
    first = ", the first" if holding.differs else ""
    until = f"{first} until {last_moment(holding.ends_at)}" if holding.ends_at else ""
    return f"{what(holding)}{reported}{until}"


def when(holding, now):
    """From when until when, seen from ``now``: "since 1 January 2024", "from 1 January 2027", "ended 3 May 2024"."""
    if holding.is_over(now):
        return f"ended {last_moment(holding.ends_at)}"
    if holding.starts_at > now:
        begins = f"from {moment(holding.starts_at)}"
        return f"{begins} until {last_moment(holding.ends_at)}" if holding.ends_at else begins
    if holding.differs:
        return f"the first since {moment(holding.starts_at)}; the first of them ends {last_moment(holding.ends_at)}"
    since = f"since {moment(holding.starts_at)}"
    return f"{since}, until {last_moment(holding.ends_at)}" if holding.ends_at else since


def moment(at):
    """``1 January 2024``; with the time of day where it is not the first moment of the day."""
    local = timezone.localtime(at)
    return day(local) if local.time() == dt.time() else f"{day(local)}, {clock(local)}"


def last_moment(at):
    """The last day before ``at``, where that is the first moment of a day; else the day and the time."""
    local = timezone.localtime(at)
    return day(local.date() - dt.timedelta(days=1)) if local.time() == dt.time() else f"{day(local)}, {clock(local)}"


def account(user):
    """Whether somebody can sign in at all: empty where they can."""
    if user is None:
        return "No account yet"
    return "" if user.is_active else "Account switched off"
