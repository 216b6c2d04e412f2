"""Mail: one row, one hand-over, one Message-ID; and never lost."""

import datetime as dt
import email
import email.policy
import smtplib
import threading

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from mktogether.setup.throwaway_postgres import free_port
from records import outbox
from records.models import Event, OutboxMessage
from tests.factories import OutboxMessageFactory, UserFactory

pytestmark = pytest.mark.django_db
SENT, SENDING, FAILED = OutboxMessage.State.SENT, OutboxMessage.State.SENDING, OutboxMessage.State.FAILED
WITHDRAWN = OutboxMessage.State.WITHDRAWN


class Server:
    """A mail server on loopback; ``answers`` are given first, then it takes everything."""

    def __init__(self):
        self.taken = []
        self.answers = []
        self.to_recipients = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the library's name
        if self.to_recipients:
            return self.to_recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        if self.answers:
            return self.answers.pop(0)
        self.taken.append(envelope.content.decode())
        return "250 OK"


@pytest.fixture
def server(settings):
    """Mail goes to a server of this test's own, through SMTP."""
    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", controller.port, 5
    yield server
    controller.stop()


def post(key="meeting:1", to="somebody@mktogether.example", subject="Papers are ready", text="Read them at /", **parts):
    with transaction.atomic():
        return outbox.post(key, to=to, subject=subject, text=text, **parts)


def later(message):
    """The pause or the lease of ``message`` is over."""
    OutboxMessage.objects.filter(pk=message.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))


# --- Writing ---


def test_a_mail_asked_for_twice_is_one_mail():
    first = post()
    assert post() == first
    assert OutboxMessage.objects.count() == 1
    assert post(key="meeting:2") != first


@pytest.mark.django_db(transaction=True)
def test_a_mail_about_an_act_that_is_rolled_back_never_goes_out():
    @transaction.atomic
    def plan():
        post()
        raise Refusal("There is a meeting at that time.")

    with pytest.raises(Refusal):
        plan()
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("subject", ["Papers\nBcc: all@example.org", "Papers\r\n\r\nBody", "Papers\x0bBcc: x", ""])
def test_a_subject_carries_no_other_header(subject):
    with pytest.raises(ValueError, match="one line"):
        post(subject=subject)


@pytest.mark.parametrize("to", ["a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", "nobody", ""])
def test_a_mail_has_one_recipient(to):
    with pytest.raises(ValidationError):
        post(to=to)


def test_whoever_asks_first_has_it_go_at_once_unless_it_is_to_wait(settings, django_capture_on_commit_callbacks):
    settings.SITE_ORIGIN = "https://portal.example.org"
    with django_capture_on_commit_callbacks() as asked:
        message = post()
    assert len(asked) == 1
    assert message.message_id.endswith("@portal.example.org>")
    with django_capture_on_commit_callbacks() as asked_again:
        post()
        post(key="meeting:2", nudged=False)
    assert asked_again == []


# --- Handing over ---


def test_it_is_handed_over_once_under_its_message_id(server):
    message = post(text="Papers are at http://localhost:8000/meetings/\n.\nA line with one dot stands above.")
    outbox.deliver(message.pk)
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.lease_until) == (SENT, 1, None)
    assert message.sent_at is not None
    (content,) = server.taken
    assert f"Message-ID: {message.message_id}" in content
    assert message.message_id.endswith("@localhost>")
    assert "Subject: Papers are ready" in content
    assert "To: somebody@mktogether.example" in content
    assert "Auto-Submitted: auto-generated" in content
    assert "A line with one dot stands above." in content
    assert email.message_from_string(content).get_content_type() == "text/plain"


