"""Mails about access. They carry a reference, a date and a link, and nothing of what it is about."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from mktogether.lib.templatetags.wording import clock, weekday
from partnerships.models import Exclusion, Grant, Person
from partnerships.standing import standing_of
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


def is_still_wanted(message):
    """
    Whether a mail about access may still go: its reader's account is in use under its address, and they still hold
    something, or it is about what they were let in to themselves.
    """
    kind, about, *_key, pk = message.key.split(":")
    found = Person.objects.filter(pk=pk, user__is_active=True, user__email=message.to).select_related("user").first()
    if found is None:
        return False
    grants = Grant.objects.regardless("whose it is, for whoever is told of it")
    own = kind == Grant._meta.model_name and grants.filter(pk=about, person=found).exists()
    return own or bool(standing_of(found.user).area_ids)


def register():
    """Have the outbox ask before a mail about access goes, a further member of the team among it."""
    for prefix in (Grant._meta.model_name, Exclusion._meta.model_name, "team"):
        outbox.before_handing_over(prefix, is_still_wanted)


def moment(at):
    """``15:42, Monday 3 May 2027``."""
    local = timezone.localtime(at)
    return f"{clock(local)}, {weekday(local)}"
