"""Dates, times and money as the portal writes them, without the cost of Django's format machinery.

``{% load wording %}`` then ``{{ meeting.starts_at|day }}``. Moments are shown in the portal's time zone; an empty value
stays empty, so that a template says in words what is not known.
"""

from decimal import Decimal

from django import template

register = template.Library()

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MINUS = "\N{MINUS SIGN}"


@register.filter(expects_localtime=True)
def day(value):
    """``21 January 2025``."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if value else ""


@register.filter(expects_localtime=True)
def weekday(value):
    """``Tuesday 21 January 2025``: for invitations and headings, where the day of the week helps."""
    return f"{WEEKDAYS[value.weekday()]} {day(value)}" if value else ""


@register.filter(expects_localtime=True)
def short_day(value):
    """``21 Jan``: for tables that name their year elsewhere."""
    return f"{value.day} {MONTHS[value.month - 1][:3]}" if value else ""


@register.filter(expects_localtime=True)
def short_day_year(value):
    """``21 Jan 2025``: for tables whose rows lie in several years."""
    return f"{short_day(value)} {value.year}" if value else ""


@register.filter(expects_localtime=True)
def clock(value):
    """``09:30``, on the 24-hour clock."""
    return f"{value.hour:02}:{value.minute:02}" if value is not None and value != "" else ""


@register.filter(expects_localtime=True)
def clock_to_the_second(value):
    """``09:30:07``: for the history, which may have to show what came before what."""
    return f"{clock(value)}:{value.second:02}" if value is not None and value != "" else ""


@register.filter
def each_with_article(nouns):
    """``an act and a year``: what each of ``nouns`` is one of."""
    return " and ".join(f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}" for noun in nouns)


@register.filter
def pounds(value):
    """``£257,880``; pence only where there are any: ``£3,200.50``; below nothing with a true minus: ``−£912``."""
    if value is None or value == "":
        return ""
    amount = Decimal(value)
    digits = f"{abs(amount):,.2f}".removesuffix(".00")
    return f"{MINUS if amount < 0 else ''}£{digits}"
