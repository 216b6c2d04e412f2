"""Emergency access: two people, an hour to the second, everybody told, and nothing against an interest."""

import dataclasses
import datetime as dt
import uuid

import pytest
from django.utils import timezone

from meetings.models import AgendaItem
from mktogether.lib.verdict import Refusal
from partnerships.granting import actions, subjects
from partnerships.models import Grant
from records.models import Event, OutboxMessage
from records.submissions import FIELD, AlreadySubmitted
from tests.factories import AnotherAreaFactory, ExclusionFactory, MeetingFactory, OfficeFactory
from tests.partnerships.granting.conftest import fresh, london

HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


def reads_secret(people, who="scrutineer"):
    return AgendaItem.objects.visible_to(fresh(getattr(people, who).user)).filter(pk=people.secret.pk).exists()


def refused(act, words, field=None):
    with pytest.raises(Refusal, match=words) as refusal:
        act()
    assert refusal.value.field == field


def test_asking_opens_nothing_and_asks_the_second(people, ask):
    grant = ask()
    assert not reads_secret(people)
    assert OutboxMessage.objects.get().to == people.second.user.email
    assert Event.objects.get(target_id=grant.pk, target="partnerships.Grant").verb == "emergency.asked"


def test_it_is_open_for_an_hour_to_the_second_from_being_confirmed(people, ask, at):
    now = at(london(2027, 3, 28, 0, 30))  # within the hour the clocks go forward
    grant = ask()
    opened = at(now + 20 * 60 * SECOND)
    grant = actions.approve_grant(grant, by=fresh(people.second.user))
    assert grant.ends_at - grant.starts_at == HOUR
    assert reads_secret(people)
    at((opened.astimezone(dt.UTC)) + HOUR - SECOND)
    assert reads_secret(people)
    at((opened.astimezone(dt.UTC)) + HOUR)
    assert not reads_secret(people)
    assert Event.objects.filter(verb="emergency.opened", target_id=grant.pk).exists()


def test_everybody_who_could_have_asked_is_told_at_once_without_content(people, ask):
    ended = OfficeFactory(kind="team", ends_at=timezone.now() - HOUR).person
    abroad = OfficeFactory(person__area=AnotherAreaFactory()).person
    grant = actions.approve_grant(ask(reason="Canary reason"), by=fresh(people.second.user))
    told = OutboxMessage.objects.filter(subject=f"Access {grant.pk}: Emergency access is open")
    everybody = ("team", "colleague", "second", "scrutineer", "lead_partner", "governance")
    assert {mail.to for mail in told} == {getattr(people, who).user.email for who in everybody}
    assert not {ended.user.email, abroad.user.email} & {mail.to for mail in told}
    for mail in told:
        assert f"/access/grants/{grant.public_id}/" in mail.text
        assert "Open until: " in mail.text
        for word in ("Heron", "Canary", "Review", "rapid"):
            assert word not in mail.text + mail.subject


@pytest.mark.parametrize("who", ["scrutineer", "chair", "team", "governance"])
def test_nobody_confirms_but_the_second_who_was_asked(people, ask, who):
    grant = ask()
    refused(lambda: actions.approve_grant(grant, by=fresh(getattr(people, who).user)), "Somebody else was asked")
    assert not reads_secret(people)


@pytest.mark.parametrize("who", ["scrutineer", "chair", "member", "vice", "guest"])
def test_the_second_is_another_who_could_ask(people, ask, who):
    refused(lambda: ask(second=getattr(people, who)), "Choose a second person", "second")


@pytest.mark.parametrize("who", ["chair", "vice", "member", "guest"])
def test_only_those_named_in_the_roles_ask(people, ask, who):
    refused(lambda: ask(by=fresh(getattr(people, who).user)), "asks for emergency access")
    assert not Grant.objects.exists()


def test_a_reason_is_asked_for(ask):
    refused(lambda: ask(reason="  "), "Enter the reason", "reason")


def test_what_one_reads_already_needs_no_emergency(people, ask):
    refused(lambda: ask(by=fresh(people.team.user)), "You read this already")


def test_an_item_or_a_board_is_not_opened_by_an_emergency(people, ask):
    for thing in (people.item, people.review):
        refused(lambda thing=thing: ask(thing=thing), "not given for this")


