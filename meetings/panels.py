"""What meetings put on the home page and on the page of a board or group."""

import datetime as dt

from django.utils import timezone

from meetings import dates, forecast, queries, rows, years
from meetings.access import may_plan, may_record
from meetings.calendars.panel import calendars
from meetings.frequency import pages as frequency
from meetings.frequency.reading import of_body
from meetings.representation.panels import of_agency, of_place
from mktogether.lib.states import tag
from mktogether.lib.templatetags.wording import short_day_year
from partnerships.panels import Panel, on_agency, on_board, on_board_then, on_home, on_own_page, on_place
from partnerships.standing import standing_of

MONTH = dt.timedelta(days=30)
SOON = dt.timedelta(days=3)  # a chair who prepares on Friday finds the way in to Monday's meeting
REPLY_LOOKS = {"Coming": ("met", "tick"), "Sends a deputy": ("met", "deputy"), "Apologies": ("neutral", "dash")}


def register():
    """Put the panels of meetings and actions in their order."""
    on_home(next_to_chair, order=10)
    on_home(not_closed, order=20)
    on_home(coming, order=30)
    on_home(own_actions, order=40)
    on_home(to_ratify, order=50)
    on_home(overdue, order=60)
    on_home(recent_minutes, order=70)
    on_board(year, order=10)
    on_board_then(year_then, order=10)
    on_agency(of_agency, order=10)
    on_place(of_place, order=10)
    on_own_page(calendars, order=20)


def next_to_chair(user, now):
    """For a chair: the next meeting of theirs, whether it will be quorate, and the way in."""
    standing = standing_of(user)
    chaired = standing.chairs | standing.vice_chairs
    found = queries.next_of(chaired, user, now) if chaired else None
    if found is None:
        return None
    content = {
        "heading": rows.heading(found),
        "subtitle": f"{_until(found, now)} · {dates.hours(found)} · {found.get_mode_display()}",
        "href": found.get_absolute_url(),
        "act": _way_in(found, now),
        "strip": forecast.whether(found, now),
    }
    return Panel("meetings/panels/next.html", content, "lead")


def _way_in(found, now):
    """What the button to the live page says; nothing while the meeting is far off."""
    if found.opened_at:
        return "Record it live"
    return "Open the meeting" if found.starts_at - now < SOON else ""


