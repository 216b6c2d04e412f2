"""What happened to a grant, in words, from its history."""

from django.utils import timezone

from mktogether.lib.templatetags.wording import clock, day
from partnerships.models import Grant, Person
from records.models import Event

WORDS = {
    "grant.proposed": "Proposed",
    "grant.taken": "Taken",
    "grant.audited": "Opened for the yearly audit",
    "grant.approved": "Approved",
    "grant.refused": "Refused",
    "grant.reviewed": "Still needed",
    "grant.ended": "Ended",
    "emergency.asked": "Asked for",
    "emergency.opened": "Confirmed",
    "emergency.closed": "Ended",
}
BEGINNINGS = {"grant.proposed", "grant.taken", "grant.audited", "emergency.asked"}
OF_KIND = {
    Grant.Kind.CASE_LEAD: "grant.taken",
    Grant.Kind.AUDIT: "grant.audited",
    Grant.Kind.EMERGENCY: "emergency.asked",
}
APPROVALS = {"grant.approved", "emergency.opened"}


def of(grant, *, with_reasons=True):
    """
    The lines of ``grant``, the oldest first: what, when, by whom and, where one was given, why; two queries.

    What was there before the portal kept its history is told from the grant itself: that it was proposed, and approved.
    Without ``with_reasons`` no line says why.
    """
    events = Event.objects.filter(target=grant._meta.label, target_id=grant.pk, verb__in=WORDS).order_by("id")
    rows = list(events.values_list("verb", "at", "actor_id"))
    who = Person.objects.of_accounts({actor for *_rest, actor in rows})
    told = {verb for verb, *_rest in rows}
    lines = [_line(grant, *known) for known in _before_history(grant, told)]
    lines += [_line(grant, verb, at, who.get(actor, "")) for verb, at, actor in rows]
    return lines if with_reasons else [line | {"why": ""} for line in lines]


def _before_history(grant, told):
    """How ``grant`` came about, as (verb, moment, who), where its history begins later; ``told`` are its verbs."""
    if told & BEGINNINGS:
        return
    yield OF_KIND.get(grant.kind, "grant.proposed"), grant.proposed_at, grant.proposed_by.in_full
    if grant.approved_by and not told & APPROVALS:
        yield "grant.approved", grant.approved_at, grant.approved_by.in_full


def _line(grant, verb, at, who):
    local = timezone.localtime(at)
    return {"what": WORDS[verb], "who": who, "when": f"{day(local)}, {clock(local)}", "why": _why(grant, verb)}


def _why(grant, verb):
    if verb in {"grant.ended", "emergency.closed"}:
        return grant.ended_because
    return grant.refused_because if verb == "grant.refused" else ""
