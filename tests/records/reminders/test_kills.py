"""
G5: a thousand reminders and forty kills -9 of a real worker: none lost, none twice, all within two minutes.

What SMTP itself can repeat is stated: a worker killed between the server's yes and our note of it hands the mail over
again under the same Message-ID, by which whoever takes it knows it.
"""

import random
import sys
import time

import pytest
from django.utils import timezone

from records import outbox
from records.models import OutboxMessage, Reminder
from records.reminders import kinds
from tests.factories import AppointmentFactory, ReminderChoiceFactory
from tests.records.reminders.killing import celery, loop, mailbox, portal

pytestmark = [pytest.mark.every_kind, pytest.mark.django_db(transaction=True)]
REMINDERS, KILLS = 1000, 40
LATEST = 120  # seconds
PEOPLE = 100
WORKER = ("--pool", "threads", "--concurrency", "4", "--without-gossip", "--without-mingle")


@pytest.fixture(autouse=True)
def overdue_alone(monkeypatch):
    for name in [name for name in kinds.KINDS if name != "action.overdue"]:
        monkeypatch.delitem(kinds.KINDS, name)


@pytest.fixture
def people():
    """People who want each reminder as it comes, so that each is a mail."""
    found = [AppointmentFactory(with_account=True).person for _ in range(PEOPLE)]
    for person in found:
        ReminderChoiceFactory(area=person.area, recipient_id=person.pk, way="at once")
    return found


def leases_run_out():
    """As if a minute had passed."""
    past = timezone.now() - 2 * outbox.LEASE
    OutboxMessage.objects.filter(state="sending").update(lease_until=past)
    Reminder.objects.filter(claim__isnull=False).update(lease_until=past)


def of(actions):
    return {str(action.public_id) for action in actions}


def where_it_stands(action):
    """Where a reminder stands that did not come, for whoever reads why."""
    row = Reminder.objects.select_related("message").filter(target_id=action.pk).first()
    if row is None:
        return "not written"
    mail = row.message
    return f"{row.state} {row.why} {mail and (mail.state, mail.attempts, mail.failure, str(mail.lease_until))}"


def until(condition, seconds):
    """Wait until ``condition()`` holds, at most so many seconds; returns whether it does."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
    return condition()


def killed_again_and_again(mail, late, people, *, kills, careless=False):
    """Sixty reminders, and a worker that is killed ``kills`` times while a mail is about to go; then one in peace."""
    chance, actions = random.Random(5), late(people[0], number=30) + late(people[1], number=30)
    for _kill in range(kills):
        worker = loop(mail, careless=careless)
        for _mail in range(chance.randrange(1, 9)):
            worker.waits_for("here")
        assert worker.kill()
        leases_run_out()
    worker = loop(mail, careless=careless)
    until(lambda: OutboxMessage.objects.filter(state="sent").count() == len(actions), 60)
    assert worker.kill()
    return of(actions)


def test_sixty_reminders_and_four_kills_lose_nothing_and_make_no_second_mail(late, people):
    with mailbox() as mail:
        wanted = killed_again_and_again(mail, late, people, kills=4)
        came = mail.mails_of()
    assert came.keys() == wanted
    assert {len(ids) for ids in came.values()} == {1}


def test_noted_as_sent_before_it_goes_the_same_kills_lose_some(late, people):
    """The negative control: at most once is not once."""
    with mailbox() as mail:
        wanted = killed_again_and_again(mail, late, people, kills=2, careless=True)
        assert wanted - mail.mails_of().keys()


@pytest.mark.prove
def test_a_thousand_reminders_and_forty_kills_of_a_real_worker(late, people, redis_port, tmp_path, capsys):
    chance, begun, actions, met = random.Random(), {}, [], 0
    with mailbox() as mail:
        env = portal(tmp_path / "var", mail, redis_port)
        worker = celery("worker", env, *WORKER)
        beat = celery("beat", env)
        try:
            for _kill in range(KILLS):
                for person in chance.sample(people, REMINDERS // KILLS):
                    (action,) = late(person)
                    begun[str(action.public_id)] = time.time()
                    actions.append(action)
                before = len(mail.taken)
                until(lambda before=before: len(mail.taken) > before, 30)  # at work, or still at its start
                time.sleep(chance.uniform(0, 2))
                met += worker.kill()
                worker = celery("worker", env, *WORKER)
            until(lambda: of(actions) <= mail.first_of().keys(), 2 * LATEST)
            came = mail.mails_of()
            left = [where_it_stands(action) for action in actions if str(action.public_id) not in came]
        finally:
            worker.kill()
            beat.kill()
        came, first = mail.mails_of(), mail.first_of()
    lost = of(actions) - came.keys()
    twice = sum(len(ids) > 1 for ids in came.values())
    latest = max((first[action] - begun[action] for action in first), default=0)
    with capsys.disabled():
        sys.stdout.write(
            f"\nG5: {len(actions)} reminders, {met} kills: {len(lost)} lost, {twice} twice, the slowest after "
            f"{latest:.0f} s; the server was given {mail.repeated} a second time under their Message-ID\n"
        )
    assert met == KILLS
    assert left == []
    assert (len(lost), twice) == (0, 0)
    assert latest <= LATEST
