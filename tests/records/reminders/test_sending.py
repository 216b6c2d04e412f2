"""Handing over: once, to whoever it is still for, in one mail a day or each by itself, and never lost."""

import datetime as dt
import threading

import pytest
from django.core import mail
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from meetings.models import Action
from records import outbox, reminders
from records.models import OutboxMessage, Reminder, ReminderChoice
from records.reminders import kinds, sending, writing
from tests.factories import LONG_AGO, AppointmentFactory
from tests.records.reminders.conftest import OVERDUE, at_once, states

pytestmark = pytest.mark.django_db
HANDED = ("handed over", "")


def deliver_all():
    for message in OutboxMessage.objects.filter(state="waiting").order_by("pk"):
        outbox.deliver(message.pk)


def leave(person, now):
    person.appointments.update(ends_at=now)


def test_a_day_s_reminders_of_somebody_are_one_mail(late, now):
    (one, *_more) = late(number=3)
    late()
    reminders.remind(now)
    assert states() == [HANDED] * 4
    assert OutboxMessage.objects.count() == 2
    deliver_all()
    daily = next(sent for sent in mail.outbox if sent.to == [one.owner.user.email])
    assert daily.subject.startswith("3 reminders for ")
    assert daily.body.count("An action of yours is overdue.") == 3


def test_whoever_wants_each_as_it_comes_gets_each(late, now):
    (first, *_more) = late(number=3)
    at_once(first.owner)
    reminders.remind(now)
    deliver_all()
    assert [sent.to for sent in mail.outbox] == [[first.owner.user.email]] * 3
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 3


def test_a_mail_says_reference_date_and_link_as_text_and_as_a_page_and_never_what_is_to_be_done(late, now):
    (action,) = late()
    reminders.remind(now)
    deliver_all()
    (sent,) = mail.outbox
    (page,) = sent.alternatives
    assert sent.subject == f"Action, {action.body.name}, {sent.subject.rpartition(', ')[2]}"
    for shown in (sent.subject, sent.body, page.content):
        assert action.what not in shown
        assert action.body.name in shown
    link = f"http://localhost:8000/actions/?whose=mine#action-{action.public_id}"
    assert link in sent.body
    assert link in page.content
    assert page.mimetype == "text/html"
    assert sent.extra_headers["List-Unsubscribe"].startswith("<http://localhost:8000/reminders/off/")
    assert sent.extra_headers["List-Unsubscribe"].strip("<>") in sent.body


def test_what_came_after_the_day_s_mail_goes_with_the_next_day_s(late, now):
    (first,) = late()
    reminders.remind(now)
    late(first.owner)
    reminders.remind(now)
    assert states() == [HANDED, ("waiting", "")]
    later = Reminder.objects.get(state="waiting")
    assert later.send_from == sending.morning(timezone.localdate(now) + dt.timedelta(days=1))
    assert (later.claim, later.lease_until) == (None, None)
    reminders.remind(later.send_from)
    assert OutboxMessage.objects.count() == 2


def test_what_is_done_meanwhile_is_withdrawn(late, now):
    (action,) = late()
    writing.write_due(now)
    Action.objects.update(done_at=now, done_by=action.owner.user)
    sending.send_due(now)
    assert states() == [("withdrawn", "not due")]
    assert not OutboxMessage.objects.exists()


def test_a_changed_date_withdraws_what_was_due_by_the_old_one(late, now, today):
    late()
    writing.write_due(now)
    Action.objects.update(due_on=today + dt.timedelta(days=9))
    sending.send_due(now)
    assert states() == [("withdrawn", "not due")]


def test_whom_it_is_for_is_worked_out_again(late, now):
    (action,) = late()
    writing.write_due(now)
    successor = AppointmentFactory(with_account=True, seat__body__area=action.area).person
    Action.objects.update(owner=successor)
    reminders.remind(now)
    deliver_all()
    assert sorted(states()) == [HANDED, ("withdrawn", "not due")]
    assert [sent.to for sent in mail.outbox] == [[successor.user.email]]


def test_whoever_left_is_not_reminded(late, now):
    (action,) = late()
    writing.write_due(now)
    leave(action.owner, now)
    sending.send_due(now)
    assert states() == [("withdrawn", "left")]


@pytest.mark.parametrize("account", ["none", "switched off"])
def test_whoever_has_nowhere_to_send_it_is_not_reached(late, now, account):
    owner = AppointmentFactory(with_account=account == "switched off").person
    if owner.user:
        type(owner.user).objects.update(is_active=False)
    late(owner)
    reminders.remind(now)
    assert states() == [("not reached", "")]


def test_what_is_switched_off_is_withdrawn(late, now):
    (action,) = late()
    ReminderChoice.objects.create(area=action.area, recipient_id=action.owner_id, off=[OVERDUE])
    reminders.remind(now)
    assert states() == [("withdrawn", "switched off")]


def test_what_nobody_may_switch_off_goes_whatever_was_chosen(late, now, monkeypatch):
    (action,) = late()
    kind = kinds.Kind(
        **{**vars(kinds.KINDS[OVERDUE]), "always": "It is what was agreed, so it cannot be switched off."}
    )
    monkeypatch.setitem(kinds.KINDS, OVERDUE, kind)
    ReminderChoice.objects.create(area=action.area, recipient_id=action.owner_id, off=[OVERDUE])
    reminders.remind(now)
    deliver_all()
    (sent,) = mail.outbox
    assert "It is what was agreed, so it cannot be switched off." in sent.body
    assert "List-Unsubscribe" not in sent.extra_headers


