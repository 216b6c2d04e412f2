"""Whoever may approve a report is told that it waits, as long as it does."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from partnerships.models import Body, Chairing, Office
from records import outbox, reminders
from records.models import OutboxMessage, Reminder
from records.reminders import kinds
from reports import access, actions
from reports.assembling import content_of, fingerprint
from reports.models import Report
from reports.reminders import PROPOSED, STILL_WAITS, proposals_in_words
from tests.factories import AnotherAreaFactory, ChairingFactory, OfficeFactory, PersonFactory, ReportFactory
from tests.records.reminders.conftest import keys_of

pytestmark = pytest.mark.django_db
THEN = dt.datetime(2027, 6, 2, 15, 20, tzinfo=ZoneInfo("Europe/London"))  # a Wednesday


@pytest.fixture
def waits():
    return ReportFactory(proposed=True, proposed_at=THEN)


def told(now=THEN):
    return {key.recipient_id for key in keys_of(PROPOSED, now)}


def test_those_are_told_who_may_approve_whatever_they_hold(waits, fresh):
    everybody = [OfficeFactory(kind=kind).person for kind in Office.Kind.values]
    everybody += [
        ChairingFactory(body__kind=kind, part=part, with_account=True).person
        for kind in Body.Kind.values
        for part in Chairing.Part.values
    ]
    may = {person.pk for person in everybody if access.may_approve(fresh(person.user), waits)}
    assert len(may) == 4
    assert told() == may


def test_not_whoever_proposed_it_nor_whoever_cannot_sign_in_nor_another_area_s(waits):
    one, proposer, off, elsewhere = (OfficeFactory(lead_partner=True) for _ in range(4))
    ChairingFactory(body__partnership=True)  # without an account
    OfficeFactory(lead_partner=True, ends_at=THEN)
    type(off.person.user).objects.filter(pk=off.person.user_id).update(is_active=False)
    type(elsewhere.person).objects.filter(pk=elsewhere.person_id).update(area=AnotherAreaFactory())
    Report.objects.regardless("in a test").update(proposed_by=proposer.person.user)
    assert told() == {one.person_id}


def test_they_are_told_at_once_and_again_until_it_is_approved_or_withdrawn(waits):
    OfficeFactory(scrutineer=True)
    days = [THEN + dt.timedelta(days=day) for day in range(40)]
    assert {key.due_on for then in days for key in keys_of(PROPOSED, then)} == {THEN.date()}
    again = {key.due_on for then in days for key in keys_of(STILL_WAITS, then)}
    assert again == {dt.date(2027, 6, day) for day in (7, 14, 21)}
    Report.objects.regardless("in a test").update(state="draft", proposed_at=None, proposed_by=None)
    assert not any(keys_of(kind, then) for kind in (PROPOSED, STILL_WAITS) for then in days)


def test_mail_names_the_report_and_the_moment_and_leads_to_its_making(waits):
    said = proposals_in_words({waits.pk}, THEN)[waits.pk]
    assert (said.reference, said.on) == (waits.title, "Proposed on Wednesday 2 June 2027, 15:20")
    assert said.href == f"{waits.get_absolute_url()}making/"
    assert kinds.KINDS["report.proposed"] is PROPOSED


def test_a_proposal_goes_out_by_mail_and_what_was_not_sent_is_withdrawn_with_it(
    proposed, team, partner, chair, settings
):
    settings.REMINDERS_FROM = dt.time(0)
    OfficeFactory(person=PersonFactory(with_account=True), scrutineer=False)
    reminders.remind(timezone.now())
    waiting = OutboxMessage.objects.filter(state="waiting", subject__contains="approval")
    assert {message.to for message in waiting} == {partner.email, chair.email}
    outbox.deliver(waiting.get(to=partner.email).pk)
    assert [sent.to for sent in mail.outbox] == [[partner.email]]
    assert f"{proposed.get_absolute_url()}making/" in mail.outbox[0].body
    actions.withdraw(proposed, by=team)
    outbox.deliver(waiting.get(to=chair.email).pk)
    assert len(mail.outbox) == 1
    assert set(Reminder.objects.filter(kind="report.proposed").values_list("recipient_id", "state")) == {
        (partner.person.pk, "handed over"),
        (chair.person.pk, "withdrawn"),
    }


def test_a_report_that_is_proposed_again_within_the_day_is_told_again(
    proposed, partner, team, again, build_of, settings
):
    settings.REMINDERS_FROM = dt.time(0)
    reminders.remind(timezone.now())
    actions.withdraw(proposed, by=team)
    build_of(proposed)
    actions.propose(again(proposed), by=team)
    reminders.remind(timezone.now())
    sent = OutboxMessage.objects.filter(to=partner.email, subject__contains="approval")
    assert sent.count() == 2


def test_nobody_is_told_of_what_is_published(proposed, partner, scrutineer, chair, settings):
    settings.REMINDERS_FROM = dt.time(0)
    assert told(timezone.now()) == {partner.person.pk, scrutineer.person.pk, chair.person.pk}
    actions.approve(proposed, by=partner, seen=fingerprint(content_of(proposed)))
    assert not told(timezone.now())


def test_both_are_among_the_kinds_that_somebody_chooses_from(as_user, scrutineer, words):
    page = words(as_user(scrutineer).get("/me/reminders/"))
    assert PROPOSED.title in page
    assert STILL_WAITS.title in page