def test_it_goes_as_text_and_as_a_page_with_an_entry_for_the_calendar_and_a_way_to_switch_it_off(server):
    off = "http://localhost:8000/reminders/off/signed/"
    entry = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    parts = {"html": "<p>Read them.</p>", "calendar": entry, "calendar_method": "REQUEST", "unsubscribe": off}
    outbox.deliver(post(**parts).pk)
    got = email.message_from_string(server.taken[0], policy=email.policy.default)
    assert got.get_content_type() == "multipart/alternative"
    shown = [(part.get_content_type(), part.get_param("method"), part.get_content()) for part in got.iter_parts()]
    assert [(kind, method) for kind, method, _content in shown] == [
        ("text/plain", None),
        ("text/html", None),
        ("text/calendar", "REQUEST"),
    ]
    assert [content.strip() for _kind, _method, content in shown[:2]] == ["Read them at /", "<p>Read them.</p>"]
    assert "METHOD:REQUEST" in shown[2][2]
    assert got["List-Unsubscribe"] == f"<{off}>"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_that_is_no_longer_wanted_is_withdrawn_when_it_would_go(server, monkeypatch):
    monkeypatch.setitem(outbox.LOOKS, "meeting", lambda message: message.to.startswith("wanted"))
    wanted, unwanted = post(to="wanted@mktogether.example"), post(key="meeting:2")
    for message in (wanted, unwanted):
        outbox.deliver(message.pk)
        message.refresh_from_db()
    assert (wanted.state, unwanted.state) == (SENT, WITHDRAWN)
    assert unwanted.lease_until is None
    assert len(server.taken) == 1
    assert outbox.sweep(timezone.now() + dt.timedelta(days=9)) == []


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_exactly_one_hands_it_over(server):
    message = post()
    together = threading.Barrier(6)

    def worker():
        together.wait()
        outbox.deliver(message.pk)
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.taken) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == (SENT, 1)


def test_a_mail_that_the_server_refuses_for_now_goes_later_under_the_same_message_id(server):
    server.answers = ["451 Try again"]
    message = post()
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.state == SENDING
    assert message.failure == "The mail server refused the mail (its code is 451)."
    outbox.deliver(message.pk)  # a second nudge comes too early
    assert server.taken == []
    assert outbox.sweep(timezone.now()) == []
    later(message)
    assert outbox.sweep(timezone.now()) == [message.pk]
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.failure) == (SENT, 2, "")
    assert f"Message-ID: {message.message_id}" in server.taken[0]


def test_what_fails_often_waits_longer_and_each_failure_is_in_the_log_without_words_of_the_mail(server, caplog):
    server.answers = ["451 Try again"]
    message = OutboxMessageFactory(attempts=4)
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.lease_until > timezone.now() + dt.timedelta(minutes=15)
    assert f"Mail {message.pk} was not handed over: SMTPDataError" in caplog.text
    assert message.subject not in caplog.text


def test_what_is_withdrawn_has_no_failure_any_more(monkeypatch):
    message = OutboxMessageFactory(lost=True, key="meeting:1", failure="The mail server did not answer.")
    monkeypatch.setitem(outbox.LOOKS, "meeting", lambda message: False)
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.failure) == (WITHDRAWN, "")


def test_the_pauses_grow_and_outlast_a_weekend_repair():
    pauses = [outbox.pause_after(attempts) for attempts in range(1, outbox.ATTEMPTS)]
    assert pauses[:3] == [dt.timedelta(minutes=1), dt.timedelta(minutes=2), dt.timedelta(minutes=4)]
    assert pauses == sorted(pauses)
    assert max(pauses) == dt.timedelta(hours=1)
    assert sum(pauses, dt.timedelta()) > dt.timedelta(days=2)


@pytest.mark.parametrize("code", [500, 550])
def test_an_address_that_the_server_does_not_know_is_said_at_once_and_tried_again_when_somebody_asks(server, code):
    server.to_recipients = [f"{code} No such user"]
    by, message = UserFactory(), post()
    with pytest.raises(Refusal, match="not one that could not be"):
        outbox.try_again(message, by=by)
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (FAILED, 1)
    assert message.failure == "The mail server does not take mail for this address."
    outbox.try_again(message, by=by)
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.failure, len(server.taken)) == (SENT, "", 1)
    assert Event.objects.filter(verb="mail.tried_again", actor_id=by.pk, target_id=message.pk).count() == 1


def test_after_the_last_attempt_it_says_for_good_why(server):
    server.to_recipients = ["450 Mailbox busy"]
    message = OutboxMessageFactory(attempts=outbox.ATTEMPTS - 1)
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.lease_until) == (FAILED, None)
    assert message.failure == "The mail server does not take mail for this address."
    assert outbox.sweep(timezone.now() + dt.timedelta(days=9)) == []


