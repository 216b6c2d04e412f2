"""Mail: written as a row with what it tells of, and handed over once under a stable Message-ID."""

import datetime as dt
import logging
import smtplib
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from records.models import OutboxMessage
from records.nudge import nudge

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=3)  # a talk with a mail server that answers each step at the last moment is shorter
FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(hours=1)
ATTEMPTS = 54  # with these pauses, two days: a mail server may be away for a weekend's repair
WORKER_LOST = "The portal stopped again and again while it handed this mail over."


def post(key, *, to, subject, text, area=None):
    """
    Write a mail that must go out, in the transaction of what it tells of; return its row.

    ``key`` makes it the same mail if asked for twice. Mail carries reference, date and link, never content. Raises
    ValidationError for an address, and ValueError for a subject, that would smuggle in another header or recipient.
    """
    validate_email(to)
    if len(subject.splitlines()) != 1:
        raise ValueError("A subject is one line.")
    message, created = OutboxMessage.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": subject,
            "text": text,
            "area": area,
            "message_id": make_msgid(domain=urlsplit(settings.SITE_ORIGIN).hostname),
        },
    )
    if created:
        transaction.on_commit(lambda: nudge("records.tasks.deliver", message.pk))
    return message


def deliver(message_pk):
    """
    Hand the mail over, if nobody else is doing it.

    A worker killed between the server's yes and our note of it hands the mail over again under the same Message-ID:
    SMTP itself cannot promise more.
    """
    if not _claim(message_pk):
        return
    message = OutboxMessage.objects.get(pk=message_pk)
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    try:
        with get_connection() as server:
            EmailMessage(message.subject, message.text, to=[message.to], headers=headers, connection=server).send()
    except (smtplib.SMTPException, OSError) as failure:
        logger.warning("Mail %s was not handed over: %s", message.pk, type(failure).__name__)
        _put_off(message, _in_words(failure))
        return
    _held(message).update(state=OutboxMessage.State.SENT, lease_until=None, sent_at=timezone.now(), failure="")


def sweep(now):
    """The ids of mails that wait, or whose worker was lost or refused by the server; gives up on hopeless ones."""
    lost = Q(state=OutboxMessage.State.SENDING, lease_until__lt=now)
    OutboxMessage.objects.filter(lost, attempts__gte=ATTEMPTS).update(
        state=OutboxMessage.State.FAILED, lease_until=None, failure=WORKER_LOST
    )
    waiting = Q(state=OutboxMessage.State.WAITING, created_at__lt=now - dt.timedelta(seconds=5))
    return list(OutboxMessage.objects.filter(waiting | lost).order_by("pk").values_list("pk", flat=True)[:500])


def pause_after(attempts):
    """How long to wait after so many attempts: twice as long each time, up to an hour."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)


def _claim(message_pk):
    now = timezone.now()
    free = Q(state=OutboxMessage.State.WAITING) | Q(state=OutboxMessage.State.SENDING, lease_until__lt=now)
    claimed = OutboxMessage.objects.filter(free, pk=message_pk, attempts__lt=ATTEMPTS).update(
        state=OutboxMessage.State.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    return claimed == 1


def _held(message):
    """The row, while the claim of this attempt holds."""
    return OutboxMessage.objects.filter(pk=message.pk, state=OutboxMessage.State.SENDING, attempts=message.attempts)


def _put_off(message, failure):
    """Try again later, or, after the last attempt, say for good why it could not be handed over."""
    if message.attempts >= ATTEMPTS:
        _held(message).update(state=OutboxMessage.State.FAILED, lease_until=None, failure=failure)
    else:
        _held(message).update(lease_until=timezone.now() + pause_after(message.attempts), failure=failure)


def _in_words(failure):
    """What to tell whoever looks after the portal's mail."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return "The mail server does not take mail for this address."
    if isinstance(failure, smtplib.SMTPAuthenticationError):
        return "The mail server does not accept the portal's name and password."
    if isinstance(failure, smtplib.SMTPResponseException):
        return f"The mail server refused the mail (its code is {failure.smtp_code})."
    return "The mail server did not answer."
