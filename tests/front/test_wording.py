"""Dates, times, money and icons on the page."""

import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template

from mktogether.lib.templatetags import icons, wording

NIGHT = dt.datetime(2025, 7, 20, 23, 30, tzinfo=dt.UTC)  # already the next day in British summer time


def shown(source, **context):
    return Template("{% load wording icons %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("day", "21 January 2025"),
        ("weekday", "Tuesday 21 January 2025"),
        ("short_day", "21 Jan"),
        ("short_day_year", "21 Jan 2025"),
    ],
)
def test_a_day_is_written_as_the_portal_writes_it(name, text):
    assert getattr(wording, name)(dt.date(2025, 1, 21)) == text
    assert getattr(wording, name)(None) == ""


def test_a_moment_is_shown_in_the_portals_time_zone():
    assert shown("{{ at|day }}, {{ at|clock }}", at=NIGHT) == "21 July 2025, 00:30"


def test_midnight_is_a_time_like_any_other():
    assert wording.clock(dt.time(0, 0)) == "00:00"
    assert wording.clock(None) == ""


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (257880, "£257,880"),
        (Decimal("3200.50"), "£3,200.50"),
        (Decimal("3200.00"), "£3,200"),
        (-133945, "−£133,945"),
        (0, "£0"),
        (None, ""),
    ],
)
def test_money_has_commas_and_pence_only_where_there_are_any(amount, text):
    assert wording.pounds(amount) == text


def test_an_icon_is_silent_beside_its_word_and_speaks_where_it_stands_alone():
    assert 'aria-hidden="true"' in icons.icon("tick")
    assert ">Confidential &amp; private</span>" in shown("{% icon 'padlock' words %}", words="Confidential & private")


def test_an_unknown_icon_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        icons.icon("unicorn")
