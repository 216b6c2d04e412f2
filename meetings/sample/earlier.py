"""
Boards of an earlier structure, and the meetings of the Management Board of 2021-22 as its annual report prints them.

What the report does not say is not there: no days, no names, no reasons, no agenda.
"""

import datetime as dt
import re

from django.utils import timezone

from meetings import judging, record, roster
from meetings.models import Attendance, Meeting
from meetings.representation.rules import Span, has_mandate
from meetings.sample import replay
from meetings.sample.boards import FILES
from meetings.sample.files import local, read, refuse_twice
from meetings.sample.settling import settle
from partnerships.models import Body, Seat

FOLDER = "2021-22"
OF_BOARD = (
    "slug", "name", "short", "kind", "structure", "opened", "closed", "reports to", "sponsor", "succeeded by",
    "purpose",
)  # fmt: skip
OF_POST = ("post", "agency", "in attendance", "from", "until", "note", "marks")
REPRESENTED, NOT_REPRESENTED, NOT_APPLICABLE = "✓", "x", "NA"
MARKS = (REPRESENTED, NOT_REPRESENTED, NOT_APPLICABLE)
MONTH = re.compile(r"(\d{4})-(\d{2})")


def load(folder, area, boards, people, clerk):
    """Bring earlier boards up to the files, and add the meetings that are not there yet."""
    file = read(folder, f"{FOLDER}/management-board.yaml").only("body", "months", "note", "from", "until", "posts")
    others = read(folder, f"{FOLDER}/affiliate-boards.yaml").only("boards")
    entries = [entry.only(*OF_BOARD) for entry in (file.entry("body"), *others.entries("boards"))]
    bodies = _bodies(area, boards, people, entries)
    body = bodies[file.entry("body").text("slug")]
    posts = [entry.only(*OF_POST) for entry in file.entries("posts")]
    refuse_twice(posts, "post")
    seats = _seats(body, file, posts, people)
    months = [_month(file, text) for text in file.texts("months")]
    there = set(Meeting.objects.filter(body=body).values_list("starts_at", flat=True))
    for number, starts_at in enumerate(months):
        marks = [(seat, _mark(entry, number, len(months), seat, starts_at)) for seat, entry in seats]
        if starts_at not in there:
            _add(body, starts_at, marks, file.text("note"), clerk)
    replay.load(body, body.succeeded_by, clerk)


def _bodies(area, boards, people, entries):
    refuse_twice(entries, "slug", "two boards or groups are called “{}”.")
    for entry in entries:
        there = boards.bodies.get(entry.text("slug"))
        if there is not None and not there.earlier_structure:
            raise entry.wrong(f"{' or '.join(FILES)} has a board or group with this address too.", "slug")
    wanted = [
        Body(
            area=area,
            name=entry.text("name"),
            short_name=entry.text("short"),
            slug=entry.text("slug"),
            kind=entry.choice("kind", Body.Kind.values),
            sponsor=people.agency(entry, "sponsor"),
            purpose=entry.text("purpose", ""),
            earlier_structure=entry.text("structure"),
            opened_on=entry.day("opened", None),
            closed_on=entry.day("closed", None),
            succeeded_by=boards.of(entry, "succeeded by") if "succeeded by" in entry else None,
        )
        for entry in entries
    ]
    columns = [
        "name", "short_name", "kind", "sponsor_id", "purpose",
        "earlier_structure", "opened_on", "closed_on", "succeeded_by_id",
    ]  # fmt: skip
    rows = settle(area.bodies.all(), wanted, ["slug"], update=columns)
    bodies = {slug: body for (slug,), body in rows.items()}
    for entry in entries:
        above = entry.text("reports to", None)
        if above is not None and above not in bodies:
            raise entry.wrong(f"no board or group is called “{above}”.", "reports to")
        bodies[entry.text("slug")].reports_to = bodies.get(above)
    Body.objects.bulk_update([bodies[entry.text("slug")] for entry in entries], ["reports_to"])
    return bodies


def _seats(body, file, posts, people):
    """Each post as a place with its mandate, and its entry."""
    wanted = []
    for order, entry in enumerate(posts, start=1):
        attends = entry.flag("in attendance", False)
        wanted.append(
            Seat(
                body=body,
                agency=people.agency(entry),
                title=entry.text("post"),
                order=order,
                votes=not attends,
                counts=not attends,
                in_attendance=attends,
                post_only=True,
                note=entry.text("note", ""),
                starts_at=entry.moment("from", file.moment("from")),
                ends_at=entry.moment("until", file.moment("until")),
            )
        )
    columns = ["agency_id", "order", "votes", "counts", "in_attendance", "post_only", "note", "starts_at", "ends_at"]
    rows = settle(body.seats.all(), wanted, ["title"], update=columns)
    return [(rows[entry.text("post"),], entry) for entry in posts]


def _month(file, text):
    """The first moment of a month."""
    found = MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12:
        raise file.wrong(f"“{text}” is no month, such as 2021-04.", "months")
    return local(dt.datetime(int(found[1]), int(found[2]), 1))  # noqa: DTZ001 - local() makes it aware


def _mark(entry, number, columns, seat, starts_at):
    """The mark of a post at a meeting; NA stands where the post had no mandate, and nowhere else."""
    marks = entry.texts("marks")
    if len(marks) != columns or not set(marks) <= set(MARKS):
        raise entry.wrong(f"{columns} marks are wanted here, each of them one of {', '.join(MARKS)}.", "marks")
    mandate = has_mandate(starts_at, Span(seat.starts_at, seat.ends_at), None)
    if mandate != (marks[number] != NOT_APPLICABLE):
        has = "has a mandate" if mandate else "has no mandate"
        raise entry.wrong(f"mark {number + 1} is “{marks[number]}”, and the post {has} in that month.", "marks")
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
