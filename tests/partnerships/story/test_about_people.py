"""What was done about a person, on their page and whole, for those who see what they hold and for themselves."""

import datetime as dt

import pytest
from django.db.models import F
from django.utils import timezone

from meetings.calendars.actions import make_address
from partnerships.joining.actions import give_account
from partnerships.leaving.actions import end_one, switch_off
from partnerships.membership.actions import appoint
from tests.factories import AnotherAreaFactory, AppointmentFactory, ChairingFactory, OfficeFactory, SeatFactory

pytestmark = pytest.mark.django_db
NAMED, ENDED, OFF = "as the member for a place", "ended a place of", "switched off the account of"


@pytest.fixture
def team():
    return OfficeFactory(person__post="Business manager").person.user


@pytest.fixture
def nurse(team):
    """A member who was named by the team, given an account, and who has a calendar."""
    OfficeFactory()
    seat = SeatFactory(body__slug="review")
    today = timezone.localdate()
    made = appoint(seat, by=team, post="Deputy Chief Nurse", starts_on=today)
    give_account(made.person, email="nurse@mktogether.example", by=team)
    person = type(made.person).objects.select_related("user").get(pk=made.person_id)
    make_address(person, None, by=person.user)
    return person


def whole(person):
    return f"/history/of/person/{person.public_id}/"


def test_the_page_of_a_person_says_who_did_what_about_them(as_user, team, nurse, words):
    text = words(as_user(team).get(nurse.get_absolute_url()))
    assert "What was done about them" in text
    for said in (NAMED, "an account", "by their post"):
        assert said in text
    assert "Business manager" in text
    assert "calendar address" not in text


def test_the_whole_of_it_goes_on_when_everything_has_ended(as_user, team, nurse, words):
    (held,) = nurse.appointments.all()
    end_one(nurse, "appointment", held.pk, by=team, day=timezone.localdate(), reason="Retired")
    switch_off(nurse, "Retired.", by=team)
    text = words(as_user(team).get(whole(nurse)))
    for said in (NAMED, ENDED, OFF):
        assert said in text
    assert "calendar address" not in text


def test_they_read_it_of_themselves(as_user, nurse, words):
    assert "What was done about you" in words(as_user(nurse.user).get("/me/"))
    assert NAMED in words(as_user(nurse.user).get(whole(nurse)))


def test_whoever_sees_what_they_hold_reads_it_and_nobody_else(as_user, nurse):
    seat = nurse.appointments.get().seat
    chair = ChairingFactory(body=seat.body, with_account=True).person.user
    administrator = OfficeFactory(kind="agency administrator", person__agency=nurse.agency).person.user
    for reader in (chair, administrator):
        assert as_user(reader).get(whole(nurse)).status_code == 200
    colleague = AppointmentFactory(seat__body=seat.body, with_account=True).person.user
    elsewhere = OfficeFactory(person__area=AnotherAreaFactory()).person.user
    for stranger in (colleague, elsewhere):
        assert as_user(stranger).get(whole(nurse)).status_code == 404


def test_whoever_holds_nothing_any_more_does_not_read_it(as_user, nurse):
    nurse.appointments.update(starts_at=F("starts_at") - dt.timedelta(days=1), ends_at=timezone.now())
    assert as_user(nurse.user).get(whole(nurse)).status_code == 404
