"""Writing history: one line for each act, in the transaction of the act."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.transaction import atomic
from django.utils import timezone

from mktogether.lib.prepared import Prepared
from records.history.signing import keyed_hash, signature
from records.models import EarlierValue, Event

ON_BEHALF_OF = "on_behalf_of"  # the key in an event's details of whom somebody acted for, by id
NOTHING = ("", 0)  # where an event has no object, such as a sign-in with an address that nobody has


def record(verb, target, *, by, area_id=None, within=None, details=None, changes=None):
    """
    Write that ``by`` (an account, or None for the portal itself) did ``verb`` to ``target`` (None: to no object).

    ``within`` is the thing on whose page this is told too, where that is another: the item of a decision, the meeting
    of an attendance; as an instance or as (label of its model, id). ``details`` are ids and counts that belong to the
    event, never content. ``changes`` maps a field's name to its value before and after: the event keeps a keyed hash
    of the value after; the value before goes to the store that retention may purge.

    Raises RuntimeError outside a transaction: an act and its history are written together or not at all.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("history.record() needs the transaction of the act that it tells of")
    changes = {field: (_plain(before), _plain(after)) for field, (before, after) in (changes or {}).items()}
    label, pk = _reference(target)
    within_label, within_id = _reference(within) if within is not None else ("", None)
    event = Event(
        at=timezone.now(),
        area_id=next((found for found in (area_id, _area(target), _area(within)) if found is not None), None),
        actor_id=by.pk if by else None,
        verb=verb,
        target=label,
        target_id=pk,
        within=within_label,
        within_id=within_id,
        fields={field: keyed_hash(after) for field, (_before, after) in changes.items()},
        details=_plain(details or {}),
    )
    write(event)
    EarlierValue.objects.bulk_create(
        EarlierValue(event=event, field=field, value=before)
        for field, (before, _after) in changes.items()
        if before is not None
    )
    return event


@atomic
def read(thing, *, by, verb, method="GET", area_id=None, within=None, details=None):
    """
    Write that ``by`` was shown ``thing``, which is sensitive: one event for each view of its page or file.

    ``verb`` says what of it was read. ``method`` is that of the request: whoever asks for the heads of a page alone
    (HEAD) was shown nothing. Unlike ``record`` it needs no act around it.
    """
    if method == "HEAD":
        return None
    return record(verb, thing, by=by, area_id=area_id, within=within, details=details)


def write(event):
    """Sign ``event``, which says by ``after`` what was the newest event when it was written, and keep it."""
    newest = NEWEST()
    event.after = newest[0][0] if newest else 0
    event.signature = signature(event)
    event.save(force_insert=True)


NEWEST = Prepared(lambda: Event.objects.order_by("-id").values_list("id")[:1])


def changed(instance, **values):
    """Set ``values`` on ``instance`` and return the changes as ``record`` wants them; fields that stay are left out."""
    changes = {}
    for field, value in values.items():
        before = getattr(instance, field)
        if before != value:
            changes[field] = (before, value)
            setattr(instance, field, value)
    return changes


def _reference(thing):
    if thing is None:
        return NOTHING
    return thing if isinstance(thing, tuple) else (thing._meta.label, thing.pk)


def _area(thing):
    return getattr(thing, "area_id", None)


def _plain(value):
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
