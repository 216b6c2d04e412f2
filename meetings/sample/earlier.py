"""
The meetings of the Management Board of 2021-22 as its annual report prints them.

What the report does not say is not there: no days, no names, no reasons, no agenda.
"""

import datetime as dt
import re

from django.utils import timezone

from meetings import judging, record, roster
from meetings.models import Attendance, Meeting
from meetings.representation.rules import Span, has_mandate
from meetings.sample import replay
from meetings.sample.files import local, read

FOLDER = "2021-22"
REPRESENTED, NOT_REPRESENTED, NOT_APPLICABLE = "✓", "x", "NA"
MARKS = (REPRESENTED, NOT_REPRESENTED, NOT_APPLICABLE)
MONTH = re.compile(r"(\d{4})-(\d{2})")


def load(folder, boards, clerk):
    """Add the meetings of the Management Board that are not there yet; the arrangements hold its posts."""
    file = read(folder, f"{FOLDER}/management-board.yaml").only("body", "months", "note", "marks")
    body = boards.of(file)
    marks = file.entry("marks")
    seats = [(boards.place(marks, body, key), key) for key in marks.values]
    months = [_month(file, text) for text in file.texts("months")]
    there = set(Meeting.objects.filter(body=body).values_list("starts_at", flat=True))
    for number, starts_at in enumerate(months):
        of_month = [(seat, _mark(marks, key, number, len(months), seat, starts_at)) for seat, key in seats]
        if starts_at not in there:
            _add(body, starts_at, of_month, file.text("note"), clerk)
    body.refresh_from_db(fields=["succeeded_by"])
    replay.load(body, body.succeeded_by, clerk)


def _month(file, text):
    """The first moment of a month."""
    found = MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12:
        raise file.wrong(f"“{text}” is no month, such as 2021-04.", "months")
    return local(dt.datetime(int(found[1]), int(found[2]), 1))  # noqa: DTZ001 - local() makes it aware


def _mark(entry, key, number, columns, seat, starts_at):
    """The mark of a post at a meeting; NA stands where the post had no mandate, and nowhere else."""
    marks = entry.texts(key)
    if len(marks) != columns or not set(marks) <= set(MARKS):
        raise entry.wrong(f"{columns} marks are wanted here, each of them one of {', '.join(MARKS)}.", key)
    mandate = has_mandate(starts_at, Span(seat.starts_at, seat.ends_at), None)
    if mandate != (marks[number] != NOT_APPLICABLE):
        has = "has a mandate" if mandate else "has no mandate"
        raise entry.wrong(f"mark {number + 1} is “{marks[number]}”, and the post {has} in that month.", key)
    return marks[number]


def _add(body, starts_at, marks, note, clerk):
    """A meeting of which only the month is known: it is entered and closed now, by whoever loads it."""
    now = timezone.now()
    meeting = Meeting.objects.create(
        area_id=body.area_id,
        body=body,
        starts_at=starts_at,
        ends_at=local(dt.datetime(starts_at.year + starts_at.month // 12, starts_at.month % 12 + 1, 1)),  # noqa: DTZ001
        date_precision=Meeting.Precision.MONTH,
        mode="",
        note=note,
        opened_at=now,
        opened_by=clerk,
        roll_checked_at=now,
        roll_checked_by=clerk,
        closed_at=now,
        closed_by=clerk,
        version=1,
    )
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            seat=seat,
            filled_by=Attendance.FilledBy.REPRESENTED if mark == REPRESENTED else Attendance.FilledBy.NOBODY,
            why_not="" if mark == REPRESENTED else Attendance.WhyNot.UNKNOWN,
            recorded_at=now,
            recorded_by=clerk,
        )
        for seat, mark in marks
        if mark != NOT_APPLICABLE
    )
    verdict = judging.judge(meeting, roster.places(meeting), judging.terms_of(meeting))
    meeting.quorum_status, meeting.quorum_sentence = str(verdict.status), verdict.sentence
    meeting.save(update_fields=["quorum_status", "quorum_sentence"])
    record.freeze(meeting, at=now)
