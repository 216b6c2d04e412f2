"""Days and times of a file as moments, and back: a day by itself is the whole day, its end included."""

import datetime as dt

from django.utils import timezone

from mktogether.lib.templatetags.wording import day as day_in_words

ONE_DAY = dt.timedelta(days=1)


def start_of(day, time=None):
    """The moment at which ``day`` begins in Europe/London, or ``time`` of it."""
    return timezone.make_aware(dt.datetime.combine(day, time or dt.time()), timezone.get_default_timezone())


def start(stated, default):
    """The moment from which something holds, from (day, time or None); ``default`` where it is not stated."""
    return default if stated is None else start_of(*stated)


def end(stated, default=None):
    """The moment at which something is over: that time, or the end of the day; ``default`` where it is not stated."""
    if stated is None:
        return default
    day, time = stated
    return start_of(day, time) if time else start_of(day + ONE_DAY)


def start_in_words(moment):
    """As a file writes a start: a day where it begins with the day."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return local.strftime("%Y-%m-%d") if local.time() == dt.time() else local.strftime("%Y-%m-%d %H:%M")


def in_words(moment):
    """As a sentence says a start: “1 April 2025”, with its time where it does not begin with the day."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return day_in_words(local) if local.time() == dt.time() else f"{day_in_words(local)}, {local:%H:%M}"


def end_in_words(moment):
    """As a file writes an end: the last day, where it is over with the day."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    if local.time() == dt.time():
        return (local.date() - ONE_DAY).isoformat()
    return local.strftime("%Y-%m-%d %H:%M")


def day_of(moment):
    """The day in Europe/London on which ``moment`` lies."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def last_day_of(moment):
    """The last day on which what is over at ``moment`` still holds."""
    return timezone.localdate(moment - dt.timedelta.resolution, timezone.get_default_timezone())
