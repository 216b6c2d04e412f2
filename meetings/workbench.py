"""What the workbench and new terms of reference ask about meetings; see partnerships/sources.py."""

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from meetings import dates, queries, roster, rows
from meetings.models import Attendance, Meeting
from partnerships import sources
from partnerships.workbench.bench import AWAY, DEPUTY, PRESENT, REMOTE, Bench
from partnerships.workbench.starting import Row, places_of

STAND_IN = "The first of the month stands in for it here."
STATES = {"present": PRESENT, "remote": REMOTE, "deputy": DEPUTY, "represented": PRESENT}


def register():
    """Offer meetings to the pages below."""
    sources.register(meeting=taken_over, meetings_from=meetings_from)


def meetings_from(user, body, day):
    """The meetings of ``body`` (or of its id) on ``day`` or later that ``user`` sees, in their order; one query."""
    found = Meeting.objects.visible_to(user).filter(body=body, cancelled_at__isnull=True)
    starts = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    rows = queries.meeting_rows(found.filter(starts_at__gte=starts).order_by("starts_at"))
    return [
        sources.Sitting(dates.day_of(row), f"/meetings/{row.public_id}/", row.closed_at is not None) for row in rows
    ]


def taken_over(user, public_id):
    """Membership and attendance of a meeting that ``user`` sees, as it was recorded; None where they see none."""
    meeting = Meeting.objects.visible_to(user).filter(public_id=public_id).select_related("body").first()
    if meeting is None:
        return None
    words = rows.heading(meeting) if dates.has_day(meeting) else f"{rows.heading(meeting)}. {STAND_IN}"
    return sources.Taken(words, meeting.get_absolute_url(), meeting.body_id, bench_of(meeting))


def bench_of(meeting):
    """Membership and attendance of ``meeting`` as a bench."""
    found = [place for group in roster.grouped(roster.places(meeting)) for place in group.places]
    places = places_of(_row(place) for place in found)
    return Bench(
        day=roster.local_day(meeting),
        start=timezone.localtime(meeting.starts_at).time(),
        kind="" if meeting.kind == Meeting.Kind.ORDINARY else meeting.kind,
        places=tuple(_attended(place, entry, meeting) for place, entry in zip(places, found, strict=True)),
        presides=next((place.key for place, entry in zip(places, found, strict=True) if _presides(entry, meeting)), ""),
    )


def _row(place):
    return Row(
        agency=place.agency,
        title=place.title,
        classes=(*(place.agency_classes or ()), *place.classes),
        votes=place.votes,
        counts=place.counts,
        holder_id=-place.seat_id if place.post_only else place.holder_id,  # the post itself, which is nobody's id
        holder=place.holder,
        deputies=_deputies(place),
    )


def _deputies(place):
    """The named deputies, whoever came before the others."""
    return tuple(sorted(place.deputies, key=lambda named: named[0] != place.person_id))


def _presides(entry, meeting):
    return entry.is_there and entry.person_id is not None and entry.person_id == meeting.presiding_id


def _attended(place, entry, meeting):
    """``place`` with what was recorded: from the first joining to the last leaving, where that was not all of it."""
    joined, left = entry.joined_at, entry.left_at
    return replace(
        place,
        state=STATES.get(entry.state, AWAY),
        substitute=entry.filled_by == Attendance.FilledBy.SUBSTITUTE,
        deputy_remote=entry.how == Attendance.How.REMOTE,
        since=timezone.localtime(joined).time() if joined and joined > meeting.starts_at else None,
        until=timezone.localtime(left).time() if left else None,
        notice=timezone.localtime(entry.notice_at).replace(tzinfo=None) if entry.notice_at else None,
    )
