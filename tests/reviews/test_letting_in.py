"""Letting somebody in to a case: by those who keep it, after a fresh check, and nobody else learns of it."""

import datetime as dt

import pytest
from django.utils import timezone

from partnerships.granting import actions as granting
from partnerships.models import Grant
from records.models import OutboxMessage
from tests.factories import OfficeFactory, PersonFactory
from tests.reviews.conftest import fresh

pytestmark = pytest.mark.django_db


def page_of(case, act="let-in"):
    return f"/access/cases/{case.public_id}/{act}/"


def typed(person, second, kind="panel member"):
    last = timezone.localdate() + dt.timedelta(days=60)
    return {
        "act": "confirm",
        "kind": kind,
        "person": person.pk,
        "reason": "Sits on the panel.",
        "second": second.pk,
        "until_0": last.day,
        "until_1": last.month,
        "until_2": last.year,
    }


@pytest.fixture
def scrutineer():
    return OfficeFactory(scrutineer=True).person


def test_a_lead_proposes_and_the_second_approves_without_seeing_the_case(as_user, case, team, scrutineer, words):
    lead = as_user(team[0].user, confirmed=True)
    assert page_of(case) in lead.get(case.get_absolute_url()).content.decode()
    person = PersonFactory(with_account=True)
    answer = lead.post(page_of(case), typed(person, scrutineer), follow=True)
    assert "It is proposed." in words(answer)
    grant = Grant.objects.get(person=person)
    second = as_user(scrutineer.user, confirmed=True)
    text = words(second.get(grant.get_absolute_url()))
    assert "a case that you do not see" in text
    assert case.reference not in text
    second.post(f"{grant.get_absolute_url()}approve/")
    assert as_user(person.user, confirmed=True).get(case.get_absolute_url()).status_code == 200
    assert as_user(scrutineer.user, confirmed=True).get(case.get_absolute_url()).status_code == 404


def test_only_one_of_the_team_is_proposed_as_a_lead(as_user, case, team, scrutineer, words):
    lead = as_user(team[0].user, confirmed=True)
    answer = lead.post(page_of(case), typed(PersonFactory(with_account=True), scrutineer, "case lead"))
    assert answer.status_code == 422
    assert "Only a member of the support team keeps a case." in words(answer)
    lead.post(page_of(case), typed(team[2], scrutineer, "case lead"))
    assert Grant.objects.get(person=team[2]).state(timezone.now()) == "Waits for approval"


@pytest.mark.parametrize("act", ["let-in", "exclude", "withdraw"])
def test_a_fresh_check_comes_first_whether_or_not_there_is_such_a_case(as_user, case, team, act):
    nowhere = "/access/cases/00000000-0000-0000-0000-000000000000"
    answers = [
        as_user(user).get(address)
        for user in (team[0].user, team[2].user)
        for address in (page_of(case, act), f"{nowhere}/{act}/")
    ]
    assert {answer.status_code for answer in answers} == {302}
    assert {answer["Location"].partition("?")[0] for answer in answers} == {"/account/confirm/"}


@pytest.mark.parametrize("act", ["let-in", "exclude", "withdraw"])
def test_it_is_not_there_for_the_rest_of_the_team_and_the_panel(as_user, case, team, panel_member, act):
    assert as_user(team[2].user, confirmed=True).get(page_of(case, act)).status_code == 404
    expected = 200 if act == "withdraw" else 404
    assert as_user(panel_member.user, confirmed=True).get(page_of(case, act)).status_code == expected


def test_of_an_interest_in_a_case_those_alone_are_told_who_keep_it(case, team, panel_member):
    granting.exclude(case, panel_member, "A relative.", by=fresh(panel_member.user))
    told = OutboxMessage.objects.filter(subject__startswith="Exclusion")
    assert {mail.to for mail in told} == {team[0].user.email, team[1].user.email}
    assert not any(case.reference in mail.text + mail.subject for mail in told)
