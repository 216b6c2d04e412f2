"""What somebody's leaving means for meetings ahead, and who does what they were to do."""

from django.db.models import Q
from django.utils import timezone

from meetings import dates, queries, rows
from meetings.actions.business import named_by
from meetings.calendars.actions import end_all
from meetings.models import Action, AgendaItem, Meeting
from mktogether.lib.states import tag
from partnerships.leaving import following
from partnerships.models import Exclusion
from partnerships.panels import Panel
from records import history

SHOWN = 20
CAN = ("met", "tick", "Could still be quorate")
CANNOT = ("missed", "cross", "Could not be quorate")


def register():
    """Tell of meetings and actions before somebody's places end, and pass their actions on when they leave."""
    following.tell_of(meetings_ahead, order=10)
    following.tell_of(to_preside_at, order=15)
    following.tell_of(open_actions, order=20)
    following.pass_on(hand_over_actions)
    following.release(name_nobody_to_preside)
    following.release(end_all)
    following.stay(actions_left)


def meetings_ahead(user, changes):
    """The meetings after the end of the boards and groups that the person leaves, as far as ``user`` sees them."""
    boards = {board.id: board for board in changes.boards}
    if not boards:
        return None
    coming = Meeting.objects.visible_to(user).not_closed().filter(body__in=boards, starts_at__gte=changes.at)
    found = list(queries.meeting_rows(coming.order_by("starts_at"))[:SHOWN])
    if not found:
        return None
    shown = [
        {
            "href": f"/meetings/{row.public_id}/",
            "words": _in_words(row),
            "state": tag(*(CAN if boards[row.body_id].could_after else CANNOT)),
        }
        for row in found
    ]
    return Panel("meetings/panels/leaver_meetings.html", {"rows": shown, "in_words": _at_most(len(found))})


def to_preside_at(user, changes):
    """The meetings after the end at which somebody who leaves is named to preside, as far as ``user`` sees them."""
    if not changes.whole:
        return None
    named = _to_preside_at(Meeting.objects.visible_to(user), changes.person, changes.at)
    found = list(queries.meeting_rows(named.order_by("starts_at"))[:SHOWN])
    if not found:
        return None
    shown = [{"href": f"/meetings/{row.public_id}/", "words": _in_words(row)} for row in found]
    return Panel("meetings/panels/leaver_presides.html", {"rows": shown, "in_words": _at_most(len(found))})


def _to_preside_at(meetings, person, at):
    """Those that have not begun at ``at``. One that is to begin before then keeps who is named to preside."""
    coming = Q(starts_at__gte=at) if at > timezone.now() else Q()
    return meetings.not_closed().filter(coming, presiding=person, opened_at__isnull=True, cancelled_at__isnull=True)


def _in_words(row):
    return f"{row.body_name}, {dates.weekday(row)}"


def open_actions(user, changes):
    """The open actions of somebody who leaves, as far as ``user`` sees them, and who gets them."""
    if not changes.whole:
        return None
    today = timezone.localdate()
    theirs = Action.objects.visible_to(user).open().filter(owner=changes.person)
    found = list(queries.action_rows(theirs)[:SHOWN])
    if not found:
        return None
    content = {
        "rows": [rows.action(row, today) for row in found],
        "in_words": _at_most(len(found)),
        "successor": changes.successor,
    }
    return Panel("meetings/panels/leaver_actions.html", content)


def _at_most(number):
    return f"the first {SHOWN}" if number == SHOWN else str(number)


def hand_over_actions(person, successor, *, at, by):
    """
    Make ``successor`` the owner of the open actions of ``person`` that ``by`` sees, and say how many.

    One agreed under an item from which the successor is excluded stays: for them it would not be there.
    """
    kept_from = Exclusion.objects.regardless("they are what is hidden").in_force(at)
    items = kept_from.filter(person=successor, subject=AgendaItem._meta.label).values_list("subject_id", flat=True)
    seen = Action.objects.visible_to(by).open().filter(owner=person).values_list("pk", flat=True)
    held = Action.objects.regardless("passed on by an act, which found them for whoever does it")
    actions = held.filter(pk__in=list(seen)).exclude(item__in=list(items)).select_for_update(of=("self",))
    passed = 0
    for action in actions:
        changes = history.changed(action, owner_id=successor.pk, agency_id=successor.agency_id)
        action.save(update_fields=["owner", "agency"])
        history.record("action.handed_over", action, by=by, within=named_by(action), changes=changes)
        passed += 1
    if not passed:
        return ""
    return f"{'1 open action goes' if passed == 1 else f'{passed} open actions go'} to {successor.post}."


def actions_left(person, *, by):
    """How many open actions stay in the name of ``person``, of those that ``by`` sees."""
    left = Action.objects.visible_to(by).open().filter(owner=person).count()
    if not left:
        return ""
    return f"{'1 open action stays' if left == 1 else f'{left} open actions stay'} in their name."


def name_nobody_to_preside(person, *, at, by):
    """
    Take ``person`` out as named to preside where they leave before the meeting, and say where, as far as ``by`` sees.

    What history keeps of it is whom the meeting had named.
    """
    held = Meeting.objects.regardless("a leaver presides nowhere, also where whoever ends it does not look")
    named = list(_to_preside_at(held, person, at).select_for_update(of=("self",)).order_by("starts_at"))
    for meeting in named:
        changes = history.changed(meeting, presiding_id=None)
        meeting.version += 1
        meeting.save(update_fields=["presiding", "version"])
        history.record("meeting.presiding_left", meeting, by=by, within=person, changes=changes)
    seen = Meeting.objects.visible_to(by).filter(pk__in=[meeting.pk for meeting in named]).count()
    if not seen:
        return ""
    return f"Nobody is named to preside at {'1 coming meeting' if seen == 1 else f'{seen} coming meetings'} any more."
