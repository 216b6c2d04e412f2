"""
Sessions in the database as Django keeps them, found by a query whose SQL is written once: every request asks it.

A form that is sent after the moment in which somebody confirmed that it is they waits in their session until they have
confirmed it again. Such a session can hold what is encrypted everywhere else, as the name of somebody in a case, and
is sealed until the form has gone.
"""

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from mktogether.lib import encryption
from mktogether.lib.prepared import PreparedModels

SEALED = "sealed:"  # what Django keeps itself never begins so
ALIVE = PreparedModels(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now), key=CharField(), now=DateTimeField()
)


class SessionStore(db.SessionStore):
    """Keeps as its parent does what holds no form; a sealed session that cannot be opened is none."""

    def encode(self, session_dict):
        kept = super().encode(session_dict)
        return SEALED + encryption.seal(kept) if STATE_SESSION_KEY in session_dict else kept

    def decode(self, session_data):
        if not session_data.startswith(SEALED):
            return super().decode(session_data)
        try:
            return super().decode(encryption.unseal(session_data.removeprefix(SEALED)))
        except encryption.Unreadable:
            return {}

    def _get_session_from_db(self):
        found = next(iter(ALIVE(key=self.session_key, now=timezone.now())), None)
        if found is None:
            self._session_key = None
        return found
