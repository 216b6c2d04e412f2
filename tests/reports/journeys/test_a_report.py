"""A draft from its writing to a challenge and its answer, at a desk, on a phone, and without scripts."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from records import jobs
from records.models import Job
from reports.models import Comment, Section
from tests.browser import AT_A_DESK, DESK, ON_A_PHONE_WITHOUT_SCRIPTS, check_page, sign_in
from tests.factories import PASSWORD, OfficeFactory, ReportFactory, SectionFactory, VersionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "The board met four times.\n\nIt heard from children in March."


@pytest.fixture
def report():
    return ReportFactory(slug="mk-2021-22", title="Safeguarding annual report 2021-22")


@pytest.fixture
def section(report):
    made = SectionFactory(report=report, title="Foreword", text=TEXT, word_limit=300, owner="Chair, Partnership")
    VersionFactory(section=made, number=1)
    return made


@ON_A_PHONE_WITHOUT_SCRIPTS
def test_the_scrutineer_challenges_a_paragraph_and_is_answered(open_page, section, device, scripts):
    team, scrutineer = OfficeFactory().person.user, OfficeFactory(scrutineer=True).person.user
    options = {"java_script_enabled": scripts, **device}

    # The scrutineer finds the draft, reads the section, and challenges its second paragraph.
    reader = open_page(**options)
    sign_in(reader, scrutineer)
    reader.goto("/reports/")
    look(reader, scripts)
    reader.get_by_role("link", name=section.report.title).click()
    look(reader, scripts)
    reader.get_by_role("link", name="Foreword").click()
    look(reader, scripts)
    reader.get_by_role("button", name="Mark as read").click()
    reader.get_by_role("link", name="Comment on this paragraph, number 2").click()
    reader.get_by_role("button", name="Send the comment").click()
    expect(reader.get_by_role("alert")).to_contain_text("Choose whether it is a factual correction or a challenge")
    look(reader, scripts)
    reader.get_by_label("Challenge: something is missing").check()
    reader.get_by_label("Your comment").fill("What did the board do about what it heard?")
    reader.get_by_role("button", name="Send the comment").click()
    expect(reader.get_by_role("article", name="challenge by")).to_contain_text("No answer yet")
    look(reader, scripts)

    # The team finds it open, changes the paragraph with a look before saving, and answers.
    writer = open_page(**options)
    sign_in(writer, team)
    writer.goto("/reports/mk-2021-22/making/")
    expect(writer.get_by_role("main")).to_contain_text("1 comment, 1 without an answer")
    writer.get_by_role("link", name="Read what is said").click()
    look(writer, scripts)
    writer.get_by_role("link", name=re.compile("Foreword ?: challenge")).click()
    writer.get_by_role("link", name="Write this section").click()
    look(writer, scripts)
    writer.get_by_label("Text").fill(TEXT.replace("March.", "March, and asked for two changes."))
    writer.get_by_role("button", name="Preview").click()
    expect(writer.get_by_role("region", name="Preview")).to_contain_text("and asked for two changes")
    assert Section._base_manager.get(pk=section.pk).number == 1
    look(writer, scripts)
    writer.get_by_role("button", name="Save").click()
    expect(writer.get_by_role("status")).to_contain_text("Saved. 16 of 300 words.")
    expect(writer.get_by_role("main")).to_contain_text("About words that have changed since")
    writer.get_by_role("link", name="Answer to the challenge").click()
    look(writer, scripts)
    writer.get_by_label("Accepted, the section is changed").check()
    writer.get_by_label("Your answer").fill("It now says what was asked for.")
    writer.get_by_role("button", name="Send the answer").click()
    expect(writer.get_by_role("article", name="challenge by")).to_contain_text("It now says what was asked for.")

    # The scrutineer is shown what changed, and reads the answer.
    reader.goto(section.get_absolute_url())
    expect(reader.get_by_role("main")).to_contain_text("1 paragraph changed since you read version 1.")
    expect(reader.get_by_role("article", name="challenge by")).to_contain_text("Accepted, the section is changed")
    reader.get_by_role("link", name="Show what changed").click()
    expect(reader.locator("ins")).to_contain_text("and asked for two changes.")
    look(reader, scripts)
    assert Comment._base_manager.get().answers.count() == 1


@AT_A_DESK
def test_the_team_has_it_built_and_a_second_person_publishes_it(open_page, section, device, scripts):
    team, partner = OfficeFactory().person.user, OfficeFactory(lead_partner=True).person.user
    options = {"java_script_enabled": scripts, **device}

    # The team asks for a draft, watches how far it is, and downloads it.
    page = open_page(**options)
    sign_in(page, team)
    page.goto("/reports/mk-2021-22/making/")
    page.get_by_role("button", name="Build a draft").click()
    expect(page.get_by_role("main")).to_contain_text("Waiting to start")
    look(page, scripts)
    assert downloaded(page, scripts).startswith(b"%PDF")
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_role("region", name="Built so far")).to_contain_text("Ready")

    # It proposes that the report is published; its file is built once more, without the marks of a draft.
    page.get_by_role("link", name="Propose publication").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing stands in the way.")
    look(page, scripts)
    page.get_by_role("button", name="Propose that it is published").click()
    expect(page.get_by_role("main")).to_contain_text("Waiting for approval")
    look(page, scripts)
    page.get_by_role("link", name="Watch it").click()
    assert downloaded(page, scripts).startswith(b"%PDF")

    # A safeguarding partner reads it as it will be, and approves.
    second = open_page(**options)
    sign_in(second, partner)
    second.goto("/reports/mk-2021-22/making/")
    second.get_by_role("link", name="Look at it and approve").click()
    second.get_by_role("button", name="Approve: publish the report").click()
    expect(second.get_by_role("alert")).to_contain_text("Read the report as it will be published")
    look(second, scripts)
    second.get_by_label("I read the report as it will be published").check()
    second.get_by_role("button", name="Approve: publish the report").click()
    expect(second.get_by_role("status")).to_contain_text("The report is published")
    look(second, scripts)

    # Everybody finds it, without an account.
    public = open_page(**options)
    public.goto("/reports/")
    look(public, scripts)
    public.get_by_role("link", name="Safeguarding annual report 2021-22", exact=True).click()
    expect(public.get_by_role("main")).to_contain_text("The board met four times.")
    answer = public.request.get("/reports/mk-2021-22/pdf/")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def downloaded(page, scripts):
    """The file of the work whose page is open, once it was done: where scripts run, the page finds out by itself."""
    jobs.run(Job._base_manager.get(state="waiting").pk)
    if not scripts:
        page.get_by_role("link", name="See how far it is now").click()
    expect(page.get_by_role("heading", name="Ready")).to_be_visible(timeout=20_000)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download mk-2021-22.pdf").click()
    with open(waiting.value.path(), "rb") as file:
        return file.read()


def look(page, scripts):
    """Axe and the width of the screen; without scripts there is nothing with which to ask."""
    if scripts:
        check_page(page)


def test_a_paragraph_is_commented_on_with_the_keyboard_alone(open_page, section):
    page = open_page(**DESK)
    sign_in(page, OfficeFactory(scrutineer=True).person.user)
    page.goto(section.get_absolute_url())
    page.get_by_role("link", name="Comment on this paragraph, number 1").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**paragraph=**")
    page.get_by_label("Factual correction").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("It met five times.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send the comment")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("article", name="factual correction by")).to_contain_text("It met five times.")


def test_what_was_typed_before_a_sign_in_ended_is_told_of_and_found_by_going_back(open_page, section):
    """This browser keeps what was typed; the page says that some do."""
    team = OfficeFactory().person.user
    page = open_page(**DESK)
    sign_in(page, team)
    page.goto(f"{section.get_absolute_url()}edit/")
    page.get_by_label("Text").fill("It met five times.")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("You were signed out, so what you sent was not saved.")
    check_page(page)
    page.get_by_label("Email").fill(team.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Text")).to_have_value(TEXT)
    page.go_back()
    page.go_back()
    expect(page.get_by_label("Text")).to_have_value("It met five times.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved. 4 of 300 words.")
