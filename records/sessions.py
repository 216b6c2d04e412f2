"""Where somebody is signed in, and ending that: an ended session is at the door at its next request."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from records import history
from records.session_store import SessionStore

# What browsers call themselves, the more particular first: Edge also says Chrome, and Chrome also says Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Place:
    """One browser in which somebody is signed in."""

    pk: int
    browser: str
    since: datetime
    is_present: bool


def places(user, present_key):
    """
    Where ``user`` is signed in, the latest first, in two queries: sessions that hold still, and no others.

    ``present_key`` is the key of the session that asks. A session of before a change of the password is over.
    """
    rows = list(UserSession.objects.filter(user=user).order_by("-created_at", "-pk"))
    alive = _alive([row.session_key for row in rows], user)
    return [
        Place(row.pk, browser_in_words(row.user_agent), row.created_at, row.session_key == present_key)
        for row in rows
        if row.session_key in alive
    ]


def _alive(keys, user):
    wanted = user.get_session_auth_hash()
    opened = SessionStore().decode
    sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return {
        session.session_key
        for session in sessions
        if constant_time_compare(opened(session.session_data).get(HASH_SESSION_KEY, ""), wanted)
    }


def browser_in_words(user_agent):
    """``Firefox on Windows``, from what the browser says of itself; "Another browser" for what we do not know."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "Another browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser


@transaction.atomic
def end(user, pk, *, by):
    """End the session ``pk`` of ``user``; True where there was one. Whose session it is is looked at here."""
    return _end(UserSession.objects.filter(user=user, pk=pk), user, by) > 0


@transaction.atomic
def end_others(user, present_key, *, by):
    """End every session of ``user`` but the one that asks; return how many there were."""
    return _end(UserSession.objects.filter(user=user).exclude(session_key=present_key), user, by)


@transaction.atomic
def end_all(user, *, by):
    """End every session of ``user``; return how many there were."""
    return _end(UserSession.objects.filter(user=user), user, by)


@transaction.atomic
def forget_over(now):
    """Forget sessions that are over, with what was kept of each: the browser and its network address."""
    Session.objects.filter(expire_date__lte=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def _end(rows, user, by):
    """Delete the sessions themselves, and not only the list of them."""
    keys = list(rows.values_list("session_key", flat=True))
    if keys:
        Session.objects.filter(session_key__in=keys).delete()
        rows.delete()
        history.record("sessions.ended", user, by=by, changes={"sessions": (len(keys), 0)})
    return len(keys)
