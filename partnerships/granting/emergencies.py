"""Emergency access while it is open: the banner on every page, and the line in history for everything opened."""

from dataclasses import dataclass

from django.utils import timezone

from mktogether.lib.templatetags.wording import clock
from partnerships.granting import subjects
from partnerships.models import Grant
from partnerships.standing import standing_of
from records import history


@dataclass(frozen=True, slots=True)
class Banner:
    """What every page says while somebody has emergency access."""

    title: str
    until: str
    end_href: str


def opened(request, thing):
    """Say that ``thing`` is what the page of ``request`` shows, for the history of an emergency."""
    request.opened_things = [*getattr(request, "opened_things", ()), thing]


def written(request):
    """Say that a page has written its own line of what it shows, with the emergency in it."""
    request.emergency_written = True


def note_read(request):
    """
    Write what was opened while emergency access is open: the things that the page said it shows, or the access itself.

    Of pages that say nothing the line names the access, so that no reading goes without one; a page that wrote a line
    of its own needs no other.
    """
    if getattr(request, "emergency_written", False):
        return
    things = getattr(request, "opened_things", None)
    if things:
        for thing in things:
            history.read(thing, by=request.user, verb="emergency.read")
        return
    for access in open_to(request.user):
        history.read(access, by=request.user, verb="emergency.page_read")


def open_to(user):
    """The emergency access of ``user`` that is open; no query for who has none."""
    if not standing_of(user).emergencies:
        return []
    grants = Grant.objects.visible_to(user).filter(kind=Grant.Kind.EMERGENCY, person=standing_of(user).person)
    return list(grants.in_force(timezone.now()).order_by("ends_at"))


def banners(request):
    """The banners of whoever asks; none, and no query, for who has no emergency access."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    found = open_to(user)
    names = subjects.named(user, found)
    return [
        Banner(
            subjects.title_of(grant, names)[0],
            clock(timezone.localtime(grant.ends_at)),
            f"/access/emergency/{grant.public_id}/end/",
        )
        for grant in found
    ]
