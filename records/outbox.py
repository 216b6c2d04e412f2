"""Mail: written as a row with what it tells of, and handed over once under a stable Message-ID."""

import contextlib
import datetime as dt
import errno
import logging
import smtplib
from collections.abc import Callable
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from records import history
from records.models import OutboxMessage
from records.nudge import nudge

logger = logging.getLogger(__name__)

# Longer than either half of a talk with a mail server that answers each step at the last moment (EMAIL_TIMEOUT), and
# short enough that a mail whose worker was killed goes out within two minutes.
LEASE = dt.timedelta(seconds=45)
FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(hours=1)
ATTEMPTS = 54  # with these pauses, two days: a mail server may be away for a weekend's repair
WORKER_LOST = "The portal stopped again and again while it handed this mail over."
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NOT_FAILED = "This mail is not one that could not be handed over."

# By the first part of a key: look_again(message) -> whether it is still to go, asked each time before it goes.
LOOKS: dict[str, Callable] = {}


def before_handing_over(prefix, look_again):
    """
    Have ``look_again(message)`` asked before a mail goes whose key begins with ``prefix`` and a colon.

    It may change what the mail says, and saves that; a mail of which it answers False is withdrawn.
    """
    LOOKS[prefix] = look_again


def post(key, *, to, subject, text, html="", calendar="", calendar_method="", unsubscribe="", area=None, nudged=True):
    """
    Write a mail that must go out, in the transaction of what it tells of; return its row.

    ``key`` makes it the same mail if asked for twice. Mail carries reference, date and link, never content. ``html`` is
    the same as a page; ``calendar`` an entry for the recipient's calendar, with what it asks (``calendar_method``);
    ``unsubscribe`` the address that switches such mail off. ``nudged`` is False where whoever posts many tells the
    workers by themselves. Raises ValidationError for an address, and ValueError for a subject, that would smuggle in
    another header or recipient.
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
            "html": html,
            "calendar": calendar,
            "calendar_method": calendar_method,
            "unsubscribe": unsubscribe,
            "area": area,
            "message_id": make_msgid(domain=urlsplit(settings.SITE_ORIGIN).hostname),
        },
    )
    if created and nudged:
        transaction.on_commit(lambda: nudge("records.tasks.deliver", message.pk))
    return message


def deliver(message_pk):
    """
    Hand the mail over, if nobody else is doing it and it is still wanted.

    A worker killed between the server's yes and our note of it hands the mail over again under the same Message-ID:
    SMTP itself cannot promise more.
    """
    if not _claim(message_pk):
        return
    message = OutboxMessage.objects.get(pk=message_pk)
    if not _is_wanted(message):
        _held(message).update(state=OutboxMessage.State.WITHDRAWN, lease_until=None, failure="")
        return
    server = get_connection()
    try:
        server.open()
        if not _hold_on(message):
            return
        _mail(message, server).send()
    except (smtplib.SMTPException, OSError) as failure:
        logger.warning("Mail %s was not handed over: %s", message.pk, type(failure).__name__)
        _put_off(message, _in_words(failure), for_good=_is_for_good(failure))
    else:
        _held(message).update(state=OutboxMessage.State.SENT, lease_until=None, sent_at=timezone.now(), failure="")
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):  # what the server has taken, it has taken
            server.close()


def sweep(now):
    """The ids of mails that wait, or whose worker was lost or refused by the server; gives up on hopeless ones."""
    lost = Q(state=OutboxMessage.State.SENDING, lease_until__lt=now)
    OutboxMessage.objects.filter(lost, attempts__gte=ATTEMPTS).update(
        state=OutboxMessage.State.FAILED, lease_until=None, failure=WORKER_LOST
    )
    waiting = Q(state=OutboxMessage.State.WAITING, created_at__lt=now - dt.timedelta(seconds=5))
    return list(OutboxMessage.objects.filter(waiting | lost).order_by("pk").values_list("pk", flat=True)[:500])


@transaction.atomic
def try_again(message, *, by):
    """
    Hand over, after all, a mail that was given up, to the address it was written to.

    Raises Refusal for one that was not given up.
    """
    failed = OutboxMessage.objects.filter(pk=message.pk, state=OutboxMessage.State.FAILED)
    if not failed.update(state=OutboxMessage.State.WAITING, attempts=0, failure=""):
        raise Refusal(NOT_FAILED)
    history.record("mail.tried_again", message, by=by)
    transaction.on_commit(lambda: nudge("records.tasks.deliver", message.pk))


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


def _hold_on(message):
    """Hold the claim for another lease, now that the server answers; False where another worker has it."""
    return _held(message).update(lease_until=timezone.now() + LEASE) == 1


def _is_wanted(message):
    look_again = LOOKS.get(message.key.partition(":")[0])
    return look_again is None or look_again(message)


def _mail(message, server):
    """The mail as it is handed over: text, the same as a page, and an entry for the calendar, as far as it has them."""
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    if message.unsubscribe:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    mail = EmailMultiAlternatives(message.subject, message.text, to=[message.to], headers=headers, connection=server)
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        mail.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
    return mail


def _put_off(message, failure, *, for_good=False):
    """Try again later, or, after the last attempt or where that is hopeless, say why it could not be handed over."""
    if for_good or message.attempts >= ATTEMPTS:
        _held(message).update(state=OutboxMessage.State.FAILED, lease_until=None, failure=failure)
    else:
        _held(message).update(lease_until=timezone.now() + pause_after(message.attempts), failure=failure)


def _is_for_good(failure):
    """Whether the server knows the address not to exist, or will never take mail for it; anything else may pass."""
    if not isinstance(failure, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _words in failure.recipients.values())


def _in_words(failure):
    """What to tell whoever looks after the portal's mail."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return "The mail server does not take mail for this address."
    if isinstance(failure, smtplib.SMTPAuthenticationError):
        return "The mail server does not accept the portal's name and password."
    if isinstance(failure, smtplib.SMTPResponseException):
        return f"The mail server refused the mail (its code is {failure.smtp_code})."
    if isinstance(failure, OSError) and failure.errno in NO_ROOM:
        return "The mail could not be written."
    return "The mail server did not answer."
