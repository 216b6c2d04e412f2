"""Making and ending the secret address of a calendar."""

import secrets

from django.db import transaction
from django.utils import timezone

from meetings.calendars import feed
from meetings.models import CalendarAddress
from mktogether.lib.verdict import Refusal
from partnerships.models import Person
from records import history, submissions

LENGTH = 32  # bytes of chance: 256 bits
OWN_ADDRESS = "changed by an act on the calendars of the one person that it names"
HOME = "/me/#calendars-head"


@transaction.atomic
def make_address(person, body, *, by, submission=None):
    """
    Give ``person`` an address for a calendar of ``body`` (None: of all their meetings), and return its secret.

    The secret is told this once and kept nowhere. The address that they had for the same stops answering. Raises
    Refusal where they have no part in it.
    """
    claimed = submissions.claim(submission, by=by)
    if not feed.has_part(person.user, body):
        raise Refusal("There are no meetings of yours to put into a calendar.")
    now = timezone.now()
    ended = _end(person, body, now)
    secret = secrets.token_urlsafe(LENGTH)
    address = CalendarAddress.objects.create(person=person, body=body, secret_digest=feed.digest(secret), made_at=now)
    history.record("calendar.renewed" if ended else "calendar.made", address, by=by, within=person)
    submissions.leads_to(claimed, HOME)
    return secret


@transaction.atomic
def end_address(person, body, *, by, submission=None):
    """End the address of ``person`` for a calendar of ``body`` (None: of all). Raises Refusal where there is none."""
    claimed = submissions.claim(submission, by=by)
    ended = _end(person, body, timezone.now())
    if not ended:
        raise Refusal("There is no such calendar address any more.")
    for address in ended:
        history.record("calendar.ended", address, by=by, within=person)
    submissions.leads_to(claimed, HOME)


def end_all(person, *, at, by):
    """
    End every calendar address of somebody who leaves at ``at``, and say how many; see partnerships/leaving/following.

    They answer no more from then on whatever the person is given later.
    """
    theirs = CalendarAddress.objects.regardless(OWN_ADDRESS).filter(person=person).alive(at).select_for_update()
    ended = list(theirs)
    for address in ended:
        address.ended_at = at
        address.save(update_fields=["ended_at"])
        history.record("calendar.ended", address, by=by, within=person)
    if not ended:
        return ""
    return f"{'1 calendar address stops' if len(ended) == 1 else f'{len(ended)} calendar addresses stop'} answering."


def _end(person, body, now):
    """End what answers at ``now``, while nobody else makes or ends one for the same person; return those ended."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    theirs = CalendarAddress.objects.regardless(OWN_ADDRESS).filter(person=person, body=body).alive(now)
    ended = list(theirs)
    CalendarAddress.objects.regardless(OWN_ADDRESS).filter(pk__in=[one.pk for one in ended]).update(ended_at=now)
    return ended
