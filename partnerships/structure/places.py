"""A place on a board or group: whose it is, who held it and who stood in, from when until when."""

import datetime as dt

from django.utils import timezone

from mktogether.lib.templatetags.wording import day
from partnerships.leaving.rules import may_end
from partnerships.models import NamedDeputy, Seat

NOT_STATED = "Not stated"


def find(body, pk):
    """The place ``pk`` of ``body``, which was found for whoever asks; None where it has no such place."""
    return Seat.objects.filter(body=body, pk=pk).select_related("agency", "body").first()


def place(seat, user, now, *, tells_why):
    """The context of the page of ``seat``; ``tells_why`` for those who may read why something ended. Two queries."""
    members = list(seat.appointments.select_related("person__agency").order_by("-starts_at", "-id"))
    deputies = list(seat.deputies.select_related("person__agency").order_by("-starts_at", "-id"))
    holder = next((row for row in members if row.is_in_force(now)), None)
    return {
        "seat": seat,
        "facts": list(_facts(seat)),
        "holder": holder,
        "is_over": seat.ends_at is not None and seat.ends_at <= now,
        "members": [_row(row, user, now, "appointment", tells_why) for row in members],
        "deputies": [
            _row(row, user, now, "deputising", tells_why) | {"qualities": _qualities(row)} for row in deputies
        ],
    }


def _facts(seat):
    yield "Partner", seat.agency.name if seat.agency else "Belongs to no partner"
    yield "Votes", "Yes" if seat.votes else "No"
    yield "Counts towards quorum", "Yes" if seat.counts else "No"
    if seat.classes:
        yield "Types that rules can name", ", ".join(seat.classes)
    if seat.alternate:
        yield "Or", seat.alternate
    if seat.political_group:
        yield "Follows the political group", seat.political_group
    if seat.number:
        yield "On what the number rests", seat.get_number_display()
    yield "There from", _day(seat.starts_at)
    if seat.ends_at:
        yield "There until", _last_day(seat.ends_at)


def _row(row, user, now, kind, tells_why):
    over = row.ends_at is not None and row.ends_at <= now
    person = row.person
    return {
        "post": person.post,
        "agency": person.agency.short_name if person.agency else "",
        "since": _day(row.starts_at),
        "until": _last_day(row.ends_at) if row.ends_at else "",
        "state": "over" if over else "to come" if row.starts_at > now else "now",
        "why": row.ended_because if tells_why else "",
        "end_href": f"{person.get_absolute_url()}end/{kind}/{row.pk}/" if not over and may_end(user, person) else "",
    }


def _qualities(row: NamedDeputy):
    senior = {True: "senior enough", False: "not senior enough by the terms", None: "whether senior enough: not stated"}
    briefed = f"briefed on {day(row.briefed_on)}" if row.briefed_on else "briefed: not stated"
    return f"{senior[row.is_senior]}; {briefed}"


def _day(moment):
    return day(timezone.localtime(moment))


def _last_day(moment):
    """The last day of something that ends at ``moment``: an end at midnight belongs to the day before."""
    local = timezone.localtime(moment)
    return day(local - dt.timedelta(microseconds=1))
