"""
The history of who did and read what: written with each act, signed, sealed in a chain, and checked.

Acts say ``history.record(...)``, views of what is sensitive ``history.read(...)``; the clock seals and notes heads, and
``manage.py verify_history`` checks. The words of each verb stand in ``verbs``; docs/history.md is the whole on a page.
"""

from records.history.checking import verify
from records.history.sealing import head, seal, unsealed
from records.history.signing import chained, keyed_hash
from records.history.writing import ON_BEHALF_OF, changed, read, record

__all__ = ["ON_BEHALF_OF", "chained", "changed", "head", "keyed_hash", "read", "record", "seal", "unsealed", "verify"]
