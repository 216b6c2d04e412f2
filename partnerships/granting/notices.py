"""Mails about grants. They carry the grant's reference, a date and a link, and nothing of what it is about."""

from django.conf import settings
from django.utils import timezone

from mktogether.lib.templatetags.wording import clock, weekday
from partnerships.models import Person
from records import outbox


def tell(people, grant, what, *, key):
    """
    Write a mail to each of ``people`` who has an account: ``what`` is a whole sentence without content.

    ``key`` says which moment of the grant it tells of, so that nobody is told twice.
    """
    for person in Person.objects.filter(pk__in={person.pk for person in people}).select_related("user"):
        if person.user is None or not person.user.is_active:
            continue
        outbox.post(
            f"grant:{grant.pk}:{key}:{person.pk}",
            to=person.user.email,
            subject=f"{grant}: {_subject(what)}",
            text=_text(grant, what),
            area=grant.area,
        )


def _subject(what):
    return what.removesuffix(".")[:120]


def _text(grant, what):
    now = timezone.localtime()
    return (
        f"{what}\n\n"
        f"Reference: {grant}\n"
        f"On: {weekday(now)}, {clock(now)}\n"
        f"Sign in to see more: {settings.SITE_ORIGIN}{grant.get_absolute_url()}\n"
    )
