"""Partners and places: what each is called, who sits there, and what is expected of it."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships import panels, queries
from partnerships.access import may_change_places, may_read_roles, may_see_access_to, may_see_people
from partnerships.as_at import as_at
from partnerships.structure import partners as structure
from partnerships.structure import places, reads
from records.access import signed_in

BOARDS = {"label": "Boards and groups", "href": "/boards/"}
PARTNERS = {"label": "Partners", "href": "/partners/"}


@signed_in
@require_safe
def partners(request):
    """Every partner of the area, with its places."""
    if not may_read_roles(request.user):
        raise Http404
    when = as_at(request.GET)
    context = {
        "when": when,
        "as_at_path": "/partners/",
        "edition": reads.edition_on(request.user, when.day),
        "rows": structure.rows(request.user, when),
        "crumbs": [BOARDS, {"label": "Partners"}],
    }
    return render(request, "partnerships/partners.html", context)


@signed_in
@require_safe
def partner(request, slug):
    """One partner: its names, places and people, and what is expected of it."""
    agency = structure.find(request.user, slug)
    if agency is None:
        raise Http404
    when = as_at(request.GET)
    edition = reads.edition_on(request.user, when.day)
    context = {
        **structure.partner(agency, request.user, when, edition),
        "as_at_path": f"/partners/{agency.slug}/",
        "edition": edition,
        "may_see_people": may_see_people(request.user),
        "panels": panels.made(panels.AGENCY, request.user, agency, when.moment),
        "crumbs": [BOARDS, PARTNERS, {"label": agency.short_name}],
    }
    return render(request, "partnerships/partner.html", context)


@signed_in
@require_safe
def place(request, slug, pk):
    """One place of a board or group: whose it is, who held it, and who stood in."""
    body = queries.board_of(request.user, slug)
    seat = places.find(body, pk) if body is not None else None
    if seat is None:
        raise Http404
    now = timezone.now()
    tells_why = bool(may_see_access_to(request.user, body))
    context = {
        **places.place(seat, request.user, now, tells_why=tells_why),
        "body": body,
        "may_change_places": may_change_places(request.user, body),
        "panels": panels.made(panels.PLACE, request.user, seat, now),
        "crumbs": [BOARDS, {"label": body.name, "href": body.get_absolute_url()}, {"label": seat.title}],
    }
    return render(request, "partnerships/place.html", context)
