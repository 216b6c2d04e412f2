"""What happened in the cases of the sample: dates, holds, why a deadline was missed, the panel and what it decided."""

import datetime as dt

from django.utils import timezone

from reviews import kinds
from reviews.actions import count
from reviews.models import CaseDate, CaseDeadline, CaseHold, PanelDecision, PanelPlace

OF_DECISION = ("outcome", "on", "met", "reasons", "dissent")


def load(entry, case, places):
    """Enter what ``entry`` says of ``case``, which has just been made; ``places`` are the people of its panel."""
    kind = kinds.of(case)
    dates = _dates(entry, kind)
    PanelPlace.objects.bulk_create(PanelPlace(case=case, key=key, person=person) for key, person in places.items())
    if "decision" in entry:
        decided = _decision(entry.entry("decision").only(*OF_DECISION), case, kind, places)
        decided.save(force_insert=True)
        for event in kind.outcome(decided.outcome).events:
            dates.setdefault(event, decided.decided_on)
    CaseDate.objects.bulk_create(
        CaseDate(case=case, event=event, on=on, entered_at=case.registered_at, entered_by=case.registered_by)
        for event, on in dates.items()
    )
    CaseHold.objects.bulk_create(_hold(one, case) for one in entry.entries("holds"))
    count(case)
    _missed(entry.entry("missed", entry.without_values()), case)


def _dates(entry, kind):
    found = entry.entry("dates", entry.without_values()).only(*kind.events)
    return {event: found.day(event) for event in found.values}


def _decision(entry, case, kind, places):
    outcome = kind.outcome(entry.choice("outcome", [one.key for one in kind.outcomes]))
    met = entry.texts("met")
    if not outcome.is_open_to(met):
        raise entry.wrong(f"the outcome “{outcome.key}” needs more criteria.", "met")
    decided_on = entry.day("on")
    return PanelDecision(
        case=case,
        decided_on=decided_on,
        outcome=outcome.key,
        outcome_name=outcome.name,
        criteria=[{"words": words, "met": key in met} for key, words in kind.criteria.items()],
        reasons=entry.text("reasons"),
        dissent=entry.text("dissent", ""),
        deciders=[
            {"place": f"{seat.post}, {seat.of}", "post": places[seat.key].post}
            for seat in kind.seats
            if seat.key in places
        ],
        recorded_at=timezone.make_aware(dt.datetime.combine(decided_on, dt.time(16))),
        recorded_by=case.registered_by,
    )


def _hold(entry, case):
    entry.only("from", "to", "because")
    last_day = entry.day("to", None)
    return CaseHold(
        case=case,
        first_day=entry.day("from"),
        last_day=last_day,
        because=entry.text("because"),
        held_at=entry.moment("from"),
        held_by=case.registered_by,
        ended_at=entry.moment("to", None),
        ended_by=case.registered_by if last_day else None,
    )


def _missed(entry, case):
    for code in entry.values:
        rows = CaseDeadline.objects.filter(case=case, code=code)
        if not rows.update(
            missed_because=entry.text(code), missed_said_at=case.registered_at, missed_said_by=case.registered_by
        ):
            raise entry.wrong(f"there is no deadline “{code}” in this case.", code)
