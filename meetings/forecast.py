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


def of(meeting, places):
    """The forecast of the rules for ``meeting``, whose roster is ``places``, from the replies that stand."""
    return rules.forecast(
        judging.rules_of(judging.terms_of(meeting)),
        tuple(judging.seat(place) for place in places),
        tuple(_reply(place) for place in places if place.holder_id is not None),
        roster.local_day(meeting),
        meeting_kind=meeting.kind,
    )


def _reply(place):
    """
    The reply for ``place`` as the rules take it.

    A colleague who is no named deputy leaves it without a quorum; a deputy who cannot come leaves it open again.
    """
    if place.deputy_stays_away:
        return rules.Reply(str(place.holder_id), rules.Answer.NONE)
    answer = rules.Answer.DECLINED if place.sends_colleague else ANSWERS[place.answer]
    return rules.Reply(str(place.holder_id), answer, _key(place.answer_deputy_id))


def _key(person_id):
    return None if person_id is None else str(person_id)


def _advice(found):
    """Whom we still need, or need to come as they said; and whom to ask first."""
    if found.critical_words:
        yield f"We need {_listed(found.critical_words[:3])}, or a deputy."
    if found.status is rules.Status.NOT_QUORATE and found.judgement.mending:
        yield f"We still need {found.judgement.mending[0].text}."
    for chase in found.chase[:2]:
        yield f"{chase.words}: {chase.why.partition(':')[0]}."


def _listed(words):
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[:-1] else words)


def _replies_in_words(places):
    held = [place for place in places if place.holder_id is not None]
    coming = sum(is_announced(place) for place in held)
    away = sum(place.answer == "apologies" for place in held)
    silent = sum(place.answer in {"", "tentative"} for place in held)
    fallen_away = sum(place.deputy_stays_away for place in held)
    instead = sum(place.sends_colleague for place in held)
    parts = (
        f"{coming} of {len(held)} say they come or send a deputy",
        f"{away} sent apologies",
        *([f"{instead} sends a colleague who is no named deputy"] if instead == 1 else []),
        *([f"{instead} send colleagues who are no named deputies"] if instead > 1 else []),
        *([f"{fallen_away} whose deputy cannot come"] if fallen_away else []),
        f"{silent} not certain or no reply",
    )
    return " · ".join(parts)


def is_announced(place):
    """Whether somebody has said that they come for ``place``, its member or a deputy."""
    comes = place.answer in COMING and not place.sends_colleague and not place.deputy_stays_away
    return comes and place.holder_id is not None


def chip(finding):
    """One clause of the rule as the strip shows it; ``finding`` holds plain values, as a record keeps them."""
    modifier, icon = CHIPS[finding["state"]]
    return {"text": finding["text"], "modifier": modifier, "icon": icon}
