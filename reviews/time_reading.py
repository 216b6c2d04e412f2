"""The pages about the time of cases, as values: the board of deadlines, and the days and deadlines of one case."""

from urllib.parse import urlencode

from django.utils import timezone

from mktogether.lib.paging import kept, page_of
from mktogether.lib.templatetags.wording import clock, day
from reviews import access, kinds, queries, time_rows
from reviews.filters import DeadlineFilter
from reviews.models import CaseDeadline
from reviews.rules.clocks import State

WHOLE = "all"
MOST_ON_PAPER = 2_000  # what a browser lays out for paper without trouble; beyond it the pages go on


def board(user, query):
    """
    The deadlines of every open case that ``user`` is on, as ``query`` (the address's) narrows and orders them.

    The same number of queries for three cases and for five hundred. The page ``all`` holds every one of the choice, to
    be printed.
    """
    today = timezone.localdate()
    theirs = CaseDeadline.objects.visible_to(user).of_open_cases()
    narrowed = DeadlineFilter(query, queryset=queries.deadline_rows(theirs))
    chosen, whole = narrowed.chosen(), query.get("page") == WHOLE
    counts = queries.deadline_counts(theirs, today)
    total = None if chosen.get("kind") else counts.get(chosen.get("which"))
    size = {"size": MOST_ON_PAPER} if whole else {}
    pages = page_of(narrowed.qs, query.get("page"), chosen, total=total, **size)
    now = timezone.localtime()
    return {
        "whole": whole,
        "whole_href": "" if whole else f"?{urlencode([*kept(chosen), ('page', WHOLE)])}",
        "paged_href": f"?{urlencode(kept(chosen))}",
        "printed": f"{day(now)}, {clock(now)}",
        "rows": [time_rows.deadline(row, today) for row in pages.rows],
        "pages": pages,
        "counts": counts,
        "which": narrowed.options("which"),
        "kinds": narrowed.options("kind"),
        "orders": narrowed.options("order"),
        "left_out": narrowed.refused(),
    }


def of_case(case, user):
    """The days and deadlines of ``case``, each deadline with its arithmetic."""
    today = timezone.localdate()
    kind, holds = kinds.of(case), queries.holds_of(case)
    dates = queries.dates_of(case)
    codes = [one.code for one in kind.deadlines]
    rows = queries.deadlines_of(case)
    return {
        "deadlines": [time_rows.explained(row, codes.index(row.code) + 1, kind, holds, today) for row in rows],
        "not_begun": [
            {"what": one.what, "starts": kind.events[one.starts], "limit": one.limits[-1].words}
            for one in kind.deadlines
            if one.code not in {row.code for row in rows}
        ],
        "events": time_rows.events(kind, dates),
        "begins": kind.begins,
        "holds": [time_rows.hold(row) for row in holds],
        "goes_on": any(row.last_day is None for row in holds),
        "may_change": access.may_change(user, case),
        "notes": kind.notes,
    }


def in_short(case, dates):
    """The deadlines of ``case`` for its own page, its stage, and whether it is on hold."""
    today = timezone.localdate()
    kind = kinds.of(case)
    rows = queries.deadlines_of(case)
    return {
        "stage": kind.stage(dates),
        "deadlines": [time_rows.deadline(row, today) for row in rows],
        "late": sum(time_rows.standing(row, today).state is State.LATE for row in rows),
        "authority": kind.authority,
        "decides": kind.decides,
    }
