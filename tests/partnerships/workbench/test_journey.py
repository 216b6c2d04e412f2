"""The walk of somebody who tries a rule: start from a board, tick, mend the rule, keep it, share it, take it away."""

import re

import pytest
from playwright.sync_api import expect

from partnerships.models import Scenario
from partnerships.rules.scenarios import load, run
from tests.browser import AT_A_DESK, DESK, check_page, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tick(page, title, word):
    group = page.get_by_role("radiogroup", name=re.compile(f"^{re.escape(title)}"))
    group.locator("label").filter(has_text=word).click()


def judge(page, scripts):
    """With scripts the verdict follows by itself; without, a button brings it."""
    if not scripts:
        page.get_by_role("button", name="Judge").first.click()


def strip(page):
    return page.locator("#verdict .quorum-strip__headline")


@AT_A_DESK
def test_the_walk(open_page, review, device, scripts, tmp_path):
    page = open_page(java_script_enabled=scripts, **device)
    sign_in(page, review.member)
    page.goto("/workbench/")
    page.get_by_label("Membership of").select_option(label="Review")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(strip(page)).to_contain_text("Not quorate")
    if scripts:
        check_page(page)

    tick(page, "Head of Adults", "Present")
    tick(page, "LPA Commander", "Deputy")
    judge(page, scripts)
    expect(strip(page)).to_contain_text("Quorate")
    expect(page.locator("#counts")).to_contain_text("2 there")

    # A rule that cannot be read says where, and keeps every tick.
    page.get_by_label("Rules", exact=True).fill("quorum: one from each of MKCC, TVP\nremote: perhaps")
    judge(page, scripts)
    expect(strip(page)).to_contain_text("Not judged yet")
    expect(page.locator("#div_id_terms .govuk-error-message")).to_contain_text("Line 2, column 9")
    expect(page.get_by_label("Rules", exact=True)).to_have_value(re.compile("remote: perhaps"))
    if scripts:
        check_page(page)
        expect(page.get_by_label("Rules", exact=True)).to_be_focused()
    page.get_by_label("Rules", exact=True).fill("quorum: three members")
    judge(page, scripts)
    expect(strip(page)).to_contain_text("Not quorate")
    expect(page.locator("#div_id_terms .govuk-error-message")).to_have_count(0)
    expect(page.locator("#result")).to_contain_text("Who we still need")

    # A place more, and somebody in it: the page comes back to the row.
    page.get_by_role("button", name="Add a place").click()
    page.get_by_label("Post", exact=True).fill("Chief Nurse")
    page.get_by_label("Partner", exact=True).fill("MKUHFT")
    if scripts:
        check_page(page)
    page.get_by_role("button", name="Done").click()
    assert page.url.endswith("#place-3")
    expect(page.get_by_label("Post", exact=True)).to_have_count(0)
    tick(page, "Chief Nurse", "Remote")
    judge(page, scripts)
    expect(strip(page)).to_contain_text("Quorate")

    page.get_by_role("button", name="Enter votes").click()
    page.get_by_label("Vote of Head of Adults").select_option(label="For")
    judge(page, scripts)
    expect(page.locator("#result")).to_contain_text("Outcome of the vote")
    if scripts:
        check_page(page)

    page.get_by_label("Name", exact=True).fill("With the hospital")
    page.get_by_label("Board or group (optional)").select_option(label="Review")
    page.get_by_role("button", name="Save as a scenario").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("With the hospital")
    expect(strip(page)).to_contain_text("Quorate")
    page.get_by_role("link", name="Share").click()
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_text("Everybody of Review sees it now.")).to_be_visible()
    assert Scenario.objects.get().shared_at

    with page.expect_download() as download:
        page.get_by_role("button", name="Download as a file").click()
    download.value.save_as(tmp_path / "trial.yaml")
    (scenario,) = load((tmp_path / "trial.yaml").read_text())
    assert run(scenario).passed

    page.get_by_role("link", name="Kept scenarios").click()
    if scripts:
        check_page(page)
    page.get_by_role("link", name="With the hospital").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete the scenario").click()
    expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()


def test_the_verdict_is_spoken_when_it_changes_and_the_focus_stays(open_page, review):
    page = open_page(**DESK)
    sign_in(page, review.member)
    page.goto("/workbench/?board=review")
    page.locator("#there-0-present").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#there-0-remote")).to_be_checked()
    expect(page.locator("#counts")).to_contain_text("1 there")
    expect(page.locator("#spoken")).to_be_empty()
    tick(page, "LPA Commander", "Deputy")
    expect(page.locator("#spoken")).to_contain_text("Quorate")
    expect(page.locator("#there-2-deputy")).to_be_focused()


def test_a_lost_connection_is_said_and_nothing_is_lost(open_page, review):
    page = open_page(**DESK)
    sign_in(page, review.member)
    page.goto("/workbench/?board=review")
    page.route(
        "**/workbench/**", lambda route: route.fulfill(status=503, body="") if route.request.method == "POST" else None
    )
    tick(page, "Head of Adults", "Present")
    expect(page.locator("#spoken")).to_contain_text("Press the button to try again")
    expect(page.locator("#there-0-present")).to_be_checked()
    page.unroute("**/workbench/**")
    page.get_by_role("button", name="Judge").first.click()
    expect(page.locator("#counts")).to_contain_text("1 there")