# --- At the moment of sending ---


def test_a_mail_that_waited_for_its_server_is_looked_at_again(late, now):
    (action,) = late()
    reminders.remind(now)
    leave(action.owner, timezone.now())
    deliver_all()
    assert mail.outbox == []
    assert states() == [("withdrawn", "left")]
    assert OutboxMessage.objects.get().state == "withdrawn"


def test_of_a_day_s_mail_what_is_done_by_then_is_left_out(late, now):
    (first, *_more) = late(number=3)
    reminders.remind(now)
    Action.objects.filter(pk=first.pk).update(done_at=now, done_by=first.owner.user)
    deliver_all()
    (sent,) = mail.outbox
    assert sent.subject.startswith("2 reminders for ")
    assert f"#action-{first.public_id}" not in sent.body
    assert sorted(states()) == [HANDED, HANDED, ("withdrawn", "not due")]


def test_it_goes_to_the_address_that_somebody_has_by_then(late, now):
    (action,) = late()
    reminders.remind(now)
    type(action.owner.user).objects.filter(pk=action.owner.user_id).update(email="new@mktogether.example")
    deliver_all()
    assert [sent.to for sent in mail.outbox] == [["new@mktogether.example"]]


# --- Losing a worker ---


def test_what_a_killed_worker_held_is_claimed_again_once_its_lease_is_over(late, now):
    late(number=2)
    writing.write_due(now)
    assert len(sending._claimed(now)) == 2
    assert sending.send_due(now) == 0
    Reminder.objects.update(lease_until=now - dt.timedelta(seconds=1))
    assert sending.send_due(now) == 2
    assert OutboxMessage.objects.count() == 1


def test_a_worker_whose_lease_ran_out_puts_nothing_into_the_outbox(late, now):
    late(number=2)
    writing.write_due(now)
    slow = sending._claimed(now)
    Reminder.objects.update(lease_until=now - dt.timedelta(seconds=1))
    sending.send_due(now)
    sending._hand_over(slow, now)
    assert OutboxMessage.objects.count() == 1
    assert states() == [HANDED] * 2


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_hand_each_over_once(late, now):
    owners = [late(number=3)[0].owner for _ in range(12)]
    for owner in owners[::2]:
        at_once(owner)
    together = threading.Barrier(4)

    def worker():
        together.wait()
        try:
            reminders.remind(now)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states() == [HANDED] * 36
    assert OutboxMessage.objects.count() == 6 * 3 + 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one who writes there waits for nobody: the others do")
def test_of_somebody_with_whose_reminders_another_worker_is_busy_nothing_is_taken(late, now):
    """So nobody has two mails for one, and two workers never wait for each other."""
    busy, free = late(number=2)[0].owner, late(number=2)[0].owner
    writing.write_due(now)
    holds, done = threading.Event(), threading.Event()

    def worker():
        try:
            with transaction.atomic():
                list(Reminder.objects.select_for_update().filter(recipient_id=busy.pk)[:1])
                holds.set()
                assert done.wait(20)
        finally:
            connection.close()

    other = threading.Thread(target=worker)
    other.start()
    assert holds.wait(20)
    try:
        sending.send_due(now)
    finally:
        done.set()
        other.join()
    of = {person: Reminder.objects.filter(recipient_id=person.pk) for person in (busy, free)}
    assert set(of[busy].values_list("state", "claim")) == {("waiting", None)}
    assert set(of[free].values_list("state", flat=True)) == {"handed over"}
    sending.send_due(now)
    assert set(of[busy].values_list("state", flat=True)) == {"handed over"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="there is no server that could restart")
def test_a_database_that_restarts_at_any_statement_loses_nothing_and_doubles_nothing(late, now):
    """As a restart does, the server ends the worker's session: once before each statement of the work, in turn."""
    for _person in range(4):
        late(number=3)
    ended, done = 0, False
    while not done:
        with connection.execute_wrapper(ending_the_session(before=ended + 1)):
            try:
                reminders.remind(now + ended * dt.timedelta(seconds=20))
                done = True
            except (OperationalError, InterfaceError):
                ended += 1
        connection.close()
    assert ended > 10
    assert states() == [HANDED] * 12
    assert OutboxMessage.objects.count() == OutboxMessage.objects.values("to").distinct().count() == 4


def ending_the_session(before):
    """Ends the session of this connection before its ``before``th statement from now on."""
    left = before

    def execute_after_the_end(execute, sql, params, many, context):
        nonlocal left
        left -= 1
        if left == 0:
            other = connection.copy()
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
            other.close()
        return execute(sql, params, many, context)

    return execute_after_the_end


def test_a_lost_broker_delays_nothing_but_the_nudge(late, now, settings, monkeypatch):
    from celery import current_app

    monkeypatch.setattr(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    late()
    late()
    reminders.remind(now)
    assert states() == [HANDED] * 2
    assert len(outbox.sweep(timezone.now() + dt.timedelta(minutes=1))) == 2


@pytest.mark.parametrize("people", [3, 60])
def test_a_batch_is_looked_at_in_as_many_queries_for_3_as_for_60(late, now, people, django_assert_num_queries):
    for _person in range(people):
        late()
    writing.write_due(now)
    rows = list(Reminder.objects.all())
    with django_assert_num_queries(3):  # what is due, who they are, what they chose
        sending.look_again(rows, now)
    assert now > LONG_AGO
