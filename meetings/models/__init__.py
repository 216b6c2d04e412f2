"""Meetings: what is on the agenda, who is there, what is decided and who does what about it."""

from meetings.models.attendance import Attendance, DeputyReleased, Presence, Reply, VerdictChange
from meetings.models.business import Action, Decision, Vote
from meetings.models.calendars import CalendarAddress
from meetings.models.meeting import AgendaItem, Correction, Meeting, MeetingRecord

__all__ = [
    "Action",
    "AgendaItem",
    "Attendance",
    "CalendarAddress",
    "Correction",
    "Decision",
    "DeputyReleased",
    "Meeting",
    "MeetingRecord",
    "Presence",
    "Reply",
    "VerdictChange",
    "Vote",
]
