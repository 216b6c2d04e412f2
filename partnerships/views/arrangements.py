"""Editions of the arrangements: the list, one with its structure drawn, as data, and two side by side."""

import hashlib

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from partnerships.access import may_read_roles
from partnerships.arrangements import popolo
from partnerships.models import Arrangement
from partnerships.story.reading import story
from partnerships.structure import comparison, editions, trial
from records.access import public, signed_in

BOARDS = {"label": "Boards and groups", "href": "/boards/"}
EDITIONS = {"label": "Editions of the arrangements", "href": "/arrangements/"}
KEPT_FOR = 3600  # seconds for which whoever asked for what is published need not ask again


@signed_in
@require_safe
def arrangements(request):
    """Every edition of the area; with two of them in the address, the way to both side by side."""
    if not may_read_roles(request.user):
        raise Http404
    found = editions.rows(request.user, timezone.now())
    keys = [row["key"] for row in found]
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    if older in keys and newer in keys:
        return redirect(f"/arrangements/{older}/to/{newer}/")
    context = {
        "rows": found,
        "older": older or (keys[-1] if keys else ""),
        "newer": newer or (keys[0] if keys else ""),
        "left_out": bool(older or newer),
        "crumbs": [BOARDS, {"label": EDITIONS["label"]}],
    }
    return render(request, "partnerships/arrangements/list.html", context)


@signed_in
@require_safe
def arrangement(request, key):
    """One edition: what it says of itself, whom it names, and its boards as a drawing and in words."""
    found = _find(request, key)
    context = {
        **editions.edition(found, request.user, timezone.now()),
        "story": story(request.user, found),
        "crumbs": [BOARDS, EDITIONS, {"label": found.name}],
    }
    return render(request, "partnerships/arrangements/edition.html", context)


@public
@require_safe
def published(request, area, key):
    """
    The structure of a published edition as JSON in the Popolo vocabulary: the same for everybody.

    An edition that does not say since when it is published is not there, whoever asks.
    """
    rows = Arrangement.objects.published_on(timezone.localdate()).select_related("area")
    found = get_object_or_404(rows, area__slug=area, key=key)
    response = JsonResponse(popolo.of(found), json_dumps_params={"ensure_ascii": False, "indent": 2})
    etag = quote_etag(hashlib.sha256(response.content).hexdigest())
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    return get_conditional_response(request, etag=etag, response=response)


@signed_in
@require_safe
def compare(request, older, newer):
    """Two editions side by side: boards, places and rules."""
    choices = editions.by_key(request.user)
    if older not in choices or newer not in choices:
        raise Http404
    first, second = choices[older], choices[newer]
    now = timezone.now()
    found = editions.compared(first, second, request.user, now)
    shown = comparison.context(
        found, board=request.GET.get("board", ""), only_changes=request.GET.get("only") == "changes"
    )
    pair = found.pairs[shown["chosen"]] if found.pairs else None
    context = {
        **shown,
        "trial": trial.of_pair(pair, first, second, request.user, now),
        "older_key": older,
        "newer_key": newer,
        "choices": [(row.key, row.name) for row in choices.values()],
        "path": f"/arrangements/{older}/to/{newer}/",
        "crumbs": [BOARDS, EDITIONS, {"label": "Side by side"}],
    }
    return render(request, "partnerships/arrangements/compare.html", context)


def _find(request, key):
    found = editions.seen_by(request.user).select_related("area").filter(key=key).first()
    if found is None:
        raise Http404
    return found
