"""Boards and groups: who sits there, by which rules, and how that stands; today, or as at another day."""

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships import panels, queries
from partnerships.access import may_change_places, may_change_terms, may_see_access_to
from partnerships.as_at import as_at
from partnerships.roles import Act
from partnerships.standing import standing_of
from partnerships.story.reading import story
from partnerships.structure import boards as structure
from partnerships.structure import reads
from records.access import signed_in

LIST = {"label": "Boards and groups", "href": "/boards/"}


@signed_in
@require_safe
def boards(request):
    when = as_at(request.GET)
    kinds, earlier = queries.boards_by_kind(request.user, when)
    context = {
        "when": when,
        "as_at_path": "/boards/",
        "edition": reads.edition_on(request.user, when.day),
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
    when = as_at(request.GET)
    if when.is_today and not body.is_present(when.day):
        return _earlier_board(request, body, when)
    prefetch_related_objects([body], "former_names")
    versions = reads.terms_of(body)
    terms = reads.in_force(versions, when.day)
    lines, beside = reads.around(body, when.day, request.user)
    parts = {
        "agencies": queries.places_by_agency(body, when.moment),
        "chairings": queries.chairings_of(body, when.moment),
        "versions": versions,
        "terms": terms,
        "lines": lines,
        "beside": beside,
        "own_areas": standing_of(request.user).area_ids,
    }
    context = {
        **structure.board(body, when, **parts),
        **(_of_today(request, body) if when.is_today else _of_then(request, body, when, versions)),
        "as_at_path": body.get_absolute_url(),
        "edition": terms.arrangement if terms else None,
        "crumbs": [LIST, {"label": body.name}],
    }
    return render(request, "partnerships/board.html", context)


def _of_today(request, body):
    """What can be done, what goes on and what was done: of a board as it is today."""
    return {
        "may_change_terms": may_change_terms(request.user, body),
        "may_change_places": may_change_places(request.user, body),
        "may_see_access": may_see_access_to(request.user, body),
        "panels": panels.made(panels.BOARD, request.user, body, timezone.now()),
        "story": story(request.user, body),
    }


def _of_then(request, body, when, versions):
    """Of a board as at another day: its meetings of that year, and whether it was there at all."""
    return {
        "there": body.was_there(when.day, versions),
        "panels": panels.made(panels.BOARD_THEN, request.user, body, when.moment),
    }


def _earlier_board(request, body, when):
    """One of an earlier structure: what is known of it. It has no members, no health and nothing to come."""
    context = {
        **structure.earlier_board(body, queries.posts_of(body), reads.terms_of(body)),
        "when": when,
        "as_at_path": body.get_absolute_url(),
        "panels": panels.made(panels.BOARD, request.user, body, when.moment),
        "story": story(request.user, body),
        "crumbs": [LIST, {"label": body.name}],
    }
    return render(request, "partnerships/earlier_board.html", context)
