"""A further member of the team: named by the team, told to those who answer for access."""

import datetime as dt

import pytest
from django.conf import settings
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.joining import actions
from partnerships.models import Office, Person
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.models import Event, OutboxMessage, User
from tests.factories import (
    AgencyFactory,
    AnotherAreaFactory,
    AppointmentFactory,
    ChairingFactory,
    OfficeFactory,
    PersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NEW = "/people/team/new/"
EMAIL = "officer@council.example"


@pytest.fixture
def team():
    return OfficeFactory(person__post="Manager").person.user


@pytest.fixture
def typed():
    def form(day=None, **values):
        day = day or timezone.localdate()
        return {"starts_on_0": day.day, "starts_on_1": day.month, "starts_on_2": day.year} | values

    return form


def of_team():
    return Office.objects.filter(kind="team").count()


def test_what_would_change_is_shown_before_anything_does(as_user, team, typed, words):
    OfficeFactory(scrutineer=True)
    page = as_user(team, confirmed=True)
    assert NEW in page.get("/people/").content.decode()
    answer = page.post(NEW, typed(act="continue", post="Partnership Officer", email=EMAIL))
    shown = words(answer)
    assert "Partnership Officer is of the team from" in shown
    assert f"They are sent the mail with which they choose a password, to {EMAIL}." in shown
    assert "2 people are told by mail" in shown
    assert "In the whole area:" in shown
    assert "give accounts" in shown
    assert (of_team(), OutboxMessage.objects.count(), User.objects.filter(email=EMAIL).count()) == (1, 0, 0)


def test_a_second_button_names_them_with_an_account_and_the_others_are_told(as_user, team, typed, words):
    scrutineer = OfficeFactory(scrutineer=True).person
    chair = ChairingFactory(body__kind="statutory", with_account=True).person
    lead = OfficeFactory(kind="information governance").person
    OfficeFactory(kind="finance editor")
    AppointmentFactory(with_account=True)
    agency = AgencyFactory(area=team.person.area, short_name="Council")
    form = typed(act="confirm", post="Partnership Officer", agency=agency.pk, email=EMAIL)
    answer = as_user(team, confirmed=True).post(NEW, form, follow=True)
    assert "Partnership Officer is named as a member of the team." in words(answer)
    person = Person.objects.get(post="Partnership Officer")
    assert (person.agency, person.user.email) == (agency, EMAIL)
    assert standing_of(person.user).reach(Act.CHANGE_PLACES).area
    told = set(OutboxMessage.objects.exclude(to=EMAIL).values_list("to", flat=True))
    assert told == {one.user.email for one in (scrutineer, chair, lead, team.person)}
    mail = OutboxMessage.objects.get(to=chair.user.email)
    assert "Somebody was named as a further member of the team." in mail.text
    assert "Partnership Officer" not in mail.subject + mail.text
    assert f"{settings.SITE_ORIGIN}/access/roles/" in mail.text
    assert person.get_absolute_url() in OutboxMessage.objects.get(to=lead.user.email).text
    assert as_user(lead.user).get(person.get_absolute_url()).status_code == 200
    verbs = list(Event.objects.filter(actor_id=team.pk).values_list("verb", flat=True))
    assert {"person.entered", "role.begun", "account.given"} <= set(verbs)


def test_somebody_known_with_an_account_needs_no_address(as_user, team, typed):
    member = AppointmentFactory(with_account=True).person
    day = timezone.localdate() + dt.timedelta(days=7)
    as_user(team, confirmed=True).post(NEW, typed(day, act="confirm", person=member.pk))
    office = member.offices.get()
    assert timezone.localdate(office.starts_at) == day
    assert not standing_of(member.user).reach(Act.CHANGE_PLACES).area


def test_it_asks_that_it_is_you(as_user, team, typed):
    answer = as_user(team).post(NEW, typed(act="confirm", post="Partnership Officer", email=EMAIL))
    assert answer.status_code == 302
    assert "/confirm" in answer["Location"] or "reauthenticate" in answer["Location"]
    assert of_team() == 1


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({}, "person", "Choose a person, or enter the post of somebody new"),
        ({"post": "Officer"}, "email", "They have no account. Enter their e-mail address"),
        ({"post": "Officer", "email": "officer"}, "email", "such as name@example.org"),
        ({"post": "Officer", "email": "taken@council.example"}, "email", "There is an account with this address"),
        ({"post": "Known", "email": EMAIL}, "post", "Known is known already. Choose them from the list above."),
        ({"post": "Officer", "email": EMAIL, "day": dt.date(2024, 5, 1)}, "starts_on", "That day is over"),
        ({"person": "member", "post": "Officer"}, "post", "Choose a person or enter somebody new, and not both"),
        ({"person": "member", "email": EMAIL}, "email", "has an account. Leave the address empty."),
        ({"person": "manager"}, "person", "Manager is of the team already."),
        ({"person": "elsewhere"}, "person", "Choose one of the answers offered"),
        ({"person": "off"}, "person", "is switched off. Switch it on again first."),
    ],
)
@pytest.mark.parametrize("act", ["continue", "confirm"])
def test_bad_input_gets_a_sentence_at_its_field(as_user, team, typed, act, values, field, sentence):
    UserFactory(email="taken@council.example")
    PersonFactory(post="Known", agency=None)
    people = {
        "member": AppointmentFactory(with_account=True).person,
        "manager": team.person,
        "elsewhere": PersonFactory(area=AnotherAreaFactory()),
        "off": PersonFactory(with_account=True, user__is_active=False),
    }
    values = dict(values)
    day = values.pop("day", None)
    if "person" in values:
        values["person"] = people[values["person"]].pk
    answer = as_user(team, confirmed=True).post(NEW, typed(day, act=act, **values))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert sentence in answer.context["form"].errors[field][0]
    assert of_team() == 1


@pytest.mark.parametrize(
    "kind", ["agency administrator", "information governance", "system administrator", "scrutineer", "lead partner"]
)
def test_nobody_but_the_team_can(as_user, kind, typed):
    other = OfficeFactory(kind=kind).person.user
    answer = as_user(other, confirmed=True).post(NEW, typed(act="confirm", post="Officer", email=EMAIL))
    assert answer.status_code == 403
    with pytest.raises(Refusal, match="Only the support team names"):
        actions.name_of_team(
            area=other.person.area, post="Officer", email=EMAIL, starts_on=timezone.localdate(), by=other
        )
    assert of_team() == 0


def test_nor_the_team_of_another_area(team):
    elsewhere = AnotherAreaFactory()
    with pytest.raises(Refusal, match="of their own area"):
        actions.name_of_team(area=elsewhere, post="Officer", email=EMAIL, starts_on=timezone.localdate(), by=team)


def test_somebody_whose_time_in_the_team_is_over_can_be_named_again(team):
    once = OfficeFactory(ends_at=timezone.now() - dt.timedelta(days=1)).person
    actions.name_of_team(area=once.area, person=once, starts_on=timezone.localdate(), by=team)
    assert standing_of(once.user).reach(Act.CHANGE_PLACES).area
