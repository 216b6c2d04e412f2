"""The quorum strip: the verdict, its cause and its cure, and a chip for each clause."""

from dataclasses import dataclass

from django.utils import timezone

from partnerships import rules
from partnerships.strip import CHIPS, LOOKS, PARTLY


@dataclass(frozen=True, slots=True)
class Chip:
    """One clause of the rule: what it found, as a word, a colour and a sign."""

    text: str
    modifier: str
    icon: str


@dataclass(frozen=True, slots=True)
class Strip:
    """What the strip shows. ``status`` alone decides whether a screen reader is told of a change."""

    status: str
    modifier: str
    icon: str
    headline: str
    cure: str
    detail: str
    chips: tuple[Chip, ...]
    notes: tuple[str, ...]


def strip(meeting, verdict, places):
    """The strip for ``verdict`` on ``meeting``, whose roster is ``places``."""
    modifier, icon = LOOKS[verdict.status]
    partly = [other for other in verdict.others if other.status != verdict.status]
    if verdict.status == rules.Status.QUORATE and partly:
        modifier, icon = PARTLY
    headline, cause = _split(verdict.headline if partly else verdict.sentence)
    return Strip(
        status=f"{verdict.status} {len(partly)}",
        modifier=modifier,
        icon=icon,
        headline=headline,
        cure=_cure(cause, verdict, places),
        detail=" · ".join(_details(meeting, places)),
        chips=tuple(_chip(finding) for finding in verdict.findings),
        notes=tuple(verdict.assumed),
    )


def _cure(cause, verdict, places):
    """Who would mend it; while nothing is recorded at all, that alone, and not the names of everybody."""
    if not any(place.filled_by for place in places):
        return f"{cause} Nothing is recorded yet.".strip()
    return f"{cause} {verdict.remedy}".strip()


def _split(sentence):
    """The first sentence, which is set in bold, and the rest."""
    first, dot, rest = sentence.partition(". ")
    return (f"{first}.", rest) if dot else (sentence, "")


def _details(meeting, places):
    there = sum(place.is_there for place in places)
    filled = sum(place.holder_id is not None for place in places)
    if meeting.is_open and meeting.quorum_since:
        words = {"quorate": "Quorate", "not quorate": "Not quorate"}.get(meeting.quorum_status, "Quorum not stated")
        yield f"{words} since {timezone.localtime(meeting.quorum_since):%H:%M}"
    yield f"{there} of {filled} places filled"
    waiting = sum(not place.filled_by and place.holder_id is not None for place in places)
    if waiting:
        yield f"{waiting} not recorded yet"
    if not meeting.opened_at:
        yield "the meeting has not been opened"


def _chip(finding):
    modifier, icon = CHIPS[finding.state]
    text = f"{finding.text}: we need them to stay" if finding.state == "needed" else finding.text
    return Chip(text, modifier, icon)
