"""From a vacancy to an appointment, by mouse, on a phone and without scripts; and what axe finds on these pages."""

import pytest
from playwright.sync_api import expect

from partnerships.models import Appointment
from tests.browser import DESK, ON_A_PHONE_WITHOUT_SCRIPTS, PHONE, check_page, sign_in
from tests.factories import ArrangementFactory, MeetingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@ON_A_PHONE_WITHOUT_SCRIPTS
def test_from_a_vacancy_to_an_appointment(open_page, group, clerk, device, scripts):
    MeetingFactory(body=group)
    page = open_page(java_script_enabled=scripts, **device)
    sign_in(page, clerk)
    page.goto("/boards/delivery/")
    expect(page.locator("main")).to_contain_text("Cannot be quorate")
    page.get_by_role("link", name="Name a member").click()
    page.get_by_label("Whom?").select_option(label="Inspector, TVP")
    page.get_by_label("Year", exact=True).first.fill("1999")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.locator("main .govuk-error-summary")).to_contain_text("Enter a year from 2000")
    expect(page.get_by_label("Whom?")).to_have_value(str(group.inspector.pk))
    page.goto(f"/boards/delivery/places/{group.vacant.pk}/member/")
    if scripts:
        check_page(page)
    page.get_by_label("Whom?").select_option(label="Inspector, TVP")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.locator("main")).to_contain_text("What it opens to them")
    expect(page.get_by_role("region", name="Meetings that it is for").get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_role("region", name="Membership health after it")).to_contain_text("Can be quorate")
    assert not Appointment.objects.filter(seat=group.vacant).exists()
    if scripts:
        check_page(page)
    page.get_by_role("button", name="Name them").click()
    expect(page.get_by_text("Inspector is named as the member for Police.")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Cannot be quorate")
    assert Appointment.objects.get(seat=group.vacant).person == group.inspector


@pytest.mark.parametrize("device", [DESK, PHONE])
def test_the_pages_of_the_structure_hold_nothing_that_stands_in_anybodys_way(open_page, group, clerk, device):
    handbook = ArrangementFactory(area=group.area, key="handbook")
    group.terms.update(arrangement=handbook)
    page = open_page(**device)
    sign_in(page, clerk)
    for address in (
        "/boards/?on=2025-01-31",
        "/boards/?on=never",
        "/boards/delivery/",
        "/boards/delivery/?on=2025-01-31",
        "/boards/delivery/chair/",
        "/boards/delivery/membership/",
        f"/boards/delivery/places/{group.held.pk}/",
        "/partners/",
        f"/partners/{group.council.slug}/",
        "/arrangements/",
        "/arrangements/handbook/",
        "/arrangements/handbook/to/handbook/",
        "/meetings/how-often/",
    ):
        page.goto(address)
        check_page(page)
