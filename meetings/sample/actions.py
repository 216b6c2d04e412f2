"""Actions: those agreed at meetings of the year, and those of the day of loading."""

import datetime as dt

from django.utils import timezone

from meetings.models import Action
from meetings.sample.files import local, read
from mktogether.lib.working_days import add_working_days

OF_AGREED = ("what", "owner", "due", "done")
OF_CURRENT = ("body", "what", "owner", "due in working days", "done working days ago")
NOON = dt.time(12, 0)


def record(meeting, items, year):
    """Write the actions that ``meeting`` agreed under its ``items``."""
    Action.objects.bulk_create(
        _agreed(meeting, item.row, entry.only(*OF_AGREED), year)
        for item in items
        for entry in item.entry.entries("actions")
    )


def load_current(folder, boards, clerk):
    """Add the actions that are dated from the day of loading, unless their group has them already."""
    there = set(Action.objects.values_list("body_id", "what"))
    today = timezone.localdate()
    rows = []
    for entry in read(folder, "actions.yaml").only("actions").entries("actions"):
        body = boards.of(entry.only(*OF_CURRENT))
        owner = _owner(entry, body, boards, timezone.now())
        due_on = add_working_days(today, entry.number("due in working days"))
        done_on = _days_ago(entry, today)
        if (body.pk, entry.text("what")) not in there:
            rows.append(_action(body, entry, owner, due_on, done_on, clerk))
    Action.objects.bulk_create(rows)


def _agreed(meeting, item, entry, year):
    owner = _owner(entry, meeting.body, year.boards, meeting.starts_at)
    action = _action(meeting.body, entry, owner, entry.day("due"), entry.day("done", None), year.clerk)
    action.meeting = meeting
    action.item = item
    return action


def _action(body, entry, owner, due_on, done_on, clerk):
    done_at = local(dt.datetime.combine(done_on, NOON)) if done_on else None
    return Action(
        area_id=body.area_id,
        body=body,
        what=entry.text("what"),
        owner=owner,
        agency_id=owner.agency_id,
        due_on=due_on,
        done_at=done_at,
        done_by=(owner.user or clerk) if done_at else None,
    )


def _owner(entry, body, boards, at):
    """The member of the place that the entry names, on the day."""
    seat = boards.place(entry, body, entry.text("owner"))
    appointment = seat.appointments.in_force(at).select_related("person__user").first()
    if appointment is None:
        raise entry.wrong(f"the place “{seat}” is vacant on that day.", "owner")
    return appointment.person


def _days_ago(entry, today):
    days = entry.number("done working days ago", None)
    return None if days is None else add_working_days(today, -days)
