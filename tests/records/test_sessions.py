"""Where somebody is signed in: in words, no longer than it holds, and forgotten afterwards."""

import datetime as dt

import pytest
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from mktogether.celery import app
from records import sessions
from records.tasks import forget_sessions
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
MOZILLA = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"


def sign_in(user):
    client = Client()
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    return client


@pytest.fixture
def user():
    return UserFactory()


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (f"{MOZILLA} Chrome/126.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit Version/17.5 Safari/605.1", "Safari on a Mac"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/126.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0", "Firefox on Android"),
        ("curl/8.0", "Another browser"),
        ("", "Another browser"),
    ],
)
def test_a_browser_is_named_in_words(says, words):
    assert sessions.browser_in_words(says) == words


def test_a_session_of_before_a_change_of_the_password_is_not_listed(user):
    sign_in(user)
    assert len(sessions.places(user, "")) == 1
    user.set_password("another long password")
    user.save()
    assert sessions.places(user, "") == []


def test_a_session_that_ran_out_is_not_listed(user):
    sign_in(user)
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    assert sessions.places(user, "") == []


def test_what_is_over_is_forgotten_with_its_network_address_and_what_holds_stays(user):
    sign_in(user)
    over = UserSession.objects.get().session_key
    sign_in(user)
    Session.objects.filter(session_key=over).update(expire_date=timezone.now())
    forget_sessions()
    assert UserSession.objects.count() == Session.objects.count() == 1
    assert not UserSession.objects.filter(session_key=over).exists()


def test_each_hour_what_is_over_is_forgotten(settings):
    (scheduled,) = (entry for entry in settings.CELERY_BEAT_SCHEDULE.values() if entry["task"] == forget_sessions.name)
    assert scheduled["schedule"] == 3600
    assert scheduled["task"] in app.tasks


def test_listing_asks_as_often_for_many_sessions(user, django_assert_num_queries):
    for _ in range(12):
        sign_in(user)
    with django_assert_num_queries(2):
        assert len(sessions.places(user, "")) == 12


@pytest.fixture
def waiting(user):
    """Somebody with a form that waits until they have confirmed that it is they."""
    client = sign_in(user)
    session = client.session
    session[STATE_SESSION_KEY] = {"request": "Alex Sample"}
    session.save()
    return client


def test_a_form_that_waits_in_a_session_is_not_to_be_read_in_the_database(waiting):
    kept = Session.objects.get(session_key=waiting.session.session_key)
    assert waiting.session[STATE_SESSION_KEY] == {"request": "Alex Sample"}
    assert db.SessionStore().decode(kept.session_data) == {}


def test_a_session_without_one_is_kept_as_ever(waiting):
    session = waiting.session
    del session[STATE_SESSION_KEY]
    session.save()
    kept = Session.objects.get(session_key=session.session_key)
    assert db.SessionStore().decode(kept.session_data).keys() == session.keys()


def test_whose_sealed_session_cannot_be_opened_signs_in_again(waiting, settings):
    assert waiting.get("/me/").status_code == 200
    settings.CASE_DETAILS_KEYS = [Fernet.generate_key().decode()]
    assert waiting.get("/me/").status_code == 302
