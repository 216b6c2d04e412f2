"""Sealing the details of cases anew, when their key is changed."""

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Cast

from mktogether.lib.encryption import is_sealed_with_first, seal_anew
from mktogether.lib.sealed import SealedField
from reviews.models import CasePerson

FIELDS = [one.name for one in CasePerson._meta.concrete_fields if isinstance(one, SealedField)]
SEALED = {f"kept_{name}": Cast(F(name), models.TextField()) for name in FIELDS}  # as the database has it, unopened


def seal_all_anew():
    """
    Seal anew what another key than the first sealed, row by row, each in a transaction; how many rows.

    What was done before it is cut off stays done. Raises Unreadable where no key opens something.
    """
    ids = CasePerson.objects.regardless("sealed anew by the portal itself, for nobody's eyes").order_by("pk")
    return sum(_seal_anew(pk) for pk in list(ids.values_list("pk", flat=True)))


@transaction.atomic
def _seal_anew(pk):
    rows = CasePerson.objects.regardless("as above").filter(pk=pk)
    if not rows.select_for_update().values_list("pk"):
        return False
    kept = rows.annotate(**SEALED).values(*SEALED).get()
    anew = {
        name: sealed(seal_anew(kept[f"kept_{name}"]))
        for name in FIELDS
        if kept[f"kept_{name}"] and not is_sealed_with_first(kept[f"kept_{name}"])
    }
    if anew:
        rows.update(**anew)
    return bool(anew)


def sealed(text):
    """A text that is sealed already, for an update that must not seal it twice."""
    return models.Value(text, output_field=models.TextField())
