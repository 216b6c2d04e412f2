"""A mail that waits is not sent to somebody who may not be told any more: it is asked each time before it goes."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from partnerships.granting import actions as granting
from partnerships.joining.actions import give_account, name_of_team
from partnerships.story import anchoring
from records import accounts, history, outbox
from records.models import OutboxMessage
from reports.actions import commenting
from tests import factories as make

pytestmark = pytest.mark.django_db
SENT, WITHDRAWN = OutboxMessage.State.SENT, OutboxMessage.State.WITHDRAWN


def fate(to):
    """What becomes of the one mail to ``to``, once a worker takes it."""
    message = OutboxMessage.objects.get(to=to)
    outbox.deliver(message.pk)
    message.refresh_from_db()
    return message.state


def nothing(person):
    """Things stay as they are."""


def switched_off(person):
    person.user.is_active = False
    person.user.save()


def moved(person):
    person.user.email = "elsewhere@mktogether.example"
    person.user.save()


def part_over(person):
    for rows in (person.chairings, person.offices):
        rows.update(ends_at=timezone.now())


@pytest.fixture
def asked():
    """The chair of a partnership, who is asked by mail to approve that a guest sees an item."""
    board = make.BodyFactory(partnership=True)
    second = make.ChairingFactory(body=board, with_account=True).person
    group = make.BodyFactory(reports_to=board)
    by = make.ChairingFactory(body=group, with_account=True).person.user
    guest = make.PersonFactory(with_account=True)
    item = make.AgendaItemFactory(meeting__body=group)
    until = timezone.now() + dt.timedelta(days=7)
    return second, granting.propose_grant(
        "presenter", item, guest, by=by, second=second, reason="Wrote the paper.", until=until
    )


FATES = [(nothing, SENT), (switched_off, WITHDRAWN), (moved, WITHDRAWN), (part_over, WITHDRAWN)]


@pytest.mark.parametrize(("meanwhile", "becomes"), FATES)
def test_who_is_asked_to_approve(asked, meanwhile, becomes):
    second, _grant = asked
    to = second.user.email
    meanwhile(second)
    assert fate(to) == becomes


@pytest.mark.parametrize(("meanwhile", "becomes"), [(nothing, SENT), (switched_off, WITHDRAWN)])
def test_a_guest_is_told_what_became_of_their_own_access_also_when_it_is_over(asked, meanwhile, becomes):
    second, grant = asked
    granting.approve_grant(grant, by=type(second.user).objects.get(pk=second.user.pk))
    OutboxMessage.objects.all().delete()
    granting.end_grant(grant, "Not needed.", by=type(grant.person.user).objects.get(pk=grant.person.user.pk))
    to = grant.person.user.email
    meanwhile(grant.person)
    assert fate(to) == becomes


@pytest.mark.parametrize(("meanwhile", "becomes"), FATES)
def test_who_keeps_a_thing_from_which_somebody_withdraws(meanwhile, becomes):
    item = make.AgendaItemFactory()
    keeper = make.ChairingFactory(body=item.meeting.body, with_account=True).person
    member = make.AppointmentFactory(seat__body=item.meeting.body, with_account=True).person
    granting.exclude(item, member, "A relative.", by=member.user)
    to = keeper.user.email
    meanwhile(keeper)
    assert fate(to) == becomes


@pytest.mark.parametrize(("meanwhile", "becomes"), FATES)
def test_who_is_told_of_a_further_member_of_the_team(meanwhile, becomes):
    team = make.OfficeFactory().person
    told = make.OfficeFactory(information_governance=True).person
    person = make.PersonFactory(with_account=True)
    name_of_team(area=team.area, person=person, starts_on=timezone.localdate(), by=team.user)
    to = told.user.email
    meanwhile(told)
    assert fate(to) == becomes


@pytest.mark.parametrize(("meanwhile", "becomes"), FATES[:3])
def test_a_link_that_chooses_a_password(meanwhile, becomes):
    team = make.OfficeFactory().person.user
    person = make.AppointmentFactory().person
    give_account(person, email="New.Member@mktogether.example", by=team)
    person.refresh_from_db()
    meanwhile(person)
    assert fate("new.member@mktogether.example") == becomes


def test_a_link_to_an_address_that_somebody_wrote_in_another_way_goes():
    user = make.UserFactory(email="nurse@mktogether.example")
    accounts.get_adapter().send_mail("account/email/invitation", "Nurse@MKtogether.example", {"user": user})
    assert fate("Nurse@MKtogether.example") == SENT


@pytest.mark.parametrize(("meanwhile", "becomes"), FATES)
def test_the_head_of_the_history(meanwhile, becomes):
    lead = make.OfficeFactory(information_governance=True).person
    with transaction.atomic():
        history.record("person.left", lead, by=None)
    history.seal()
    anchoring.note_head(timezone.now())
    to = lead.user.email
    meanwhile(lead)
    assert fate(to) == becomes


@pytest.mark.parametrize(("meanwhile", "becomes"), FATES)
def test_the_answer_to_what_somebody_said_of_a_draft(meanwhile, becomes):
    writer = make.OfficeFactory(scrutineer=True).person
    comment = make.CommentFactory(by=writer.user)
    commenting.answer(comment, "accepted", "It will say so.", by=make.OfficeFactory().person.user)
    to = writer.user.email
    meanwhile(writer)
    assert fate(to) == becomes