def test_a_server_that_is_away_delays_mail_and_loses_none(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 2
    message = post()
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.failure) == (SENDING, "The mail server did not answer.")


def test_a_wrong_password_at_the_server_is_said_in_words(server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "wrong"
    message = post()
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.state == SENDING
    assert message.failure.startswith("The mail server")


def test_a_password_that_the_server_refuses_is_named_as_the_trouble():
    refused = smtplib.SMTPAuthenticationError(535, b"No")
    assert outbox._in_words(refused) == "The mail server does not accept the portal's name and password."


# --- Losing a worker ---


def test_while_it_is_handed_over_it_is_held_for_a_while_and_no_other_mail_with_it(server, monkeypatch):
    server.answers = ["451 Try again"]
    first, second = post(), post(key="meeting:2")
    outbox.deliver(first.pk)
    leases = []

    def look_again(message):
        leases.append(OutboxMessage.objects.get(pk=message.pk).lease_until)
        return True

    monkeypatch.setitem(outbox.LOOKS, "meeting", look_again)
    outbox.deliver(second.pk)
    assert leases[0] > timezone.now()
    assert OutboxMessage.objects.get(pk=second.pk).state == SENT
    first.refresh_from_db()
    assert (first.state, first.attempts) == (SENDING, 1)
    assert first.failure == "The mail server refused the mail (its code is 451)."


@pytest.mark.parametrize("meanwhile", [{"attempts": 2}, {"state": WITHDRAWN, "lease_until": None}])
def test_whoever_lost_the_claim_before_the_server_answered_hands_nothing_over(server, monkeypatch, meanwhile):
    def another_took_it(message):
        return bool(OutboxMessage.objects.filter(pk=message.pk).update(**meanwhile))

    monkeypatch.setitem(outbox.LOOKS, "meeting", another_took_it)
    message = post()
    outbox.deliver(message.pk)
    assert server.taken == []
    message.refresh_from_db()
    assert message.state == meanwhile.get("state", SENDING)


def test_the_sweeper_finds_what_waits_and_what_was_lost_and_nothing_else():
    now = timezone.now()
    waiting, lost = OutboxMessageFactory(), OutboxMessageFactory(lost=True)
    OutboxMessageFactory(sending=True)
    OutboxMessageFactory(sent=True)
    OutboxMessageFactory(failed=True)
    went_at_last = OutboxMessageFactory(sent=True, attempts=outbox.ATTEMPTS)
    assert outbox.sweep(now) == [lost.pk]
    assert outbox.sweep(waiting.created_at + dt.timedelta(seconds=4)) == [lost.pk]
    assert outbox.sweep(waiting.created_at + dt.timedelta(seconds=5.5)) == [waiting.pk, lost.pk]
    went_at_last.refresh_from_db()
    assert went_at_last.state == SENT


def test_a_mail_whose_worker_was_lost_goes_out_again_under_the_same_message_id():
    message = OutboxMessageFactory(lost=True)
    outbox.deliver(message.pk)
    assert [sent.extra_headers["Message-ID"] for sent in mail.outbox] == [message.message_id]


def test_a_mail_that_kills_every_worker_is_given_up_with_a_sentence():
    message = OutboxMessageFactory(lost=True, attempts=outbox.ATTEMPTS)
    outbox.deliver(message.pk)
    assert outbox.sweep(timezone.now()) == []
    message.refresh_from_db()
    assert (message.state, message.failure, message.lease_until) == (FAILED, outbox.WORKER_LOST, None)
    assert mail.outbox == []


def test_the_late_word_of_a_worker_that_lost_its_claim_changes_nothing():
    message = OutboxMessageFactory(sending=True)
    late = OutboxMessage.objects.get(pk=message.pk)
    OutboxMessage.objects.update(state=SENT, sent_at=timezone.now(), attempts=2)
    outbox._put_off(late, "The mail server did not answer.")
    message.refresh_from_db()
    assert (message.state, message.failure) == (SENT, "")
