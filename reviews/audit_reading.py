"""The pages of yearly audits, as values that their templates put in their place."""

import datetime as dt

from django.db.models import Max
from django.utils import timezone

from meetings import years
from mktogether.lib.states import tag
from mktogether.lib.templatetags.wording import day
from records.models import Event
from reviews import kinds, rows
from reviews.models import Audit, AuditedCase, Case, CaseDate

OPEN, OVER = tag("there", "arrow", "Open"), tag("neutral", "tick", "Over")
NOT_YET = "Not yet"


def audits(user, now):
    """One's own audits, the last first; one query."""
    return [_audit(audit, now) for audit in Audit.objects.visible_to(user)]


def find(user, public_id):
    """The audit with this address, if it is one's own; None otherwise."""
    return Audit.objects.visible_to(user).filter(public_id=public_id).first()


def page(audit, user, now):
    """An audit with its numbered list: each case of the year that its reader sees, and when they read it."""
    found = AuditedCase.objects.visible_to(user).filter(audit=audit, grant__ends_at__gt=now).select_related("case")
    cases = [row.case for row in found.order_by("case__registered_at", "case_id")]
    ids = [case.pk for case in cases]
    decided = CaseDate.objects.visible_to(user).filter(case__in=ids).values_list("case_id", "event", "on")
    days = {(case, event): on for case, event, on in decided}
    read = _read(user, ids)
    return _audit(audit, now) | {
        "number": len(cases),
        "read": sum(case.pk in read for case in cases),
        "cases": [_case(number, case, days, read) for number, case in enumerate(cases, start=1)],
    }


def _audit(audit, now):
    last = timezone.localtime(audit.ends_at - dt.timedelta(seconds=1))
    return {
        "href": audit.get_absolute_url(),
        "year": years.words(audit.year),
        "reason": audit.reason,
        "begun": rows.moment(audit.begun_at),
        "until": day(last),
        "is_open": audit.is_open(now),
        "state": OPEN if audit.is_open(now) else OVER,
    }


def _case(number, case, days, read):
    on = days.get((case.pk, kinds.of(case).rapid_review))
    return {
        "number": number,
        "href": case.get_absolute_url(),
        "reference": case.reference,
        "kind": case.get_kind_display(),
        "decided": day(on) if on else "",
        "read": rows.moment(read[case.pk]) if case.pk in read else NOT_YET,
    }


def _read(user, ids):
    """When ``user`` last read each of the cases ``ids``; one query."""
    events = Event.objects.filter(actor_id=user.pk, verb="case.read", target=Case._meta.label, target_id__in=ids)
    return dict(events.order_by().values("target_id").annotate(last=Max("at")).values_list("target_id", "last"))
