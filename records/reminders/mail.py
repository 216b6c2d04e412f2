"""The words of a reminder: reference, date and link, as text and as a page; one for each, or the day's in one mail."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string

from mktogether.lib.templatetags.wording import weekday
from records.reminders import switch
from records.reminders.kinds import KINDS, Calendar, Key

CHOICES = "/me/reminders/"
LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Line:
    """What a mail says of one thing."""

    says: str
    reference: str
    on: str
    link: str
    links: tuple[tuple[str, str], ...] = ()
    calendar: Calendar | None = None


@dataclass
class Said:
    """What is said of some reminders, found for all of them at once."""

    lines: dict[int, Line] = field(default_factory=dict)

    def single(self, reminder, *, key):
        """The mail of one reminder, as ``outbox.post`` takes it."""
        line = self.lines[reminder.pk]
        kind = KINDS[reminder.kind]
        off = "" if kind.always else switch.address(reminder.recipient_id, reminder.kind)
        content = {"lines": [line], "off": [(kind.title, off)] if off else [], "always": kind.always}
        calendar = {"calendar": line.calendar.text, "calendar_method": line.calendar.method} if line.calendar else {}
        return _mail(key, reminder, _subject(line), content, off) | calendar

    def daily(self, reminders, day, *, key):
        """The one mail of ``day`` for somebody, as ``outbox.post`` takes it; with one reminder it is that one's own."""
        if len(reminders) == 1:
            return self.single(reminders[0], key=key)
        names = sorted({reminder.kind for reminder in reminders}, key=list(KINDS).index)
        recipient = reminders[0].recipient_id
        off = [(KINDS[name].title, switch.address(recipient, name)) for name in names if not KINDS[name].always]
        lines = [self.lines[reminder.pk] for reminder in sorted(reminders, key=lambda row: names.index(row.kind))]
        always = " ".join(KINDS[name].always for name in names if KINDS[name].always)
        subject = f"{len(reminders)} reminders for {weekday(day)}"
        content = {"lines": lines, "off": off, "always": always, "several": True, "subject": subject}
        return _mail(key, reminders[0], subject, content, switch.address(recipient, switch.ALL) if off else "")


def told(reminders, now):
    """What is said of ``reminders``, in a number of queries that grows with the kinds alone."""
    of_kind = defaultdict(list)
    for reminder in reminders:
        of_kind[reminder.kind].append(reminder)
    said = Said()
    for name, rows in of_kind.items():
        said.lines |= _lines(KINDS[name], rows, now)
    return said


def _lines(kind, reminders, now):
    keyed = {row.pk: Key.of(row) for row in reminders}
    things = kind.things({key.target_id for key in keyed.values()}, now)
    links = kind.links(set(keyed.values()), now) if kind.links else {}
    calendars = kind.calendar(set(keyed.values()), now) if kind.calendar else {}
    return {pk: _line(kind, things[key.target_id], links.get(key, ()), calendars.get(key)) for pk, key in keyed.items()}


def _line(kind, thing, links, calendar):
    return Line(
        says=thing.says or kind.says,
        reference=thing.reference,
        on=thing.on,
        link=f"{settings.SITE_ORIGIN}{thing.href}",
        links=tuple((label, f"{settings.SITE_ORIGIN}{href}") for label, href in links),
        calendar=calendar,
    )


def _subject(line):
    """``Assurance, 21 January 2025: Your reply is wanted``, on one line however a name is written."""
    return " ".join(f"{line.reference}: {line.says.removesuffix('.')}".split())[:LONGEST_SUBJECT]


def _mail(key, reminder, subject, content, off):
    """The parts of the mail to the address that the reminder's person has now."""
    content = {"subject": subject, "choices": f"{settings.SITE_ORIGIN}{CHOICES}", "several": False} | content
    return {
        "key": key,
        "subject": subject,
        "text": render_to_string("records/mail/reminder.txt", content),
        "html": render_to_string("records/mail/reminder.html", content),
        "unsubscribe": off,
    }
