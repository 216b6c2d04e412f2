"""Who makes up a partnership, in which places, by which terms, and when."""

from partnerships.models.bodies import Agency, Body, PublicContact, Seat, TermsOfReference
from partnerships.models.grants import Exclusion, Grant
from partnerships.models.people import Appointment, Chairing, NamedDeputy, Office, Person
from partnerships.models.reviews import AccessReview, AccessReviewLine
from partnerships.models.scenarios import Scenario

__all__ = [
    "AccessReview",
    "AccessReviewLine",
    "Agency",
    "Appointment",
    "Body",
    "Chairing",
    "Exclusion",
    "Grant",
    "NamedDeputy",
    "Office",
    "Person",
    "PublicContact",
    "Scenario",
    "Seat",
    "TermsOfReference",
]
