"""
Denials: somebody signed in asked for a page that exists as a kind of page, and was answered 404 or 403.

What is written is the same whether the thing is there or not, and in as many steps, so that neither the history nor the
time tells. A flood is counted and not written out: so many events a minute for each account, then one with the number.
"""

import datetime as dt
import re
import uuid

from django.db import connection, transaction

from records.history.signing import keyed_hash
from records.history.writing import record
from records.models import DenialCount, User

A_MINUTE = 20  # events of one account; what comes on top is told as a number
ID = re.compile(r"[0-9]{1,18}")
SETTLED = dt.timedelta(minutes=2)  # nobody counts on in a minute that is over for so long


@transaction.atomic
def note(user, match, now):
    """Write that ``user`` was denied the route that ``match`` names, at ``now``."""
    area_id = getattr(getattr(user, "person", None), "area_id", None)
    minute = now.replace(second=0, microsecond=0)
    if _counted(user.pk, minute, area_id) <= A_MINUTE:
        details = {"route": match.view_name, "asked": {name: asked(value) for name, value in match.kwargs.items()}}
        record("access.denied", None, by=user, area_id=area_id, details=details)


# On both databases the second of two at once waits for the first and counts on; Django's own upsert cannot add.
COUNT = """
    INSERT INTO records_denialcount (account_id, area_id, minute, times) VALUES (%s, %s, %s, 1)
    ON CONFLICT (account_id, minute) DO UPDATE SET times = records_denialcount.times + 1
"""
COUNTED = "SELECT times FROM records_denialcount WHERE account_id = %s AND minute = %s"


def _counted(account_id, minute, area_id):
    """Count one denial more in this minute and return how many those are."""
    moment = connection.ops.adapt_datetimefield_value(minute)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [account_id, area_id, moment])
        cursor.execute(COUNTED, [account_id, moment])
        return cursor.fetchone()[0]


def asked(value):
    """A part of an address as it may be kept: an id as it is; of other words, which anybody may type, their hash."""
    if isinstance(value, (int, uuid.UUID)) or ID.fullmatch(str(value)):
        return str(value)
    try:
        return str(uuid.UUID(str(value)))
    except ValueError:
        return f"#{keyed_hash(str(value))[:16]}"


def settle(now):
    """Tell as a number what was counted beyond the events of a minute, and forget the counts of what is over."""
    over = DenialCount.objects.filter(minute__lt=now - SETTLED)
    for counted in over.order_by("minute", "pk"):
        _settle(counted)


@transaction.atomic
def _settle(counted):
    """Of two that settle the same minute, whoever takes the row away tells of it."""
    deleted, _each = DenialCount.objects.filter(pk=counted.pk, times=counted.times).delete()
    if deleted and counted.times > A_MINUTE:
        account = User.objects.filter(pk=counted.account_id).first()
        details = {"times": counted.times - A_MINUTE, "minute": counted.minute}
        record("access.denied_often", None, by=account, area_id=counted.area_id, details=details)
