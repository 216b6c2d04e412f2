"""The walk of the team through a new version: build, see the English, see what changes, publish."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import AT_A_DESK, DESK, check_page, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@AT_A_DESK
def test_the_walk(open_page, review, meetings, team, first_day, device, scripts):
    page = open_page(java_script_enabled=scripts, **device)
    sign_in(page, team)
    page.goto("/boards/review/")
    page.get_by_role("link", name="New version of the terms").click()
    rules = page.get_by_label("Rules", exact=True)
    expect(rules).to_have_value(re.compile("one from each of MKCC, TVP"))
    if scripts:
        check_page(page)
    page.get_by_label("Edition").fill("Handbook of 2027")

    # Typed, the English follows; built, the line is appended.
    rules.fill("quorum: one from each of MKCC, TVP")
    if not scripts:
        page.get_by_role("button", name="Check the rules").click()
    expect(page.locator("#reading")).not_to_contain_text("Deputies")
    page.get_by_text("At least so many members", exact=True).click()
    page.locator("#id_least-count").fill("3")
    page.locator("#id_least-limit").select_option(label="No more than half")
    page.locator("details[open]").get_by_role("button", name="Add this clause").click()
    expect(page.get_by_label("Rules", exact=True)).to_have_value(re.compile("one from each of MKCC, TVP"))
    expect(page.locator("details[open] .govuk-error-message")).to_contain_text("Choose whom the limit is about")
    if scripts:
        check_page(page)
    page.locator("#id_least-limited").select_option(label="councillor")
    page.locator("details[open]").get_by_role("button", name="Add this clause").click()
    expect(page.get_by_label("Rules", exact=True)).to_have_value(
        "quorum: one from each of MKCC and TVP and (three members, of whom no more than half may be councillors)"
    )
    expect(page.locator("#reading")).to_contain_text("of whom no more than half may be councillors")

    # Who takes the chair, who stands in, and when papers and minutes go out. Half said, it is asked for.
    chair = page.get_by_role("group", name="Chair", exact=True)
    chair.get_by_label("Turn or term in months").fill("24")
    chair.get_by_role("checkbox", name="TVP").check()
    page.get_by_label("Deputies and substitutes (optional)").fill("Each member names one, senior and briefed.")
    page.get_by_label("Minutes: working days after").fill("10")

    # A first day that is too early is said at its field; then what changes is shown.
    day = {"Day": "1", "Month": "4", "Year": "2024"}
    for box, value in day.items():
        page.get_by_label(box, exact=True).fill(value)
    page.get_by_role("button", name="Go on: see what changes").click()
    expect(page.locator("main .govuk-error-summary")).to_contain_text("Enter a first day after it")
    expect(chair.locator(".govuk-error-message")).to_contain_text("Choose how somebody comes to be chair")
    if scripts:
        check_page(page)
    day = {"Day": first_day.day, "Month": first_day.month, "Year": first_day.year}
    for box, value in day.items():
        page.get_by_label(box, exact=True).fill(str(value))
    chair.get_by_label("How somebody comes to be chair").select_option(label="In turns")
    page.get_by_role("button", name="Go on: see what changes").click()
    changes = page.get_by_role("region", name="Rule by rule")
    for words in ("In turns, among TVP, after two years", "Each member names one", "10 working days after"):
        expect(changes).to_contain_text(words)
    expect(page.get_by_role("heading", level=1)).to_contain_text("What changes")
    expect(page.locator("main")).to_contain_text("Gone: now not stated")
    expect(
        page.get_by_role("region", name="Meetings that the new version judges").get_by_role("listitem")
    ).to_have_count(2)
    if scripts:
        check_page(page)

    page.get_by_role("button", name="Back: change something").click()
    expect(page.get_by_label("Edition")).to_have_value("Handbook of 2027")
    page.get_by_role("button", name="Go on: see what changes").click()
    page.get_by_role("button", name="Publish the new version").click()
    expect(page.get_by_text("“Handbook of 2027” is published.")).to_be_visible()
    published = review.body.terms_on(first_day)
    assert published.rules.startswith("quorum: one from each of MKCC and TVP and (three")
    assert (published.chair_by, published.chair_among, published.minutes_working_days) == ("rotation", ["TVP"], 10)
    assert review.body.terms_on(meetings.before.starts_at.date()) == review.terms


def test_the_rules_being_written_are_tried_on_the_workbench_in_a_tab_of_their_own(open_page, review, team):
    page = open_page(**DESK)
    sign_in(page, team)
    page.goto("/boards/review/terms/new/")
    page.get_by_label("Rules", exact=True).fill("quorum: three members")
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Try them on the workbench").click()
    bench = popup.value
    expect(bench.get_by_label("Rules", exact=True)).to_have_value("quorum: three members")
    expect(bench.locator("#verdict")).to_contain_text("Not quorate")
    expect(bench.get_by_role("radiogroup")).to_have_count(3)
    expect(page.get_by_label("Rules", exact=True)).to_have_value("quorum: three members")
