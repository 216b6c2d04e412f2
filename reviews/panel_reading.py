"""The panel of a case and what it decided, as values for pages."""

from django.utils import timezone

from meetings.models import Meeting
from mktogether.lib.templatetags.wording import day
from reviews import access, kinds, queries, rows


def places(case):
    """The places that the panel for this kind of case has, each with who sits there, if somebody is named."""
    named = queries.places_of(case)
    return [
        {
            "place": f"{seat.post}, {seat.of}",
            "key": seat.key,
            "who": rows.post_and_agency(*named[seat.key]) if seat.key in named else "",
        }
        for seat in kinds.of(case).seats
    ]


def decisions(case):
    """What the panel decided about ``case``, in a line each, the last first."""
    return [
        {"href": f"/cases/decisions/{public_id}/", "outcome": outcome, "on": day(decided_on)}
        for public_id, outcome, decided_on in queries.decisions_of(case)
    ]


def decision(found, user):
    """The whole record of a decision, with what was corrected beside it."""
    return {
        "outcome": found.outcome_name,
        "on": day(found.decided_on),
        "criteria": found.criteria,
        "reasons": found.reasons,
        "dissent": found.dissent,
        "deciders": found.deciders,
        "recorded": rows.moment(found.recorded_at),
        "recorded_by": rows.post_of(found.recorded_by),
        "sitting": _sitting(found, user),
        "corrections": [
            {"what": one.what, "because": one.because, "at": rows.moment(one.at), "by": rows.post_of(one.by)}
            for one in queries.corrections_of(found)
        ],
        "may_correct": access.may_change(user, found.case),
    }


def _sitting(found, user):
    """The sitting at which it was decided: with its address for those who see that meeting, and by its day for all."""
    if found.sitting_id is None:
        return None
    seen = Meeting.objects.visible_to(user).filter(pk=found.sitting_id).first()
    if seen is None:
        return {"words": "a sitting of the panel", "href": ""}
    return {"words": f"the sitting of {day(timezone.localtime(seen.starts_at))}", "href": seen.get_absolute_url()}


def deciders(case):
    """Who can be said to have decided: the places of the panel with somebody named."""
    return [(row["key"], f"{row['place']}: {row['who']}") for row in places(case) if row["who"]]
