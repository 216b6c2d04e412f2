"""What access puts on the home page and on the page of a board or group."""

from django.db.models import Count, Window

from partnerships.granting import panel, rows, rules
from partnerships.models import Grant
from partnerships.panels import Panel, on_board, on_home
from partnerships.roles import Act
from partnerships.standing import standing_of

SHOWN = 10


def register():
    """Put the panels of access in their order."""
    on_home(to_approve, order=5)
    on_home(let_in_to, order=8)
    on_home(to_review, order=55)
    on_board(of_board, order=90)


def to_approve(user, now):
    """For whoever is asked as the second person: what waits for their word."""
    standing = standing_of(user)
    if not (standing.reach(Act.APPROVE_GRANTS) or standing.reach(Act.BREAK_GLASS)):
        return None
    waiting = Grant.objects.visible_to(user).waiting(now).filter(second=standing.person)
    content = _content(waiting.order_by("wanted_until"), user, now)
    return Panel("partnerships/panels/to_approve.html", content, "lead") if content else None


def let_in_to(user, now):
    """For a guest: what they were let into, and until when. Cases that somebody took stand on the list of cases."""
    if not standing_of(user).is_let_in:
        return None
    own = Grant.objects.visible_to(user).filter(person=standing_of(user).person).in_force(now)
    content = _content(own.exclude(kind__in=Grant.TAKEN).order_by("ends_at"), user, now)
    if not content:
        return None
    content["is_guest"] = standing_of(user).is_guest
    return Panel("partnerships/panels/let_in.html", content, "lead" if content["is_guest"] else "right")


def to_review(user, now):
    """For those who say who is let in: what has gone on for 90 days."""
    standing = standing_of(user)
    if not (standing.reach(Act.PROPOSE_GRANTS) or standing.reach(Act.MANAGE_CASE)):
        return None
    due = Grant.objects.visible_to(user).to_review(now).exclude(person=standing.person)
    content = _content(due.order_by("review_on"), user, now)
    return Panel("partnerships/panels/to_review.html", content, "left") if content else None


def to_come(user, now):
    """What somebody was let into that has not begun; for the page of those who hold nothing yet."""
    own = Grant.objects.visible_to(user).filter(person=standing_of(user).person, starts_at__gt=now)
    return _rows(own.not_over(now).order_by("starts_at"), user, now)


def of_board(user, body, now):
    """For those who say who is let in to a board, and those who see it: the guests of the board."""
    if not (rules.keeps(user, body) or standing_of(user).may(Act.SEE_ACCESS, body)):
        return None
    return Panel("partnerships/panels/access.html", panel.about(body, user, now), "right")


def _content(found, user, now):
    """The first of ``found`` as rows, and how many there are; None where there is nothing to show."""
    shown = list(found.select_related("person__agency").annotate(in_all=Window(Count("id")))[:SHOWN])
    return {"rows": rows.grants(shown, user, now), "total": shown[0].in_all} if shown else None


def _rows(found, user, now):
    return rows.grants(found.select_related("person__agency")[:SHOWN], user, now)
