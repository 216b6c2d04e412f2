"""Who holds what and what that opens: of one's people, of the readers of a board or group, and of each role."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mktogether.lib.paging import page_of
from partnerships import access, queries
from partnerships.explaining import pages
from partnerships.filters import PeopleFilter
from partnerships.granting.rules import may_ask_for_emergency
from partnerships.joining import rules as joining
from partnerships.leaving.returning import may_switch_on
from partnerships.leaving.rules import is_there_to_end, may_end
from partnerships.models import Person
from partnerships.reviewing.rules import may_review_any
from partnerships.standing import standing_of
from partnerships.story import reading as story
from records import history
from records.access import signed_in

PEOPLE = {"label": "People and access", "href": "/people/"}
ACCESS = {"label": "Access", "href": "/access/"}


@signed_in
@require_safe
def index(request):
    """What there is about access, for those who answer for it."""
    if not access.may_see_people(request.user):
        raise Http404
    context = {
        "may_review": may_review_any(request.user),
        "may_ask_for_emergency": bool(may_ask_for_emergency(request.user)),
    }
    return render(request, "partnerships/access/index.html", context)


@signed_in
@require_safe
def people(request):
    """The people of whom this person may see what they hold, narrowed by what stands in the address."""
    if not access.may_see_people(request.user):
        raise Http404
    agencies, boards = pages.choices(request.user, standing_of(request.user).area_ids, request.GET)
    narrowed = PeopleFilter(
        request.GET,
        user=request.user,
        agencies=agencies,
        boards=boards,
        queryset=Person.objects.visible_to(request.user).select_related("agency", "user").order_by("post", "id"),
    )
    chosen = narrowed.chosen()
    found = page_of(narrowed.qs, request.GET.get("page"), chosen)
    context = {
        "rows": pages.rows(found.rows, request.user, timezone.now()),
        "pages": found,
        "agencies": narrowed.options("agency"),
        "boards": narrowed.options("board"),
        "roles": narrowed.options("role"),
        "left_out": narrowed.refused(),
        "chosen": chosen,
        "may_name_team": joining.may_name_team(request.user),
        "crumbs": [ACCESS, {"label": "People and access"}],
    }
    return render(request, "partnerships/people/list.html", context)


@signed_in
@require_safe
def person(request, public_id):
    """What somebody holds, held and will hold, and what it opens."""
    found = find(request, public_id)
    context = pages.person(found, request.user, timezone.now())
    context |= {
        "about": story.story(request.user, found),
        "done": story.done_by(request.user, found),
        "read": story.read_of(request.user, found),
    }
    history.read(found, by=request.user, verb="person.access_read", method=request.method)
    crumbs = [ACCESS, PEOPLE, {"label": found.post}]
    return render(
        request,
        "partnerships/people/person.html",
        {
            **context,
            "may_end": may_end(request.user, found),
            "may_leave": is_there_to_end(found, context["current"] or context["coming"]),
            "may_give_account": joining.may_give_account(request.user, found),
            "may_switch_off": joining.may_switch_off(request.user, found),
            "may_switch_on": may_switch_on(request.user, found),
            "crumbs": crumbs,
        },
    )


def find(request, public_id):
    """The person at this address, if the one who asks may see what they hold."""
    seen = Person.objects.visible_to(request.user).select_related("agency", "area", "user")
    return get_object_or_404(seen, public_id=public_id)


@signed_in
@require_safe
def board_access(request, slug):
    """Who can read the business of a board or group, and why."""
    body = queries.board_of(request.user, slug)
    if body is None:
        raise Http404
    verdict = access.may_see_access_to(request.user, body)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    boards = {"label": "Boards and groups", "href": "/boards/"}
    crumbs = [boards, {"label": body.name, "href": body.get_absolute_url()}, {"label": "Who can read this"}]
    context = {
        **pages.board(body, timezone.now()),
        "links": pages.told_of(request.user) is not None,
        "crumbs": crumbs,
    }
    return render(request, "partnerships/people/board.html", context)


@signed_in
@require_safe
def roles(request):
    """Every role: what it is, where it comes from, what it may do and how far; and who holds it, for whom that is."""
    if not access.may_read_roles(request.user):
        raise Http404
    now = timezone.now()
    holders = pages.told_of(request.user)
    context = {
        "roles": pages.roles(holders, request.user, now),
        "with_holders": holders is not None,
        "now": now,
        "crumbs": [*([ACCESS] if access.may_see_people(request.user) else []), {"label": "Roles"}],
    }
    return render(request, "partnerships/access/roles.html", context)
