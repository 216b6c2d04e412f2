"""What a calendar address answers with: the meetings that its owner may see at this very request."""

import datetime as dt
import hashlib

from django.db.models import F
from django.utils import timezone

from meetings.calendars import events
from meetings.models import CalendarAddress, Meeting
from partnerships.models import Body
from partnerships.standing import standing_of

PAST = dt.timedelta(days=90)
OF_ALL = "MK Together"
ROW = ("public_id", "starts_at", "ends_at", "mode", "place", "sequence", "arranged_at", "cancelled_at")
OFTEN_ENOUGH = dt.timedelta(hours=4)


def digest(secret):
    """What is kept of the secret of an address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find(secret, now):
    """The address with this secret if it answers at ``now``: it was not ended, and its owner still has a part in it."""
    known = CalendarAddress.objects.regardless("whoever holds the secret is taken for its owner")
    address = known.alive(now).select_related("person__user", "body").filter(secret_digest=digest(secret)).first()
    return address if address is not None and has_part(address.person.user, address.body) else None


def has_part(user, body):
    """Whether there are meetings for a calendar of ``user``: of ``body``, or of any board or group (None)."""
    if user is None:
        return False
    standing = standing_of(user)
    if body is not None:
        return standing.reads(body)
    return bool(standing.bodies) or standing.sees_all_meetings


def text_of(address, now):
    """
    The calendar of ``address``, in a number of queries that does not grow with its meetings.

    It reaches some months back, so that what was changed or cancelled lately is taken over, and ahead without end.
    """
    made = events.calendar("PUBLISH", _name(address.body))
    made.add("refresh-interval", OFTEN_ENOUGH, parameters={"value": "DURATION"})
    made.add("x-published-ttl", OFTEN_ENOUGH, parameters={"value": "DURATION"})
    for row in _meetings(address.person.user, address.body, now):
        made.add_component(events.event(row))
    return events.written(made)


def _name(body):
    """What calendar programs call it; of a panel no more than of its meetings."""
    return OF_ALL if body is None or body.kind == Body.Kind.PANEL else f"{OF_ALL}: {body.name}"


def _meetings(user, body, now):
    """Rows of the meetings, for ``events.event``."""
    since = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) - PAST
    found = Meeting.objects.visible_to(user).filter(ends_at__gte=since, date_precision=Meeting.Precision.DAY)
    standing = standing_of(user)
    if body is not None:
        found = found.filter(body=body)
    elif not standing.sees_all_meetings:
        found = found.filter(body__in=standing.bodies)
    named = {"body_kind": F("body__kind"), "body_name": F("body__name")}
    return found.order_by("starts_at", "pk").annotate(**named).values_list(*ROW, *named, named=True)