def test_a_meeting_of_another_area_is_not_there(people, ask):
    elsewhere = MeetingFactory(body__area=AnotherAreaFactory())
    refused(lambda: ask(thing=elsewhere), "no such record")


def test_nobody_confirms_after_an_hour(people, ask, at):
    now = at(london(2027, 1, 13, 15))
    grant = ask()
    at(now + HOUR)
    refused(lambda: actions.approve_grant(grant, by=fresh(people.second.user)), "too late")


def test_who_lost_their_role_meanwhile_gets_no_access(people, ask):
    grant = ask()
    people.scrutineer.offices.update(ends_at=timezone.now())
    refused(lambda: actions.approve_grant(grant, by=fresh(people.second.user)), "Whoever proposed this")


def test_an_interest_beats_an_emergency(people, ask):
    ExclusionFactory(thing=people.secret, person=people.scrutineer)
    actions.approve_grant(ask(), by=fresh(people.second.user))
    assert not reads_secret(people)


def test_whoever_has_it_ends_it_sooner(people, ask):
    grant = actions.approve_grant(ask(), by=fresh(people.second.user))
    refused(lambda: actions.close_emergency(grant, by=fresh(people.second.user)), "no such record")
    actions.close_emergency(grant, by=fresh(people.scrutineer.user))
    assert not reads_secret(people)
    assert Event.objects.filter(verb="emergency.closed", target_id=grant.pk).exists()
    refused(lambda: actions.close_emergency(grant, by=fresh(people.scrutineer.user)), "over already")


def test_only_an_emergency_is_closed_so(people, propose):
    grant = actions.approve_grant(propose(), by=fresh(people.second.user))
    refused(lambda: actions.close_emergency(grant, by=fresh(people.guest.user)), "no such record")


def test_the_same_form_has_one_effect(ask):
    form = {FIELD: str(uuid.uuid4())}
    ask(submission=form)
    with pytest.raises(AlreadySubmitted):
        ask(submission=form)
    assert Grant.objects.count() == 1


# --- By a reference, where nobody may know whether there is such a thing ---


@pytest.fixture
def case(people, monkeypatch):
    """The meeting stands in for a case: its existence is hidden, and it goes by a reference."""
    like_a_case = dataclasses.replace(
        subjects.of(people.meeting),
        hides_existence=True,
        reads=lambda user, thing: False,
        find_by_reference=lambda text: people.meeting if text == "MK-2027-C-001" else None,
    )
    monkeypatch.setitem(subjects.SUBJECTS, like_a_case.label, like_a_case)
    return people.meeting


@pytest.fixture
def ask_by(people, case):
    def ask_by(reference, **more):
        given = {"by": fresh(people.governance.user), "second": people.second, "reason": "An inspector asks."} | more
        return actions.ask_by_reference(reference, **given)

    return ask_by


def verbs():
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def test_asking_by_its_reference_asks_the_second(people, ask_by):
    assert ask_by("MK-2027-C-001").second == people.second
    assert verbs() == ["emergency.asked_by_reference", "emergency.asked"]


@pytest.mark.parametrize("why", ["no such thing", "asker excluded", "second excluded"])
def test_asking_in_vain_asks_nobody_is_not_refused_and_is_written_down(people, case, ask_by, why):
    if "excluded" in why:
        kept_out = people.governance if why == "asker excluded" else people.second
        ExclusionFactory(thing=case, person=kept_out)
    assert ask_by("MK-2027-C-002" if why == "no such thing" else "MK-2027-C-001") is None
    assert verbs() == ["emergency.asked_by_reference"]
    assert not OutboxMessage.objects.exists()
    assert not Grant.objects.exists()


@pytest.mark.parametrize("reference", ["MK-2027-C-001", "MK-2027-C-002"])
def test_what_is_refused_does_not_depend_on_whether_there_is_such_a_thing(people, ask_by, reference):
    refused(lambda: ask_by(reference, by=fresh(people.member.user)), "asks for emergency access")
    refused(lambda: ask_by(reference, reason=" "), "Enter the reason", "reason")
    for second in (people.governance, people.chair, None):
        refused(lambda second=second: ask_by(reference, second=second), "Choose a second person", "second")
    form = {FIELD: str(uuid.uuid4())}
    ask_by(reference, submission=form)
    with pytest.raises(AlreadySubmitted) as again:
        ask_by(reference, submission=form)
    assert again.value.location == "/access/emergency/"
