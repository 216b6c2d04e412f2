"""Boards and groups: who sits there, by which rules, and how that stands."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships import panels, queries, reading
from partnerships.access import may_change_terms, may_see_access_to
from partnerships.roles import Act
from partnerships.standing import standing_of
from partnerships.story.reading import story
from records.access import signed_in


@signed_in
@require_safe
def boards(request):
    kinds, earlier = queries.boards_by_kind(request.user, timezone.now())
    context = {
        "kinds": [(label, rows) for label, rows in kinds if rows],
        "earlier": earlier,
        "reads_meetings": standing_of(request.user).opens(Act.READ),
    }
    return render(request, "partnerships/boards.html", context)


@signed_in
@require_safe
def board(request, slug):
    body = queries.board_of(request.user, slug)
    if body is None:
        raise Http404
    now = timezone.now()
    if not body.is_present(timezone.localdate(now)):
        return _earlier_board(request, body, now)
    context = {
        **reading.board(body, queries.places_by_agency(body, now), queries.chairs_of(body, now), now),
        "may_change_terms": may_change_terms(request.user, body),
        "may_see_access": may_see_access_to(request.user, body),
        "panels": panels.made(panels.BOARD, request.user, body, now),
        "story": story(request.user, body),
        "crumbs": [{"label": "Boards and groups", "href": "/boards/"}, {"label": body.name}],
    }
    return render(request, "partnerships/board.html", context)


def _earlier_board(request, body, now):
    """One of an earlier structure: what is known of it. It has no members, no health and nothing to come."""
    context = {
        **reading.earlier_board(body, queries.posts_of(body)),
        "panels": panels.made(panels.BOARD, request.user, body, now),
        "story": story(request.user, body),
        "crumbs": [{"label": "Boards and groups", "href": "/boards/"}, {"label": body.name}],
    }
    return render(request, "partnerships/earlier_board.html", context)
