"""Referrals as values for pages: the list of the team, one of them with what is alike, and receipts."""

from django.utils import timezone

from mktogether.lib.paging import page_of
from mktogether.lib.states import tag
from mktogether.lib.templatetags.wording import day
from reviews import access, queries, rows
from reviews.filters import ReferralFilter
from reviews.models import Referral
from reviews.rules import likeness
from reviews.rules.likeness import Incident

WAITS = tag("waiting", "clock", "Waits")
ACCEPTED = tag("met", "tick", "Accepted")
CLOSED = tag("neutral", "dash", "Closed without a case")


def listed(user, query):
    """The referrals that ``user`` sees, as ``query`` (the address's) narrows them."""
    narrowed = ReferralFilter(query, queryset=queries.referral_rows(Referral.objects.visible_to(user)))
    pages = page_of(narrowed.qs, query.get("page"), narrowed.chosen())
    return {
        "rows": [_row(row) for row in pages.rows],
        "pages": pages,
        "states": narrowed.options("state"),
        "kinds": narrowed.options("kind"),
        "left_out": narrowed.refused(),
    }


def sent(row):
    """What was sent, as a row of a list."""
    return {
        "number": row.number,
        "kind": rows.KINDS[row.kind],
        "happened": row.happened,
        "known": day(row.known_on),
        "sent": day(timezone.localtime(row.referred_at)),
    }


def _row(row):
    return {
        **sent(row),
        "href": f"/cases/referrals/{row.public_id}/",
        "by": row.person__post,
        "state": ACCEPTED if row.case__reference else CLOSED if row.decided_at else WAITS,
    }


def one(referral, user):
    """A referral for the team: what was sent, what became of it, and what it is like."""
    return {
        **receipt(referral),
        "by": rows.named(referral.person),
        "state": ACCEPTED if referral.case_id else CLOSED if referral.is_decided else WAITS,
        "decided": rows.moment(referral.decided_at) if referral.is_decided else "",
        "because": referral.closed_because,
        "case": {"reference": referral.case.reference, "href": referral.case.get_absolute_url()}
        if referral.case_id
        else None,
        "alike": [] if referral.is_decided else alike(referral, user),
        "waits": not referral.is_decided,
    }


def receipt(referral):
    """What whoever sent it wrote, and when: no more."""
    return {
        "number": referral.number,
        "kind": referral.get_kind_display(),
        "happened": referral.happened,
        "known": day(referral.known_on),
        "agencies": [agency.name for agency in referral.agencies.order_by("short_name")],
        "sent": rows.moment(referral.referred_at),
    }


def alike(referral, user):
    """What ``user`` may know of that could be about the same, with why it looks so."""
    own = Incident(referral.kind, referral.known_on, referral.happened)
    return _alike(own, queries.compared_with(user, referral.known_on, but=referral))


def waiting_like(case, known_on, user):
    """Referrals that wait and could be about the same as ``case``, for those of its leads who see referrals."""
    if known_on is None or not access.may_register(user):
        return []
    return _alike(Incident(case.kind, known_on, case.about), queries.waiting_near(user, known_on))


def _alike(own, found):
    compared = ((likeness.alike(own, other), title, href) for other, title, href in found)
    return [{"title": title, "href": href, "why": "; ".join(why)} for why, title, href in compared if why]
