"""Sessions in the database as Django keeps them, found by a query whose SQL is written once: every request asks it."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from mktogether.lib.prepared import PreparedModels

ALIVE = PreparedModels(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now), key=CharField(), now=DateTimeField()
)


class SessionStore(db.SessionStore):
    """Reads as its parent does, and leaves all else to it."""

    def _get_session_from_db(self):
        found = next(iter(ALIVE(key=self.session_key, now=timezone.now())), None)
        if found is None:
            self._session_key = None
        return found
