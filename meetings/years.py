"""The year of the arrangements: from 1 April to 31 March, named by the calendar year in which it begins."""

import datetime as dt
import re

from django.utils import timezone

FIRST_MONTH = 4
SHORT = re.compile(r"(20[0-9]{2})-[0-9]{2}")


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


def short(year):
    """``2024-25``, as addresses and headings have it."""
    return f"{year}-{(year + 1) % 100:02}"


def of_short(text):
    """The year that ``text`` names, such as 2024-25; None where it names none."""
    found = SHORT.fullmatch(text)
    if found is None or short(int(found[1])) != text:
        return None
    return int(found[1])


def days(year):
    """The first and the last day of ``year``."""
    return dt.date(year, FIRST_MONTH, 1), dt.date(year + 1, FIRST_MONTH, 1) - dt.timedelta(days=1)
