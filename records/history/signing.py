"""Keyed hashes: of values, of an event when it is written, and of an event after the one before it in the chain."""

import hashlib
import hmac
import json
import secrets

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

NONCE = 16  # hexadecimal digits before the hash of a signature, so that no two events have the same one


def keyed_hash(value):
    """A hash that tells whether a value was the same, and nothing of what it was, to whoever lacks the key."""
    return _hmac(json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True))


def signature(event, nonce=""):
    """What whoever lacks the key cannot write under an event: a nonce, and the hash of it and the event's content."""
    nonce = nonce or secrets.token_hex(NONCE // 2)
    return nonce + _hmac(f"signature {nonce} {_content(event)}")


def is_signed(event):
    """Whether the event is as the portal wrote it."""
    signed = event.signature or ""
    return len(signed) > NONCE and hmac.compare_digest(signed, signature(event, signed[:NONCE]))


def chained(previous, event):
    """The digest of ``event`` after the digest ``previous``."""
    content = [event.pk, *_first_columns(event)]
    if event.signature:
        content += [*_later_columns(event), event.signature]
    return _hmac(previous + json.dumps(content, sort_keys=True))


def _content(event):
    """All of an event but its id, which it has only once it is written: that is what the chain covers."""
    return json.dumps([*_first_columns(event), *_later_columns(event)], sort_keys=True)


def _first_columns(event):
    """What events had from the first on; those from before there were signatures are sealed with these alone."""
    return [
        event.at.isoformat(),
        event.area_id,
        event.actor_id,
        event.verb,
        event.target,
        event.target_id,
        event.fields,
    ]


def _later_columns(event):
    return [event.within, event.within_id, event.details, event.after]


def _hmac(text):
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()


def _key():
    return hashlib.sha256(b"history" + settings.HISTORY_KEY.encode()).digest()
