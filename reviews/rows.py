"""What the pages of cases show, in words: rows of lists, people and their reasons, lines of history."""

from django.utils import timezone

from mktogether.lib.states import tag
from mktogether.lib.templatetags.wording import clock, day
from partnerships.explaining.words import last_moment
from partnerships.models import Grant
from partnerships.models.grounds import Ground
from reviews.models import Case

KINDS = dict(Case.Kind.choices)
GRANTS = dict(Grant.Kind.choices)
OPEN, CLOSED = tag("there", "arrow", "Open"), tag("neutral", "tick", "Closed")
TO_CONFIRM = tag("soon", "triangle", "To be confirmed")
EMERGENCY = tag("missed", "triangle", "Emergency")
# What a grant ends with before its day.
UNTIL = {
    Ground.TEAM: ", while in the team",
    Ground.SCRUTINY: ", while the scrutineer",
    Ground.PART: ", while they have a place or a role",
    Ground.ITSELF: "",
}
SOMEBODY = "Somebody who is not there any more"


def moment(at):
    """``21 January 2025, 09:30``."""
    local = timezone.localtime(at)
    return f"{day(local)}, {clock(local)}"


def state_tag(row):
    """Whether a case is open or closed, as a tag."""
    return CLOSED if row.closed_at else OPEN


def case(row, parts):
    """A case as a row of the list; ``parts`` is what its reader is on it, and until when."""
    return {
        "href": f"/cases/{row.public_id}/",
        "reference": row.reference,
        "kind": KINDS[row.kind],
        "about": row.about,
        "part": "; ".join(f"{kind.label} until {last_moment(until)}" for kind, until in parts),
        "registered": day(timezone.localtime(row.registered_at)),
        "state": state_tag(row),
    }


def named(person):
    """``Named Nurse, MKUHFT``."""
    return post_and_agency(person.post, person.agency)


def post_and_agency(post, agency):
    """``Named Nurse, MKUHFT``, from the two by themselves."""
    return f"{post}, {agency}" if agency else post


def post_of(user):
    """The post behind an account."""
    person = getattr(user, "person", None)
    return person.post if person else SOMEBODY


def on_it(grant):
    """Somebody who sees a case, from a row of ``queries.people_on``: why, who said so, and until when."""
    emergency = grant.kind == Grant.Kind.EMERGENCY
    waits = not grant.approved_at and grant.kind not in Grant.TAKEN
    return {
        "who": post_and_agency(grant.post, grant.agency),
        "what": GRANTS[grant.kind],
        "tag": EMERGENCY if emergency else TO_CONFIRM if waits else "",
        "why": grant.reason,
        "let_in_by": _let_in_by(grant),
        "until": f"{last_moment(grant.ends_at)}{UNTIL[Ground(grant.rests_on)]}",
        "href": f"/access/grants/{grant.public_id}/",
    }


def to_come(grant, now):
    """Somebody who does not see a case yet."""
    return {
        "who": named(grant.person),
        "what": grant.get_kind_display(),
        "why": grant.reason,
        "state": grant.state(now),
        "asked": grant.second.post if grant.second else "",
        "from_to": f"{day(timezone.localtime(grant.wanted_from))} to {last_moment(grant.wanted_until)}",
        "href": grant.get_absolute_url(),
    }


def _let_in_by(grant):
    if grant.approved_by:
        return f"{grant.proposed_by}, approved by {grant.approved_by}"
    return grant.proposed_by


def excluded(exclusion):
    """Somebody who is kept from a case."""
    return {
        "who": post_and_agency(exclusion.post, exclusion.agency),
        "why": exclusion.reason,
        "since": day(timezone.localtime(exclusion.starts_at)),
        "end_href": f"/access/exclusions/{exclusion.public_id}/end/",
    }


def reader(account, times, last, posts):
    """Somebody who read a case: how often, and when last."""
    return {"who": posts.get(account, SOMEBODY), "times": times, "last": moment(last)}
