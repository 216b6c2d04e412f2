"""Mail that comes back is read from the mail server's report of it."""

import io
import sys
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from records.models import Event
from records.reminders import returned
from tests.factories import OutboxMessageFactory

TO = "member@agency.example"


def report(message_id, *, to=TO, action="failed", head_alone=False, sent_to=None, **fields):
    """What a mail server writes when it cannot deliver a mail, as RFC 3464 has it."""
    whole = EmailMessage()
    whole["Message-ID"], whole["To"], whole["Subject"] = message_id, sent_to or to, "Your meeting"
    whole.set_content("There is something for you.")
    status = EmailMessage()
    status["Reporting-MTA"] = "dns; mail.example"
    of_one = EmailMessage()
    of_one["Final-Recipient"] = f"rfc822; {to}"
    if sent_to:
        of_one["Original-Recipient"] = f"rfc822;{sent_to}"
    of_one["Action"] = action
    for name, value in fields.items():
        of_one[name.replace("_", "-")] = value
    delivery = MIMEMessage(status, "delivery-status")
    delivery.set_payload([status, of_one])
    answer = MIMEMultipart("report", report_type="delivery-status")
    answer["From"], answer["To"] = "MAILER-DAEMON@mail.example", "portal@mktogether.example"
    answer.attach(MIMEText("I am sorry to have to inform you …"))
    answer.attach(delivery)
    if head_alone:
        head = "".join(f"{name}: {value}\n" for name, value in whole.items())
        answer.attach(MIMEText(head, "rfc822-headers"))
    else:
        answer.attach(MIMEMessage(whole))
    return answer.as_bytes()


@pytest.fixture
def sent(db):
    return OutboxMessageFactory(to=TO, sent=True)


@pytest.mark.parametrize("head_alone", [False, True])
def test_a_mail_that_came_back_stands_with_what_did_not_go_out(sent, head_alone):
    other = OutboxMessageFactory(to=TO, sent=True)
    full = report(sent.message_id, head_alone=head_alone, Diagnostic_Code="smtp; 552 5.2.2   Mailbox full")
    assert returned.note(full) == 1
    sent.refresh_from_db()
    other.refresh_from_db()
    assert (sent.state, sent.sent_at, sent.failure) == ("failed", None, "It came back: 552 5.2.2 Mailbox full")
    assert other.state == "sent"
    event = Event.objects.get(verb="mail.came_back")
    assert (event.target_id, event.actor_id) == (sent.pk, None)


def test_it_is_noted_once_however_often_it_is_told(sent):
    told = report(sent.message_id, Status="5.1.1")
    assert [returned.note(told), returned.note(told)] == [1, 0]
    sent.refresh_from_db()
    assert sent.failure == "It came back: its status is 5.1.1"
    assert Event.objects.filter(verb="mail.came_back").count() == 1


def test_of_a_mail_that_was_forwarded_the_address_counts_that_it_was_sent_to(sent):
    assert returned.note(report(sent.message_id, to="new@elsewhere.example", sent_to=TO.upper())) == 1


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_is_only_late_or_arrived_after_all_is_not_noted(sent, action):
    assert returned.note(report(sent.message_id, action=action)) == 0
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_nobody_can_have_a_mail_noted_whose_id_and_address_they_do_not_know(sent):
    assert returned.note(report("<guessed@localhost>")) == 0
    assert returned.note(report(sent.message_id, to="somebody@else.example")) == 0
    assert returned.note(report("")) == 0
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_another_mail_in_that_mailbox_says_nothing(sent):
    answer = EmailMessage()
    answer["Subject"], answer["In-Reply-To"] = "Out of office", sent.message_id
    answer.set_content("Final-Recipient: rfc822; member@agency.example\nAction: failed")
    assert returned.note(answer.as_bytes()) == 0


@given(st.binary(max_size=300))
def test_rubbish_says_nothing(rubbish):
    assert returned.read(rubbish) == []


@given(st.data())
def test_a_report_that_was_cut_or_garbled_raises_nothing(data):
    whole = report("<1@localhost>", Status="5.1.1")
    cut = data.draw(st.integers(0, len(whole)))
    returned.read(whole[:cut] + data.draw(st.binary(max_size=40)) + whole[cut:])


def test_the_command_reads_files_or_what_is_piped(sent, tmp_path, monkeypatch, capsys):
    second = OutboxMessageFactory(to=TO, sent=True)
    file = tmp_path / "1700000000.M1.mail"
    file.write_bytes(report(sent.message_id))
    call_command("note_returned_mail", file)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(report(second.message_id))))
    call_command("note_returned_mail")
    assert capsys.readouterr().out == "Noted of 1 mail.\nNoted of 1 mail.\n"
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("note_returned_mail", tmp_path / "nothing")
    file.write_bytes(b"a" * (10 * 1024 * 1024 + 1))
    with pytest.raises(CommandError, match="larger than 10 MB"):
        call_command("note_returned_mail", file)
