"""Grants and exclusions as pages show them, with their words and addresses ready."""

import datetime as dt

from django.utils import timezone

from mktogether.lib.states import tag
from mktogether.lib.templatetags.wording import clock, day, short_day_year
from partnerships.granting import subjects
from partnerships.models import Grant

LOOKS = {
    "In force": ("met", "tick"),
    "In force, to be confirmed": ("soon", "triangle"),
    "Approved, not begun": ("waiting", "clock"),
    "Waits for approval": ("soon", "clock"),
    "Refused": ("missed", "cross"),
}
KINDS = dict(Grant.Kind.choices)


def state_tag(grant, now):
    """The tag that says where a grant stands."""
    words = grant.state(now)
    return tag(*LOOKS.get(words, ("gone", "dash")), words)


def who(person):
    """Somebody by their post and their organisation."""
    return person.in_full


def grants(found, user, now):
    """``found`` as rows of a list for ``user``; a query for each kind of thing that they are about."""
    found = list(found)
    names = subjects.named(user, found)
    return [grant(row, names, now) for row in found]


def grant(row, names, now):
    """A grant as a row; ``names`` is what ``subjects.named`` says of those that the reader may know."""
    title, href = subjects.title_of(row, names)
    return {
        "href": row.get_absolute_url(),
        "reference": str(row),
        "kind": KINDS[row.kind],
        "who": who(row.person),
        "title": title,
        "thing_href": href,
        "reason": row.reason,
        "until": span(row),
        "ends": moment(_ends(row)),
        "review_on": short_day_year(row.review_on) if row.review_on else "",
        "decide_by": moment(row.decided_before(subjects.happens(row, names), now)),
        "state": state_tag(row, now),
        "urgent": row.confirm_by is not None,
    }


def span(row):
    """From when until when it holds, or would."""
    begins, ends = row.starts_at or row.wanted_from, _ends(row)
    if row.kind == Grant.Kind.EMERGENCY:
        return f"{moment(begins)} to {clock(timezone.localtime(ends))}" if row.starts_at else "for an hour"
    return f"{short_day_year(timezone.localtime(begins))} to {moment(ends)}"


def _ends(row):
    return row.ends_at if row.starts_at else row.wanted_until


def moment(at):
    """``end of 3 May 2027`` for a midnight, which nobody reads right; otherwise ``14:00 on 3 May 2027``."""
    local = timezone.localtime(at)
    if local.time() == local.time().min:
        return f"the end of {day(local - dt.timedelta(days=1))}"
    return f"{clock(local)} on {day(local)}"


def exclusions(found):
    """Those kept from a thing, by post and reason."""
    return [
        {
            "who": who(row.person),
            "reason": row.reason,
            "since": day(timezone.localtime(row.starts_at)),
            "how": "Declared it" if row.is_own else "Excluded",
            "end_href": f"/access/exclusions/{row.public_id}/end/",
        }
        for row in found
    ]
