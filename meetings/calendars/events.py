"""One meeting as an event of a calendar: when, where, its group's name and the link, and nothing of its business."""

from icalendar import Calendar, Event

from meetings import outside
from meetings.calendars import zone
from meetings.models import Meeting

PRODUCT = "-//MK Together//Meetings//EN"
MODES = dict(Meeting.Mode.choices)


def calendar(method, name=""):
    """A calendar without events yet; ``method`` says what whoever gets it should do with them."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", PRODUCT)
    made.add("calscale", "GREGORIAN")
    made.add("method", method)
    if name:
        made.add("x-wr-calname", in_one_line(name))
    made.add_component(zone.component())
    return made


def event(row):
    """
    The event of a meeting; ``row`` has its times and place, ``public_id``, ``sequence``, ``arranged_at``,
    ``cancelled_at``, and of its board or group ``body_kind`` and ``body_name``.

    Its identifier stays for good, and its sequence rises with each change to time or place and with cancelling.
    Nothing in it depends on when it is asked for.
    """
    link = outside.address(row.public_id)
    made = Event()
    made.add("uid", uid(row.public_id))
    made.add("sequence", row.sequence)
    made.add("dtstamp", row.arranged_at)
    made.add("last-modified", row.arranged_at)
    made.add("dtstart", zone.on_the_clock(row.starts_at))
    made.add("dtend", zone.on_the_clock(row.ends_at))
    title = in_one_line(outside.title(row.body_kind, row.body_name))
    made.add("summary", f"Cancelled: {title}" if row.cancelled_at else title)
    made.add("location", in_one_line(row.place) or MODES.get(row.mode, ""))
    made.add("description", f"Agenda, papers and your reply, once you are signed in: {link}")
    made.add("url", link)
    made.add("status", "CANCELLED" if row.cancelled_at else "CONFIRMED")
    made.add("transp", "TRANSPARENT" if row.cancelled_at else "OPAQUE")
    return made


def cancelled(public_id, sequence, arranged_at, starts_at):
    """What takes a meeting out of a calendar whose owner may know nothing of it any more."""
    made = Event()
    made.add("uid", uid(public_id))
    made.add("sequence", sequence)
    made.add("dtstamp", arranged_at)
    made.add("dtstart", zone.on_the_clock(starts_at))
    made.add("summary", f"Cancelled: {outside.PLAIN}")
    made.add("status", "CANCELLED")
    return made


def uid(public_id):
    """What calendars know the meeting by, wherever the portal is reached."""
    return f"{public_id}@meetings.mktogether"


def in_one_line(text):
    """``text`` without line ends and without what cannot be printed, which calendar programs differ in reading."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def written(made):
    """The calendar as text, with the line ends that the format asks for."""
    return made.to_ical().decode()
