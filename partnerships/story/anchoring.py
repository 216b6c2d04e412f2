"""Noting where the history ends, apart from the database: in a file each hour, by mail to its readers each day."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mktogether.lib.templatetags.wording import clock, day
from partnerships.models import Office
from records import outbox
from records.history import anchors


def note_head(now):
    """
    Note the head of the history at ``now`` if it has moved on, and mail the first of each day to the information
    governance leads. Asked for twice, it has one effect. Returns what was noted, or None.
    """
    anchor = anchors.note(now)
    if anchor is not None:
        _tell(anchor)
    return anchor


@transaction.atomic
def _tell(anchor):
    local = timezone.localtime(anchor.at)
    leads = Office.objects.in_force(anchor.at).filter(
        kind=Office.Kind.INFORMATION_GOVERNANCE, person__user__is_active=True
    )
    for office in leads.select_related("person__user", "area"):
        outbox.post(
            f"history-head:{local.date()}:{office.person_id}",
            to=office.person.user.email,
            subject=f"History of the portal: head of {day(local)}",
            text=_text(anchor, local),
            area=office.area,
        )


def is_still_wanted(message):
    """Whether the reader of a head is still an information governance lead with an account under its address."""
    leads = Office.objects.in_force(timezone.now()).filter(kind=Office.Kind.INFORMATION_GOVERNANCE)
    _prefix, _day, pk = message.key.split(":")
    return leads.filter(person=pk, person__user__is_active=True, person__user__email=message.to).exists()


def register():
    """Have the outbox ask before a head of the history goes."""
    outbox.before_handing_over("history-head", is_still_wanted)


def _text(anchor, local):
    return (
        "Keep this mail: with it you can show that nothing was taken from the history or changed in it since.\n\n"
        f"Reference: seal {anchor.head.partition(':')[0]}\n"
        f"On: {day(local)}, {clock(local)}\n"
        f"Head: {anchor.head}\n\n"
        f"To check it on the server: manage.py verify_history --head {anchor.head}\n"
        f"The history itself: {settings.SITE_ORIGIN}/history/\n"
    )
