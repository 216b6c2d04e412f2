"""What belongs to a case is there for those who are on the case, and for nobody else."""

from mktogether.lib.scoped import ScopedQuerySet
from partnerships.roles import Act
from partnerships.standing import standing_of

CASE = "reviews.Case"


def reached(user):
    """The ids of the cases that ``user`` is on: those that a grant names, less those they are excluded from."""
    standing = standing_of(user)
    return standing.reach(Act.READ_CASE).of(CASE) - standing.excluded(CASE)


class PartOfCaseQuerySet(ScopedQuerySet):
    """Rows with a ``case``: seen as the case is."""

    def seen_by(self, user):
        """Those of the cases that somebody is on."""
        return self.filter(case__in=reached(user), case__area__in=standing_of(user).area_ids)
