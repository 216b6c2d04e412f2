"""What is done with referrals and cases. Each act is whole or not at all, signed, and in the history."""

from reviews.actions.auditing import begin_audit, end_audit, note_audit_read
from reviews.actions.cases import (
    LEADS_FOR,
    change_line,
    close_case,
    new_case,
    note_read,
    register_case,
    reopen_case,
    take_over,
)
from reviews.actions.counting import count
from reviews.actions.dating import end_hold, enter_date, explain_missed, put_on_hold, remove_date
from reviews.actions.details import change_person, enter_person, note_details_read, remove_person
from reviews.actions.panels import correct_decision, name_panel, record_decision
from reviews.actions.referring import (
    REFERRAL_DECIDED,
    accept_referral,
    close_referral,
    note_receipt_read,
    note_referral_read,
    refer,
)

__all__ = [
    "LEADS_FOR",
    "REFERRAL_DECIDED",
    "accept_referral",
    "begin_audit",
    "change_line",
    "change_person",
    "close_case",
    "close_referral",
    "correct_decision",
    "count",
    "end_audit",
    "end_hold",
    "enter_date",
    "enter_person",
    "explain_missed",
    "name_panel",
    "new_case",
    "note_audit_read",
    "note_details_read",
    "note_read",
    "note_receipt_read",
    "note_referral_read",
    "put_on_hold",
    "record_decision",
    "refer",
    "register_case",
    "remove_date",
    "remove_person",
    "reopen_case",
    "take_over",
]
