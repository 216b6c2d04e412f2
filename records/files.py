"""Private files: stored under their id, read only by whom their owner's rule lets."""

import contextlib
import hashlib
import uuid
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError, Q

from records.models import StoredFile
from records.models.work import storage_name

# kind of file -> rule(user) -> Q: which files of that kind somebody reads. Filled by the apps in AppConfig.ready().
RULES: dict[str, Callable] = {}
# kind of file -> label of the model whose things such files belong to, as the history names them.
OWNERS: dict[str, str] = {}


def register(kind, rule, *, of=None):
    """
    Let ``rule(user)`` say, as a condition on stored files, which of ``kind`` somebody reads; without one, none.

    ``of`` is the model whose things such files belong to. Without it, that somebody read a file of this kind is told
    to nobody but those who may read the file.
    """
    RULES[kind] = rule
    if of is not None:
        OWNERS[kind] = of._meta.label


def owner(kind, target_id):
    """What a file or a job of ``kind`` belongs to, as the history names it; None where nobody said."""
    return (OWNERS[kind], target_id) if kind in OWNERS else None


def visible(user):
    """The condition under which ``user`` reads a stored file, by the rules of all kinds."""
    return any_of(user, RULES)


def any_of(user, rules):
    """Rows of a kind that has a rule, as far as that rule lets ``user``."""
    condition = Q(pk__in=[])
    for kind, rule in rules.items():
        condition |= Q(kind=kind) & rule(user)
    return condition


def store(content, *, kind, target, name, content_type, by, audience="", public_id=None):
    """
    Keep ``content`` (bytes) as a private file of ``target`` and return its row.

    ``audience`` names those for whom it was made apart; see the rule of its kind. ``public_id`` is the name that a job
    gives to what it makes (``Job.file_id``), so that nothing of a killed attempt stays behind.

    The storage gives its name to a file only when it is complete; a row that is rolled back leaves at most an
    unnamed copy behind, which no route can reach.
    """
    stored_file = StoredFile(
        public_id=public_id or uuid.uuid4(),
        area_id=target.area_id,
        kind=kind,
        target_id=target.pk,
        audience=audience,
        name=name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_by=by,
    )
    stored_file.file.save(name, ContentFile(content), save=False)
    try:
        with transaction.atomic():
            stored_file.save()
    except Exception:
        stored_file.file.delete(save=False)
        raise
    return stored_file


@transaction.atomic
def discard(stored_file):
    """Remove a file that nobody was given. Raises ProtectedError when something points at it after all."""
    stored_file.delete()
    transaction.on_commit(lambda: stored_file.file.delete(save=False))


def clear(public_id):
    """Remove what a worker that was killed left under ``public_id``: a file without its row, or both unused."""
    stored_file = StoredFile(public_id=public_id)
    rows = StoredFile.objects.regardless("the portal tidies up after its own work").filter(public_id=public_id)
    found = rows.first()
    if found is None:
        stored_file.file.storage.delete(storage_name(stored_file, ""))
        return
    with contextlib.suppress(ProtectedError):  # somebody was given it after all
        discard(found)
