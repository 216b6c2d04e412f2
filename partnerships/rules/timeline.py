"""From when to when a meeting was quorate."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from partnerships.rules.facts import Room
from partnerships.rules.judgement import Status
from partnerships.rules.judging import case_of, judgement_of
from partnerships.rules.terms import ORDINARY, Terms


@dataclass(frozen=True)
class Span:
    """A stretch of a meeting, [since, until), with its verdict. Open ends are None."""

    since: dt.datetime | None
    until: dt.datetime | None
    status: Status
    sentence: str


def timeline(
    terms: Terms, room: Room, decision: str = ORDINARY, *, ends_at: dt.datetime | None = None
) -> tuple[Span, ...]:
    """The verdicts through a meeting, one span for each stretch with the same verdict.

    Each moment is judged by its own attendance, whatever the scope of the rule: the record shows when the quorum was
    lost and regained. ``room.at`` is not used.
    """
    moments = sorted(
        {end for presence in room.present for interval in presence.intervals for end in interval if end is not None}
        | ({room.starts_at} if room.starts_at is not None else set())
    )
    inside = [
        moment
        for moment in moments
        if (room.starts_at is None or moment >= room.starts_at) and (ends_at is None or moment < ends_at)
    ]
    before: list[dt.datetime | None] = [] if room.starts_at is not None or not inside else [None]
    starts: list[dt.datetime | None] = [*before, *inside] or [room.starts_at]
    spans: list[Span] = []
    for start in starts:
        moment = start
        if start is None and inside:
            moment = inside[0] - dt.timedelta(microseconds=1)
        judged = judgement_of(case_of(terms, replace(room, at=moment), decision, at_once=True))
        if spans and spans[-1].status is judged.status:
            continue
        if spans:
            spans[-1] = replace(spans[-1], until=start)
        spans.append(Span(start, ends_at, judged.status, judged.sentence))
    return tuple(spans)
