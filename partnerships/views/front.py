"""What everybody finds at the door, and what is next for somebody who has signed in."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships import panels, queries
from partnerships.granting import home as home_of_access
from partnerships.standing import standing_of
from records.access import public


@public
@require_safe
def home(request):
    """The front door for the public; for people with a place, what is theirs to do next."""
    if not request.user.is_authenticated:
        context = {"contacts": queries.contacts_by_area(), "editions": queries.published_editions(timezone.localdate())}
        return render(request, "partnerships/front.html", context)
    now = timezone.now()
    standing = standing_of(request.user)
    if not standing.area_ids:
        person = standing.person
        team = queries.team_of(person.area_id, now) if person else []
        to_come = home_of_access.to_come(request.user, now) if person else []
        return render(request, "partnerships/no_place.html", {"person": person, "team": team, "to_come": to_come})
    context = {
        "person": standing.person,
        "parts": queries.parts_of(standing),
        "panels": panels.made(panels.HOME, request.user, now),
        "now": now,
    }
    return render(request, "partnerships/home.html", context)


@public
@require_safe
def worried(request):
    return render(request, "partnerships/worried.html", {"contacts": queries.contacts_by_area()})


@public
@require_safe
def accessibility(request):
    return render(request, "partnerships/accessibility.html")


@public
@require_safe
def privacy(request):
    return render(request, "partnerships/privacy.html")


@public
@require_safe
def cookies(request):
    return render(request, "partnerships/cookies.html")
