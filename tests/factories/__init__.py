"""
One factory for every model.

What they make by default is consistent: everything lies in one area, a member comes from the agency of their place,
and a decision, its item and its meeting belong together. Another area is ``AnotherAreaFactory()``.
"""

from tests.factories.access import AccessReviewFactory, AccessReviewLineFactory, ExclusionFactory, GrantFactory
from tests.factories.boards import (
    AgencyFactory,
    BodyFactory,
    PublicContactFactory,
    ScenarioFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)
from tests.factories.common import LONG_AGO, PASSWORD, this_hour
from tests.factories.finance import (
    BudgetLineFactory,
    ContributionFactory,
    ExplanationFactory,
    FinancialYearFactory,
    PublishedFigureFactory,
)
from tests.factories.meetings import (
    ActionFactory,
    AgendaItemFactory,
    AttendanceFactory,
    CalendarAddressFactory,
    CorrectionFactory,
    DecisionFactory,
    MeetingFactory,
    MeetingRecordFactory,
    PresenceFactory,
    ReplyFactory,
    VerdictChangeFactory,
    VoteFactory,
)
from tests.factories.people import (
    AppointmentFactory,
    ChairingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    PersonFactory,
    TeamMemberFactory,
)
from tests.factories.records import (
    AnotherAreaFactory,
    AreaFactory,
    BrokerMarkFactory,
    DenialCountFactory,
    EarlierValueFactory,
    EventFactory,
    JobFactory,
    OutboxMessageFactory,
    SealFactory,
    StoredFileFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.factories.reviews import CaseFactory, YearCountFactory

__all__ = [
    "LONG_AGO",
    "PASSWORD",
    "AccessReviewFactory",
    "AccessReviewLineFactory",
    "ActionFactory",
    "AgencyFactory",
    "AgendaItemFactory",
    "AnotherAreaFactory",
    "AppointmentFactory",
    "AreaFactory",
    "AttendanceFactory",
    "BodyFactory",
    "BrokerMarkFactory",
    "BudgetLineFactory",
    "CalendarAddressFactory",
    "CaseFactory",
    "ChairingFactory",
    "ContributionFactory",
    "CorrectionFactory",
    "DecisionFactory",
    "DenialCountFactory",
    "EarlierValueFactory",
    "EventFactory",
    "ExclusionFactory",
    "ExplanationFactory",
    "FinancialYearFactory",
    "GrantFactory",
    "JobFactory",
    "MeetingFactory",
    "MeetingRecordFactory",
    "NamedDeputyFactory",
    "OfficeFactory",
    "OutboxMessageFactory",
    "PersonFactory",
    "PresenceFactory",
    "PublicContactFactory",
    "PublishedFigureFactory",
    "ReplyFactory",
    "ScenarioFactory",
    "SealFactory",
    "SeatFactory",
    "StoredFileFactory",
    "SubmissionFactory",
    "TeamMemberFactory",
    "TermsOfReferenceFactory",
    "UserFactory",
    "VerdictChangeFactory",
    "VoteFactory",
    "YearCountFactory",
    "this_hour",
]
