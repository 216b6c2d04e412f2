"""What happened to a grant, in words, from its history."""

from django.utils import timezone

from mktogether.lib.templatetags.wording import clock, day
from partnerships.models import Person
from records.models import Event

WORDS = {
    "grant.proposed": "Proposed",
    "grant.taken": "Taken",
    "grant.approved": "Approved",
    "grant.refused": "Refused",
    "grant.reviewed": "Still needed",
    "grant.ended": "Ended",
    "emergency.asked": "Asked for",
    "emergency.opened": "Confirmed",
    "emergency.closed": "Ended",
}


def of(grant, *, with_reasons=True):
    """
    The lines of ``grant``, the oldest first: what, when, by whom and, where one was given, why; two queries.

    Without ``with_reasons`` no line says why.
    """
    events = Event.objects.filter(target=grant._meta.label, target_id=grant.pk, verb__in=WORDS).order_by("id")
    rows = list(events.values_list("verb", "at", "actor_id"))
    who = Person.objects.of_accounts({actor for *_rest, actor in rows})
    lines = [_line(grant, verb, at, who.get(actor, "")) for verb, at, actor in rows]
    lines = lines or [_line(grant, "grant.proposed", grant.proposed_at, grant.proposed_by.in_full)]
    return lines if with_reasons else [line | {"why": ""} for line in lines]


def _line(grant, verb, at, who):
    local = timezone.localtime(at)
    return {"what": WORDS[verb], "who": who, "when": f"{day(local)}, {clock(local)}", "why": _why(grant, verb)}


def _why(grant, verb):
    if verb in {"grant.ended", "emergency.closed"}:
        return grant.ended_because
    return grant.refused_because if verb == "grant.refused" else ""
