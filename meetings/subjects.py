"""What of meetings grants and exclusions can be about: an item of an agenda, and in an emergency a meeting."""

from meetings import dates
from meetings.access import may_read_confidential
from meetings.models import AgendaItem, Meeting
from partnerships.granting import subjects
from partnerships.models import Grant
from partnerships.roles import Act


def title_of(item):
    """
    What an item is called away from its meeting's pages, in lists of access and of history.

    The title of a confidential one stands only where showing it is written down.
    """
    named_by = "a confidential item of" if item.confidential else f"“{item.title}”,"
    return f"{named_by} {named(item.meeting)}"


def named(meeting):
    """What people call a meeting: its board or group, and the day."""
    return f"{meeting.body.name}, {dates.day_of(meeting)}"


ITEM = subjects.Subject(
    model=AgendaItem,
    noun="item",
    path="items",
    invitation="Let somebody present this item",
    on_withdrawal="The minutes say so. Whoever withdraws neither counts for the quorum of the item nor votes on it.",
    kinds=frozenset({Grant.Kind.PRESENTER}),
    opens=((Act.READ, "read the item, and what is decided and agreed in it"),),
    title=title_of,
    address=lambda item: item.get_absolute_url(),
    body="meeting__body",
    happens=lambda item: item.meeting.starts_at,
    related=("meeting__body",),
)
MEETING = subjects.Subject(
    model=Meeting,
    noun="meeting",
    path="meetings",
    part="the confidential part of",
    kinds=frozenset({Grant.Kind.EMERGENCY}),
    opens=((Act.READ_CONFIDENTIAL, Act.READ_CONFIDENTIAL.value),),
    title=lambda meeting: f"{MEETING.part} {named(meeting)}",
    address=lambda meeting: meeting.get_absolute_url(),
    body="body",
    can_exclude=False,
    related=("body",),
    order=("-starts_at",),
    # Said of whoever may not: so it asks the verdict itself, since no verdict at all is not a no.
    reads=lambda user, meeting: may_read_confidential(user, meeting).allowed,
)


def register():
    """Make them known to grants and exclusions."""
    subjects.register(ITEM)
    subjects.register(MEETING)
