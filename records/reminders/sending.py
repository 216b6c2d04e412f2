"""
Handing over what is due: claimed batch by batch, looked at again, and put into the outbox.

A claim has a lease: what a killed worker held is claimed again once that is over. Putting a mail into the outbox and
noting it on the reminders is one transaction, and the key of the mail makes it the same mail if that is done twice.
"""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from records import outbox
from records.models import OutboxMessage, Reminder
from records.nudge import nudge
from records.reminders import choices, mail
from records.reminders.due import keys, morning
from records.reminders.kinds import KINDS, Key, directory

BATCH = 100
LEASE = dt.timedelta(seconds=15)  # many times what a batch takes; whoever is slower than it finds its claim gone
OF_THE_PORTAL = "the portal writes and sends reminders by itself; lists ask who may see them"
ONE = "reminder"
DAILY = "reminders"


@dataclass(frozen=True)
class Fate:
    """What becomes of a reminder when it is looked at again: it goes, or ``state`` and ``why`` it does not."""

    goes: bool
    state: str = Reminder.State.HANDED_OVER
    why: str = ""


GOES = Fate(True)
NOT_DUE = Fate(False, Reminder.State.WITHDRAWN, Reminder.Why.NOT_DUE)
LEFT = Fate(False, Reminder.State.WITHDRAWN, Reminder.Why.LEFT)
SWITCHED_OFF = Fate(False, Reminder.State.WITHDRAWN, Reminder.Why.SWITCHED_OFF)
NOT_REACHED = Fate(False, Reminder.State.NOT_REACHED)


def send_due(now):
    """Hand over what waits, batch by batch, until nothing does; return how many reminders were looked at."""
    done = 0
    while batch := _claimed(now):
        _hand_over(batch, now)
        done += len(batch)
    return done


# --- Claiming ---------------------------------------------------------------------------------------------------------


def _rows():
    return Reminder.objects.regardless(OF_THE_PORTAL)


def _claimed(now):
    """A batch that nobody else has, with everything that waits for the people in it, so that a day's mail is whole."""
    first = _rows().waiting(now).order_by("send_from", "pk").values_list("recipient_id", flat=True)[:BATCH]
    people = set(first)
    if not people:
        return []
    claim = uuid.uuid4()
    with transaction.atomic():
        waiting = _rows().waiting(now).filter(recipient_id__in=people)
        everything = dict(waiting.values_list("pk", "recipient_id"))
        held = set(waiting.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True))
        # Whoever waits while holding rows may wait for somebody who waits for these; and half a day's mail is none.
        busy = {recipient for pk, recipient in everything.items() if pk not in held}
        _rows().filter(pk__in=held).exclude(recipient_id__in=busy).update(
            claim=claim, lease_until=timezone.now() + LEASE
        )
    return list(_rows().filter(claim=claim).select_related("area").order_by("send_from", "pk"))


# --- Looking again ----------------------------------------------------------------------------------------------------


def look_again(reminders, now):
    """
    (the fate of each reminder by its pk, whom they are for by id) as things are now.

    In a number of queries that grows with the kinds alone.
    """
    of_kind = defaultdict(list)
    for reminder in reminders:
        of_kind[reminder.kind].append(reminder)
    still = {name: _still_due(name, rows, now) for name, rows in of_kind.items()}
    people = {reminder.recipient_id for reminder in reminders}
    contacts, off = directory.contacts(people, now), choices.switched_off(people)
    fates = {row.pk: _fate(row, Key.of(row) in still[row.kind], contacts, off) for row in reminders}
    return fates, contacts


def _still_due(name, reminders, now):
    """The keys of ``reminders`` that are still due; a kind that is gone leaves none."""
    kind = KINDS.get(name)
    return keys(kind, now, {row.target_id for row in reminders}) if kind else set()


def _fate(reminder, is_due, contacts, off):
    contact = contacts.get(reminder.recipient_id)
    if not is_due:
        return NOT_DUE
    if contact is None or not contact.takes_part:
        return LEFT
    if reminder.kind in off.get(reminder.recipient_id, ()):
        return SWITCHED_OFF
    return GOES if contact.email else NOT_REACHED


