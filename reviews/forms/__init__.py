"""The forms around referrals and cases. Each keeps what was typed when it is refused."""

from reviews.forms.audits import AuditForm, EndAuditForm
from reviews.forms.cases import CloseForm, LineForm, RegisterForm, ReopenForm, SecondForm
from reviews.forms.dating import DateForm, EndHoldForm, HoldForm, RemoveDateForm, WhyMissedForm
from reviews.forms.details import PersonForm, RemovePersonForm
from reviews.forms.panels import CorrectionForm, DecisionForm, PanelForm
from reviews.forms.referrals import AcceptForm, CloseReferralForm, ReferForm

__all__ = [
    "AcceptForm",
    "AuditForm",
    "CloseForm",
    "CloseReferralForm",
    "CorrectionForm",
    "DateForm",
    "DecisionForm",
    "EndAuditForm",
    "EndHoldForm",
    "HoldForm",
    "LineForm",
    "PanelForm",
    "PersonForm",
    "ReferForm",
    "RegisterForm",
    "RemoveDateForm",
    "RemovePersonForm",
    "ReopenForm",
    "SecondForm",
    "WhyMissedForm",
]
