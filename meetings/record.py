"""The record of a meeting: what it held, as values. Closing freezes it; until then it is made afresh each time."""

from django.utils import timezone

from meetings import dates, interests, judging, roster
from meetings.models import Action, AgendaItem, Attendance, Decision, MeetingRecord
from mktogether.lib.templatetags.wording import clock, day

NOT_GIVEN, NOT_KNOWN = "Not given", "Not known"


def freeze(meeting, *, at):
    """
    Keep roster, rules, verdicts, reasons, decisions and actions of ``meeting`` as they are, for good.

    Later changes of places, people or terms do not reach it; what is found wrong is a correction beside it.
    """
    return MeetingRecord.objects.create(meeting=meeting, content=content_of(meeting, at=at), at=at)


def content_of(meeting, *, at=None):
    """What there is to say of ``meeting``, in plain values that JSON can hold and a page or document can show."""
    places = roster.places(meeting)
    terms = judging.terms_of(meeting)
    verdict = judging.judge(meeting, places, terms, at=at)
    there, held = roster.filled(places)
    return {
        "body": meeting.body.name,
        "kind": meeting.get_kind_display(),
        "mode": meeting.get_mode_display() or NOT_GIVEN,
        "place": meeting.place,
        "day": dates.weekday(meeting),
        **_times_of(meeting),
        "presiding": meeting.presiding.post if meeting.presiding else "",
        "note": meeting.note,
        "terms": _terms(terms),
        "verdict": verdict.as_dict(),
        "verdicts": [
            {"at": _clock(change.at), "status": change.status, "sentence": change.sentence}
            for change in meeting.verdict_changes.all()
        ],
        "roster": [group_of(group) for group in roster.grouped(places)],
        "there": there,
        "places": held,
        "items": items_of(meeting, withdrawn=interests.by_item(meeting, places, at)),
    }


def items_of(meeting, items=None, made=None, withdrawn=None):
    """
    The agenda with what came of each item, in three queries whatever their number.

    ``items`` and ``made`` are the items and decisions of the meeting, where the caller has them already; ``withdrawn``
    says who withdrew from which (see meetings/interests.py).
    """
    items = AgendaItem.objects.of(meeting).order_by("number") if items is None else items
    made = Decision.objects.of(meeting).order_by("at", "id") if made is None else made
    decisions, actions = {}, {}
    for decision in made:
        decisions.setdefault(decision.item_id, []).append(_decision(decision))
    for action in Action.objects.of(meeting).select_related("owner").order_by("id"):
        actions.setdefault(action.item_id, []).append(_action(action))
    return [
        {
            "id": item.pk,
            "number": item.number,
            "title": item.title,
            "purpose": item.get_purpose_display(),
            "confidential": item.confidential,
            "note": item.note,
            "withdrawn": [one.words for one in (withdrawn or {}).get(item.pk, ())],
            "decisions": decisions.get(item.pk, []),
            "actions": actions.get(item.pk, []),
        }
        for item in items
    ]


def seen(content, sight):
    """
    ``content`` as far as ``sight`` lets: items that are not shown leave no gap, not even in the numbers of the others.
    """
    shown = [
        item
        for item in content["items"]
        if item["id"] not in sight.hidden and (sight.confidential or not item["confidential"])
    ]
    if len(shown) == len(content["items"]):
        return content
    return {**content, "items": [{**item, "number": number} for number, item in enumerate(shown, start=1)]}


def _times_of(meeting):
    """From when until when it was planned and held; of one whose day is not known, opening and closing say nothing."""
    if not dates.has_day(meeting):
        return {"planned": "", "held": ""}
    return {
        "planned": _span(meeting.starts_at, meeting.ends_at),
        "held": _span(meeting.opened_at, meeting.closed_at) if meeting.opened_at else "",
    }


def _terms(terms):
    if terms is None:
        return {"edition": "", "rules": "", "english": []}
    return {
        "edition": terms.edition,
        "rules": terms.rules,
        "english": list(judging.rules_of(terms).english()),
    }


def group_of(group):
    """The places of one partner with who came, in words."""
    return {
        "agency": group.agency,
        "agency_name": group.agency_name,
        "there": group.there,
        "places": [_place(place) for place in group.places],
    }


def _place(place):
    return {
        "title": place.title,
        "holder": place.holder,
        "held": place.is_held,
        "in_attendance": place.in_attendance,
        "state": place.state,
        "filled_by": place.filled_by,
        "person": place.person or (NOT_KNOWN if place.filled_by == Attendance.FilledBy.REPRESENTED else None),
        "there": place.is_there,
        "word": _word(place),
        "reason": place.reason,
        "times": "; ".join(_times(start, end) for start, end in place.presences),
    }


def _decision(decision):
    return {
        "wording": decision.wording,
        "outcome": decision.outcome,
        "outcome_in_words": decision.get_outcome_display(),
        "reason": decision.reason,
        "quorum": decision.quorum,
        "quorum_sentence": decision.quorum_sentence,
        "at": _clock(decision.at),
        "ratified_on": day(timezone.localtime(decision.ratified_at)) if decision.ratified_at else "",
    }


def _action(action):
    return {
        "what": action.what,
        "owner": action.owner.post,
        "due_on": action.due_on.isoformat(),
        "due_in_words": day(action.due_on),
    }


def _word(place):
    """How the place was filled, or why it was not, in words."""
    if not place.filled_by:
        return "Not recorded" if place.is_held else "Vacant"
    if not place.is_there:
        return Attendance.WhyNot(place.why_not).label
    if place.filled_by == Attendance.FilledBy.REPRESENTED:
        return "Represented"
    how = Attendance.How(place.how).label.lower()
    return f"{Attendance.FilledBy(place.filled_by).label}, {how}"


def _times(start, end):
    return f"from {_clock(start)} until {_clock(end)}" if end else f"from {_clock(start)}"


def _span(start, end):
    return f"{_clock(start)} to {_clock(end)}" if end else f"from {_clock(start)}"


def _clock(moment):
    return clock(timezone.localtime(moment))
