"""The pages of naming: the form, what would change, then one button; refusals as sentences at the field."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from partnerships.models import Appointment, Chairing, NamedDeputy, Person
from records.models import Event
from tests.factories import AppointmentFactory, MeetingFactory, OfficeFactory, SeatFactory
from tests.partnerships.membership.conftest import TODAY, TOMORROW

pytestmark = pytest.mark.django_db
CHAIR, POLITICAL = "/boards/delivery/chair/", "/boards/delivery/political/"


def place(seat, what):
    return f"/boards/delivery/places/{seat.pk}/{what}/"


def day(name, value):
    return {f"{name}_0": value.day, f"{name}_1": value.month, f"{name}_2": value.year}


def typed(group, act="continue", **more):
    return {"act": act, "person": group.inspector.pk, **day("starts_on", TOMORROW), **more}


def test_the_form_names_the_people_of_the_partner_first(team, group):
    content = team.get(place(group.vacant, "member")).content.decode()
    assert content.index('<optgroup label="Of TVP">') < content.index("Inspector, TVP") < content.index("Of others")
    assert "The place is vacant." in content


def test_it_says_what_would_change_before_anything_does(team, group, words):
    MeetingFactory(body=group, starts_at=timezone.now() + dt.timedelta(days=30))
    answer = team.post(place(group.vacant, "member"), typed(group))
    text = words(answer)
    assert answer.status_code == 200
    assert "Inspector, TVP is the member for Police on Delivery, from" in text
    assert "What it opens to them In the whole area" in text
    assert "Read meetings, ordinary papers, decisions, actions and minutes" in text
    assert "Meetings that it is for 1" in text
    assert "Can be quorate" in text
    assert not Appointment.objects.filter(seat=group.vacant).exists()
    assert not Event.objects.filter(verb="appointment.begun").exists()


def test_the_second_button_does_it_once(team, group, words):
    form = typed(group, act="confirm", submission=str(uuid.uuid4()))
    answer = team.post(place(group.vacant, "member"), form)
    assert (answer.status_code, answer["Location"]) == (302, "/boards/delivery/")
    assert "Inspector is named as the member for Police." in words(team.get("/boards/delivery/"))
    assert team.post(place(group.vacant, "member"), form).status_code == 302
    assert Appointment.objects.filter(seat=group.vacant).count() == 1


def test_back_shows_what_was_typed_again(team, group):
    answer = team.post(place(group.vacant, "member"), typed(group, act="back"))
    assert answer.status_code == 200
    assert f'value="{group.inspector.pk}" selected' in answer.content.decode()


@pytest.mark.parametrize("act", ["continue", "confirm"])
def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(team, group, act):
    answer = team.post(place(group.held, "member"), typed(group, act=act))
    assert answer.status_code == 422
    assert "Head of Adults holds this place" in str(answer.context["form"].errors["starts_on"])
    assert f'value="{group.inspector.pk}" selected' in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"person": ""}, "person"), ({"post": "Somebody"}, "post"), ({"starts_on_1": "13"}, "starts_on")],
)
def test_what_was_typed_wrong_is_said_at_its_field(team, group, wrong, field):
    answer = team.post(place(group.vacant, "member"), typed(group) | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_it_warns_of_another_partner_of_a_second_place_and_of_no_account(team, group, words):
    group.other.refresh_from_db()
    AppointmentFactory(seat=SeatFactory(body=group, title="Public Health"), person=group.other)
    text = words(team.post(place(group.vacant, "member"), typed(group, person=group.other.pk)))
    assert "The place is for TVP; Consultant is of MKCC." in text
    assert "Consultant holds Public Health there too." in text
    assert "Consultant has no account yet" in text


def test_it_warns_where_the_terms_cannot_be_met_with_the_vacancies_that_stay(team, group, words):
    text = words(team.post(place(group.held, "deputy"), typed(group, person=group.other.pk)))
    assert "With the vacancies of that day its terms cannot be met" in text
    assert "It is not stated whether they are senior enough. When they were briefed is not stated." in text


def test_a_deputy_is_named_by_the_post_of_somebody_new(team, group):
    form = typed(group, act="confirm", person="", post="Sergeant", is_senior="yes", **day("briefed_on", TODAY))
    assert team.post(place(group.vacant, "deputy"), form).status_code == 302
    named = NamedDeputy.objects.get(seat=group.vacant)
    assert (named.person.post, named.is_senior, named.briefed_on) == ("Sergeant", True, TODAY)


def test_nothing_of_a_rehearsal_stays(team, group):
    team.post(place(group.vacant, "member"), typed(group, person="", post="Sergeant"))
    assert not Person.objects.filter(post="Sergeant").exists()


def test_handing_over_the_chair_warns_of_a_turn_that_is_over_and_of_who_comes_next(team, group, words):
    form = {"act": "continue", "part": "chair", "person": group.other.pk, **day("starts_on", TOMORROW)}
    text = words(team.post(CHAIR, form))
    assert "Consultant, MKCC is chair of Delivery from" in text
    assert "Head of Adults, MKCC is chair no longer from that moment on." in text
    assert (
        "Head of Adults has been chair since 1 January 2024. By the terms it turns after two years: that is over."
        in text
    )
    assert "By the terms the chair turns among MKCC and TVP; it stays with MKCC." in text
    assert "Consultant has no place on Delivery" in text
    assert Chairing.objects.count() == 1
    assert team.post(CHAIR, form | {"act": "confirm"}).status_code == 302
    assert Chairing.objects.count() == 2


def test_political_places_are_told_and_remade(team, group, words):
    seat = SeatFactory(body=group, title="Red seat", political_group="Reds")
    AppointmentFactory(seat=seat, person__post="Red councillor")
    assert "Reds: 1" in team.get(POLITICAL).content.decode()
    form = {"act": "continue", "groups": "Greens: 2\nBlues: 0", **day("starts_on", TOMORROW)}
    text = words(team.post(POLITICAL, form))
    assert "Red seat (Reds) ends, and with it the appointment of Red councillor." in text
    assert "Greens: 2 new, vacant until somebody is named." in text
    assert team.post(POLITICAL, form | {"act": "confirm"}).status_code == 302
    assert group.seats.filter(political_group="Greens").count() == 2


@pytest.mark.parametrize("text", ["Greens", "Greens two", ": 2"])
def test_a_group_without_a_number_is_said(team, group, text):
    SeatFactory(body=group, political_group="Reds")
    answer = team.post(POLITICAL, {"act": "continue", "groups": text, **day("starts_on", TOMORROW)})
    assert answer.status_code == 422
    assert "lacks its number" in str(answer.context["form"].errors["groups"])


def test_a_board_without_such_places_has_no_such_page(team, group):
    assert team.get(POLITICAL).status_code == 404


def test_only_the_team_finds_these_pages(as_user, group):
    member = as_user(group.member.person.user)
    scrutineer = as_user(OfficeFactory(scrutineer=True).person.user)
    for client in (member, scrutineer):
        for address in (place(group.vacant, "member"), place(group.vacant, "deputy"), CHAIR, POLITICAL):
            assert client.get(address).status_code == 403
    assert "Name a member" not in member.get(place(group.vacant, "member").replace("member/", "")).content.decode()


def test_a_turn_that_is_over_stands_on_the_page_of_the_board(team, group, words):
    assert "Turn over Head of Adults has been chair since 1 January 2024." in words(team.get("/boards/delivery/"))
    group.terms.update(chair_months=None)
    assert "Turn over" not in words(team.get("/boards/delivery/"))
