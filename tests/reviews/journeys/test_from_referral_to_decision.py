"""From a referral by somebody who does it once a year to the panel's decision; and somebody outside finds nothing."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from partnerships.granting import actions as granting
from partnerships.models import Grant
from reviews.models import Case, PanelDecision, Referral
from tests.browser import ON_A_PHONE_WITHOUT_SCRIPTS, check_page, sign_in
from tests.factories import AppointmentFactory, ChairingFactory, PersonFactory, TeamMemberFactory
from tests.reviews.conftest import fresh
from tests.reviews.journeys.test_a_case import confirm, status_of, type_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAID = "infant, serious injury, recovered"


@ON_A_PHONE_WITHOUT_SCRIPTS
def test_from_a_referral_to_the_panels_decision(open_page, device, scripts):
    first, second = TeamMemberFactory.create_batch(2)
    chair = ChairingFactory(body__partnership=True, with_account=True).person
    sender = AppointmentFactory(with_account=True).person
    police = PersonFactory(with_account=True)
    options = {"java_script_enabled": scripts, **device}

    def looked_at(page):
        if scripts:
            check_page(page)

    # Somebody of an agency finds the way from the home page, and mends a day that lies ahead.
    page = open_page(**options)
    sign_in(page, sender.user)
    page.get_by_role("link", name="Refer an incident").click()
    confirm(page)
    page.get_by_label("Child: serious incident").check()
    page.get_by_label("What happened, in a few safe words?").fill(SAID)
    type_day(page, "When did you know?", "10 9 2099")
    page.get_by_label(sender.agency.name, exact=True).check()
    page.get_by_label("I read it again: it names nobody").check()
    page.get_by_role("button", name="Send the referral").click()
    expect(page.get_by_role("alert")).to_contain_text("This date is in the future.")
    looked_at(page)
    type_day(page, "When did you know?", "10 9 2024")
    page.get_by_role("button", name="Send the referral").click()
    referral = Referral.objects.get()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Receipt {referral.number}")
    looked_at(page)

    # The team accepts it.
    team = open_page(**options)
    sign_in(team, first.user)
    team.get_by_role("link", name="1 referral").click()
    confirm(team)
    looked_at(team)
    team.get_by_role("link", name=referral.number).click()
    looked_at(team)
    team.get_by_role("link", name="Accept").click()
    team.get_by_label("Second member of the team").select_option(label=second.post)
    team.get_by_label("I read the line again").check()
    looked_at(team)
    team.get_by_role("button", name="Accept and register the case").click()
    case = Case.objects.get()
    expect(team.get_by_role("heading", level=1)).to_have_text(case.reference)
    expect(team.get_by_role("region", name="Deadlines")).to_contain_text("17 September 2024")
    looked_at(team)

    # It reads how a deadline is counted, and says why it was missed.
    team.get_by_role("link", name="Dates, and how it is counted").click()
    expect(team.locator("main")).to_contain_text("Left out, Saturdays and Sundays: 14, 15 September 2024.")
    looked_at(team)
    team.get_by_role("link", name="Enter the date: The national Child Safeguarding Practice Review Panel").click()
    type_day(team, "On which day?", "19 9 2024")
    team.get_by_label("If it was after the deadline: why?").fill("School closed.")
    team.get_by_role("button", name="Save the date").click()
    expect(team.locator("main")).to_contain_text("Done on 19 September 2024, 2 working days late")
    expect(team.locator("main")).to_contain_text("School closed.")
    team.goto("/cases/deadlines/")
    expect(team.get_by_role("table")).to_contain_text("1 October 2024")
    looked_at(team)

    # It names the panel, and the chair approves.
    team.goto(f"{case.get_absolute_url()}panel/")
    team.get_by_label("Detective Chief Inspector or Inspector, the police").select_option(value=str(police.pk))
    team.get_by_label("Who approves it?").select_option(value=str(chair.pk))
    looked_at(team)
    team.get_by_role("button", name="Name the panel").click()
    expect(team.get_by_role("region", name="The panel")).to_contain_text(police.post)
    granting.approve_grant(Grant.objects.get(person=police), by=fresh(chair.user))

    # Who the person is stands on a page of its own.
    team.get_by_role("link", name="Names, dates and numbers").click()
    team.get_by_role("link", name="Enter somebody").click()
    team.get_by_label("The person whom the case is about").check()
    team.get_by_label("Name", exact=True).fill("Somebody invented")
    type_day(team, "Date of birth (optional)", "1 2 2024")
    type_day(team, "Date of death (optional)", "1 1 2024")
    team.get_by_role("button", name="Save").click()
    expect(team.get_by_role("alert")).to_contain_text("The date of death is before the date of birth.")
    expect(team.get_by_label("Name", exact=True)).to_have_value("Somebody invented")
    looked_at(team)
    type_day(team, "Date of death (optional)", "1 3 2024")
    team.get_by_role("button", name="Save").click()
    expect(team.locator("main")).to_contain_text("1 March 2024")
    looked_at(team)

    # The panel's decision is recorded, and read by whoever sits on the panel.
    team.goto(f"{case.get_absolute_url()}decide/")
    team.get_by_label("Local child safeguarding practice review").check()
    team.get_by_label("Themes recur").check()
    team.get_by_label("Why?", exact=True).fill("Themes of last year recur.")
    team.get_by_label("Did somebody see it otherwise?").fill("The police did: nothing new is to be learned.")
    team.get_by_label(f"the police: {police.post}").check()
    type_day(team, "On which day?", "27 9 2024")
    team.get_by_label("I read it again").check()
    looked_at(team)
    team.get_by_role("button", name="Record the decision").click()
    decision = PanelDecision.objects.get()
    expect(team.locator("main")).to_contain_text("The police did: nothing new is to be learned.")
    looked_at(team)
    on_panel = open_page(**options)
    sign_in(on_panel, police.user)
    on_panel.goto(decision.get_absolute_url())
    confirm(on_panel)
    expect(on_panel.locator("main")).to_contain_text("Themes of last year recur.")
    assert case.deadlines.get(code="LCSPR-1").due_on == dt.date(2025, 3, 27)

    # Somebody outside finds nothing, and neither does whoever referred it beyond their receipt.
    for browser in (page, _outside(open_page, options, chair)):
        for address in (
            case.get_absolute_url(),
            f"{case.get_absolute_url()}deadlines/",
            f"{case.get_absolute_url()}people/",
            decision.get_absolute_url(),
            referral.get_absolute_url(),
        ):
            assert status_of(browser, address) == 404
        browser.goto("/cases/deadlines/")
        expect(browser.locator("body")).not_to_contain_text(case.reference)
    page.goto(referral.receipt_url)
    expect(page.locator("body")).not_to_contain_text(case.reference)


def _outside(open_page, options, person):
    browser = open_page(**options)
    sign_in(browser, person.user)
    browser.goto("/cases/")
    confirm(browser)
    return browser
