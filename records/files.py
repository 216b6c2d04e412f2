"""Private files: stored under their id, read only by whom their owner's rule lets."""

import hashlib
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import transaction

from mktogether.lib.verdict import refused
from records.models import StoredFile

# kind of file -> may_read(user, stored_file) -> Verdict. Filled by the apps above in AppConfig.ready().
READERS: dict[str, Callable] = {}


def register_reader(kind, may_read):
    """Let ``may_read(user, stored_file)`` decide who reads files of ``kind``; without a rule, nobody reads them."""
    READERS[kind] = may_read


def may_read(user, stored_file):
    """Whether ``user`` may read ``stored_file``, by the rule of its kind."""
    rule = READERS.get(stored_file.kind)
    if rule is None:
        return refused("No rule says who may read this file.")
    return rule(user, stored_file)


def store(content, *, kind, target, name, content_type, by):
    """
    Keep ``content`` (bytes) as a private file of ``target`` and return its row.

    The storage gives its name to a file only when it is complete; a row that is rolled back leaves at most an
    unnamed copy behind, which no route can reach.
    """
    stored_file = StoredFile(
        area_id=target.area_id,
        kind=kind,
        target_id=target.pk,
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
