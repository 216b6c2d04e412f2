"""
Texts encrypted at rest, with keys that lie outside the database.

Fernet of the ``cryptography`` library: each text is sealed with a nonce of its own, so that two alike do not look
alike, and one that was changed cannot be read. The first key of ``CASE_DETAILS_KEYS`` seals; all of them open, so that
a key is changed by putting a new one before it, sealing anew (``manage.py rotate_case_details``), and taking the old
one out.
"""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

LOCKED = "A sealed text cannot be opened: CASE_DETAILS_KEYS lacks its key, or the text was changed."


class Unreadable(Exception):
    """A text was sealed with a key that is not among ours, or was changed since."""


def seal(text):
    """``text`` as it is kept."""
    return _keys(tuple(settings.CASE_DETAILS_KEYS)).encrypt(text.encode()).decode("ascii")


def unseal(sealed):
    """The text that was sealed. Raises Unreadable where none of our keys opens it."""
    try:
        return _keys(tuple(settings.CASE_DETAILS_KEYS)).decrypt(sealed.encode("ascii", "replace")).decode()
    except InvalidToken:
        raise Unreadable(LOCKED) from None


def seal_anew(sealed):
    """The same text sealed with the first key; raises Unreadable as ``unseal`` does."""
    return seal(unseal(sealed))


def is_sealed_with_first(sealed):
    """Whether the first key opens it: then there is nothing to seal anew."""
    try:
        Fernet(settings.CASE_DETAILS_KEYS[0]).decrypt(sealed.encode("ascii", "replace"))
    except InvalidToken:
        return False
    return True


@lru_cache(maxsize=8)
def _keys(keys):
    return MultiFernet([Fernet(key) for key in keys])
