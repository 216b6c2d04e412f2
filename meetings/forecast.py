"""Will it be quorate? What the replies to the invitation come to, before a meeting begins."""

from dataclasses import asdict
from types import SimpleNamespace

from meetings import judging, roster
from meetings.live.strip import CHIPS, strip
from partnerships import rules

COMING = {"accept", "deputy"}
TONES = {"quorate": "met", "not-quorate": "missed", "partly": "soon", "not-stated": "waiting"}


def whether(meeting, now):
    """Whether ``meeting`` is quorate, or will be by the replies to its invitation; with the tone of the answer."""
    places = roster.places(meeting)
    if meeting.opened_at:
        shown = strip(meeting, judging.judge(meeting, places, judging.terms_of(meeting), at=now), places)
    else:
        shown = strip_of(meeting, places)
    return {
        "tone": TONES[shown.modifier],
        "icon": shown.icon,
        "headline": shown.headline,
        "cure": shown.cure,
        "detail": shown.detail,
    }


ANSWERS = {
    "": rules.Answer.NONE,
    "accept": rules.Answer.ACCEPTED,
    "tentative": rules.Answer.TENTATIVE,
    "apologies": rules.Answer.DECLINED,
    "deputy": rules.Answer.DEPUTY,
}
FORECASTS = {
    rules.Status.QUORATE: ("quorate", "tick"),
    rules.Status.NOT_QUORATE: ("partly", "triangle"),
    rules.Status.NOT_STATED: ("not-stated", "dash"),
}


def of(meeting, places):
    """What the replies to the invitation of ``meeting`` come to, as the rules say it."""
    answers = tuple(
        rules.Reply(str(place.holder_id), ANSWERS[place.answer], _key(place.answer_deputy_id))
        for place in places
        if place.holder_id is not None
    )
    return rules.forecast(
        judging.rules_of(judging.terms_of(meeting)),
        tuple(judging.seat(place) for place in places),
        answers,
        roster.local_day(meeting),
        meeting_kind=meeting.kind,
    )


def still_needed(meeting):
    """The ids of those without whose reply ``meeting`` would not be quorate: who has not answered, or only perhaps."""
    places = roster.places(meeting)
    found = of(meeting, places)
    if found.status is not rules.Status.NOT_QUORATE:
        return frozenset()
    open_answers = {rules.Answer.NONE, rules.Answer.TENTATIVE}
    return frozenset(int(chase.person) for chase in found.chase if chase.answer in open_answers)


def strip_of(meeting, places):
    """The strip before the meeting: what the replies come to, who is critical and whom to ask first."""
    found = of(meeting, places)
    modifier, icon = FORECASTS[found.status]
    return SimpleNamespace(
        modifier=modifier,
        icon=icon,
        headline=found.sentence,
        cure=" ".join(_advice(found)),
        detail=_replies_in_words(places),
        chips=[chip(asdict(finding)) for finding in found.judgement.findings],
    )


def _key(person_id):
    return None if person_id is None else str(person_id)


def _advice(found):
    """Whom we need, and whom to ask first."""
    if found.critical_words:
        yield f"We need {_listed(found.critical_words[:3])}, or a deputy."
    for chase in found.chase[:2]:
        yield f"{chase.words}: {chase.why.partition(':')[0]}."


def _listed(words):
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[:-1] else words)


def _replies_in_words(places):
    held = [place for place in places if place.holder_id is not None]
    coming = sum(place.answer in COMING for place in held)
    away = sum(place.answer == "apologies" for place in held)
    silent = sum(place.answer in {"", "tentative"} for place in held)
    parts = (
        f"{coming} of {len(held)} say they come or send a deputy",
        f"{away} sent apologies",
        f"{silent} not certain or no reply",
    )
    return " · ".join(parts)


def is_announced(place):
    """Whether somebody has said that they come for ``place``, its member or a deputy."""
    return place.holder_id is not None and place.answer in COMING


def chip(finding):
    """One clause of the rule as the strip shows it; ``finding`` holds plain values, as a record keeps them."""
    modifier, icon = CHIPS[finding["state"]]
    return {"text": finding["text"], "modifier": modifier, "icon": icon}
