"""Writing history: one line for each act, in the transaction of the act."""

import hashlib
import hmac
import json

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from records.models import EarlierValue, Event, Seal

FIRST_DIGEST = "0" * 64


def record(verb, target, *, by, area_id=None, changes=None):
    """
    Write that ``by`` (an account, or None for the portal itself) did ``verb`` to ``target``.

    ``changes`` maps a field's name to its value before and after. The event keeps a keyed hash of the value after;
    the value before goes to the store that retention may purge. Raises RuntimeError outside a transaction: an act
    and its history are written together or not at all.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("history.record() needs the transaction of the act that it tells of")
    changes = {field: (_plain(before), _plain(after)) for field, (before, after) in (changes or {}).items()}
    event = Event.objects.create(
        at=timezone.now(),
        area_id=area_id if area_id is not None else getattr(target, "area_id", None),
        actor_id=by.pk if by else None,
        verb=verb,
        target=target._meta.label,
        target_id=target.pk,
        fields={field: keyed_hash(after) for field, (_before, after) in changes.items()},
    )
    EarlierValue.objects.bulk_create(
        EarlierValue(event=event, field=field, value=before)
        for field, (before, _after) in changes.items()
        if before is not None
    )
    return event


def changed(instance, **values):
    """Set ``values`` on ``instance`` and return the changes as ``record`` wants them; fields that stay are left out."""
    changes = {}
    for field, value in values.items():
        before = getattr(instance, field)
        if before != value:
            changes[field] = (before, value)
            setattr(instance, field, value)
    return changes


def keyed_hash(value):
    """A hash that tells whether a value was the same, and nothing of what it was, to whoever lacks the key."""
    text = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True)
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()


def seal(limit=10_000):
    """
    Chain the events that are not sealed yet, oldest first, and return how many.

    Each seal's digest covers the event and the digest before it, so that a changed, deleted or reordered event shows.
    Of two sealers at once one does the work: the position is unique, and the other's transaction fails whole.
    """
    try:
        with transaction.atomic():
            return _seal(limit)
    except IntegrityError:
        return 0


def _seal(limit):
    last = Seal.objects.order_by("-position").first()
    digest, position = (last.digest, last.position) if last else (FIRST_DIGEST, 0)
    seals = []
    for event in Event.objects.filter(seal__isnull=True).order_by("id")[:limit]:
        position += 1
        digest = chained(digest, event)
        seals.append(Seal(position=position, event=event, digest=digest))
    Seal.objects.bulk_create(seals)
    return len(seals)


def unsealed():
    """How many events wait for their seal: until then nothing tells if one of them is changed or taken away."""
    return Event.objects.filter(seal__isnull=True).count()


def head():
    """Where the chain ends, as ``POSITION:DIGEST``; empty while nothing is sealed. Kept elsewhere, it is an anchor."""
    last = Seal.objects.order_by("-position").first()
    return f"{last.position}:{last.digest}" if last else ""


def verify(anchor=""):
    """
    The first thing that is wrong with the sealed chain, as a sentence; None when it is whole.

    ``anchor`` is a head that was noted down earlier, outside the database. Without one, a chain whose end was cut off,
    or whose end was taken away and sealed anew, looks whole: nothing inside the database can tell.
    """
    digest = FIRST_DIGEST
    expected = 0
    anchored_at, _colon, anchored = anchor.partition(":")
    for sealed in Seal.objects.select_related("event").order_by("position").iterator():
        expected += 1
        if sealed.position != expected:
            return f"Seal {expected}, or the event that it seals, is missing."
        digest = chained(digest, sealed.event)
        if not hmac.compare_digest(digest, sealed.digest):
            return f"Event {sealed.event_id} or one before it was changed after it was sealed."
        if str(expected) == anchored_at and not hmac.compare_digest(digest, anchored):
            return f"The history up to seal {expected} is not the one that the noted head tells of."
    if Seal.objects.count() != expected:
        return f"Seal {expected + 1}, or the event that it seals, is missing."
    if anchor and expected < int(anchored_at):
        return f"The history ends at seal {expected}, and the noted head is seal {anchored_at}: its end was cut off."
    return None


def chained(previous, event):
    """The digest of ``event`` after the digest ``previous``."""
    content = [
        event.pk,
        event.at.isoformat(),
        event.area_id,
        event.actor_id,
        event.verb,
        event.target,
        event.target_id,
        event.fields,
    ]
    text = previous + json.dumps(content, sort_keys=True)
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()


def _plain(value):
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _key():
    return hashlib.sha256(b"history" + settings.HISTORY_KEY.encode()).digest()
