"""What people chose about their reminders: one mail a day or each as it comes, and which kinds they do without."""

from django.db import transaction

from mktogether.lib.verdict import Refusal
from records import history
from records.models import ReminderChoice
from records.reminders.kinds import KINDS, directory, may_be_switched_off

AT_ONCE = ReminderChoice.Way.AT_ONCE
NOBODY = "Reminders go to people with a post. The support team links your account to yours."


def switched_off(recipients):
    """The kinds that each of ``recipients`` does without, by their id; what nobody may switch off is on whatever."""
    free = may_be_switched_off().keys()
    rows = ReminderChoice.objects.filter(recipient_id__in=recipients).exclude(off=[])
    return {recipient: free & set(off) for recipient, off in rows.values_list("recipient_id", "off")}


def daily(recipients):
    """Those of ``recipients`` who have one mail a day."""
    at_once = ReminderChoice.objects.filter(recipient_id__in=recipients, way=AT_ONCE)
    return set(recipients) - set(at_once.values_list("recipient_id", flat=True))


def of(recipient):
    """What ``recipient`` chose; where they chose nothing, what holds then. Not saved."""
    found = ReminderChoice.objects.filter(recipient_id=recipient).first()
    return found or ReminderChoice(recipient_id=recipient)


@transaction.atomic
def choose(recipient, *, way, off, by):
    """Keep how ``recipient`` is reminded: ``way`` is a ReminderChoice.Way, ``off`` the kinds they do without."""
    choice = _held(recipient)
    changes = history.changed(choice, way=way, off=sorted(may_be_switched_off().keys() & set(off)))
    if changes:
        choice.save(update_fields=list(changes))
        history.record("reminders.chosen", _person(recipient), by=by, area_id=choice.area_id, changes=changes)
    return choice


@transaction.atomic
def switch_off(recipient, names, *, by=None):
    """
    Switch the kinds ``names`` off for ``recipient``; ``by`` is None where the link of a mail did it.

    Raises Refusal, with the reason, where none of them may be switched off. Doing it twice changes nothing.
    """
    wanted = may_be_switched_off().keys() & set(names)
    if not wanted:
        raise Refusal(next((KINDS[name].always for name in names if name in KINDS), "There is no such reminder."))
    choice = _held(recipient)
    changes = history.changed(choice, off=sorted(wanted | set(choice.off)))
    if changes:
        choice.save(update_fields=list(changes))
        history.record("reminders.switched_off", _person(recipient), by=by, area_id=choice.area_id, changes=changes)
    return choice


def _held(recipient):
    """The row of ``recipient``, held until the transaction ends; made where there is none."""
    contact = directory.contacts([recipient], None).get(recipient)
    if contact is None:
        raise Refusal(NOBODY)
    ReminderChoice.objects.bulk_create(
        [ReminderChoice(recipient_id=recipient, area_id=contact.area_id)], ignore_conflicts=True
    )
    return ReminderChoice.objects.select_for_update(of=("self",)).get(recipient_id=recipient)


def _person(recipient):
    return directory.model, recipient
