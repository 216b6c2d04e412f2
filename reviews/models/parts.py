"""What belongs to a case is there for those who are on the case, and for nobody else."""

from mktogether.lib.scoped import ScopedQuerySet
from reviews.models.cases import Case


class PartOfCaseQuerySet(ScopedQuerySet):
    """Rows with a ``case``: seen as the case is."""

    def seen_by(self, user):
        """Those of the cases that somebody is on."""
        return self.filter(case__in=Case.objects.visible_to(user).values("pk"))
