"""What only a browser can show: focus, keys, contrast, small screens."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
NARROWEST = {"width": 320, "height": 640}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ELSEWHERE = "https://www.bbc.co.uk/weather"


@pytest.fixture
def page(page):
    """A page that never leaves this machine, and whose complaints fail the test."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route(ELSEWHERE, lambda route: route.fulfill(body="Elsewhere", content_type="text/plain"))
    yield page
    assert complaints == []


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, PHONE])
@pytest.mark.parametrize("address", ["/styleguide/", "/form/"])
def test_a_page_has_no_fault_that_axe_finds(page, live_server, address, size):
    page.set_viewport_size(size)
    page.goto(live_server.url + address)
    page.wait_for_selector("body.js-enabled")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("address", ["/styleguide/", "/form/"])
def test_a_page_fits_the_narrowest_screen(page, live_server, address):
    page.set_viewport_size(NARROWEST)
    page.goto(live_server.url + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]


def test_the_error_summary_takes_the_focus_and_leads_to_each_field(page, live_server):
    page.goto(live_server.url + "/form/")
    page.get_by_role("button", name="Send reply").click()
    page.locator(".govuk-error-summary:focus").wait_for()
    for words, field in (("Will you come?", "id_reply"), ("became aware", "id_aware_on_0"), ("Paper", "id_paper")):
        page.locator(".govuk-error-summary a", has_text=words).last.click()
        assert page.evaluate("document.activeElement.id") == field


def test_the_count_of_characters_goes_down_while_typing(page, live_server):
    page.goto(live_server.url + "/form/")
    page.get_by_label("Reason").fill("Court")
    page.get_by_text("You have 55 characters remaining").first.wait_for(state="attached")


def test_the_menu_of_a_phone_opens_with_and_without_a_script(browser, live_server, client, settings):
    for script in (True, False):
        context = browser.new_context(viewport=PHONE, java_script_enabled=script)
        page = context.new_page()
        page.goto(live_server.url + "/form/")
        entry = page.locator("#navigation").get_by_role("link", name="Sign in")
        assert not entry.is_visible()
        page.get_by_role("button" if script else "link", name="Menu").click()
        entry.wait_for(state="visible")
        context.close()


@pytest.mark.parametrize("key", ["Escape", "Shift"])
def test_three_presses_of_a_key_leave_the_page(page, live_server, key):
    page.goto(live_server.url + "/form/")
    page.wait_for_selector("body.js-enabled")
    page.keyboard.press(key)
    page.keyboard.press(key)
    assert page.get_by_text(f"Press {key} once more to leave this page").count() == 1
    page.keyboard.press(key)
    page.wait_for_url(ELSEWHERE)
    assert page.evaluate("history.length") <= 2


def test_other_keys_between_do_not_leave_the_page(page, live_server):
    page.goto(live_server.url + "/form/")
    page.wait_for_selector("body.js-enabled")
    for key in ("Escape", "Escape", "a", "Escape", "Shift", "Shift"):
        page.keyboard.press(key)
    assert page.url == live_server.url + "/form/"


def test_the_choice_made_is_seen_without_colour(page, live_server):
    """Chosen and there is filled, chosen and away outlined; both can be told from what is not chosen in grey."""
    page.goto(live_server.url + "/styleguide/")
    here = page.locator("#place-1 [value=present]")
    away = page.locator("#place-7 [value=apologies]")
    plain = page.locator("#place-7 [value=present]")

    def look(option):
        return option.evaluate("e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).boxShadow]")

    assert look(here)[0] == "rgb(15, 76, 92)"
    assert "inset" in look(away)[1]
    assert look(plain) == ["rgba(0, 0, 0, 0)", "none"]


def test_nothing_on_a_phone_is_too_small_to_tap(page, live_server):
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + "/styleguide/")
    for option in page.locator(".segmented__option:visible, .part-bar a, .button:visible").all():
        assert option.bounding_box()["height"] >= 36, option.inner_text()
