"""What did not go out: mail that was refused or came back, and people whom no mail reaches."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from records import history
from records.models import OutboxMessage, Reminder, User
from records.reminders.kinds import KINDS, directory

LATELY = dt.timedelta(days=28)
CAME_BACK = "It came back: {}"
NOTHING_SENT = "No mail went to this address in the last four weeks. Check how it is written."
NOTHING_WAITS = "Nothing waits for them any more."


def mails(area_ids, now):
    """The mails for people of the areas that were refused or came back lately, the newest first, as a queryset."""
    refused = Q(state=OutboxMessage.State.FAILED) | Q(state=OutboxMessage.State.SENDING) & ~Q(failure="")
    return OutboxMessage.objects.filter(_of(area_ids), refused, created_at__gte=now - LATELY).order_by("-pk")


def _of(area_ids):
    """The condition of mails of the areas. One about an account belongs to no area: it is found by whose that is."""
    accounts = User.objects.filter(person__area__in=area_ids).values("email")
    return Q(area__in=area_ids) | Q(area__isnull=True, to__in=accounts)


@dataclass(frozen=True)
class Unreached:
    """Somebody whom no mail reaches: what they were to be reminded of, and since when."""

    recipient_id: int
    name: str
    number: int
    titles: tuple[str, ...]
    since: dt.date


def unreached(user, now):
    """Whom reminders of the last four weeks did not reach, as far as ``user`` looks after their mail; two queries."""
    of_person = defaultdict(list)
    for recipient, kind, day in _missed(user, now).order_by("due_on").values_list("recipient_id", "kind", "due_on"):
        of_person[recipient].append((kind, day))
    contacts = directory.contacts(of_person, now)
    found = [
        Unreached(
            recipient,
            contacts[recipient].name,
            len(missed),
            tuple(KINDS[kind].title for kind in dict.fromkeys(kind for kind, _day in missed)),
            missed[0][1],
        )
        for recipient, missed in of_person.items()
        if recipient in contacts
    ]
    return sorted(found, key=lambda one: (-one.number, one.name))


def unreached_people(user, now):
    """How many people that is; one query."""
    return _missed(user, now).values("recipient_id").distinct().count()


def _missed(user, now):
    since = timezone.localdate(now) - LATELY
    return Reminder.objects.visible_to(user).filter(state=Reminder.State.NOT_REACHED, due_on__gte=since)


@transaction.atomic
def remind_again(recipient, *, by):
    """
    Remind ``recipient`` after all of what had not reached them, as far as it is due still.

    Raises Refusal where nothing of theirs is left, or they still have no address.
    """
    contact = directory.contacts([recipient], timezone.now()).get(recipient)
    if contact is not None and not contact.email:
        raise Refusal("They still have no account in use, so there is nowhere to send it.")
    rows = Reminder.objects.visible_to(by).filter(recipient_id=recipient, state=Reminder.State.NOT_REACHED)
    if not rows.update(state=Reminder.State.WAITING):
        raise Refusal(NOTHING_WAITS)
    history.record(
        "reminders.tried_again", (directory.model, recipient), by=by, area_id=contact.area_id if contact else None
    )


@transaction.atomic
def came_back(address, reason, *, area_ids, by):
    """
    Note that mail to ``address`` came back, as the mailbox of the portal's sender shows; return how many mails that is.

    Those of the last four weeks stand then with what did not go out. Raises Refusal where none went there.
    """
    sent = OutboxMessage.objects.filter(
        _of(area_ids),
        to__iexact=address,
        state=OutboxMessage.State.SENT,
        sent_at__gte=timezone.now() - LATELY,
    )
    found = list(sent.select_for_update(of=("self",)))
    if not found:
        raise Refusal(NOTHING_SENT, "address")
    let_stand(found, reason, by=by)
    return len(found)


def let_stand(mails, reason, *, by):
    """Let ``mails``, which the caller holds, stand with what did not go out; ``by`` is None for a server's report."""
    for message in mails:
        message.state, message.sent_at = OutboxMessage.State.FAILED, None
        message.failure = CAME_BACK.format(reason.strip())[:300]
        message.save(update_fields=["state", "sent_at", "failure"])
        history.record("mail.came_back", message, by=by)
