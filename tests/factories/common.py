"""What the factories share."""

import datetime as dt
import functools
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.utils import timezone

PASSWORD = "correct horse battery"
LONDON = ZoneInfo("Europe/London")
LONG_AGO = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def this_hour():
    return timezone.now().replace(minute=0, second=0, microsecond=0)


@functools.cache
def hashed(password):
    """Hashing is slow on purpose; tests share one hash of the same password."""
    return make_password(password)
