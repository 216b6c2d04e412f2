"""
What people are reminded of about meetings and actions: whom, when and in which words. The sender is ``records``'s.

The portal's own words are here; what a mail says of a thing is its reference, its date and where it is.
"""

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q

from meetings import dates, outside
from meetings.calendars.invitation import calendar_of
from meetings.models import Action, Meeting, Reply
from meetings.replying.links import links_for
from meetings.replying.needed import wanted
from mktogether.lib.templatetags.wording import short_day_year, weekday
from partnerships.models import Chairing, Office, Person
from partnerships.models.dated import in_force
from records.models import Reminder
from records.reminders import kinds
from records.reminders.kinds import Calendar, Kind, Thing
from records.reminders.timing import after, before, news

FOR_ITS_PEOPLE = "each reminder goes to those alone whom its kind names"
NOTICE = "An invitation is the notice of a meeting, which every member is given, so it cannot be switched off."
CERTAIN = (Reply.Answer.ACCEPT, Reply.Answer.APOLOGIES, Reply.Answer.DEPUTY)
CANNOT_COME = Reply.DeputyAnswer.APOLOGIES
MEETING = Meeting._meta.label
INVITATION = "meeting.invitation"
ON_ITS_WAY = (Reminder.State.WAITING, Reminder.State.HANDED_OVER)
ACTION = Action._meta.label


def register():
    """Make the kinds known, in the order in which a day's mail says them."""
    for name, kind in ALL.items():
        kinds.register(name, kind)


# --- Whom -------------------------------------------------------------------------------------------------------------


def _coming(now):
    """Meetings to come, one row for each place (``seat``) and whoever holds it now and on the day (``member``)."""
    holding = "body__seats__appointments__"
    planned = Meeting.objects.regardless(FOR_ITS_PEOPLE).not_closed().filter(opened_at=None, starts_at__gt=now)
    return planned.filter(
        in_force(F("starts_at"), "body__seats__"), in_force(now, holding), in_force(F("starts_at"), holding)
    ).annotate(seat=F("body__seats__pk"), member=F(f"{holding}person"), attends=F("body__seats__in_attendance"))


def _replied(*answers):
    """Whether there is a reply, of ``answers`` where some are named; not one whose deputy cannot come."""
    replies = Reply.objects.regardless(FOR_ITS_PEOPLE).that_stand().exclude(deputy_answer=CANNOT_COME)
    replies = replies.filter(meeting=OuterRef("pk"), seat=OuterRef("seat"))
    return Exists(replies.filter(answer__in=answers) if answers else replies)


def invited(now):
    """Every member of the board or group, and whoever attends it without being one."""
    return _coming(now)


def without_reply(now):
    """Members who have not answered."""
    return _coming(now).filter(~_replied(), attends=False)


def without_certain_reply(now):
    """Members who have not answered, or only perhaps: ``only`` asks whether it hangs on them."""
    return _coming(now).filter(~_replied(*CERTAIN), attends=False)


def needed(keys, now):
    """Those of ``keys`` without whom the meeting would not be quorate, by the replies so far."""
    people = {meeting.pk: _needed_for(meeting) for meeting in _meetings(keys)}
    return {key for key in keys if key.recipient_id in people.get(key.target_id, ())}


def _meetings(keys):
    found = Meeting.objects.regardless(FOR_ITS_PEOPLE).select_related("body")
    return found.filter(pk__in={key.target_id for key in keys})


def _needed_for(meeting):
    return {member.person_id for member in wanted(meeting) if member.is_needed}


def told_of_another_time(now):
    """
    Members who were invited before a coming meeting was arranged anew, and not since.

    Whom a move to another day invites again, with replies asked for anew, is told by that invitation, as soon as it
    waits to go.
    """
    before = _invitation_went(written_at__lt=OuterRef("arranged_at"))
    since = _invitation(written_at__gte=OuterRef("arranged_at"), state__in=ON_ITS_WAY)
    return _coming(now).filter(before, ~since)


def invited_in_vain(now):
    """Members who were invited to a meeting that was cancelled."""
    holding = "body__seats__appointments__"
    cancelled = Meeting.objects.regardless(FOR_ITS_PEOPLE).filter(cancelled_at__isnull=False, starts_at__gt=now)
    members = cancelled.filter(in_force(now, "body__seats__"), in_force(now, holding))
    return members.annotate(member=F(f"{holding}person")).filter(_invitation_went())


def _invitation_went(**when):
    return _invitation(state=Reminder.State.HANDED_OVER, **when)


def _invitation(**which):
    rows = Reminder.objects.regardless(FOR_ITS_PEOPLE).filter(kind=INVITATION, **which)
    return Exists(rows.filter(target_id=OuterRef("pk"), recipient_id=OuterRef("member")))


def who_comes(now):
    """Members who do not stay away or send a deputy, and the deputies who are sent."""
    away = _replied(Reply.Answer.APOLOGIES, Reply.Answer.DEPUTY)
    return _coming(now).filter(~away)


