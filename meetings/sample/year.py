"""The sample year: past meetings with attendance, decisions and actions, each closed and its record frozen."""

import datetime as dt

from meetings import record
from meetings.models import AgendaItem, Meeting
from meetings.sample import access, actions, attendance, decisions
from meetings.sample.agendas import planned
from meetings.sample.boards import chair_of
from meetings.sample.files import local, read
from partnerships.models import Appointment, Seat

OF_FILE = ("body", "usual", "meetings")
OF_USUAL = ("at", "minutes", "mode", "place")
OF_MEETING = (
    "on",
    "at",
    "minutes",
    "mode",
    "place",
    "note",
    "cancelled",
    "presiding",
    "attendance",
    "items",
)


class Year:
    """What every meeting of the year needs: boards, people, and the accounts that sign for what was recorded."""

    def __init__(self, boards, people, clerk):
        self.boards = boards
        self.people = people
        self.clerk = clerk
        self.recommendations = {}


def load(folder, boards, people, clerk):
    """Add the past meetings that are not there yet. One that is there is closed, and its record stays as it is."""
    year = Year(boards, people, clerk)
    there = set(Meeting.objects.values_list("body_id", "starts_at"))
    for file in sorted((folder / "year").glob("[0-9]*.yaml")):  # one for each board; upper apps keep theirs beside
        entry = read(folder, f"year/{file.name}").only(*OF_FILE)
        body = boards.of(entry)
        usual = entry.entry("usual").only(*OF_USUAL)
        for meeting_entry in entry.entries("meetings"):
            meeting = _meeting(year, body, usual, meeting_entry.only(*OF_MEETING))
            if (body.pk, meeting.starts_at) not in there:
                _add(year, meeting, meeting_entry)


def _meeting(year, body, usual, entry):
    at = entry.time("at", None) if "at" in entry else usual.time("at")
    starts_at = local(dt.datetime.combine(entry.day("on"), at))
    minutes = entry.number("minutes", usual.number("minutes"))
    return Meeting(
        area_id=body.area_id,
        body=body,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=minutes),
        mode=entry.choice("mode", Meeting.Mode.values, usual.choice("mode", Meeting.Mode.values)),
        place=entry.text("place", usual.text("place", "")),
        note=entry.text("note", ""),
    )


def _add(year, meeting, entry):
    if "cancelled" in entry:
        _cancelled(year, meeting, entry)
        return
    meeting.presiding_id = _presiding(year, meeting, entry)
    _as_over(meeting, year.clerk)
    meeting.save()
    items = planned(meeting, entry.entries("items"), entry)
    for item in items:
        item.row.done_at = item.ends_at
    AgendaItem.objects.bulk_create(item.row for item in items)
    attendance.record(meeting, entry, items, _seats(meeting), year)
    access.withdraw(meeting, items, year)
    decisions.record(meeting, items, year)
    actions.record(meeting, items, year)
    record.freeze(meeting, at=meeting.closed_at)


def _cancelled(year, meeting, entry):
    meeting.cancelled_at = meeting.starts_at - dt.timedelta(days=7)
    meeting.cancelled_by = year.clerk
    meeting.cancelled_because = entry.text("cancelled")
    meeting.save()


def _as_over(meeting, clerk):
    meeting.opened_at = meeting.roll_checked_at = meeting.starts_at
    meeting.closed_at = meeting.ends_at
    meeting.opened_by = meeting.roll_checked_by = meeting.closed_by = clerk
    meeting.version = 1


def _presiding(year, meeting, entry):
    if "presiding" in entry:
        who = entry.entry("presiding").only("agency", "post")
        return year.people.of(who).pk
    return chair_of(meeting.body, meeting.starts_at)


def _seats(meeting):
    """Each place of the meeting with the id of its member on the day, None where it was vacant."""
    seats = Seat.objects.filter(body=meeting.body_id).in_force(meeting.starts_at).select_related("agency", "body")
    held = Appointment.objects.filter(seat__in=seats).in_force(meeting.starts_at)
    holders = dict(held.values_list("seat_id", "person_id"))
    return [(seat, holders.get(seat.pk)) for seat in seats.order_by("order")]
