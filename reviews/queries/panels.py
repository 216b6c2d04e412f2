"""The panel of a case, what it decided, and who the people in the case are."""

from django.db.models import BigIntegerField

from meetings.models import Meeting
from mktogether.lib.prepared import Prepared
from partnerships.models import Body
from reviews.models import CasePerson, DecisionCorrection, PanelDecision, PanelPlace

FOUND = "about a case that was found for whoever asks"


def panel_of(case):
    """Who sits on the panel of ``case``, by the key of the place; one query."""
    rows = PanelPlace.objects.regardless(FOUND).filter(case=case).select_related("person__agency")
    return {row.key: row.person for row in rows}


DECISIONS_OF = Prepared(
    lambda case: (
        PanelDecision.objects.regardless(FOUND)
        .filter(case=case)
        .order_by("-id")
        .values_list("public_id", "outcome_name", "decided_on")
    ),
    case=BigIntegerField(),
)
PLACES_OF = Prepared(
    lambda case: (
        PanelPlace.objects.regardless(FOUND)
        .filter(case=case)
        .values_list("key", "person__post", "person__agency__short_name")
    ),
    case=BigIntegerField(),
)


def decisions_of(case):
    """What the panel decided about ``case``, the last first: (address part, outcome, day); one query."""
    return DECISIONS_OF(case=case.pk)


def places_of(case):
    """Who sits on the panel of ``case``, by the key of the place: (post, organisation); one query."""
    return {key: (post, agency) for key, post, agency in PLACES_OF(case=case.pk)}


def corrections_of(decision):
    """What was corrected in the record of ``decision``, with who did; one query."""
    rows = DecisionCorrection.objects.regardless(FOUND).filter(decision=decision)
    return list(rows.select_related("by__person"))


def sittings_for(user):
    """The sittings of panels that ``user`` sees, the last first: what a decision can be linked to."""
    found = Meeting.objects.visible_to(user).filter(body__kind=Body.Kind.PANEL, cancelled_at__isnull=True)
    return found.select_related("body").order_by("-starts_at")


def people_in(case):
    """Who the people in ``case`` are; one query."""
    return list(CasePerson.objects.regardless(FOUND).filter(case=case))
