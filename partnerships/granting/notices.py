"""Mails about access. They carry a reference, a date and a link, and nothing of what it is about."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from mktogether.lib.templatetags.wording import clock, weekday
from partnerships.models import Person
from records import outbox


def tell(people, about, what, *, key, href=None, until=None):
    """
    Write a mail to each of ``people`` who has an account: ``what`` is a whole sentence without content.

    ``about`` is the grant or exclusion, whose reference it names; ``key`` says which moment of it this tells of, so
    that nobody is told twice. ``href`` is where the link leads (None: to its own page), ``until`` the moment by which
    something is to be done or ends, as words.
    """
    now = timezone.localtime()
    text = render_to_string(
        "partnerships/mail/access.txt",
        {
            "what": what,
            "reference": str(about),
            "on": f"{weekday(now)}, {clock(now)}",
            "until": until,
            "link": f"{settings.SITE_ORIGIN}{href or about.get_absolute_url()}",
        },
    )
    reachable = Person.objects.filter(pk__in={person.pk for person in people}, user__is_active=True)
    for person in reachable.select_related("user"):
        outbox.post(
            f"{about._meta.model_name}:{about.pk}:{key}:{person.pk}",
            to=person.user.email,
            subject=f"{about}: {what.removesuffix('.')}",
            text=text,
            area=about.area,
        )


def moment(at):
    """``15:42, Monday 3 May 2027``."""
    local = timezone.localtime(at)
    return f"{clock(local)}, {weekday(local)}"
