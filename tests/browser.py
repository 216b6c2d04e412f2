"""The browser in which journeys run: Debian's Chromium, driven by Playwright, which downloads nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories import PASSWORD

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DEVICES = {
    "desk": (DESK, True),
    "phone without scripts": (PHONE, False),
    "phone": (PHONE, True),
    "desk without scripts": (DESK, False),
}


def on(*devices):
    """
    What a journey is made on, by the names of DEVICES; the long proofs make it on all the others as well.

    One is enough beside them: without scripts the tests of each page send its forms too, and every page is looked at
    in both widths (tests/meetings/journeys/test_every_page.py).
    """
    return pytest.mark.parametrize(
        ("device", "scripts"),
        [
            pytest.param(*what, id=name, marks=() if name in devices else pytest.mark.prove)
            for name, what in DEVICES.items()
        ],
    )


AT_A_DESK = on("desk")
ON_A_PHONE_WITHOUT_SCRIPTS = on("phone without scripts")
ON_BOTH = on("desk", "phone without scripts")
# What the browser's console says of answers that a test brings about on purpose.
EXPECTED = ("422", "503", "ERR_FAILED")


@pytest.fixture
def open_page(browser, live_server):
    """Opens pages as a kind of visitor, and fails the test on any error in the browser's console."""
    contexts, problems = [], []

    def note(message):
        if message.type == "error" and not any(code in message.text for code in EXPECTED):
            problems.append(message.text)

    def make(**options):
        context = browser.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"), **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: problems.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert problems == []


def sign_in(page, user):
    """Sign in by the form."""
    page.goto("/sign-in/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def check_page(page):
    """Nothing for axe to find by WCAG 2.2 AA and its best practices, and nothing wider than the screen."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
