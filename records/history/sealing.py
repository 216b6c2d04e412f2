"""Sealing: events get their place in the chain, in order, by one process each minute."""

from django.db import IntegrityError, transaction

from records.history.signing import chained
from records.models import Event, Seal

FIRST_DIGEST = "0" * 64


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
    """How many events wait for their seal."""
    return Event.objects.filter(seal__isnull=True).count()


def head():
    """Where the chain ends, as ``POSITION:DIGEST``; empty while nothing is sealed. Kept elsewhere, it is an anchor."""
    last = Seal.objects.order_by("-position").first()
    return f"{last.position}:{last.digest}" if last else ""
