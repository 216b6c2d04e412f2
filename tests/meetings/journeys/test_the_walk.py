"""The whole walk of a chair: sign in, open, tick, decide, act, close, read and download the minutes."""

import re

import pytest
from playwright.sync_api import expect

from meetings.models import Action, Attendance, Decision
from records import jobs
from records.models import Job
from tests.browser import DESK, ON_BOTH, PHONE, check_page, sign_in
from tests.factories import PASSWORD, AgendaItemFactory, MeetingFactory, ReplyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def coming(group):
    """The group's next meeting, with an item to decide and one reply."""
    meeting = MeetingFactory(body=group.body)
    AgendaItemFactory(meeting=meeting, number=1, title="Welcome and apologies")
    AgendaItemFactory(
        meeting=meeting, number=2, title="Two rapid reviews", purpose="decide", recommendation="To commission a review."
    )
    ReplyFactory(meeting=meeting, seat=group.adults.seat)
    return meeting


def state(page, title, word):
    return page.get_by_role("button", name=re.compile(rf"^{re.escape(title)}, .*: {word}$"))


def expect_recorded(page, title, word):
    """That the state is chosen; on a phone a settled row is folded, and its buttons are hidden."""
    expect(page.locator(f'[aria-label^="{title}, "][aria-label$=": {word}"]')).to_have_attribute("aria-pressed", "true")


def strip(page):
    return page.locator("#quorum .quorum-strip__headline")


def finish_the_work():
    """What the worker does in its own process."""
    for job in Job.objects.exclude(state="done"):
        jobs.run(job.pk)


@ON_BOTH
def test_the_walk(open_page, group, coming, device, scripts, tmp_path):
    page = open_page(java_script_enabled=scripts, **device)
    sign_in(page, group.chair)
    page.get_by_role("link", name=re.compile("Review")).first.wait_for()
    page.goto(f"/meetings/{coming.public_id}/")
    page.get_by_role("link", name=re.compile("Record", re.IGNORECASE)).first.click()
    page.get_by_role("button", name="Open the meeting").click()
    expect(strip(page)).to_contain_text("Not quorate")

    page.get_by_role("button", name="Check attendance: record 1 reply").click()
    expect_recorded(page, "Head of Service, Adults", "Remote")
    state(page, "Designated Nurse", "Present").click()
    expect_recorded(page, "Designated Nurse", "Present")
    expect(strip(page)).to_contain_text("TVP")

    # Without a quorum only a recommendation can be recorded.
    page.goto(f"/meetings/{coming.public_id}/live/?item=2")
    expect(page.get_by_role("button", name="Agreed")).to_have_count(0)
    expect(page.get_by_role("button", name="Record as a recommendation, to be ratified")).to_be_visible()

    state(page, "LPA Commander", "Deputy").click()
    expect(strip(page)).to_contain_text("Quorate")
    assert Attendance.objects.filter(meeting=coming).count() == 3

    page.goto(f"/meetings/{coming.public_id}/live/?item=2")
    expect(page.get_by_label("Decision", exact=True)).to_have_value("To commission a review.")
    if scripts:
        check_page(page)
    page.get_by_role("button", name="Agreed").click()
    expect(page.locator("#item")).to_contain_text("To commission a review.")

    page.get_by_label("What", exact=True).fill("Bring costs to date")
    page.get_by_label("Who", exact=True).select_option(label="Head of Service, Adults")
    for box, value in (("Day", "1"), ("Month", "6"), ("Year", "2099")):
        page.get_by_label(box, exact=True).fill(value)
    page.get_by_role("button", name="Add action").click()
    expect(page.locator("#actions")).to_contain_text("Bring costs to date")

    page.get_by_role("link", name="Close meeting").click()
    page.get_by_role("button", name="Close the meeting").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Minutes of Review")
    expect(page.locator("main")).to_contain_text("Bring costs to date")
    page.get_by_role("link", name=re.compile("see how far")).click()
    finish_the_work()
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download", re.IGNORECASE)).first.click()
    kept = tmp_path / "minutes.pdf"
    download.value.save_as(kept)
    assert kept.read_bytes().startswith(b"%PDF-1.7")
    assert Decision.objects.get().quorum == "quorate"
    assert Action.objects.get().owner == group.adults.person


