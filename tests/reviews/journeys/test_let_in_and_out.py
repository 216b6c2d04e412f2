"""Somebody is let in to a case through the pages of grants, reads it, and is out again: two people, each step seen."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from partnerships.models import Grant
from reviews import actions
from tests.browser import ON_A_PHONE_WITHOUT_SCRIPTS, check_page, sign_in
from tests.factories import AppointmentFactory, ChairingFactory, TeamMemberFactory
from tests.reviews.conftest import LINE
from tests.reviews.journeys.test_a_case import confirm, status_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@ON_A_PHONE_WITHOUT_SCRIPTS
def test_asked_for_by_one_approved_by_another_read_and_ended(open_page, device, scripts):
    first, second = TeamMemberFactory.create_batch(2)
    chair = ChairingFactory(body__partnership=True, with_account=True).person
    member = AppointmentFactory(with_account=True).person
    case = actions.register_case("child", LINE, by=first.user, second=second)
    options = {"java_script_enabled": scripts, **device}

    def check(page):
        if scripts:
            check_page(page)

    # One of those who keep it asks, after confirming, and reads what would change before it does.
    lead = open_page(**options)
    sign_in(lead, first.user)
    lead.goto(case.get_absolute_url())
    confirm(lead)
    lead.get_by_role("link", name="Let somebody in", exact=True).click()
    check(lead)
    lead.get_by_label("Case review panel member").check()
    lead.get_by_label("Whom?").select_option(value=str(member.pk))
    lead.get_by_label("Why?").fill("Sits for police.")
    last = timezone.localdate() + dt.timedelta(days=60)
    for label, value in (("Day", last.day), ("Month", last.month), ("Year", last.year)):
        lead.get_by_role("group", name="Last day").get_by_label(label).fill(str(value))
    lead.get_by_label("Who approves it?").select_option(value=str(chair.pk))
    lead.get_by_role("button", name="Go on").click()
    expect(lead.locator("main")).to_contain_text(f"will be able to see {case.reference}")
    check(lead)
    lead.get_by_role("button", name="Propose it").click()
    expect(lead.locator("body")).to_contain_text("It is proposed.")
    check(lead)
    grant = Grant.objects.get(person=member)

    # Whom it is for finds nothing yet.
    invited = open_page(**options)
    sign_in(invited, member.user)
    expect(invited.get_by_role("link", name="Cases")).to_have_count(0)

    # A second person approves it from the home page, after confirming, and does not learn which case it is.
    approver = open_page(**options)
    sign_in(approver, chair.user)
    approver.goto("/")
    approver.locator(f'a[href="{grant.get_absolute_url()}"]').first.click()
    confirm(approver)
    expect(approver.locator("main")).to_contain_text("a case that you do not see")
    expect(approver.locator("body")).not_to_contain_text(case.reference)
    check(approver)
    approver.get_by_role("button", name="Approve").click()
    expect(approver.locator("body")).to_contain_text("It is approved.")

    # Now they read it, after confirming.
    invited.goto(case.get_absolute_url())
    confirm(invited)
    expect(invited.get_by_role("heading", level=1)).to_have_text(case.reference)
    expect(invited.locator("main")).to_contain_text(LINE)
    check(invited)

    # Whoever keeps it ends it from the page of the grant, with a reason, and it is gone at the next request.
    lead.goto(grant.get_absolute_url())
    lead.get_by_role("link", name="End it").click()
    lead.get_by_label("Why?").fill("The panel has finished.")
    check(lead)
    lead.get_by_role("button", name="End it").click()
    expect(lead.locator("body")).to_contain_text("It is ended.")
    expect(lead.locator("main")).to_contain_text("The panel has finished.")
    assert status_of(invited, case.get_absolute_url()) == 404
    invited.goto("/")
    expect(invited.get_by_role("link", name="Cases")).to_have_count(0)
