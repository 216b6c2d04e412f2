"""
Sessions in the database as Django keeps them, but sealed, and found by a query whose SQL is written once.

A form that is sent after the moment in which somebody confirmed that it is they waits in their session until they have
confirmed it again. So a session can hold what is encrypted everywhere else, such as the name of somebody in a case.
"""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from mktogether.lib import encryption
from mktogether.lib.prepared import PreparedModels

ALIVE = PreparedModels(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now), key=CharField(), now=DateTimeField()
)


class SessionStore(db.SessionStore):
    """Keeps and reads as its parent does, but sealed. One that cannot be opened is none: its owner signs in again."""

    def encode(self, session_dict):
        return encryption.seal(super().encode(session_dict))

    def decode(self, session_data):
        try:
            return super().decode(encryption.unseal(session_data))
        except encryption.Unreadable:
            return {}

    def _get_session_from_db(self):
        found = next(iter(ALIVE(key=self.session_key, now=timezone.now())), None)
        if found is None:
            self._session_key = None
        return found
