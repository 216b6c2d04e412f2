"""The year of the arrangements: from 1 April to 31 March, named by the calendar year in which it begins."""

import datetime as dt

from django.utils import timezone

FIRST_MONTH = 4


def year_of(moment):
    """The year in which ``moment`` lies in the portal's time zone: 2024 for any day from April 2024 to March 2025."""
    day = timezone.localdate(moment)
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def span(year):
    """From when until when ``year`` lasts: [start, end)."""
    days = (dt.date(begins, FIRST_MONTH, 1) for begins in (year, year + 1))
    return tuple(timezone.make_aware(dt.datetime.combine(day, dt.time())) for day in days)


def words(year):
    """``2024 to 2025``."""
    return f"{year} to {year + 1}"