def _until(found, now):
    """When it begins, seen from now."""
    if found.opened_at:
        return "In session"
    wait = found.starts_at - now
    if wait <= dt.timedelta():
        return "Due to have begun"
    minutes = int(wait.total_seconds() // 60)
    if minutes < 120:
        return f"In {minutes} minute{'' if minutes == 1 else 's'}"
    away = (timezone.localdate(found.starts_at) - timezone.localdate(now)).days
    return {0: "Today", 1: "Tomorrow"}.get(away, f"In {away} days")


def not_closed(user, now):
    """For chairs and the team: meetings that are over and that nobody closed."""
    standing = standing_of(user)
    if not (standing.is_team or standing.chairs or standing.vice_chairs):
        return None
    found = queries.not_closed(user, now)
    if not found:
        return None
    shown = [rows.meeting(row, now) | {"ago": _ago(row, now)} for row in found]
    return Panel("meetings/panels/not_closed.html", {"rows": shown}, "lead")


def _ago(row, now):
    away = (timezone.localdate(now) - timezone.localdate(row.ends_at)).days
    return "Over since today" if away == 0 else f"Over for {rows.days(away)}"


def coming(user, now):
    """The next meetings: one's own with the reply to the invitation; all of the month for team and scrutineer."""
    standing = standing_of(user)
    if standing.is_guest:
        return None
    of_everybody = standing.is_team or standing.is_scrutineer
    found = queries.coming_for(user, now, within=MONTH if of_everybody else None)
    replies = queries.replies_of(user, [row.id for row in found]) if standing.seats else {}
    content = {
        "heading": "Meetings in the next 30 days" if of_everybody else "Your next meetings",
        "nothing": "No meeting is planned in the next 30 days." if of_everybody else "No meeting of yours is planned.",
        "rows": [_coming(row, now, user, replies) for row in found],
    }
    return Panel("meetings/panels/coming.html", content, "left")


def _coming(row, now, user, replies):
    shown = rows.meeting(row, now)
    if row.body_id in standing_of(user).member_of | standing_of(user).deputy_on and not row.opened_at:
        answer = replies.get(row.id, "No reply yet")
        shown["reply"] = tag(*REPLY_LOOKS.get(answer, ("soon", "clock")), answer)
    return shown | {"may_record": bool(_way_in(row, now) and may_record(user, row))}


def own_actions(user, now):
    """The open actions of somebody who has any, late ones first."""
    today = timezone.localdate(now)
    found, total, late = queries.own_actions(user, today)
    if standing_of(user).is_guest and not found:
        return None
    in_words = f"{total} open, {late} overdue" if late else f"{total} open"
    shown = [rows.action(row, today) for row in found]
    return Panel("meetings/panels/actions.html", {"rows": shown, "in_words": in_words}, "right")


def to_ratify(user, _now):
    """For a chair: recommendations made without a quorum that wait for a quorate meeting."""
    if not standing_of(user).chairs:
        return None
    found = queries.to_ratify(user)
    if not found:
        return None
    shown = [
        {
            "wording": row["wording"],
            "board": row["body_name"],
            "day": dates.short_day_year(dates.When(row["starts_at"], None, row["date_precision"])),
            "href": f"/meetings/{row['meeting_public_id']}/",
        }
        for row in found
    ]
    return Panel("meetings/panels/to_ratify.html", {"rows": shown}, "left")


def overdue(user, now):
    """For the team, and for chairs to whom groups report: late actions by partner."""
    standing = standing_of(user)
    if not (standing.is_team or standing.oversees):
        return None
    found = queries.overdue_by_partner(user, timezone.localdate(now))
    shown = [
        {"agency": row["agency_name"] or "No partner", "count": row["count"], "oldest": short_day_year(row["oldest"])}
        for row in found
    ]
    content = {"rows": shown, "total": sum(row["count"] for row in found)}
    return Panel("meetings/panels/overdue.html", content, "right")


def recent_minutes(user, now):
    """For the scrutineer and the team: the meetings last closed."""
    standing = standing_of(user)
    if not (standing.is_scrutineer or standing.is_team):
        return None
    shown = [rows.meeting(row, now) for row in queries.recently_closed(user)]
    return Panel("meetings/panels/closed.html", {"rows": shown}, "right")


def year(user, body, now):
    """
    The meetings of a board or group in the year that ``now`` lies in, and before it the last year with any held.

    To somebody who does not read its business they are not "none": the panel says whose they are.
    """
    if not standing_of(user).reads(body):
        return Panel("meetings/panels/members_only.html", {"name": body.name}, "lead")
    this_year = years.year_of(now)
    last = queries.last_year_held(user, body)
    if not body.is_present(timezone.localdate(now)):
        return _earlier(user, body, now, last)
    shown = sorted({this_year, this_year if last is None else last})
    content = {
        "years": _years(user, body, shown, now),
        "slug": body.slug,
        "may_plan": bool(may_plan(user, body)),
        "calendar": True,
        "representation": last is not None,
    }
    return Panel("meetings/panels/year.html", content, "lead")


def _earlier(user, body, now, last):
    """The last year of a board of the past: nothing is to come there, and nothing is planned."""
    content = {
        "years": _years(user, body, [last], now) if last is not None else [],
        "slug": body.slug,
        "representation": last is not None,
    }
    return Panel("meetings/panels/year.html", content, "lead")


def year_then(user, body, at):
    """The meetings of the year in which the moment ``at`` lies, for a page as at that day: nothing is planned there."""
    if not standing_of(user).reads(body):
        return Panel("meetings/panels/members_only.html", {"name": body.name}, "lead")
    content = {
        "years": _years(user, body, [years.year_of(at)], timezone.now()),
        "slug": body.slug,
        "representation": True,
    }
    return Panel("meetings/panels/year.html", content, "lead")


def _years(user, body, numbers, now):
    """The years ``numbers`` of ``body``, each with its meetings and how it stands against the terms."""
    found, filled = queries.years_of_board(user, body, numbers)
    counted = of_body(body, found, now)
    return [_year(number, found[number], filled, now, counted[number]) for number in numbers]


def _year(number, found, filled, now, counted):
    held = sum(1 for row in found if row.closed_at)
    cancelled = sum(1 for row in found if row.cancelled_at)
    planned = len(found) - held - cancelled
    may_come = planned or not found or any(dates.has_day(row) for row in found)
    parts = [
        f"{held} held",
        *([f"{planned} planned"] if may_come else []),
        *([f"{cancelled} cancelled"] if cancelled else []),
    ]
    return {
        "words": years.words(number),
        "counted": ", ".join(parts),
        "rows": [rows.meeting(row, now, filled.get(row.id)) for row in found],
        **frequency.of_year(counted, found),
    }
