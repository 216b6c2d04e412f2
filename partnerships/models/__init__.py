"""Who makes up a partnership, in which places, by which terms, and when."""

from partnerships.models.agencies import Agency, AgencyAlias
from partnerships.models.arrangements import Arrangement, RelevantAgency, SpecifiedRole
from partnerships.models.bodies import Body, FormerName, Line, PublicContact, Seat
from partnerships.models.grants import Exclusion, Grant
from partnerships.models.people import Appointment, Chairing, NamedDeputy, Office, Person
from partnerships.models.reviews import AccessReview, AccessReviewLine
from partnerships.models.scenarios import Scenario
from partnerships.models.terms import TermsOfReference

__all__ = [
    "AccessReview",
    "AccessReviewLine",
    "Agency",
    "AgencyAlias",
    "Appointment",
    "Arrangement",
    "Body",
    "Chairing",
    "Exclusion",
    "FormerName",
    "Grant",
    "Line",
    "NamedDeputy",
    "Office",
    "Person",
    "PublicContact",
    "RelevantAgency",
    "Scenario",
    "Seat",
    "SpecifiedRole",
    "TermsOfReference",
]
