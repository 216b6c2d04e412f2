"""Checking the history: the first thing that is wrong with it, as a sentence. Reads a few thousand rows at a time."""

import hmac

from django.db.models import Count, Exists, OuterRef

from records.history.sealing import FIRST_DIGEST
from records.history.signing import chained, is_signed
from records.models import Event, Seal

AT_A_TIME = 2000


def verify(*heads):
    """
    The first thing that is wrong with the history, as a sentence; None when it is whole.

    ``heads`` are heads that were noted down earlier, outside the database, as ``POSITION:DIGEST``. Without one, a chain
    whose end was cut off, or whose end was taken away and sealed anew by whoever has the key, looks whole: nothing
    inside the database can tell.
    """
    noted = {}
    for head in heads:
        position, _colon, digest = head.partition(":")
        noted.setdefault(int(position), set()).add(digest)
    return _chain(noted) or _tail() or _gone()


def _chain(noted):
    """What is wrong with the sealed events, seen by themselves and against the heads in ``noted``, by position."""
    digest, position = FIRST_DIGEST, 0
    signatures_began = False
    seals = Seal.objects.select_related("event").order_by("position")
    for position, sealed in enumerate(seals.iterator(chunk_size=AT_A_TIME), start=1):
        event = sealed.event
        if sealed.position != position:
            return f"Seal {position}, or the event that it seals, is missing."
        digest = chained(digest, event)
        if not hmac.compare_digest(digest, sealed.digest):
            return f"Event {event.pk} or one before it was changed after it was sealed."
        signatures_began = signatures_began or bool(event.signature)
        if signatures_began and not is_signed(event):
            return f"Event {event.pk} was not written by the portal, or was changed before it was sealed."
        if noted.pop(position, {digest}) != {digest}:
            return f"The history up to seal {position} is not the one that the noted head tells of."
    if Seal.objects.count() != position:
        return f"Seal {position + 1}, or the event that it seals, is missing."
    if noted:
        last = max(noted)
        return f"The history ends at seal {position}, and the noted head is seal {last}: its end was cut off."
    return None


def _tail():
    """What is wrong with the events that wait for their seal."""
    waiting = Event.objects.filter(seal__isnull=True).order_by("id")
    for event in waiting.iterator(chunk_size=AT_A_TIME):
        if not is_signed(event):
            return f"Event {event.pk}, which is not sealed yet, was changed or was not written by the portal."
    return None


def _gone():
    """An event that a later one saw and that is not there, or one that is there twice."""
    seen = Event.objects.filter(pk=OuterRef("after"))
    witness = Event.objects.filter(after__gt=0).filter(~Exists(seen)).order_by("id").first()
    if witness is not None:
        return f"Event {witness.after} is missing: it was there when event {witness.pk} was written."
    signed = Event.objects.filter(signature__isnull=False).order_by("signature").values("signature")
    twice = signed.annotate(times=Count("id")).filter(times__gt=1).first()
    if twice is not None:
        first = Event.objects.filter(signature=twice["signature"]).order_by("-id").first()
        return f"Event {first.pk} is a copy of an earlier one."
    return None
