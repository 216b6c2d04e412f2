"""What every page shows around its own content."""

from django.utils.functional import SimpleLazyObject

from partnerships.access import may_see_people
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.models import Area

ACCESS = ("Access", "/access/", ("/access/", "/people/"))
SECTIONS = (("Home", "/"), ("Meetings", "/meetings/"), ("Boards and groups", "/boards/"), ("Actions", "/actions/"))

HISTORY = ("History", "/history/")  # for those who search it


def portal(request):
    """Name, navigation and the notice of a sample. Loaded when a page shows them, and not before."""
    return {
        "portal_name": "MK Together",
        "account_label": SimpleLazyObject(lambda: _account_label(request)),
        "navigation": _navigation(request),
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
    current = request.path
    searches = bool(standing_of(request.user).reach(Act.READ_HISTORY))
    entries = [
        {"label": label, "href": href, "current": current == href or (href != "/" and current.startswith(href))}
        for label, href in (*SECTIONS, *([HISTORY] if searches else []))
    ]
    if may_see_people(request.user):
        label, href, below = ACCESS
        entries.append({"label": label, "href": href, "current": current.startswith(below)})
    return entries


def _sample_notice(request):
    person = standing_of(request.user).person
    if person is not None:
        return person.area.sample_notice
    return Area.objects.exclude(sample_notice="").values_list("sample_notice", flat=True).first() or ""
