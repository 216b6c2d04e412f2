"""What two editions mean for a real meeting: who came, judged by the rules of each."""

import uuid

from django.utils import timezone

from partnerships import rules
from partnerships.sources import SOURCES
from partnerships.structure import editions

TONES = {
    rules.Status.QUORATE: ("met", "tick", "Quorate"),
    rules.Status.NOT_QUORATE: ("missed", "cross", "Not quorate"),
    rules.Status.NOT_STATED: ("soon", "dash", "Quorum not stated"),
}


def of_pair(pair, older, newer, user, now):
    """
    The last closed meeting of the board of the newer edition that ``user`` sees, judged by the rules of both.

    None where the pair has one side only, or where they see no closed meeting of it.
    """
    if pair is None or pair.before is None or pair.after is None:
        return None
    closed = [one for one in SOURCES.meetings_from(user, pair.after.key, newer.first_day) if one.closed]
    taken = SOURCES.meeting(user, _id_of(closed[-1].href)) if closed else None
    if taken is None:
        return None
    day = timezone.localdate(now)
    sides = [
        _judged(edition.name, editions.rules_in(edition, board.key, day) or "", taken.bench)
        for edition, board in ((older, pair.before), (newer, pair.after))
    ]
    return {
        "words": taken.words,
        "href": taken.href,
        "sides": sides,
        "try_href": f"/workbench/?meeting={_id_of(taken.href)}",
    }


def _id_of(href):
    return uuid.UUID(href.rstrip("/").rpartition("/")[2])


def _judged(name, text, bench):
    judgement = rules.judge(rules.parse_terms(text), bench.room())
    tone, icon, word = TONES[judgement.status]
    return {"tone": tone, "icon": icon, "word": f"{word} by {name}", "sentence": judgement.sentence}