def test_the_walk_with_the_keyboard_alone(open_page, group, coming):
    page = open_page(**DESK)
    page.goto("/sign-in/")
    to(page, page.get_by_label("Email"))
    page.keyboard.type(group.chair.email)
    to(page, page.get_by_label("Password", exact=True))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What is next for you")
    page.goto(f"/meetings/{coming.public_id}/live/")
    to(page, page.get_by_role("button", name="Open the meeting"))
    page.keyboard.press("Enter")
    page.get_by_text("In session").wait_for()

    # In a row single keys record, and the arrows go to the next place.
    state(page, "Head of Service, Adults", "Present").focus()
    page.keyboard.press("r")
    expect_recorded(page, "Head of Service, Adults", "Remote")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("a")
    expect_recorded(page, "Head of Service, Children's", "Apologies")
    expect(state(page, "Head of Service, Children's", "Apologies")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("p")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("d")
    expect(strip(page)).to_contain_text("Quorate")
    expect(page.get_by_role("status").filter(has_text="Quorate")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#attendance")).to_be_focused()

    # Outside a row the same key is only a letter.
    page.get_by_label("Note for the minutes").focus()
    page.keyboard.type("apr")
    expect(page.get_by_label("Note for the minutes")).to_have_value("apr")
    assert Attendance.objects.get(seat=group.nurse.seat).how == "room"

    to(page, page.get_by_role("link", name="Close meeting"))
    page.keyboard.press("Enter")
    to(page, page.get_by_role("button", name="Close the meeting"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Minutes of Review")


def to(page, target):
    """Go on with the Tab key until ``target`` has the focus."""
    for _step in range(150):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"The keyboard never reached {target}")


def test_a_refused_entry_says_so_in_its_row_and_changes_nothing(open_page, group, meeting):
    page = open_page(**DESK)
    sign_in(page, group.chair)
    page.goto(f"/meetings/{meeting.public_id}/live/")
    state(page, "Designated Nurse", "Deputy").click()
    row = page.locator(f"#place-{group.nurse.seat_id}")
    expect(row.get_by_role("alert")).to_contain_text("No deputy is named for Designated Nurse")
    expect(state(page, "Designated Nurse", "Deputy")).to_have_attribute("aria-pressed", "false")
    assert not Attendance.objects.exists()


def test_a_second_recorder_sees_the_first_ones_entry_and_keeps_the_focus(open_page, group, meeting, team):
    first, second = open_page(**DESK), open_page(**DESK)
    sign_in(first, group.chair)
    sign_in(second, team)
    for page in (first, second):
        page.goto(f"/meetings/{meeting.public_id}/live/")
    second.get_by_label("Note for the minutes").focus()
    state(first, "Designated Nurse", "Remote").click()
    expect(state(second, "Designated Nurse", "Remote")).to_have_attribute("aria-pressed", "true", timeout=10_000)
    expect(second.get_by_label("Note for the minutes")).to_be_focused()


def test_taps_without_a_connection_are_kept_and_sent_later(open_page, group, meeting):
    page = open_page(**PHONE)
    sign_in(page, group.chair)
    page.goto(f"/meetings/{meeting.public_id}/live/")
    page.route("**/live/attendance/**", lambda route: route.abort())
    state(page, "Designated Nurse", "Remote").click()
    expect(page.locator("#saved")).to_contain_text("1 not sent yet")
    assert not Attendance.objects.exists()
    page.unroute("**/live/attendance/**")
    expect(page.locator("#saved")).to_contain_text("Saved", timeout=10_000)
    assert Attendance.objects.get().how == "remote"
    assert kept_on(page) == []


def kept_on(page):
    """What the live page keeps on this device."""
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('mktogether-taps'))")


def test_what_could_not_be_sent_is_forgotten_at_sign_out(open_page, group, meeting):
    page = open_page(**DESK)
    sign_in(page, group.chair)
    page.goto(f"/meetings/{meeting.public_id}/live/")
    page.route("**/live/attendance/**", lambda route: route.abort())
    state(page, "Designated Nurse", "Remote").click()
    expect(page.locator("#saved")).to_contain_text("1 not sent yet")
    page.goto("/meetings/")
    assert len(kept_on(page)) == 1
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert kept_on(page) == []
