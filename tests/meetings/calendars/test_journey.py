"""Somebody makes a calendar address on their own page, and ends it; a leaver's dies at the next request."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.browser import AT_A_DESK, DESK, check_page, sign_in
from tests.factories import MeetingFactory
from tests.meetings.calendars.reading import events_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def made_on(page, scripts):
    """The path of a new address for all meetings, copied from the page that shows it once."""
    page.goto("/me/")
    page.get_by_role("link", name="Make an address").first.click()
    if scripts:
        check_page(page)
    page.get_by_role("button", name="Make the address").click()
    if scripts:
        check_page(page)
    address = page.get_by_label("The address").input_value()
    return address[address.index("/calendars/") :]


@AT_A_DESK
def test_a_calendar_address_is_made_and_ended(open_page, group, device, scripts):
    meeting = MeetingFactory(body=group.body)
    page = open_page(**device, java_script_enabled=scripts)
    sign_in(page, group.adults.person.user)
    path = made_on(page, scripts)
    program = Client()
    (event,) = events_of(program.get(path).content.decode()).values()
    assert event.dtstart.value == meeting.starts_at
    page.get_by_role("link", name="Back to your page").click()
    if scripts:
        check_page(page)
    page.get_by_role("link", name="End it").first.click()
    page.get_by_role("button", name="End the address").click()
    assert page.get_by_text("The calendar address answers no more.").is_visible()
    assert program.get(path).status_code == 404


def test_a_leavers_calendar_dies_at_the_next_request(open_page, group):
    MeetingFactory(body=group.body)
    page = open_page(**DESK)
    sign_in(page, group.adults.person.user)
    path = made_on(page, scripts=True)
    program = Client()
    assert program.get(path).status_code == 200
    group.adults.ends_at = timezone.now()
    group.adults.save()
    assert program.get(path).status_code == 404
