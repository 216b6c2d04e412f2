"""What every page shows around its own content."""

from django.utils.functional import SimpleLazyObject

from partnerships import navigation
from partnerships.granting import emergencies
from partnerships.standing import standing_of
from records.models import Area


def portal(request):
    """Name, navigation and the notice of a sample. Loaded when a page shows them, and not before."""
    return {
        "portal_name": "MK Together",
        "account_label": SimpleLazyObject(lambda: _account_label(request)),
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "emergencies": SimpleLazyObject(lambda: emergencies.banners(request)),
        "standing": SimpleLazyObject(lambda: standing_of(request.user)),
        "sample_notice": SimpleLazyObject(lambda: _sample_notice(request)),
    }


def _account_label(request):
    """Who is signed in, by their post; an account without a person by its address."""
    person = standing_of(request.user).person
    return person.post if person else str(request.user)


def _navigation(request):
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return []
    return navigation.of(request.user, request.path)


def _sample_notice(request):
    person = standing_of(request.user).person
    if person is not None:
        return person.area.sample_notice
    return Area.objects.exclude(sample_notice="").values_list("sample_notice", flat=True).first() or ""
