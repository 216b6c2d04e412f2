"""The rows that every app stands on."""

from records.models.accounts import Area, User
from records.models.history import DenialCount, EarlierValue, Event, Seal
from records.models.reminders import Reminder, ReminderChoice
from records.models.work import BrokerMark, Job, OutboxMessage, StoredFile, Submission

__all__ = [
    "Area",
    "BrokerMark",
    "DenialCount",
    "EarlierValue",
    "Event",
    "Job",
    "OutboxMessage",
    "Reminder",
    "ReminderChoice",
    "Seal",
    "StoredFile",
    "Submission",
    "User",
]
