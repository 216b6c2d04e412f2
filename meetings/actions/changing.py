"""Holding a meeting while it is changed, and noticing when its verdict turns."""

from django.db import transaction

from meetings import judging, roster
from meetings.models import Meeting
from mktogether.lib.verdict import Refusal

CHANGED = "changed by an act, after it was asked whether they may"


def held(meeting):
    """``meeting`` read again and held until the transaction ends, so that two recorders take turns."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A meeting is held inside a transaction")
    rows = Meeting.objects.regardless(CHANGED).select_for_update(of=("self",))
    meeting = rows.select_related("body").get(pk=meeting.pk)
    if meeting.is_closed:
        raise Refusal("This meeting is closed. Its record stays as it was; add a correction beside it.")
    if meeting.is_cancelled:
        raise Refusal("This meeting was cancelled.")
    return meeting


def touch(meeting, now, **values):
    """
    Save ``values`` on ``meeting`` with its next version, and note the moment when its verdict turns.

    Returns the verdict at ``now``. A meeting that has not begun keeps no log of verdicts.
    """
    for name, value in values.items():
        setattr(meeting, name, value)
    terms = judging.terms_of(meeting)
    verdict = judging.judge(meeting, roster.places(meeting), terms, at=now)
    meeting.version += 1
    fields = ["version", *values]
    if meeting.opened_at and meeting.quorum_status != verdict.status:
        meeting.quorum_status = str(verdict.status)
        meeting.quorum_since = now
        fields += ["quorum_status", "quorum_since"]
        meeting.verdict_changes.create(at=now, status=str(verdict.status), sentence=verdict.sentence)
    meeting.quorum_sentence = verdict.sentence
    meeting.save(update_fields=[*fields, "quorum_sentence"])
    return verdict
