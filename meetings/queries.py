"""Reads of meetings and actions for pages: plain values, in a number of queries that does not grow with the rows."""

from django.db.models import Count, F, Max, Min, Q
from django.utils import timezone

from meetings import years
from meetings.models import Action, Attendance, Decision, Meeting, Reply
from mktogether.lib.among import Numbers
from mktogether.lib.prepared import Prepared
from partnerships.models import Body
from partnerships.models.dated import in_force
from partnerships.roles import Act
from partnerships.standing import standing_of

FOUND = "counts for meetings that were found before"
ROW = (
    "id",
    "public_id",
    "body_id",
    "area_id",
    "presiding_id",
    "starts_at",
    "ends_at",
    "date_precision",
    "mode",
    "opened_at",
    "closed_at",
    "cancelled_at",
    "quorum_status",
)
ACTION_ROW = (
    "public_id",
    "area_id",
    "body_id",
    "owner_id",
    "agency_id",
    "what",
    "due_on",
    "done_at",
)


def meeting_rows(meetings):
    """``meetings`` as light rows for a list: named values with the name and address of the board or group."""
    return meetings.annotate(body_name=F("body__name")).values_list(*ROW, "body_name", named=True)


def action_rows(actions):
    """``actions`` as light rows for a list: named values with owner, partner, board or group, and meeting."""
    named = {
        "body_name": F("body__short_name"),
        "owner_post": F("owner__post"),
        "agency_short": F("agency__short_name"),
        "meeting_public_id": F("meeting__public_id"),
        "agreed_on": F("meeting__starts_at"),
        "agreed_to": F("meeting__date_precision"),
    }
    return actions.annotate(**named).values_list(*ACTION_ROW, *named, named=True)


def choices_for_meetings(user):
    """The boards and groups whose meetings ``user`` sees, and the years in which these lie, as choices of a filter."""
    found = list(
        Meeting.objects.visible_to(user)
        .order_by("body__earlier_structure", "body__name")
        .values_list("body__slug", "body__name")
        .annotate(first=Min("starts_at"), last=Max("starts_at"))
    )
    boards = [(slug, name) for slug, name, _first, _last in found]
    if not found:
        return boards, []
    first = years.year_of(min(row[2] for row in found))
    last = years.year_of(max(row[3] for row in found))
    return boards, [(str(year), years.words(year)) for year in range(last, first - 1, -1)]


def boards_to_plan_for(user):
    """The boards and groups whose meetings ``user`` plans; see access.may_plan."""
    standing = standing_of(user)
    reach = standing.reach(Act.PLAN)
    of_area = Body.objects.visible_to(user).present(timezone.localdate()).filter(area__in=standing.area_ids)
    of_area = of_area.order_by("name")
    return of_area if reach.area else of_area.filter(pk__in=reach.bodies)


def boards_with_actions(user):
    """The boards and groups whose actions ``user`` sees, as choices of a filter."""
    found = Action.objects.visible_to(user).order_by("body__name").values_list("body__slug", "body__name").distinct()
    return list(found)


def _filled(meetings):
    """Of each of ``meetings`` how many members' places were filled."""
    found = Attendance.objects.regardless(FOUND).filter(meeting__pk__among=meetings, seat__in_attendance=False)
    found = found.exclude(filled_by=Attendance.FilledBy.NOBODY).order_by()
    return found.values_list("meeting").annotate(Count("id"))


def _held(meetings):
    """Of each of ``meetings`` how many members' places were held on its day."""
    at = F("starts_at")
    found = Meeting.objects.regardless(FOUND).filter(
        in_force(at, "body__seats__appointments__") | Q(body__seats__post_only=True),
        in_force(at, "body__seats__"),
        body__seats__in_attendance=False,
        pk__among=meetings,
    )
    return found.order_by().values_list("pk").annotate(Count("body__seats", distinct=True))


FILLED, HELD = Prepared(_filled, meetings=Numbers()), Prepared(_held, meetings=Numbers())


def filled_of(meeting_ids):
    """For each meeting: how many members' places were filled, of how many that were held on its day; two queries."""
    if not meeting_ids:
        return {}
    filled, held = dict(FILLED(meetings=meeting_ids)), dict(HELD(meetings=meeting_ids))
    return {pk: (filled.get(pk, 0), held.get(pk, 0)) for pk in meeting_ids}


