"""Reads of the structure for pages: plain values, in a number of queries that does not grow with the rows."""

from django.db.models import Q

from partnerships.models import Arrangement, Body, Line

TERMS_WITH = ("arrangement", "sponsor", "chair_agency", "vice_agency")


def terms_of(body):
    """Every version of the terms of ``body``, the latest first, with what their words need; one query."""
    return list(body.terms.select_related(*TERMS_WITH).order_by("-starts_on"))


def in_force(versions, day):
    """Of ``versions`` the one that holds on ``day``; None where there is none."""
    return next((one for one in versions if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on)), None)


def edition_on(user, day):
    """The edition that the portal applies on ``day`` in an area of ``user``; None where there is none."""
    return Arrangement.objects.visible_to(user).in_force_on(day).first()


def lines_of(body, day, user):
    """The lines from and to ``body`` on ``day`` between what ``user`` may see, as (up, down); one query."""
    seen = Body.objects.visible_to(user).values("pk")
    ends = Q(body=body) & (Q(to_body__isnull=True) | Q(to_body__in=seen)) | Q(to_body=body, body__in=seen)
    found = Line.objects.in_force_on(day).filter(ends).select_related("body", "to_body", "to_agency")
    rows = list(found.order_by("order", "id"))
    return [row for row in rows if row.body_id == body.pk], [row for row in rows if row.to_body_id == body.pk]


def beside(body, user):
    """What reports to ``body`` and what it came after, as (below, before); one query."""
    around = Body.objects.visible_to(user).filter(Q(reports_to=body) | Q(succeeded_by=body)).order_by("order", "name")
    rows = list(around.values("name", "slug", "reports_to_id", "succeeded_by_id", "earlier_structure", "closed_on"))
    return (
        [row for row in rows if row["reports_to_id"] == body.pk],
        [row for row in rows if row["succeeded_by_id"] == body.pk],
    )
