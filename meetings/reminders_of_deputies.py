"""What deputies who are sent are told, and their members of them: whom, when and in which words."""

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from meetings.calendars.invitation import taking_out
from meetings.models import DeputyReleased, Reply
from meetings.reminders import (
    CANNOT_COME,
    FOR_ITS_PEOPLE,
    MEETING,
    entries,
    meetings_in_words,
    reply_links,
    with_things,
)
from meetings.replying import deputy_links
from partnerships.models.dated import in_force
from records.models import Reminder
from records.reminders import kinds
from records.reminders.kinds import Calendar, Kind
from records.reminders.timing import before, news

SENT_AS_DEPUTY = "meeting.sent_as_deputy"
CARRIES = "It carries what you answer with, so it cannot be switched off."
FREED = "Whoever was asked to come is told when not to, so it cannot be switched off."
COMING = {"meeting__opened_at": None, "meeting__closed_at": None, "meeting__cancelled_at": None}


def register():
    """Make the kinds known, in the order in which a day's mail says them."""
    for name, kind in ALL.items():
        kinds.register(name, kind)


def deputies_sent(now):
    """Deputies who are sent to a meeting to come in somebody's stead, unless they said that they cannot."""
    return _sent(now).filter(**COMING).exclude(deputy_answer=CANNOT_COME)


def deputies_asked(now):
    """Those of them who have not said whether they come."""
    return deputies_sent(now).filter(deputy_answer="")


def deputies_sent_in_vain(now):
    """Deputies who were told that they are sent to a meeting that was cancelled or moved since."""
    told = Exists(told_that_they_are_sent(OuterRef("meeting"), OuterRef("deputy")))
    knows = told | Q(deputy_answer=Reply.DeputyAnswer.ACCEPT)
    cancelled = Q(meeting__cancelled_at__isnull=False)
    moved = Q(**COMING, at__lt=F("meeting__moved_at"))
    sent = _sent(now, Reply.objects.regardless(FOR_ITS_PEOPLE)).exclude(deputy_answer=CANNOT_COME)
    freed_at = Coalesce("meeting__cancelled_at", "meeting__moved_at")
    return sent.filter(knows, cancelled | moved, meeting__starts_at__gt=now).annotate(freed_at=freed_at)


def told_that_they_are_sent(meeting, deputy):
    """The mails that told ``deputy`` that they are sent to ``meeting``; ids, or references to a query around it."""
    gone = Reminder.objects.regardless(FOR_ITS_PEOPLE).filter(kind=SENT_AS_DEPUTY, state=Reminder.State.HANDED_OVER)
    return gone.filter(target_id=meeting, recipient_id=deputy)


def deputies_released(now):
    """Deputies who knew that they are sent to a meeting ahead and are sent no more, for whichever place."""
    still_sent = Reply.objects.regardless(FOR_ITS_PEOPLE).filter(meeting=OuterRef("meeting"), deputy=OuterRef("deputy"))
    released = DeputyReleased.objects.regardless(FOR_ITS_PEOPLE).filter(**COMING, meeting__starts_at__gt=now)
    return released.filter(~Exists(still_sent))


def members_without_deputy(now):
    """Members who sent a deputy that said they cannot come."""
    holding = "seat__appointments__"
    fallen_away = _sent(now).filter(**COMING, deputy_answer=CANNOT_COME)
    held = fallen_away.filter(in_force(now, holding), in_force(F("meeting__starts_at"), holding))
    return held.annotate(member=F(f"{holding}person"))


def _sent(now, replies=None):
    """Replies to meetings ahead that send a named deputy who still is one."""
    replies = Reply.objects.regardless(FOR_ITS_PEOPLE).that_stand() if replies is None else replies
    still_named = in_force(now, "seat__deputies__") & Q(seat__deputies__person=F("deputy"))
    return replies.filter(still_named, answer=Reply.Answer.DEPUTY, meeting__starts_at__gt=now)


def deputy_reply_links(keys, now):
    """By key, the links by which a deputy who is sent says from the mail whether they come."""
    return {
        key: [(label, address.removeprefix(settings.SITE_ORIGIN)) for label, address in deputy_links.links_for(*found)]
        for key, *found in with_things(keys)
    }


def taken_out(keys, now):
    """By key, what takes the meeting out of the recipient's calendar."""
    return {key: Calendar(*taking_out(meeting, person)) for key, meeting, person in with_things(keys)}


OF_REPLY = {
    "model": MEETING,
    "target": "meeting",
    "area": "meeting__area",
    "is_moment": True,
    "things": meetings_in_words,
}
OF_DEPUTY = {**OF_REPLY, "recipient": "deputy"}
ALL = {
    "meeting.tomorrow_deputy": Kind(
        title="Meetings on the next working day to which you come as a deputy",
        says="Your meeting is near, to which you come as a deputy.",
        timing=before(1),
        rows=deputies_sent,
        about="meeting__starts_at",
        **OF_DEPUTY,
    ),
    SENT_AS_DEPUTY: Kind(
        title="Meetings to which a member sends you as a deputy",
        says="You are sent to a meeting as a deputy. Say whether you come.",
        timing=news(),
        rows=deputies_asked,
        about="at",
        links=deputy_reply_links,
        calendar=entries,
        alone=True,
        always=CARRIES,
        **OF_DEPUTY,
    ),
    "meeting.deputy_free": Kind(
        title="Meetings to which you were sent as a deputy and that are moved or do not take place",
        says="A meeting to which you were sent as a deputy is moved or does not take place.",
        timing=news(),
        rows=deputies_sent_in_vain,
        about="freed_at",
        calendar=entries,
        alone=True,
        always=FREED,
        **OF_DEPUTY,
    ),
    "meeting.deputy_released": Kind(
        title="Meetings to which you were sent as a deputy and need not come any more",
        says="You need not come to a meeting to which you were sent as a deputy.",
        timing=news(),
        rows=deputies_released,
        about="at",
        calendar=taken_out,
        alone=True,
        always=FREED,
        **OF_DEPUTY,
    ),
    "meeting.deputy_cannot_come": Kind(
        title="Your deputy cannot come to a meeting",
        says="The deputy whom you sent to a meeting cannot come.",
        timing=news(),
        rows=members_without_deputy,
        about="deputy_at",
        recipient="member",
        links=reply_links,
        alone=True,
        always=CARRIES,
        **OF_REPLY,
    ),
}