# --- Handing over -----------------------------------------------------------------------------------------------------


def _hand_over(batch, now):
    fates, contacts = look_again(batch, now)
    going = [reminder for reminder in batch if fates[reminder.pk].goes]
    mails = list(_mails(going, now))
    with transaction.atomic():
        for fate in {fate for fate in fates.values() if not fate.goes}:
            _settle([row for row in batch if fates[row.pk] == fate], state=fate.state, why=fate.why)
        posted = [pk for reminders, letter in mails for pk in _post(reminders, letter, contacts, now)]
    for message_pk in posted:
        if not nudge("records.tasks.deliver", message_pk):
            break  # the broker is away; the sweeper finds them, and each further try would wait for it


def _mails(reminders, now):
    """The mails that ``reminders`` make, as (reminders, mail): one a day for a person, and one each for the others."""
    daily = choices.daily({reminder.recipient_id for reminder in reminders})
    alone, together = [], defaultdict(list)
    for reminder in reminders:
        if KINDS[reminder.kind].alone or reminder.recipient_id not in daily:
            alone.append(reminder)
        else:
            together[reminder.recipient_id].append(reminder)
    said = mail.told(reminders, now)
    day = timezone.localdate(now)
    for reminder in alone:
        yield [reminder], said.single(reminder, key=f"{ONE}:{reminder.pk}")
    for recipient, rows in together.items():
        yield rows, said.daily(rows, day, key=f"{DAILY}:{recipient}:{day}")


def _post(reminders, letter, contacts, now):
    """
    Put ``letter`` into the outbox and note it on ``reminders``; yields the id of its message.

    Where the day's mail has gone already, what came later goes with the next day's.
    """
    held = _held(reminders)
    if len(held.select_for_update(of=("self",)).values_list("pk")) != len(reminders):
        return  # the lease ran out and another worker has some of them; the others are claimed again
    key = letter["key"]
    if key.startswith(f"{DAILY}:") and OutboxMessage.objects.filter(key=key).exists():
        tomorrow = morning(timezone.localdate(now) + dt.timedelta(days=1))
        held.update(send_from=tomorrow, claim=None, lease_until=None)
        return
    to = contacts[reminders[0].recipient_id].email
    message = outbox.post(**letter, to=to, area=reminders[0].area, nudged=False)
    held.update(state=Reminder.State.HANDED_OVER, message=message, claim=None, lease_until=None)
    yield message.pk


def _held(reminders):
    """The rows of ``reminders`` while the claim under which they were taken holds."""
    claims = {reminder.claim for reminder in reminders}
    return _rows().filter(pk__in=[reminder.pk for reminder in reminders], claim__in=claims)


def _settle(reminders, **values):
    _held(reminders).update(**values, claim=None, lease_until=None)


# --- At the moment of sending -----------------------------------------------------------------------------------------


def look_at_mail(message):
    """
    Whether ``message`` is still to go: asked by the outbox at each attempt.

    What is no longer due, or no longer for whoever it is for, leaves the mail; one that is left empty is withdrawn.
    """
    now = timezone.now()
    reminders = list(_rows().filter(message=message).order_by("send_from", "pk"))
    fates, contacts = look_again(reminders, now)
    going = [reminder for reminder in reminders if fates[reminder.pk].goes]
    with transaction.atomic():
        for reminder in reminders:
            fate = fates[reminder.pk]
            if not fate.goes:
                _rows().filter(pk=reminder.pk).update(state=fate.state, why=fate.why, message=None)
        if going:
            _rewrite(message, going, contacts[going[0].recipient_id].email, now)
    return bool(going)


def _rewrite(message, going, to, now):
    """Say in the mail what is so now, and send it to where its reader is reached now."""
    letter = mail.told(going, now).daily(going, timezone.localdate(message.created_at), key=message.key) | {"to": to}
    changed = [part for part, value in letter.items() if getattr(message, part) != value]
    for part in changed:
        setattr(message, part, letter[part])
    if changed:
        message.save(update_fields=changed)


def register():
    """Have the outbox ask before a reminder goes."""
    outbox.before_handing_over(ONE, look_at_mail)
    outbox.before_handing_over(DAILY, look_at_mail)
