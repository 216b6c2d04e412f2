"""Pictures in reports: made small when they come (mktogether/lib/pictures), and handed out as the report itself is."""

from django.db.models import Q

from mktogether.lib.pictures import Small, Unusable, made_small
from records import files
from reports.models import Report

__all__ = ["KIND", "Small", "Unusable", "made_small", "register", "whose"]

KIND = "report-picture"


def register():
    """Make known who may read pictures: whoever reads the report that they belong to."""
    files.register(KIND, whose, of=Report)


def whose(user):
    """The condition under which a stored picture is one that ``user`` may have."""
    return Q(target_id__in=Report.objects.visible_to(user).values("pk"))
