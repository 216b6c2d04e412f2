"""Who is let in by exception on the day of loading, and who withdrew from an item of a past meeting."""

import datetime as dt

from django.utils import timezone

from meetings.models import AgendaItem, Meeting
from meetings.sample.files import local, read
from mktogether.lib.working_days import add_working_days
from partnerships.models import Exclusion, Grant

OF_GRANT = (
    "kind",
    "body",
    "item",
    "who",
    "reason",
    "proposed by",
    "second",
    "approved",
    "until in working days",
)
A_WEEK_AGO = dt.timedelta(days=7)
REVIEWED_AFTER = dt.timedelta(days=90)


def load(folder, boards, people):
    """Let in those of the file who have not been let in before."""
    now = timezone.now()
    for entry in read(folder, "access.yaml").only("grants").entries("grants"):
        person = people.of(entry.only(*OF_GRANT).entry("who"))
        kind = entry.choice("kind", Grant.Kind.values)
        if not Grant.objects.filter(person=person, kind=kind).exists():
            _grant(entry, kind, person, boards, people, now).save()


def _grant(entry, kind, person, boards, people, now):
    thing = _thing(entry, boards, now)
    second = people.of(entry.entry("second"))
    until = add_working_days(timezone.localdate(now), entry.number("until in working days"))
    grant = Grant(
        area_id=thing.area_id,
        kind=kind,
        person=person,
        subject=thing._meta.label,
        subject_id=thing.pk,
        reason=entry.text("reason"),
        wanted_from=now,
        wanted_until=local(dt.datetime.combine(until, dt.time())),
        proposed_at=now - A_WEEK_AGO,
        proposed_by=people.of(entry.entry("proposed by")),
        second=second,
    )
    if entry.flag("approved"):
        grant.approved_at, grant.approved_by = now, second
        grant.starts_at, grant.ends_at = grant.wanted_from, grant.wanted_until
        grant.review_on = timezone.localdate(now + REVIEWED_AFTER)
    return grant


def _thing(entry, boards, now):
    body = boards.of(entry)
    if "item" not in entry:
        return body
    coming = Meeting.objects.coming(now).filter(body=body)
    named = AgendaItem.objects.filter(meeting__in=coming, title=entry.text("item"))
    item = named.select_related("meeting").first()
    if item is None:
        raise entry.wrong(f"no item of the next meeting of {body.name} has this title.", "item")
    return item


def withdraw(meeting, items, year):
    """Write who withdrew from which of ``items`` for an interest of their own, from before the meeting on."""
    Exclusion.objects.bulk_create(
        _withdrawal(meeting, item.row, entry.only("place", "reason"), year)
        for item in items
        for entry in item.entry.entries("withdrew")
    )


def _withdrawal(meeting, item, entry, year):
    seat = year.boards.place(entry, meeting.body, entry.text("place"))
    appointment = seat.appointments.in_force(meeting.starts_at).first()
    if appointment is None:
        raise entry.wrong(f"the place “{seat}” is vacant on that day.", "place")
    return Exclusion(
        area_id=meeting.area_id,
        person_id=appointment.person_id,
        subject=item._meta.label,
        subject_id=item.pk,
        reason=entry.text("reason"),
        declared_by_id=appointment.person_id,
        starts_at=meeting.starts_at,
    )
