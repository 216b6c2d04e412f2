"""Reads of the structure for pages: plain values, in a number of queries that does not grow with the rows."""

from django.db.models import BigAutoField, DateField, Q

from mktogether.lib.among import Numbers
from mktogether.lib.prepared import Prepared, PreparedModels
from partnerships.models import Arrangement, Body, Line, TermsOfReference
from partnerships.standing import standing_of

KNOWN = "of areas whose structure the reader knows"
BESIDE = ("id", "name", "slug", "reports_to_id", "succeeded_by_id", "earlier_structure", "closed_on", "order")
NAMED_IN_TERMS = ("sponsor", "chair_agency", "vice_agency")


OF_BODY = PreparedModels(
    lambda body: (
        TermsOfReference.objects.filter(body=body).select_related("arrangement", *NAMED_IN_TERMS).order_by("-starts_on")
    ),
    body=BigAutoField(),
)


def terms_of(body):
    """Every version of the terms of ``body``, the latest first, with what their words need; one query."""
    return OF_BODY(body=body.pk)


def in_force(versions, day):
    """Of ``versions`` the one that holds on ``day``; None where there is none."""
    return next((one for one in versions if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on)), None)


EDITION = PreparedModels(
    lambda areas, day: Arrangement.objects.regardless(KNOWN).filter(area__pk__among=areas).in_force_on(day)[:1],
    areas=Numbers(),
    day=DateField(),
)


def edition_on(user, day):
    """The edition that the portal applies on ``day`` in an area of ``user``; None where there is none."""
    return next(iter(EDITION(areas=standing_of(user).structure_of, day=day)), None)


LINES = PreparedModels(
    lambda body, day: (
        Line.objects.in_force_on(day)
        .filter(Q(body=body) | Q(to_body=body))
        .select_related("body", "to_body", "to_agency")
        .order_by("order", "id")
    ),
    body=BigAutoField(),
    day=DateField(),
)


NEXT_TO = Prepared(
    lambda areas, body, ends: (
        Body.objects.regardless(KNOWN)
        .of_area(areas)
        .filter(Q(reports_to=body) | Q(succeeded_by=body) | Q(pk__among=ends))
        .order_by("order", "name")
        .values_list(*BESIDE)
    ),
    areas=Numbers(),
    body=BigAutoField(),
    ends=Numbers(),
)


def around(body, day, user):
    """
    What stands around ``body``, of what ``user`` may see, as ((up, down), (below, before)); two queries.

    ``up`` and ``down`` are the lines from and to it on ``day``, ``below`` what reports to it today, and ``before`` what
    it came after.
    """
    lines = LINES(body=body.pk, day=day)
    ends = {pk for line in lines for pk in (line.body_id, line.to_body_id) if pk is not None}
    found = NEXT_TO(areas=standing_of(user).structure_of, body=body.pk, ends=ends)
    rows = [dict(zip(BESIDE, row, strict=True)) for row in found]
    seen = {None, *(row["id"] for row in rows)}
    lines = [line for line in lines if line.body_id in seen and line.to_body_id in seen]
    return (
        ([line for line in lines if line.body_id == body.pk], [line for line in lines if line.to_body_id == body.pk]),
        (
            [row for row in rows if row["reports_to_id"] == body.pk],
            [row for row in rows if row["succeeded_by_id"] == body.pk],
        ),
    )