def answerable(now):
    """Meetings that are over and not closed, one row for the chair of the board or group and for each of the team."""
    over = (
        Meeting.objects.regardless(FOR_ITS_PEOPLE)
        .not_closed()
        .filter(ends_at__lt=now, date_precision=Meeting.Precision.DAY)
    )
    chairs = Chairing.objects.filter(in_force(now), part=Chairing.Part.CHAIR, body=OuterRef("body"))
    team = Office.objects.filter(in_force(now), kind=Office.Kind.TEAM, area=OuterRef("area"))
    whom = Q(whom__in=chairs.values("person")) | Q(whom__in=team.values("person"))
    return over.annotate(whom=F("area__people")).filter(whom)


def open_actions(now):
    """Actions that are not done, for whoever is to do them; a confidential one is said as any other: by its day."""
    return Action.objects.regardless(FOR_ITS_PEOPLE).open()


# --- Which words ------------------------------------------------------------------------------------------------------


def meetings_in_words(ids, now):
    """Meetings by id, as mail may say them: a panel on cases is plain "Meeting"."""
    found = Meeting.objects.regardless(FOR_ITS_PEOPLE).filter(pk__in=ids).select_related("body")
    return {
        meeting.pk: Thing(
            reference=f"{outside.title_of(meeting)}, {dates.day_of(meeting)}",
            on=f"Meeting on {dates.weekday(meeting)}, {dates.hours(meeting)}",
            href=meeting.get_absolute_url(),
        )
        for meeting in found
    }


def reply_links(keys, now):
    """By key, the links by which its recipient answers the invitation from the mail, without signing in."""
    return {
        key: [(label, address.removeprefix(settings.SITE_ORIGIN)) for label, address in links_for(meeting, person)]
        for key, meeting, person in with_things(keys)
    }


def entries(keys, now):
    """By key, what the recipient's calendar takes in: the meeting as it is now, or that it does not take place."""
    return {key: Calendar(*calendar_of(meeting, person)) for key, meeting, person in with_things(keys)}


def with_things(keys):
    """(key, its meeting, its recipient) for each of ``keys`` whose meeting and person are still there."""
    meetings = {meeting.pk: meeting for meeting in _meetings(keys)}
    people = Person.objects.select_related("user").in_bulk({key.recipient_id for key in keys})
    for key in keys:
        if key.target_id in meetings and key.recipient_id in people:
            yield key, meetings[key.target_id], people[key.recipient_id]


def actions_in_words(ids, now):
    """Actions by id, as mail may say them: by their board or group and their day, never by what is to be done."""
    found = Action.objects.regardless(FOR_ITS_PEOPLE).filter(pk__in=ids).select_related("body")
    return {
        action.pk: Thing(
            reference=f"Action, {outside.title(action.body.kind, action.body.name)}, {short_day_year(action.due_on)}",
            on=f"Due on {weekday(action.due_on)}",
            href=f"/actions/?whose=mine#action-{action.public_id}",
        )
        for action in found
    }


OF_MEETING = {"model": MEETING, "about": "starts_at", "is_moment": True, "things": meetings_in_words}
OF_MEMBER = {**OF_MEETING, "recipient": "member"}
INVITED = {**OF_MEMBER, "links": reply_links, "calendar": entries, "alone": True}
OF_ACTION = {"model": ACTION, "rows": open_actions, "about": "due_on", "recipient": "owner", "things": actions_in_words}

ALL = {
    INVITATION: Kind(
        title="Invitations to meetings",
        says="You are invited to a meeting.",
        timing=before(20),
        rows=invited,
        always=NOTICE,
        **INVITED,
    ),
    "meeting.changed": Kind(
        title="Meetings to which you are invited and whose time or place changes",
        says="The time or place of a meeting has changed.",
        timing=news(),
        rows=told_of_another_time,
        always=NOTICE,
        **INVITED | {"about": "arranged_at"},
    ),
    "meeting.cancelled": Kind(
        title="Meetings to which you were invited and that do not take place",
        says="A meeting does not take place.",
        timing=news(),
        rows=invited_in_vain,
        always=NOTICE,
        **INVITED | {"about": "cancelled_at", "links": None},
    ),
    "meeting.reply_needed": Kind(
        title="Your reply decides whether a meeting is quorate",
        says="Your reply is needed: by the replies so far, the meeting is not quorate without you or your deputy.",
        timing=before(7, 2),
        rows=without_certain_reply,
        only=needed,
        **INVITED | {"calendar": None},
    ),
    "meeting.reply_wanted": Kind(
        title="Replies to invitations that are wanted",
        says="Your reply to an invitation is wanted.",
        timing=before(4),
        rows=without_reply,
        **INVITED | {"calendar": None},
    ),
    "meeting.tomorrow": Kind(
        title="Meetings on the next working day",
        says="Your meeting is near.",
        timing=before(1),
        rows=who_comes,
        **OF_MEMBER,
    ),
    "meeting.minutes": Kind(
        title="Minutes that are due",
        says="The minutes of a meeting are due: it is over and not closed.",
        timing=after(1, every=3, times=8),
        rows=answerable,
        recipient="whom",
        **OF_MEETING,
    ),
    "action.due": Kind(
        title="Your actions that will be due",
        says="An action of yours will be due.",
        timing=before(5, 0),
        **OF_ACTION,
    ),
    "action.overdue": Kind(
        title="Your actions that are overdue",
        says="An action of yours is overdue.",
        timing=after(1, every=5, times=24),
        **OF_ACTION,
    ),
}
