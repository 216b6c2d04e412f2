"""Somebody comes back: their account is switched on again, by the team, with a reason and a new password."""

import pytest

from mktogether.lib.verdict import Refusal
from partnerships.leaving import returning
from partnerships.leaving.actions import switch_off
from records.models import Event, OutboxMessage
from tests.factories import PASSWORD, AnotherAreaFactory, AppointmentFactory, OfficeFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone():
    return PersonFactory(with_account=True, user__is_active=False, post="Named nurse")


@pytest.fixture
def team():
    return OfficeFactory().person.user


def address(person):
    return f"{person.get_absolute_url()}switch-on/"


def test_from_the_page_of_the_person_to_signing_in_again(as_user, client, gone, team, words):
    page = as_user(team)
    assert address(gone) in page.get(gone.get_absolute_url()).content.decode()
    assert "It opens nothing until they hold something." in words(page.get(address(gone)))
    answer = page.post(address(gone), {"because": "Back from leave."}, follow=True)
    assert "Their account is switched on." in words(answer)
    assert address(gone) not in answer.content.decode()
    gone.user.refresh_from_db()
    assert gone.user.is_active
    (mail,) = OutboxMessage.objects.filter(to=gone.user.email)
    assert "/password/reset/" in mail.text
    assert not client.login(email=gone.user.email, password=PASSWORD), "the password of before opens nothing"
    event = Event.objects.get(verb="account.switched_on")
    assert (event.actor_id, event.target_id, event.area_id) == (team.pk, gone.user_id, gone.area_id)


def test_it_says_that_it_opens_what_they_hold(as_user, gone, team, words):
    AppointmentFactory(person=gone)
    assert "It opens what they hold, as their page shows it." in words(as_user(team).get(address(gone)))


def test_the_form_sent_twice_has_one_effect(as_user, gone, team, words):
    form = {"because": "Back from leave.", "submission": "0b9f5f9e-4f3c-4b8e-9d5e-0c1f6a7b8c9d"}
    for _time in range(2):
        answer = as_user(team).post(address(gone), form, follow=True)
        assert answer.status_code == 200
    assert "Their account is switched on already." in words(answer)
    assert Event.objects.filter(verb="account.switched_on").count() == 1


def test_a_reason_is_asked_for(as_user, gone, team):
    answer = as_user(team).post(address(gone), {"because": " "})
    assert answer.status_code == 422
    with pytest.raises(Refusal) as refused:
        returning.switch_on(gone, " ", by=team)
    assert refused.value.field == "because"


@pytest.mark.parametrize(
    "kind", ["agency administrator", "information governance", "system administrator", "scrutineer"]
)
def test_nobody_but_the_team_can(as_user, gone, kind):
    other = OfficeFactory(kind=kind, person__agency=gone.agency).person.user
    assert as_user(other).post(address(gone), {"because": "Back."}).status_code in {403, 404}
    with pytest.raises(Refusal, match="Only the support team"):
        returning.switch_on(gone, "Back.", by=other)
    gone.user.refresh_from_db()
    assert not gone.user.is_active


def test_nor_the_team_of_another_area(as_user, gone):
    other = OfficeFactory(person__area=AnotherAreaFactory()).person.user
    assert as_user(other).get(address(gone)).status_code == 404
    with pytest.raises(Refusal, match="Only the support team"):
        returning.switch_on(gone, "Back.", by=other)


def test_where_there_is_nothing_to_switch_on_the_sentence_says_so(gone, team):
    with pytest.raises(Refusal, match="They have no account"):
        returning.switch_on(PersonFactory(), "Back.", by=team)
    with pytest.raises(Refusal, match="is switched on already"):
        returning.switch_on(PersonFactory(with_account=True), "Back.", by=team)


def test_nobody_but_the_team_switches_an_account_off(db):
    somebody = PersonFactory(with_account=True)
    with pytest.raises(Refusal):
        switch_off(somebody, "They are away.", by=somebody.user)
    somebody.user.refresh_from_db()
    assert somebody.user.is_active
