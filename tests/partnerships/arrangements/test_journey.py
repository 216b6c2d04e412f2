"""In the browser: an area from its file to a meeting, places remade after an election, two editions side by side."""

import datetime as dt
import re

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import Meeting
from partnerships.models import Body, Person, Seat
from records.models import OutboxMessage
from tests.browser import DESK, ON_A_PHONE_WITHOUT_SCRIPTS, PHONE, check_page, sign_in
from tests.factories import PASSWORD, OfficeFactory, SeatFactory
from tests.partnerships.arrangements import files
from tests.partnerships.arrangements.test_mistakes import RIGHT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEAM = "  - {kind: team, agency: Council, post: Partnership Manager}\n"
MANAGER, COMMANDER = "manager@seaton.example", "commander@police.example"


def choose_password(page, email):
    """As whoever follows the link of the mail that lies in the outbox, and then signs in."""
    mail = OutboxMessage.objects.filter(to=email).latest("pk")
    page.goto(re.search(r"http\S+(/password/reset/\S+)", mail.text)[1])
    page.locator("#id_password1").fill(PASSWORD)
    page.locator("#id_password2").fill(PASSWORD)
    page.locator("main").get_by_role("button").first.click()
    page.goto("/sign-in/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def fill_day(where, day):
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        where.get_by_label(label, exact=True).fill(str(value))


def plan(page, board, day):
    page.goto("/meetings/new/")
    page.get_by_label("Board or group").select_option(label=board)
    fill_day(page, day)
    page.get_by_label("Starts").fill("10:00")
    page.get_by_label("Ends").fill("11:00")
    page.locator("main form").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(board)


def test_an_area_begins_from_its_file_and_meets(open_page, tmp_path):
    """
    Everything that a newcomer does: load, first account, sign in, a member's account, new terms, meetings, attendance.

    The meetings on each side of the first day of the new terms are judged by the terms of their own day.
    """
    file = tmp_path / "seaton.yaml"
    file.write_text(RIGHT.replace("boards:\n", f"{TEAM}boards:\n", 1), encoding="utf-8")
    call_command("load_arrangement", file, verbosity=0)
    call_command("open_first_account", "seaton", MANAGER, post="Partnership Manager", verbosity=0)
    page = open_page(**DESK)
    choose_password(page, MANAGER)
    expect(page.locator("footer")).to_contain_text("the safeguarding partnership of Seaton")

    # The commander holds a place, and gets an account by the pages.
    page.goto("/people/")
    page.get_by_role("link", name="Commander", exact=True).click()
    page.get_by_role("link", name="Give them an account").click()
    check_page(page)
    page.get_by_role("button", name="Give them an account").click()
    expect(page.locator("main .govuk-error-message")).to_contain_text("Enter their e-mail address")
    page.get_by_label("Their e-mail address").fill(COMMANDER)
    page.get_by_role("button", name="Give them an account").click()
    expect(page.get_by_text(f"choose a password, to {COMMANDER}.")).to_be_visible()
    theirs = open_page(**PHONE)
    choose_password(theirs, COMMANDER)
    theirs.goto("/boards/board/")
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Board")

    # Two meetings; from the second on, the chair has to be there.
    first_day = timezone.localdate() + dt.timedelta(days=8)
    for day in (first_day - dt.timedelta(days=1), first_day):
        plan(page, "Board", day)
    page.goto("/boards/board/terms/new/")
    page.get_by_label("Edition").fill("Plan of next year")
    fill_day(page, first_day)
    page.get_by_label("Rules", exact=True).fill("quorum: one member")
    page.get_by_role("button", name="Go on: see what changes").click()
    meetings = page.get_by_role("region", name="Meetings that the new version judges")
    expect(meetings.get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="Publish the new version").click()
    expect(page.get_by_text("“Plan of next year” is published.")).to_be_visible()
    for meeting, verdict in zip(Meeting.objects.order_by("starts_at"), ("Not quorate", "Quorate"), strict=True):
        page.goto(f"{meeting.get_absolute_url()}live/")
        row = page.locator(".place", has_text="Commander").first
        row.get_by_role("button", name="Present").click()
        expect(page.locator("main")).to_contain_text(verdict)
        expect(row.locator("[aria-pressed=true]")).to_have_count(1)


@ON_A_PHONE_WITHOUT_SCRIPTS
def test_after_an_election_the_political_places_are_remade_in_one_act(open_page, device, scripts):
    files.load_text(RIGHT)
    board = Body.objects.get(slug="board")
    council = board.seats.get(key="council").agency
    for number, group in enumerate(("Largest group", "Largest group", "Opposition"), start=10):
        SeatFactory(
            body=board, agency=council, key=f"political-{number}", title=f"Councillor of {group}", order=number,
            political_group=group,
        )  # fmt: skip
    clerk = OfficeFactory(person__area=board.area, person__agency=council).person.user
    page = open_page(java_script_enabled=scripts, **device)
    sign_in(page, clerk)
    page.goto("/boards/board/")
    page.get_by_role("link", name="Remake the places that follow political groups").click()
    groups = page.get_by_label("Groups and their places")
    expect(groups).to_have_value("Largest group: 2\nOpposition: 1")
    groups.fill("Largest group: 1\nNew group")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.locator("main .govuk-error-message")).to_contain_text("“New group” lacks its number.")
    groups.fill("Largest group: 1\nNew group: 2")
    page.get_by_role("button", name="Show what would change").click()
    for words in ("Largest group: 1 stays as before.", "(Opposition) ends.", "New group: 2 new, vacant"):
        expect(page.locator("main")).to_contain_text(words)
    assert not Seat.objects.filter(political_group="New group").exists()
    if scripts:
        check_page(page)
    page.get_by_role("button", name="Remake the places").click()
    expect(page.get_by_text("that follow political groups are remade.")).to_be_visible()
    now = board.seats.in_force(timezone.now()).exclude(political_group="")
    assert sorted(now.values_list("political_group", flat=True)) == ["Largest group", "New group", "New group"]


@pytest.mark.parametrize("device", [DESK, PHONE])
def test_the_arrangements_of_2017_and_of_2024_are_held_side_by_side(open_page, device):
    for name in ("milton-keynes-2017-18", "milton-keynes-2021-22", "milton-keynes-2024"):
        files.load_file(name)
    clerk = OfficeFactory(person__area=Body.objects.get(slug="review").area).person.user
    page = open_page(**device)
    sign_in(page, clerk)
    page.goto("/arrangements/")
    editions = page.get_by_label("Older").locator("option")
    names = editions.all_inner_texts()
    older = next(name for name in names if "2017" in name)
    newer = next(name for name in names if "2024" in name)
    page.get_by_label("Older").select_option(label=older)
    page.get_by_label("Newer").select_option(label=newer)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed between two editions")
    boards = page.get_by_role("navigation", name="Boards and groups")
    expect(boards).to_contain_text(f"not in {older}")
    check_page(page)
    page.get_by_text("The changes as sentences").click()
    expect(page.locator("details[open] li").first).to_be_visible()
    assert Person.objects.exists()
