"""Mail that came back, read from the report that a mail server sends of it (RFC 3464)."""

from dataclasses import dataclass
from email import policy
from email.parser import BytesParser

from django.db import transaction

from records.models import OutboxMessage
from records.reminders import failures

STATED_NO_REASON = "the mail server does not say why"
FAILED = "failed"  # RFC 3464, 2.3.3; of what is only late, relayed or delivered nothing is noted


@dataclass(frozen=True)
class Returned:
    """
    A mail of ours, by its Message-ID, that did not arrive, with what the server says of that.

    ``addresses`` are where it went at last and where it was sent, which differ where it was forwarded.
    """

    message_id: str
    addresses: frozenset[str]
    reason: str


def read(report):
    """
    What ``report``, a mail as bytes, says came back for good; nothing where it is another kind of mail.

    Whether the mail was ours, and went to that address, ``note`` finds out.
    """
    mail = BytesParser(policy=policy.compat32).parsebytes(report)
    if mail.get_content_type() != "multipart/report" or not mail.is_multipart():
        return []
    message_id = next(filter(None, map(_message_id, mail.get_payload())), "")
    recipients = [block for part in mail.get_payload() for block in _recipients(part)]
    return [
        Returned(message_id, _addresses(block), _reason(block))
        for block in recipients
        if message_id and str(block.get("Action", "")).strip().lower() == FAILED
    ]


@transaction.atomic
def note(report):
    """
    Let the mails that ``report`` says came back stand with what did not go out; return how many those are.

    Anybody may write to the mailbox of the sender, so only a mail counts that was handed over under the Message-ID in
    the report, to the address in it: both are known to whoever received it. What is noted already is not noted again.
    """
    number = 0
    for returned in read(report):
        sent = OutboxMessage.objects.filter(message_id=returned.message_id, state=OutboxMessage.State.SENT)
        ours = [message for message in sent.select_for_update() if message.to.lower() in returned.addresses]
        failures.let_stand(ours, returned.reason, by=None)
        number += len(ours)
    return number


def _message_id(part):
    """The Message-ID of the mail that came back: it, or its head alone, is a part of the report."""
    kind = part.get_content_type()
    if kind == "message/rfc822" and part.is_multipart():
        return str(part.get_payload(0).get("Message-ID", "")).strip()
    if kind == "text/rfc822-headers":
        head = BytesParser(policy=policy.compat32).parsebytes(part.get_payload(decode=True) or b"", headersonly=True)
        return str(head.get("Message-ID", "")).strip()
    return ""


def _recipients(part):
    """What the report says of each recipient: a block of fields, after a first block about the server."""
    if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
        return []
    return part.get_payload()[1:]


def _addresses(block):
    """Each recipient stands there with its type, such as ``rfc822; someone@example.org``."""
    stated = (str(block.get(name, "")) for name in ("Final-Recipient", "Original-Recipient"))
    return frozenset(value.rpartition(";")[2].strip().strip("<>").lower() for value in stated if value)


def _reason(block):
    """What the server says, in one line that a page can show."""
    words = " ".join(str(block.get("Diagnostic-Code", "")).partition(";")[2].split())
    status = str(block.get("Status", "")).strip()
    return words or (f"its status is {status}" if status else STATED_NO_REASON)
