"""Who is told that somebody becomes a member of the team: everybody who could say that this should not be."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from mktogether.lib.templatetags.wording import clock, weekday
from partnerships.granting.people import who_may
from partnerships.models import Person
from partnerships.roles import Act
from records import outbox

ROLES = "/access/roles/"


def told_of_team(area_id):
    """Whoever can be the second person for grants, and whoever answers for access in the whole area."""
    keys = {person.pk for act in (Act.APPROVE_GRANTS, Act.SEE_ACCESS) for person in who_may(act, area_id)}
    return Person.objects.filter(pk__in=keys, user__is_active=True).select_related("user").order_by("pk")


def tell_of_team(office):
    """
    Write to each of them, but not to whom it is about: that there is somebody new in the team, and since when.

    A mail names nobody. Its link leads whoever answers for access to the person, and everybody else to what the
    role opens.
    """
    for person in told_of_team(office.area_id).exclude(pk=office.person_id):
        _tell(person, office)


def _tell(person, office):
    now = timezone.localtime()
    reference = f"The team of {office.area.name}"
    may_see = Person.objects.visible_to(person.user).filter(pk=office.person_id).exists()
    text = render_to_string(
        "partnerships/mail/access.txt",
        {
            "what": "Somebody was named as a further member of the team.",
            "reference": reference,
            "on": f"{weekday(now)}, {clock(now)}",
            "link": f"{settings.SITE_ORIGIN}{office.person.get_absolute_url() if may_see else ROLES}",
        },
    )
    outbox.post(
        f"team:{office.pk}:{person.pk}",
        to=person.user.email,
        subject=f"{reference}: a new member",
        text=text,
        area=office.area,
    )
