"""The team gives an account to somebody who holds something, sends its mail again, and switches it off."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.joining import actions, addresses
from partnerships.leaving import actions as leaving
from records.models import Event, OutboxMessage, User
from tests.factories import (
    PASSWORD,
    AnotherAreaFactory,
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

EMAIL = "nurse@trust.example"
OTHERS = ["agency administrator", "information governance", "system administrator", "scrutineer", "lead partner"]


@pytest.fixture
def nurse():
    """Somebody who holds a place, and has no account."""
    return AppointmentFactory(person__post="Chief Nurse", seat__body__name="Review").person


@pytest.fixture
def team():
    OfficeFactory(person__post="Officer")
    return OfficeFactory(person__post="Manager").person.user


def address(person, act="account"):
    return f"{person.get_absolute_url()}{act}/"


def link(mail):
    return re.search(r"http\S+(/password/reset/\S+)", mail.text)[1]


def choose_password(path):
    """As whoever follows the link in a mail: whether it let them choose one."""
    client = Client()
    answer = client.get(path, follow=True)
    form = {"password1": PASSWORD, "password2": PASSWORD}
    return client.post(answer.request["PATH_INFO"], form).status_code == 302


class TestGiving:
    def test_from_the_page_of_the_person_to_signing_in(self, as_user, nurse, team, words):
        page = as_user(team)
        assert address(nurse) in page.get(nurse.get_absolute_url()).content.decode()
        assert "Chief Nurse gets an account, which opens what they hold" in words(page.get(address(nurse)))
        answer = page.post(address(nurse), {"email": " Nurse@Trust.example "}, follow=True)
        assert answer.redirect_chain == [(nurse.get_absolute_url(), 302)]
        assert f"They are sent the mail with which they choose a password, to {EMAIL}." in words(answer)
        nurse.refresh_from_db()
        (mail,) = OutboxMessage.objects.filter(to=EMAIL)
        assert f"the safeguarding partnership of {nurse.area.name}." in mail.text
        assert "Chief Nurse" not in mail.subject + mail.text
        assert mail.subject == f"Your account for the safeguarding partnership of {nurse.area.name}"
        assert choose_password(link(mail))
        assert Client().login(email=EMAIL, password=PASSWORD)
        event = Event.objects.get(verb="account.given")
        assert (event.actor_id, event.target_id, event.area_id) == (team.pk, nurse.user_id, nurse.area_id)

    @pytest.mark.parametrize("factory", [NamedDeputyFactory, ChairingFactory, OfficeFactory])
    def test_whatever_somebody_holds_is_enough(self, team, factory):
        person = factory(person=PersonFactory()).person
        actions.give_account(person, email=EMAIL, by=team)
        person.refresh_from_db()
        assert person.user.email == EMAIL

    def test_a_place_that_begins_later_is_enough_and_one_that_is_over_is_not(self, team):
        now = timezone.now()
        later = AppointmentFactory(starts_at=now + timezone.timedelta(days=9)).person
        actions.give_account(later, email=EMAIL, by=team)
        over = AppointmentFactory(ends_at=now).person
        for person in (over, PersonFactory()):
            with pytest.raises(Refusal, match="They hold nothing, now or later"):
                actions.give_account(person, email="other@trust.example", by=team)
        assert not User.objects.filter(email="other@trust.example").exists()

    @pytest.mark.parametrize(
        ("email", "sentence"),
        [("", "e-mail address"), ("nurse", "such as name@example.org"), ("TAKEN@trust.example", addresses.TAKEN)],
    )
    def test_an_address_that_cannot_be_given_gets_a_sentence_and_stays(self, as_user, nurse, team, email, sentence):
        PersonFactory(with_account=True, user__email="taken@trust.example", area=AnotherAreaFactory())
        answer = as_user(team).post(address(nurse), {"email": email})
        assert answer.status_code == 422
        assert sentence in answer.context["form"].errors["email"][0]
        assert f'value="{email}"' in answer.content.decode() or not email
        nurse.refresh_from_db()
        assert nurse.user is None
        assert not OutboxMessage.objects.exists()

    def test_the_form_sent_twice_gives_one_account_and_one_mail(self, as_user, nurse, team):
        form = {"email": EMAIL, "submission": "0b9f5f9e-4f3c-4b8e-9d5e-0c1f6a7b8c9d"}
        for _time in range(2):
            assert as_user(team).post(address(nurse), form, follow=True).status_code == 200
        assert OutboxMessage.objects.filter(to=EMAIL).count() == 1

    def test_many_organisations_under_one_name_have_no_account(self, as_user, nurse, team):
        nurse.agency.is_crowd = True
        nurse.agency.save()
        with pytest.raises(Refusal, match="is many organisations under one name"):
            actions.give_account(nurse, email=EMAIL, by=team)
        assert as_user(team).get(address(nurse)).status_code == 403
        assert address(nurse) not in as_user(team).get(nurse.get_absolute_url()).content.decode()

    @pytest.mark.parametrize("kind", OTHERS)
    def test_nobody_but_the_team_can(self, as_user, nurse, kind):
        other = OfficeFactory(kind=kind, person__agency=nurse.agency).person.user
        assert as_user(other).post(address(nurse), {"email": EMAIL}).status_code in {403, 404}
        with pytest.raises(Refusal, match="Only the support team gives accounts"):
            actions.give_account(nurse, email=EMAIL, by=other)
        assert not User.objects.filter(email=EMAIL).exists()

    def test_nor_the_chair_nor_the_team_of_another_area(self, as_user, nurse):
        board = nurse.appointments.get().seat.body
        chair = ChairingFactory(body=board, with_account=True).person.user
        elsewhere = OfficeFactory(person__area=AnotherAreaFactory()).person.user
        for other, status in ((chair, 403), (elsewhere, 404)):
            assert as_user(other).get(address(nurse)).status_code == status
            with pytest.raises(Refusal, match="Only the support team gives accounts"):
                actions.give_account(nurse, email=EMAIL, by=other)


class TestSendingAgain:
    @pytest.fixture
    def invited(self, nurse, team):
        actions.give_account(nurse, email=EMAIL, by=team)
        nurse.refresh_from_db()
        return nurse

    def test_the_mail_goes_out_again_until_a_password_is_chosen(self, as_user, invited, team, words, settings):
        page = as_user(team)
        assert "Send the mail of their account again" in words(page.get(invited.get_absolute_url()))
        answer = page.get(address(invited))
        assert f'value="{EMAIL}"' in answer.content.decode()
        OutboxMessage.objects.all().delete()  # two links made within one second are the same mail
        page.post(address(invited), {"email": EMAIL})
        (mail,) = OutboxMessage.objects.filter(to=EMAIL)
        assert Event.objects.filter(verb="account.invited").count() == 1
        assert choose_password(link(mail))
        assert page.get(address(invited)).status_code == 403
        with pytest.raises(Refusal, match="have chosen their password"):
            actions.give_account(invited, email="other@trust.example", by=team)

    def test_a_wrong_address_is_corrected_and_its_link_opens_nothing_any_more(self, as_user, invited, team):
        (wrong,) = OutboxMessage.objects.filter(to=EMAIL)
        as_user(team).post(address(invited), {"email": "right@trust.example"})
        invited.user.refresh_from_db()
        assert invited.user.email == "right@trust.example"
        assert not choose_password(link(wrong))
        assert choose_password(link(OutboxMessage.objects.get(to="right@trust.example")))
        assert Event.objects.get(verb="account.address_corrected").actor_id == team.pk

    def test_to_an_address_of_somebody_else_it_is_not(self, as_user, invited, team):
        taken = PersonFactory(with_account=True).user.email
        answer = as_user(team).post(address(invited), {"email": taken})
        assert answer.context["form"].errors["email"] == [addresses.TAKEN]


class TestSwitchingOff:
    @pytest.fixture
    def member(self):
        return AppointmentFactory(with_account=True).person

    def test_somebody_is_at_the_door_at_their_next_request_and_keeps_their_place(self, as_user, member, team, words):
        theirs = as_user(member.user)
        assert theirs.get("/boards/").status_code == 200
        page = as_user(team)
        assert address(member, "switch-off") in page.get(member.get_absolute_url()).content.decode()
        answer = page.post(address(member, "switch-off"), {"because": "The address was another's."}, follow=True)
        assert "Their account is switched off, and they are signed out everywhere." in words(answer)
        assert "Switch their account on again" in words(answer)
        assert theirs.get("/boards/").status_code == 302
        assert member.appointments.get().ends_at is None
        event = Event.objects.get(verb="account.switched_off")
        assert (event.actor_id, event.target_id) == (team.pk, member.user_id)
        with pytest.raises(Refusal, match="Switch it on again instead"):
            actions.give_account(member, email=EMAIL, by=team)

    def test_a_reason_is_asked_for(self, as_user, member, team):
        assert as_user(team).post(address(member, "switch-off"), {"because": " "}).status_code == 422
        with pytest.raises(Refusal) as refused:
            leaving.switch_off(member, " ", by=team)
        assert refused.value.field == "because"

    def test_not_ones_own_nor_one_that_there_is_not(self, as_user, team):
        with pytest.raises(Refusal, match="You cannot switch your own account off"):
            leaving.switch_off(team.person, "Holiday.", by=team)
        with pytest.raises(Refusal, match="They have no account"):
            leaving.switch_off(PersonFactory(), "Holiday.", by=team)
        assert as_user(team).get(address(team.person, "switch-off")).status_code == 403

    def test_the_last_in_a_role_that_is_never_empty_stays_on(self, team):
        lead = OfficeFactory(kind="information governance").person
        with pytest.raises(Refusal, match="is the last information governance lead"):
            leaving.switch_off(lead, "Holiday.", by=team)
        OfficeFactory(kind="information governance")
        assert not leaving.switch_off(lead, "Holiday.", by=team).user.is_active

    @pytest.mark.parametrize("kind", OTHERS)
    def test_nobody_but_the_team_can(self, as_user, member, kind):
        other = OfficeFactory(kind=kind, person__agency=member.agency).person.user
        assert as_user(other).post(address(member, "switch-off"), {"because": "So."}).status_code in {403, 404}
        with pytest.raises(Refusal, match="Only the support team switches accounts off"):
            leaving.switch_off(member, "So.", by=other)


class TestFromNaming:
    """Whoever names a member goes on to their account, where that is wanted."""

    @pytest.fixture
    def place(self):
        return AppointmentFactory(person__with_account=True, seat__body=BodyFactory(slug="review")).seat

    @pytest.mark.parametrize("act", ["member", "deputy"])
    @pytest.mark.parametrize(("wanted", "ends"), [({"to_account": "on"}, "/account/"), ({}, "/boards/review/")])
    def test_naming_somebody_new_leads_to_their_account(self, as_user, team, place, act, wanted, ends):
        today = timezone.localdate()
        form = {"post": "New nurse", "starts_on_0": today.day, "starts_on_1": today.month, "starts_on_2": today.year}
        form |= {"replaces": "on"} if act == "member" else {}
        path = f"/boards/review/places/{place.pk}/{act}/"
        assert as_user(team).get(path).status_code == 200
        answer = as_user(team).post(path, form | wanted | {"act": "confirm"})
        assert answer.status_code == 302
        assert answer["Location"].endswith(ends)

    def test_somebody_who_has_one_is_not_asked_for_it(self, as_user, team, place):
        today = timezone.localdate()
        known = PersonFactory(with_account=True, agency=place.agency)
        form = {"person": known.pk, "starts_on_0": today.day, "starts_on_1": today.month, "starts_on_2": today.year}
        path = f"/boards/review/places/{place.pk}/deputy/"
        answer = as_user(team).post(path, form | {"to_account": "on", "act": "confirm"})
        assert answer["Location"] == "/boards/review/"
