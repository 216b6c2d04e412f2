"""What people do at a meeting. Each act is atomic, signed, and writes its history in the same transaction."""

from meetings.actions.attendance import check_roll, record_attendance, record_joining, record_leaving
from meetings.actions.business import add_action, complete_action, put_decision, remove_decision, save_note
from meetings.actions.lifecycle import (
    cancel_meeting,
    change_meeting,
    close_meeting,
    correct_record,
    open_meeting,
    plan_meeting,
    request_minutes,
)

__all__ = [
    "add_action",
    "cancel_meeting",
    "change_meeting",
    "check_roll",
    "close_meeting",
    "complete_action",
    "correct_record",
    "open_meeting",
    "plan_meeting",
    "put_decision",
    "record_attendance",
    "record_joining",
    "record_leaving",
    "remove_decision",
    "request_minutes",
    "save_note",
]
