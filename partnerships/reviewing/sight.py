"""Who sees which reviews of access; the queryset of the model asks here."""

from django.db.models import Q
from django.utils import timezone

from partnerships.models import Office
from partnerships.roles import Act
from partnerships.standing import standing_of


def reviews(rows, user):
    """All of the area for those who begin reviews; those of one's own organisation; those that nobody administers."""
    standing = standing_of(user)
    of_area = rows.filter(area__in=standing.area_ids)
    if standing.reach(Act.BEGIN_REVIEWS).area:
        return of_area
    return of_area.filter(to_go_through(user))


def to_go_through(user):
    """
    The condition that ``user`` goes through a review of their area.

    It is that of the organisation which they administer; and, for the information governance lead, all that nobody
    administers.
    """
    reach = standing_of(user).reach(Act.REVIEW_ACCESS)
    theirs = Q(agency=reach.agency) if reach.agency is not None else Q(pk__in=[])
    if reach.unadministered:
        kept = administered(timezone.now()).filter(person__agency__isnull=False).values("person__agency")
        theirs |= Q(agency__isnull=True) | ~Q(agency__in=kept)
    return theirs


def administered(at):
    """The specified roles of agency administrators who can sign in: nobody else could go through a review."""
    rows = Office.objects.in_force(at)
    return rows.filter(kind=Office.Kind.AGENCY_ADMINISTRATOR, person__user__is_active=True)
