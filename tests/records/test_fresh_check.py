"""Confirming that it is you before something sensitive opens: before anything is looked up, and nothing typed lost."""

import time
import uuid

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client

from partnerships.models import Grant
from records.models import Event
from records.session_store import SessionStore
from reviews.models import Case
from tests.access import walking
from tests.factories import PASSWORD, CaseFactory, GrantFactory, MeetingFactory, TeamMemberFactory, UserFactory

pytestmark = pytest.mark.django_db

CONFIRM = "/account/confirm/"
TEN_MINUTES = 600


@pytest.fixture
def team():
    return TeamMemberFactory.create_batch(2)


@pytest.fixture
def case(team):
    made = CaseFactory()
    GrantFactory(thing=made, lead=True, person=team[0])
    GrantFactory(thing=made, lead=True, person=team[1])
    return made


@pytest.fixture
def client(as_user, team):
    return as_user(team[0].user)


def confirm(client, following, password=PASSWORD, **options):
    return client.post(CONFIRM, {"password": password, "next": following}, **options)


def confirmed_ago(client, seconds):
    """Set the moment of the last confirmation back."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY][-1]["at"] = time.time() - seconds
    session.save()


def asks(answer, path):
    return answer.status_code == 302 and answer["Location"] == f"{CONFIRM}?next={path.replace('/', '%2F')}"


def test_the_page_of_a_grant_asks_where_it_is_about_a_case_alone(client, case, team):
    about_a_case = Grant.objects.get(person=team[0], subject_id=case.pk)
    about_a_meeting = GrantFactory(thing=MeetingFactory(), kind="lay member", proposed_by=team[0])
    for grant, is_asked in ((about_a_case, True), (about_a_meeting, False)):
        path = grant.get_absolute_url()
        assert asks(client.get(path), path) is is_asked
    confirm(client, about_a_case.get_absolute_url())
    assert client.get(about_a_case.get_absolute_url()).status_code == 200


def test_every_page_of_cases_has_it():
    without = [
        name for name, view in walking.routes() if name.startswith("cases:") and not getattr(view, "asks_afresh", False)
    ]
    assert without == []


# --- Asking ---


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_it_asks_first_and_the_same_for_what_is_there_and_what_is_not(client, as_user, case, method):
    somebody = as_user(UserFactory())
    for path in (case.get_absolute_url(), f"/cases/{uuid.uuid4()}/"):
        for asking in (client, somebody):
            assert asks(getattr(asking, method)(path), path)
    assert not Event.objects.filter(verb="case.read").exists()


def test_it_asks_before_anything_is_looked_up(client, case, django_assert_num_queries):
    for path in (case.get_absolute_url(), f"/cases/{uuid.uuid4()}/", "/cases/"):
        with django_assert_num_queries(2):  # the session and the account
            client.get(path)


def test_who_has_confirmed_finds_what_they_asked_for(client, case):
    path = case.get_absolute_url()
    client.get(path)
    answer = confirm(client, path, follow=True)
    assert answer.redirect_chain == [(path, 302)]
    assert case.about in answer.content.decode()


def test_a_wrong_password_opens_nothing(client, case):
    path = case.get_absolute_url()
    assert confirm(client, path, "wrong").status_code == 200
    assert asks(client.get(path), path)


def test_signing_in_alone_is_no_confirmation(case, team):
    client = Client()
    client.post("/sign-in/", {"login": team[0].user.email, "password": PASSWORD})
    path = case.get_absolute_url()
    assert asks(client.get(path), path)


@pytest.mark.parametrize(
    ("seconds", "fresh"), [(0, True), (590, True), (TEN_MINUTES, False), (86_400, False), (-60, False)]
)
def test_it_lasts_ten_minutes_and_begins_in_the_past(client, case, seconds, fresh):
    path = case.get_absolute_url()
    confirm(client, path)
    confirmed_ago(client, seconds)
    assert (client.get(path).status_code == 200) == fresh


def test_the_confirmation_of_somebody_else_in_the_same_browser_counts_for_nothing(client, case, team):
    confirm(client, "/")
    client.force_login(team[1].user)
    path = case.get_absolute_url()
    assert asks(client.get(path), path)


def test_it_ends_with_the_session(client, case, team):
    confirm(client, "/")
    client.post("/sign-out/")
    client.force_login(team[0].user)
    path = case.get_absolute_url()
    assert asks(client.get(path), path)


def test_an_account_without_a_password_is_not_let_through(as_user, case, team):
    team[0].user.set_unusable_password()
    team[0].user.save()
    client = as_user(team[0].user)
    answer = client.get(case.get_absolute_url())
    assert answer.status_code == 403
    assert "Your account has no password to confirm with." in answer.content.decode()


def test_nobody_signed_in_is_asked_to_sign_in_and_not_to_confirm(db, client, case):
    client.logout()
    assert client.get(case.get_absolute_url())["Location"].startswith("/sign-in/?next=")


# --- What was typed ---


def test_a_form_that_came_late_takes_effect_once_it_is_confirmed(client, case, words):
    path = f"{case.get_absolute_url()}close/"
    assert asks(client.post(path, {"because": "Nothing more to learn."}), path)
    assert not Case.objects.get().is_closed
    assert confirm(client, path, "wrong").status_code == 200
    answer = confirm(client, path, follow=True)
    assert answer.redirect_chain == [(case.get_absolute_url(), 302)]
    assert "Nothing more to learn." in words(answer)
    assert Case.objects.get().closed_because == "Nothing more to learn."


def test_a_form_that_is_refused_then_is_shown_with_what_was_typed_and_posts_to_its_own_address(client, case):
    path = f"{case.get_absolute_url()}change/"
    client.post(path, {"about": "born 1.2.2019, canary-typed", "read_again": "on"})
    answer = confirm(client, path)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Leave out dates." in page
    assert "canary-typed" in page
    assert f'action="{path}"' in page


def test_it_takes_effect_once_and_nothing_of_it_stays_in_the_session(client, case):
    path = f"{case.get_absolute_url()}close/"
    client.post(path, {"because": "canary-because"})
    confirm(client, path)
    assert "canary-because" not in str(SessionStore().decode(Session.objects.get().session_data))
    confirm(client, path)
    assert Event.objects.filter(verb="case.closed").count() == 1


def test_who_lost_the_right_meanwhile_finds_nothing(client, case, team):
    path = f"{case.get_absolute_url()}close/"
    client.post(path, {"because": "Done."})
    team[0].offices.all().delete()
    assert confirm(client, path).status_code == 404
    assert not Case.objects.get().is_closed


def test_what_somebody_typed_waits_for_them_and_for_nobody_else(client, case, team):
    path = f"{case.get_absolute_url()}close/"
    client.post(path, {"because": "canary-because"})
    client.force_login(team[1].user)
    confirm(client, path)
    assert not Case.objects.get().is_closed
