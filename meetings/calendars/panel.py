"""One's calendar addresses, on one's own page."""

from django.db.models import Q
from django.utils import timezone

from meetings.calendars import feed
from meetings.models import CalendarAddress
from mktogether.lib.templatetags.wording import day
from partnerships.models import Body
from partnerships.panels import Panel
from partnerships.standing import standing_of

BASE = "/me/calendars/"
ALL_MINE = "All your meetings"
ALL_OF_AREA = "All meetings that you see"


def calendars(user, now):
    """For whoever has a part in any board or group: which calendars there are for them, and since when."""
    standing = standing_of(user)
    if not feed.has_part(user, None):
        return None
    made = dict(CalendarAddress.objects.visible_to(user).alive(now).order_by("id").values_list("body_id", "made_at"))
    shown = Q(pk__in=standing.bodies) | Q(pk__in=[body for body in made if body is not None])
    bodies = Body.objects.visible_to(user).filter(shown).order_by("name").only("pk", "area", "slug", "name")
    rows = [
        _row(ALL_OF_AREA if standing.sees_all_meetings else ALL_MINE, BASE, made.get(None)),
        *(_row(body.name, f"{BASE}{body.slug}/", made.get(body.pk)) for body in bodies if standing.reads(body)),
    ]
    return Panel("meetings/panels/calendars.html", {"rows": rows}, "right")


def _row(name, base, made_at):
    return {
        "name": name,
        "state": f"Address made on {day(timezone.localtime(made_at))}" if made_at else "No address yet",
        "make": {"href": f"{base}new/", "label": "Make a new address" if made_at else "Make an address"},
        "end_href": f"{base}end/" if made_at else "",
    }
