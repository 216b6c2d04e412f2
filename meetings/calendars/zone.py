"""The time zone of the portal as calendars carry it: the rule of the clocks itself, so that it holds for every year."""

import datetime as dt

from django.utils import timezone
from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

LONDON = "Europe/London"
HOUR = dt.timedelta(hours=1)
# The clocks change at 01:00 UTC on the last Sundays of March and October: since 1996 on these days, by the Summer Time
# Order 2002 for good. Days and hours here are those on the clock just before it changes.
SPRING, AUTUMN = dt.datetime(1996, 3, 31, 1), dt.datetime(1996, 10, 27, 2)  # noqa: DTZ001 - of the clock on the wall


def component():
    """The VTIMEZONE of Europe/London, from 1996 on."""
    zone = Timezone()
    zone.add("tzid", LONDON)
    zone.add_component(_change(TimezoneDaylight(), "BST", SPRING, 3, before=0 * HOUR, after=HOUR))
    zone.add_component(_change(TimezoneStandard(), "GMT", AUTUMN, 10, before=HOUR, after=0 * HOUR))
    return zone


def _change(change, name, first, month, *, before, after):
    change.add("dtstart", first)
    change.add("tzoffsetfrom", before)
    change.add("tzoffsetto", after)
    change.add("tzname", name)
    change.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
    return change


def on_the_clock(moment):
    """
    ``moment`` as calendars are given it: on London's clock, where that names one moment.

    In the hour that the clock shows twice in autumn, a time of day means the first of the two; the second goes in UTC.
    """
    local = timezone.localtime(moment)
    return moment.astimezone(dt.UTC) if local.fold else local
