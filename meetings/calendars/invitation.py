"""The invitation to a meeting as a calendar takes it, for the mail to one person."""

from email.utils import parseaddr
from types import SimpleNamespace

from django.conf import settings
from icalendar import vCalAddress

from meetings import roster
from meetings.calendars import events
from meetings.models import Meeting, Reply

REQUEST, CANCEL = "REQUEST", "CANCEL"
# Who sends somebody in their place does not come themselves.
STATES = {
    Reply.Answer.ACCEPT: "ACCEPTED",
    Reply.Answer.TENTATIVE: "TENTATIVE",
    Reply.Answer.APOLOGIES: "DECLINED",
    Reply.Answer.DEPUTY: "DECLINED",
}
NO_REPLY = "NEEDS-ACTION"


def calendar_of(meeting, person):
    """
    The invitation of ``person`` to ``meeting`` as (text of the .ics file, its method).

    The method is REQUEST, and CANCEL where the meeting does not take place or is none of theirs any more: then their
    calendar takes it out by its identifier. Whoever has no part in it any more is told no more of it than when it was
    to begin. Sent again after a change it has the same identifier and a higher sequence. It asks for no reply by
    calendar: replies go by the links in the mail.
    """
    if not _has_part(meeting, person):
        return taking_out(meeting, person)
    return _made(_event(meeting, person), CANCEL if meeting.is_cancelled else REQUEST)


def taking_out(meeting, person):
    """What takes ``meeting`` out of the calendar of ``person``, who need not come any more; as ``calendar_of``."""
    return _made(_taken_out(meeting, person), CANCEL)


def _made(event, method):
    made = events.calendar(method)
    made.add_component(event)
    return events.written(made), method


def _has_part(meeting, person):
    return person.user is not None and Meeting.objects.visible_to(person.user).filter(pk=meeting.pk).exists()


def _event(meeting, person):
    row = SimpleNamespace(
        public_id=meeting.public_id,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        mode=meeting.mode,
        place=meeting.place,
        sequence=meeting.sequence,
        arranged_at=meeting.arranged_at,
        cancelled_at=meeting.cancelled_at,
        body_kind=meeting.body.kind,
        body_name=meeting.body.name,
    )
    return _between(events.event(row), person, _answer(meeting, person))


def _taken_out(meeting, person):
    """What takes the meeting out of the calendar of somebody who has no part in it, or none any more."""
    event = events.cancelled(meeting.public_id, meeting.sequence, meeting.arranged_at, meeting.starts_at)
    return _between(event, person, "")


def _between(event, person, answer):
    """``event`` as it goes from the portal to its one recipient, who answered so far as ``answer`` says."""
    event.add("organizer", _address(settings.DEFAULT_FROM_EMAIL))
    if person.user is not None:
        event.add("attendee", _invited(person, answer))
    return event


def _address(header):
    name, address = parseaddr(header)
    made = vCalAddress(f"mailto:{address}")
    if name:
        made.params["CN"] = events.in_one_line(name)
    return made


def _invited(person, answer):
    invited = vCalAddress(f"mailto:{person.user.email}")
    invited.params["CN"] = events.in_one_line(person.post).replace('"', "'")
    invited.params["PARTSTAT"] = STATES.get(answer, NO_REPLY)
    invited.params["RSVP"] = "FALSE"
    return invited


def _answer(meeting, person):
    """How the member answered for their place; of the deputy who is sent, how they answered."""
    for place in roster.places(meeting):
        if place.holder_id == person.pk:
            return place.answer
        if place.answer_deputy_id == person.pk:
            return place.deputy_answer
    return ""
