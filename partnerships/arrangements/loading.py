"""
Loading a file of arrangements: the portal is brought up to it in one transaction, and each change is a sentence.

Rows are found by natural keys and changed in place; what a file no longer names ends, and nothing is deleted. A second
loading of the same file changes nothing.
"""

from django.db import transaction
from django.utils import timezone

from partnerships.arrangements import boards, editions, lines, partners, places, posts, terms
from partnerships.arrangements.settling import Loading
from partnerships.arrangements.source import WrongArrangement
from records import history
from records.models import Area


def load(document, *, by=None, dry_run=False, keep_people=False, today=None):
    """
    Bring the portal up to ``document``, or with ``dry_run`` say what that would change. Answers with the Loading, whose
    ``changes`` are sentences.

    ``keep_people`` leaves members, deputies, chairs and holders of roles alone wherever there has been anybody; without
    it those that the file no longer names end. Raises WrongArrangement, and changes nothing, where the file contradicts
    what is there.
    """
    today = today or timezone.localdate()
    loading = Loading(document, today, keep_people, warnings=list(document.warnings))
    with transaction.atomic():
        _settle(loading)
        _tell(loading, by)
        if dry_run:
            transaction.set_rollback(True)
    return loading


def _settle(loading):
    list(Area.objects.select_for_update(of=("self",)).filter(slug=loading.document.file["area"]["key"]))
    for part in (
        partners.settle_areas,
        editions.find,
        partners.settle,
        editions.settle,
        editions.settle_relevant,
        editions.settle_roles,
        boards.settle,
        terms.settle,
        lines.settle,
        places.settle,
        posts.settle,
        boards.close,
    ):
        part(loading)
        if loading.problems:
            raise WrongArrangement(loading.problems)


def _tell(loading, by):
    """The history of a loading that changed something; one that did not leaves no trace."""
    if not loading.changes:
        return
    area = loading.area.pk
    for edition in loading.ended:
        history.record(
            "arrangement.ended", edition, by=by, area_id=area, changes={"last_day": (None, edition.last_day)}
        )
    for body in loading.closed:
        history.record("board.closed", body, by=by, area_id=area, changes={"closed_on": (None, body.closed_on)})
    history.record(
        "arrangement.loaded", loading.arrangement, by=by, area_id=area, details={"changes": len(loading.changes)}
    )
