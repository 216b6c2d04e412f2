"""Writing a section. Every text that was saved stays as a version; nobody overwrites what they have not seen."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from records import history
from reports import access, texts
from reports.actions.holding import held_section, refuse_unless
from reports.models import Version, Writer

LEASE = dt.timedelta(minutes=15)
OWN = "one's own lease, or leases that ran out"


class Meanwhile(Exception):
    """Somebody else saved the section since it was opened; ``section`` is it as it is now. Nothing was saved."""

    def __init__(self, section):
        super().__init__("Somebody else saved this section while you were writing.")
        self.section = section


class TextRefused(Exception):
    """The text cannot be saved; ``problems`` say why, each at its line. Nothing was saved."""

    def __init__(self, problems):
        super().__init__("This text cannot be saved as it is.")
        self.problems = problems


@transaction.atomic
def open_to_write(section, *, by):
    """
    Note that ``by`` has ``section`` open to write in it, from now for ``LEASE``; or still has.

    Others are told and nobody is kept out, so it is no part of the history. Saving ends it. Raises Refusal for whoever
    may not write.
    """
    refuse_unless(access.may_write(by, section.report))
    now = timezone.now()
    leases = Writer.objects.regardless(OWN).filter(section=section)
    over = leases.filter(until__lte=now).select_for_update(skip_locked=True)  # two who come at once wait for nothing
    leases.filter(pk__in=over.values("pk")).delete()
    leases.bulk_create(
        [Writer(section=section, by=by, since=now, until=now + LEASE)],
        update_conflicts=True,
        unique_fields=["section", "by"],
        update_fields=["until"],
    )


@transaction.atomic
def save_section(section, text, *, by, seen):
    """
    Save ``text`` as the next version of ``section`` and return the section; ``seen`` is the version it was made from.

    A text that stands there already makes no version; either way ``by`` is no longer said to write. Raises Refusal for
    whoever may not write, Meanwhile where somebody else saved another text first, and TextRefused for one that cannot
    stand in a report.
    """
    section = held_section(section)
    refuse_unless(access.may_write(by, section.report))
    text = tidy(text)
    Writer.objects.regardless(OWN).filter(section=section, by=by).delete()
    if text == section.text:
        return section
    if section.number != seen:
        raise Meanwhile(section)
    _refuse_problems(section, text)
    return _write(section, text, "report.written", by=by)


@transaction.atomic
def bring_back(section, number, *, by, seen):
    """
    Make the text of the version ``number`` the newest version of ``section``; what stands there now stays as a version.

    Raises what ``save_section`` does: a figure or picture in it may be gone by now.
    """
    section = held_section(section)
    refuse_unless(access.may_write(by, section.report))
    version = Version.objects.of(section).filter(number=number).first()
    if version is None:
        raise Refusal("There is no such version.")
    if version.text == section.text:
        raise Refusal("This text is the one that stands there now.")
    if section.number != seen:
        raise Meanwhile(section)
    _refuse_problems(section, version.text)
    return _write(section, version.text, "report.brought_back", by=by, of=number)


def tidy(text):
    """``text`` with the line ends of this system, without spaces at its end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").rstrip()


def _refuse_problems(section, text):
    if found := texts.problems_of(section.report, text):
        raise TextRefused(found)


def _write(section, text, verb, *, by, of=None):
    section.text = text
    section.number += 1
    Version.objects.create(section=section, number=section.number, text=text, at=timezone.now(), by=by)
    section.save(update_fields=["text", "number"])
    details = {"version": section.number} | ({"of": of} if of else {})
    history.record(verb, section, by=by, details=details, changes={"text": (None, text)})
    return section
