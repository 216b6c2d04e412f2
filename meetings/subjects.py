"""What of meetings grants and exclusions can be about: an item of an agenda, and in an emergency a meeting."""

from django.utils import timezone

from meetings.access import may_read_confidential
from meetings.models import AgendaItem, Meeting
from mktogether.lib.templatetags.wording import day
from partnerships.granting import subjects
from partnerships.models import Grant

ITEM = subjects.Subject(
    model=AgendaItem,
    noun="item",
    path="items",
    invitation="Let somebody present this item",
    on_withdrawal="The minutes say so. Whoever withdraws neither counts for the quorum of the item nor votes on it.",
    kinds=frozenset({Grant.Kind.PRESENTER}),
    title=lambda item: f"“{item.title}”, {named(item.meeting)}",
    address=lambda item: item.get_absolute_url(),
    body="meeting__body",
    related=("meeting__body",),
)
MEETING = subjects.Subject(
    model=Meeting,
    noun="meeting",
    path="meetings",
    kinds=frozenset({Grant.Kind.EMERGENCY}),
    title=lambda meeting: f"the confidential part of {named(meeting)}",
    address=lambda meeting: meeting.get_absolute_url(),
    body="body",
    can_exclude=False,
    related=("body",),
    order=("-starts_at",),
    reads=lambda user, meeting: bool(may_read_confidential(user, meeting)),
)


def register():
    """Make them known to grants and exclusions."""
    subjects.register(ITEM)
    subjects.register(MEETING)


def named(meeting):
    """What people call a meeting: its board or group, and the day."""
    return f"{meeting.body.name}, {day(timezone.localtime(meeting.starts_at))}"
