"""Letting in and keeping out. Each act is atomic, signed, and writes its history in the same transaction."""

from partnerships.granting.actions.auditing import audit, end_audited
from partnerships.granting.actions.deciding import approve_grant, end_grant, refuse_grant, review_grant
from partnerships.granting.actions.emergencies import ask_by_reference, ask_for_emergency, close_emergency
from partnerships.granting.actions.exclusions import end_exclusion, exclude
from partnerships.granting.actions.guests import enter_guest
from partnerships.granting.actions.proposing import propose_grant, propose_guest, take_case_leads

__all__ = [
    "approve_grant",
    "ask_by_reference",
    "ask_for_emergency",
    "audit",
    "close_emergency",
    "end_audited",
    "end_exclusion",
    "end_grant",
    "enter_guest",
    "exclude",
    "propose_grant",
    "propose_guest",
    "refuse_grant",
    "review_grant",
    "take_case_leads",
]
