"""Of whom somebody may see what they hold; the queryset of people asks here."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from partnerships.models import Appointment, Body, Chairing, Grant, NamedDeputy
from partnerships.models.dated import in_force
from partnerships.models.grounds import grounded
from partnerships.roles import Act
from partnerships.standing import standing_of


def people(rows, user):
    """All of the area, those of one's own organisation, or those with a part on the boards that one chairs."""
    standing = standing_of(user)
    reach = standing.reach(Act.SEE_ACCESS)
    of_area = rows.filter(area__in=standing.area_ids)
    if reach.area:
        return of_area
    own = Q(agency=reach.agency) if reach.agency else Q(pk__in=[])
    return of_area.filter(own | with_a_part_on(reach.bodies, timezone.now()))


def with_a_part_on(body_ids, now):
    """The condition that somebody has a part on one of these boards that is not over at ``now``."""
    theirs = {"person": OuterRef("pk")}
    not_over = Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    members = Appointment.objects.filter(not_over, seat__body__in=body_ids, **theirs)
    deputies = NamedDeputy.objects.filter(not_over, seat__body__in=body_ids, **theirs)
    chairs = Chairing.objects.filter(not_over, body__in=body_ids, **theirs)
    guests = Grant.objects.regardless("who is let in to a board is known to those who see who reads it").filter(
        in_force(now), grounded(now), subject=Body._meta.label, subject_id__in=body_ids, **theirs
    )
    return Exists(members) | Exists(deputies) | Exists(chairs) | Exists(guests)
