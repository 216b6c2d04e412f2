"""Cases: the register, need to know, referrals, deadlines, panels, details; and the published counts of a year."""

from reviews.models.audits import Audit, AuditedCase
from reviews.models.cases import Case
from reviews.models.counts import YearCount
from reviews.models.deadlines import CaseDate, CaseDeadline, CaseHold
from reviews.models.details import CasePerson
from reviews.models.panels import DecisionCorrection, PanelDecision, PanelPlace
from reviews.models.referrals import Referral

__all__ = [
    "Audit",
    "AuditedCase",
    "Case",
    "CaseDate",
    "CaseDeadline",
    "CaseHold",
    "CasePerson",
    "DecisionCorrection",
    "PanelDecision",
    "PanelPlace",
    "Referral",
    "YearCount",
]