def coming_for(user, now, *, within=None, limit=10):
    """The next meetings that ``user`` has a part in; ``within`` (a time span) widens it to all that they see."""
    meetings = Meeting.objects.visible_to(user).coming(now)
    if within is None:
        meetings = meetings.filter(body__in=standing_of(user).bodies)
    else:
        meetings = meetings.filter(starts_at__lt=now + within)
    return list(meeting_rows(meetings)[:limit])


def next_of(body_ids, user, now):
    """The meeting of one of these boards and groups that is in session, or else the next to begin; None without any."""
    coming = Meeting.objects.visible_to(user).coming(now).filter(body__in=body_ids)
    return coming.select_related("body").first()


def not_closed(user, now, *, limit=10):
    """Meetings whose time is over and that nobody closed, of the groups that ``user`` records."""
    standing = standing_of(user)
    meetings = Meeting.objects.visible_to(user).awaiting_close(now)
    reach = standing.reach(Act.RECORD)
    if not reach.area:
        meetings = meetings.filter(body__in=reach.bodies)
    return list(meeting_rows(meetings)[:limit])


def recently_closed(user, *, limit=8):
    """The meetings last closed, whose minutes can be read; not those of boards of the past."""
    closed = Meeting.objects.visible_to(user).filter(closed_at__isnull=False, body__earlier_structure="")
    closed = closed.order_by("-starts_at")
    return list(meeting_rows(closed)[:limit])


def to_ratify(user, *, limit=10):
    """Recommendations that a quorate meeting of a group that ``user`` chairs is still asked to ratify."""
    open_ones = Decision.objects.visible_to(user).filter(
        is_recommendation=True, ratified_at__isnull=True, meeting__body__in=standing_of(user).chairs
    )
    return list(
        open_ones.order_by("at", "id").values(
            "wording",
            meeting_public_id=F("meeting__public_id"),
            starts_at=F("meeting__starts_at"),
            date_precision=F("meeting__date_precision"),
            body_name=F("meeting__body__name"),
        )[:limit]
    )


def replies_of(user, meeting_ids):
    """What was answered for the places that ``user`` holds or deputises: the answer by meeting."""
    replies = Reply.objects.of(*meeting_ids).that_stand().filter(seat__in=standing_of(user).seats)
    return {meeting: Reply.Answer(answer).label for meeting, answer in replies.values_list("meeting_id", "answer")}


def replies_that_a_move_loses(meeting, starts_at):
    """How many replies to ``meeting`` would count no more if it began at ``starts_at``."""
    if starts_at == meeting.starts_at:
        return 0
    return Reply.objects.of(meeting).that_stand().count()


def own_actions(user, today, *, limit=10):
    """The open actions of ``user``, the most urgent first, with how many there are and how many are late."""
    own = Action.objects.visible_to(user).open().filter(owner=standing_of(user).person)
    counts = own.aggregate(total=Count("id"), overdue=Count("id", filter=Q(due_on__lt=today)))
    return list(action_rows(own)[:limit]), counts["total"], counts["overdue"]


def overdue_by_partner(user, today):
    """How many actions of each partner are late, and since when the oldest is; the longest list first."""
    late = Action.objects.visible_to(user).overdue(today).order_by()
    return list(
        late.values(agency_name=F("agency__short_name"), slug=F("agency__slug"))
        .annotate(count=Count("id"), oldest=Min("due_on"))
        .order_by("-count", "oldest")
    )


def last_year_held(user, body):
    """The last year (see meetings/years.py) in which ``body`` held a meeting; None where it never did."""
    held = Meeting.objects.visible_to(user).filter(body=body, closed_at__isnull=False)
    last = held.aggregate(last=Max("starts_at"))["last"]
    return None if last is None else years.year_of(last)


def years_of_board(user, body, numbers):
    """The meetings of ``body`` by year, for the years ``numbers``, and how many places were filled at each."""
    begins, _end = years.span(numbers[0])
    _begin, ends = years.span(numbers[-1])
    found = Meeting.objects.visible_to(user).filter(body=body, starts_at__gte=begins, starts_at__lt=ends)
    by_year = {number: [] for number in numbers}
    for row in meeting_rows(found.order_by("starts_at")):
        by_year.get(years.year_of(row.starts_at), []).append(row)
    opened = [row.id for found in by_year.values() for row in found if row.opened_at]
    return by_year, filled_of(opened)
