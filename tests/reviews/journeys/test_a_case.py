"""A case from its registration to the panel, and what somebody outside finds of it: nothing."""

import datetime as dt

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import expect

from partnerships.granting import actions as granting
from partnerships.models import Grant
from reviews.models import Case
from tests.browser import AT_A_DESK, DESK, check_page, sign_in
from tests.factories import PASSWORD, AppointmentFactory, ChairingFactory, TeamMemberFactory
from tests.reviews.conftest import fresh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINE = "infant, serious injury, recovered"


def confirm(page):
    """The fresh check, where it is asked for."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm it’s you")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def type_day(page, legend, day):
    """Type a day into its three boxes."""
    group = page.get_by_role("group", name=legend)
    for box, part in zip(("Day", "Month", "Year"), day.split(), strict=True):
        group.get_by_label(box, exact=True).fill(part)


def let_in(case, person, lead, chair):
    """What the pages of grants do: one proposes, another approves."""
    until = timezone.now() + dt.timedelta(days=90)
    grant = granting.propose_grant(
        Grant.Kind.PANEL_MEMBER,
        case,
        person,
        by=fresh(lead.user),
        second=chair,
        reason="Sits for police.",
        until=until,
    )
    granting.approve_grant(grant, by=fresh(chair.user))


@AT_A_DESK
def test_a_case_from_its_registration_to_the_panel(open_page, device, scripts):
    first, second = TeamMemberFactory.create_batch(2)
    chair = ChairingFactory(body__partnership=True, with_account=True).person
    member = AppointmentFactory(with_account=True).person
    options = {"java_script_enabled": scripts, **device}

    # The first of the team registers it, after confirming, and with a line that is mended once.
    page = open_page(**options)
    sign_in(page, first.user)
    page.goto("/cases/new/")
    confirm(page)
    page.get_by_label("Child: serious incident").check()
    type_day(page, "When did we know?", "10 9 2024")
    page.get_by_label("What it is about").fill("boy born 1.2.2019")
    page.get_by_label("Second member of the team").select_option(label=second.post)
    page.get_by_label("I read the line again").check()
    page.get_by_role("button", name="Register the case").click()
    expect(page.get_by_role("alert")).to_contain_text("Leave out dates.")
    if scripts:
        check_page(page)
    page.get_by_label("What it is about").fill(LINE)
    page.get_by_role("button", name="Register the case").click()
    case = Case.objects.get()
    expect(page.get_by_role("heading", level=1)).to_have_text(case.reference)
    expect(page).to_have_title("Case – MK Together")
    if scripts:
        check_page(page)

    # The second finds it among theirs.
    colleague = open_page(**options)
    sign_in(colleague, second.user)
    colleague.goto("/cases/")
    confirm(colleague)
    colleague.get_by_role("link", name=case.reference).click()
    expect(colleague.locator("main")).to_contain_text(LINE)

    # Somebody of the panel finds nothing, is let in by two, and opens it after confirming.
    invited = open_page(**options)
    sign_in(invited, member.user)
    expect(invited.get_by_role("link", name="Cases")).to_have_count(0)
    let_in(case, member, first, chair)
    invited.goto(case.get_absolute_url())
    confirm(invited)
    expect(invited.get_by_role("heading", level=1)).to_have_text(case.reference)
    expect(invited.locator("main")).to_contain_text("Sits for police.")
    expect(invited.get_by_role("link", name="Close the case")).to_have_count(0)

    # Their look is shown to those who keep it.
    page.reload()
    expect(page.get_by_role("region", name="Who read this, when")).to_contain_text(member.post)

    # The chair who approved it finds nothing, and neither does anybody else.
    outside = open_page(**options)
    sign_in(outside, chair.user)
    outside.goto("/cases/")
    confirm(outside)
    expect(outside.locator("main")).to_contain_text("You are on no case of this choice.")
    outside.goto("/")
    expect(outside.locator("body")).not_to_contain_text(case.reference)
    assert status_of(outside, case.get_absolute_url()) == 404


def status_of(page, path):
    """What this browser is answered at ``path``, without the console's complaint of a page that is not there."""
    cookies = "; ".join(f"{found['name']}={found['value']}" for found in page.context.cookies())
    return page.request.get(path, headers={"Cookie": cookies}).status


def test_a_reason_that_was_typed_before_the_ten_minutes_were_over_is_not_lost(open_page):
    first, second = TeamMemberFactory.create_batch(2)
    page = open_page(**DESK)
    sign_in(page, first.user)
    page.goto("/cases/new/")
    confirm(page)
    page.get_by_label("Adult", exact=True).check()
    type_day(page, "When did we know?", "10 9 2024")
    page.get_by_label("What it is about").fill("adult, neglect")
    page.get_by_label("Second member of the team").select_option(label=second.post)
    page.get_by_label("I read the line again").check()
    forget_the_confirmation(page)
    page.get_by_role("button", name="Register the case").click()
    confirm(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(Case.objects.get().reference)
    expect(page.locator("main")).to_contain_text("adult, neglect")


def forget_the_confirmation(page):
    """As if ten minutes had passed."""
    (cookie,) = (found for found in page.context.cookies() if found["name"] == settings.SESSION_COOKIE_NAME)
    session = SessionStore(cookie["value"])
    session[AUTHENTICATION_METHODS_SESSION_KEY][-1]["at"] -= 600
    session.save()
