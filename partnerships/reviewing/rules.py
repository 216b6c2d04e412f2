"""Who begins reviews of access, who goes through one, and when it can be closed."""

from django.utils import timezone

from mktogether.lib.verdict import ALLOWED, refused
from partnerships.models import AccessReview
from partnerships.reviewing import sight
from partnerships.roles import Act
from partnerships.standing import standing_of


def may_begin(user):
    """The team and the information governance lead begin the review of a quarter, for everybody in one act."""
    if standing_of(user).reach(Act.BEGIN_REVIEWS).area:
        return ALLOWED
    return refused("Only the support team and the information governance lead begin a review of access.")


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
    theirs = AccessReview.objects.visible_to(user).filter(sight.to_go_through(user))
    if not theirs.filter(pk=review.pk).exists():
        return refused(_whose(review))
    if review.is_closed:
        return refused("This review is closed. Its answers stay as they are.")
    return ALLOWED


def may_take_back(user, line):
    """Whoever answered a line takes that back; others who go through the review can still end what it is about."""
    if line.answered_by_id == user.pk:
        return ALLOWED
    return refused("Somebody else said that this is still right. If it is not, end it.")


def _whose(review):
    kept = sight.administered(timezone.now()).filter(person__agency=review.agency_id)
    if review.agency_id is not None and kept.exists():
        return f"Only the administrator of {review.agency} goes through this review."
    return "Only the information governance lead goes through this review: there is no agency administrator for it."
