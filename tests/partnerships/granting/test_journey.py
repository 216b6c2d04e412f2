"""In the browser: a guest is proposed, approved and reads exactly that; a member withdraws, and the item is gone."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from partnerships.models import Exclusion, Grant
from tests.browser import DESK, ON_A_PHONE_WITHOUT_SCRIPTS, check_page, sign_in
from tests.factories import AppointmentFactory, SeatFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill_day(page, name, day):
    for part, value in enumerate((day.day, day.month, day.year)):
        page.locator(f"[name={name}_{part}]").fill(str(value))


@ON_A_PHONE_WITHOUT_SCRIPTS
def test_a_guest_is_proposed_approved_and_opens_exactly_that_item(open_page, people, device, scripts):
    chair = open_page(java_script_enabled=scripts, **device)
    sign_in(chair, people.chair.user)
    chair.goto(people.meeting.get_absolute_url())
    chair.get_by_role("link", name="Two rapid reviews").click()
    chair.get_by_role("link", name="Let somebody present this item").click()
    chair.get_by_label("Whom?").select_option(value=str(people.guest.pk))
    chair.get_by_label("Why?").fill("Wrote the paper.")
    fill_day(chair, "until", timezone.localdate() + dt.timedelta(days=20))
    chair.get_by_label("Who approves it?").select_option(value=str(people.second.pk))
    if scripts:
        check_page(chair)
    chair.get_by_role("button", name="Go on").click()
    expect(chair.get_by_role("heading", name="What would change")).to_be_visible()
    if scripts:
        check_page(chair)
    chair.get_by_role("button", name="Propose it").click()
    expect(chair.locator("main")).to_contain_text("Waits for approval")

    second = open_page(java_script_enabled=scripts, **device)
    sign_in(second, people.second.user)
    second.get_by_role("link", name=re.compile("Presenter of one paper")).click()
    if scripts:
        check_page(second)
    second.get_by_role("button", name="Approve it").click()
    expect(second.locator("main")).to_contain_text("In force")
    assert Grant.objects.get().approved_by == people.second

    guest = open_page(java_script_enabled=scripts, **device)
    sign_in(guest, people.guest.user)
    if scripts:
        check_page(guest)
    guest.get_by_role("link", name=re.compile("Two rapid reviews")).click()
    expect(guest.get_by_role("heading", name="Two rapid reviews")).to_be_visible()
    expect(guest.locator("main")).not_to_contain_text("Room 1")
    if scripts:
        check_page(guest)


def test_a_member_declares_an_interest_and_the_item_is_gone(open_page, people):
    AppointmentFactory(seat=SeatFactory(body=people.review), person=people.guest)
    page = open_page(**DESK)
    sign_in(page, people.guest.user)
    page.goto(people.item.get_absolute_url())
    page.get_by_role("link", name="Declare an interest and withdraw").click()
    expect(page.locator("main")).to_contain_text("You will not see “Two rapid reviews”")
    check_page(page)
    page.get_by_label("Which interest do you have?").fill("My partner works for the provider.")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("heading", name="Your declaration is kept")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("rapid")
    check_page(page)
    assert Exclusion.objects.get().person == people.guest
    page.goto(people.meeting.get_absolute_url())
    expect(page.locator("main")).not_to_contain_text("Two rapid reviews")
