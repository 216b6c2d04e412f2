"""The next meeting of each board and group, dated from the day of loading, with the replies so far."""

import datetime as dt

from django.utils import timezone

from meetings.models import AgendaItem, Meeting, Reply
from meetings.sample.agendas import planned
from meetings.sample.boards import chair_of
from meetings.sample.files import local, read
from mktogether.lib.working_days import add_working_days, is_working_day

SOON = dt.timedelta(minutes=10)
HALF_AN_HOUR = dt.timedelta(minutes=30)
LAST_START = dt.time(18, 0)
OF_MEETING = ("body", "in working days", "at", "minutes", "mode", "place", "note", "items", "replies")
OF_REPLY = ("answer", "reason")


def load(folder, boards):
    """Plan the next meetings; a board or group that has one coming keeps it as people have left it."""
    now = timezone.now()
    planned_already = set(Meeting.objects.coming(now).values_list("body_id", flat=True))
    for entry in read(folder, "meetings-coming.yaml").only("meetings").entries("meetings"):
        body = boards.of(entry.only(*OF_MEETING))
        if body.pk not in planned_already:
            _plan(entry, body, boards, now)


def _plan(entry, body, boards, now):
    starts_at = start(now, entry.number("in working days"), entry.time("at"))
    meeting = Meeting.objects.create(
        area_id=body.area_id,
        body=body,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=entry.number("minutes")),
        mode=entry.choice("mode", Meeting.Mode.values, "virtual"),
        place=entry.text("place", ""),
        note=entry.text("note", ""),
        presiding_id=chair_of(body, starts_at),
    )
    AgendaItem.objects.bulk_create(item.row for item in planned(meeting, entry.entries("items"), entry))
    _replies(entry, meeting, body, boards, now)


def start(now, working_days, at):
    """
    When a meeting begins that is ``working_days`` from ``now``, usually ``at`` that time of day.

    For 0 it is the next half hour of a working day, so that the chair can open it at once; after hours and on other
    days it is the usual time of the next working day.
    """
    here = timezone.localtime(now)
    soon = _next_half_hour(here + SOON)
    if working_days == 0 and is_working_day(here.date()) and soon.date() == here.date() and soon.time() <= LAST_START:
        return soon
    day = add_working_days(here.date(), max(working_days, 1))
    return local(dt.datetime.combine(day, at))


def _next_half_hour(moment):
    full = moment.replace(minute=0, second=0, microsecond=0)
    while full < moment:
        full += HALF_AN_HOUR
    return full


def _replies(entry, meeting, body, boards, now):
    answers = entry.entry("replies", None)
    if answers is None:
        return
    rows = []
    for number, key in enumerate(answers.values):
        seat = boards.place(answers, body, key)
        rows.append(_reply(answers, key, meeting, seat, now - dt.timedelta(hours=number + 1)))
    Reply.objects.bulk_create(rows)


def _reply(answers, key, meeting, seat, at):
    """A reply is an answer alone, or an answer with its reason; a deputy who is sent is the one named for the place."""
    if isinstance(answers.values[key], str):
        answer, reason = answers.choice(key, Reply.Answer.values), ""
    else:
        given = answers.entry(key).only(*OF_REPLY)
        answer, reason = given.choice("answer", Reply.Answer.values), given.text("reason", "")
    deputy = None
    if answer == Reply.Answer.DEPUTY:
        deputy = seat.deputies.in_force(meeting.starts_at).values_list("person_id", flat=True).first()
        if deputy is None:
            raise answers.wrong(f"no deputy is named for {seat}.", key)
    return Reply(meeting=meeting, seat=seat, answer=answer, deputy_id=deputy, reason=reason, at=at)
