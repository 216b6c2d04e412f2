"""What every page shows around its own content."""

from django.utils.functional import SimpleLazyObject

from partnerships import navigation
from partnerships.granting import emergencies
from partnerships.standing import standing_of
from records.models import Area


def portal(request):
    """Name, area, navigation and the notice of a sample. Loaded when a page shows them, and not before."""
    areas = SimpleLazyObject(lambda: _areas(request))
    return {
        "portal_name": "MK Together",
        "account_label": SimpleLazyObject(lambda: _account_label(request)),
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "emergencies": SimpleLazyObject(lambda: emergencies.banners(request)),
        "standing": SimpleLazyObject(lambda: standing_of(request.user)),
        "area_name": SimpleLazyObject(lambda: areas[0].name if len(areas) == 1 else ""),
        "sample_notice": SimpleLazyObject(lambda: next((one.sample_notice for one in areas if one.sample_notice), "")),
    }


def _account_label(request):
    """Who is signed in, by their post; an account without a person by its address."""
    person = standing_of(request.user).person
    return person.post if person else str(request.user)


def _navigation(request):
    """The sections, with the one marked in which the page lies: by its address, unless its view says another."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return []
    return navigation.of(request.user, getattr(request, "lies_in", request.path))


def _areas(request):
    """The area of whoever is signed in; for everybody else all that the portal serves."""
    person = standing_of(request.user).person
    return [person.area] if person is not None else list(Area.objects.order_by("pk"))
