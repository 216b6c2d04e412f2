"""Who begins reviews of access, who goes through one, and when it can be closed."""

from django.utils import timezone

from mktogether.lib.verdict import ALLOWED, refused
from partnerships.models import Office
from partnerships.roles import Act
from partnerships.standing import standing_of

ADMINISTRATOR = Office.Kind.AGENCY_ADMINISTRATOR


def may_begin(user):
    """The team and the information governance lead begin the review of a quarter, for everybody in one act."""
    if standing_of(user).reach(Act.BEGIN_REVIEWS).area:
        return ALLOWED
    return refused("Only the MK Together Team and the information governance lead begin a review of access.")


def may_review_any(user):
    """Whether there are reviews that they begin, read or go through."""
    standing = standing_of(user)
    if standing.reach(Act.BEGIN_REVIEWS) or standing.reach(Act.REVIEW_ACCESS):
        return ALLOWED
    return refused("Reviews of access are for those who go through them, and those who begin them.")


def may_answer(user, review):
    """
    Whether ``user`` goes through ``review``: the administrator of its organisation, or where there is none (or no
    organisation) the information governance lead; and nobody once it is closed.
    """
    standing = standing_of(user)
    if review.area_id not in standing.area_ids:
        return refused("This review belongs to another area.")
    if not _goes_through(standing.reach(Act.REVIEW_ACCESS), review):
        return refused(_whose(review))
    if review.is_closed:
        return refused("This review is closed. Its answers stay as they are.")
    return ALLOWED


def _goes_through(reach, review):
    if reach.agency is not None and reach.agency == review.agency_id:
        return True
    return reach.unadministered and lacks_administrator(review.agency_id)


def _whose(review):
    if lacks_administrator(review.agency_id):
        return "Only the information governance lead goes through this review: there is no agency administrator for it."
    return f"Only the administrator of {review.agency} goes through this review."


def lacks_administrator(agency_id):
    """Whether nobody who can sign in administers the organisation now, or there is none (None)."""
    return agency_id is None or not administered(timezone.now()).filter(person__agency=agency_id).exists()


def administered(at):
    """The specified roles of agency administrators who can sign in."""
    return Office.objects.in_force(at).filter(kind=ADMINISTRATOR, person__user__is_active=True)
