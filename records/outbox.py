"""Mail: written as a row with what it tells of, and handed over once under a stable Message-ID."""

import datetime as dt
import logging
import smtplib
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from records.models import OutboxMessage
from records.nudge import nudge

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=60)
ATTEMPTS = 8


def post(key, *, to, subject, text, area=None):
    """
    Write a mail that must go out, in the transaction of what it tells of; return its row.

    ``key`` makes it the same mail if asked for twice. Mail carries reference, date and link, never content.
    """
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
    now = timezone.now()
    free = Q(state=OutboxMessage.State.WAITING) | Q(state=OutboxMessage.State.SENDING, lease_until__lt=now)
    claimed = OutboxMessage.objects.filter(free, pk=message_pk).update(
        state=OutboxMessage.State.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    if not claimed:
        return
    message = OutboxMessage.objects.get(pk=message_pk)
    mail = EmailMessage(message.subject, message.text, to=[message.to], headers={"Message-ID": message.message_id})
    try:
        mail.send()
    except (smtplib.SMTPException, OSError) as failure:
        logger.warning("Mail %s was not handed over: %s", message.pk, type(failure).__name__)
        over = message.attempts >= ATTEMPTS
        OutboxMessage.objects.filter(pk=message_pk).update(
            state=OutboxMessage.State.FAILED if over else OutboxMessage.State.SENDING,
            lease_until=now + LEASE * message.attempts,
            failure=f"The mail server did not take it ({type(failure).__name__}).",
        )
        return
    OutboxMessage.objects.filter(pk=message_pk).update(
        state=OutboxMessage.State.SENT, lease_until=None, sent_at=timezone.now(), failure=""
    )


def sweep(now):
    """The ids of mails that wait, or whose worker was lost or refused by the server."""
    waiting = Q(state=OutboxMessage.State.WAITING, created_at__lt=now - dt.timedelta(seconds=5))
    lost = Q(state=OutboxMessage.State.SENDING, lease_until__lt=now)
    return list(OutboxMessage.objects.filter(waiting | lost).order_by("pk").values_list("pk", flat=True)[:500])
