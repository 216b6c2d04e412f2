"""A member replies from the mail, on a phone and at a desk: the forecast on the meeting's page moves with it."""

import pytest
from django.conf import settings

from meetings.replying import deputy_links, links
from meetings.replying.actions import reply
from tests.browser import ON_A_PHONE_WITHOUT_SCRIPTS, check_page, sign_in
from tests.factories import MeetingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def path_of(meeting, person, answer):
    address = dict(links.links_for(meeting, person))[answer]
    return address.removeprefix(settings.SITE_ORIGIN)


@ON_A_PHONE_WITHOUT_SCRIPTS
def test_a_reply_from_the_mail_changes_the_forecast(open_page, group, device, scripts):
    meeting = MeetingFactory(body=group.body)
    for appointment in (group.adults, group.nurse):
        person = appointment.person
        reply(meeting, appointment.seat_id, "accept", by=person.user, person=person)
    chair = open_page(**device, java_script_enabled=scripts)
    sign_in(chair, group.chair)
    chair.goto(meeting.get_absolute_url())
    strip = chair.get_by_role("region", name="Quorum")
    assert "Not quorate on the replies so far: nobody from TVP." in strip.inner_text()
    assert "We still need the LPA Commander" in strip.inner_text()

    commander = open_page(**device, java_script_enabled=scripts)  # in a browser that knows nobody
    referers = []
    commander.on("request", lambda request: referers.append(request.headers.get("referer", "")))
    commander.goto(path_of(meeting, group.commander.person, "Send my deputy"))
    if scripts:
        check_page(commander)
    commander.get_by_role("button", name="Send them in my place").click()
    assert commander.get_by_text("Choose who comes in your place").first.is_visible()
    if scripts:
        check_page(commander)
    commander.get_by_label("Deputy LPA Commander").check()
    commander.get_by_role("button", name="Send them in my place").click()
    commander.get_by_text("You said that Deputy LPA Commander comes in your place").wait_for()
    if scripts:
        check_page(commander)
    assert not [referer for referer in referers if "/replies/" in referer]

    chair.reload()
    assert "Will be quorate on the three accepted" in strip.inner_text()
    commander.get_by_role("button", name="Send apologies").click()
    assert commander.get_by_text("Enter why you cannot come").first.is_visible()
    if scripts:
        check_page(commander)
    commander.get_by_label("Why you cannot come").fill("On leave")
    commander.get_by_role("button", name="Send apologies").click()
    commander.get_by_text("You sent apologies").wait_for()
    chair.reload()
    assert "Not quorate on the replies so far: nobody from TVP." in strip.inner_text()


@ON_A_PHONE_WITHOUT_SCRIPTS
def test_signed_in_one_tap_on_the_meetings_page(open_page, group, device, scripts):
    meeting = MeetingFactory(body=group.body)
    page = open_page(**device, java_script_enabled=scripts)
    sign_in(page, group.commander.person.user)
    page.goto(meeting.get_absolute_url())
    page.get_by_role("button", name="I am coming").click()
    assert page.get_by_text("You said that you are coming").is_visible()
    if scripts:
        check_page(page)
    page.get_by_role("link", name="Send apologies").click()
    page.get_by_label("Why you cannot come").fill("On leave")
    if scripts:
        check_page(page)
    page.get_by_role("button", name="Send apologies").click()
    assert page.get_by_text("You sent apologies").is_visible()


@ON_A_PHONE_WITHOUT_SCRIPTS
def test_entered_by_telephone_sent_a_deputy_who_cannot_come(open_page, group, team, device, scripts):
    meeting = MeetingFactory(body=group.body)
    for appointment in (group.adults, group.nurse):
        reply(meeting, appointment.seat_id, "accept", by=appointment.person.user, person=appointment.person)

    def looked_at(page):
        if scripts:
            check_page(page)

    clerk = open_page(java_script_enabled=scripts, **device)
    sign_in(clerk, team)
    clerk.goto(meeting.get_absolute_url())
    strip = clerk.get_by_role("region", name="Quorum")
    looked_at(clerk)
    clerk.get_by_role("link", name="Enter the reply of the LPA Commander").click()
    clerk.get_by_label("Sends a deputy").check()
    clerk.get_by_role("button", name="Enter the reply").click()
    assert clerk.get_by_text("Choose how the reply came").first.is_visible()
    assert clerk.get_by_label("Sends a deputy").is_checked()
    looked_at(clerk)
    clerk.get_by_label("By telephone").check()
    clerk.get_by_label("Deputy LPA Commander").check()
    clerk.get_by_role("button", name="Enter the reply").click()
    clerk.get_by_text("The reply for LPA Commander is entered.").wait_for()
    assert "Will be quorate" in strip.inner_text()

    path = deputy_links.links_for(meeting, group.deputy.person)[1][1].removeprefix(settings.SITE_ORIGIN)
    deputy = open_page(java_script_enabled=scripts, **device)  # in a browser that knows nobody
    deputy.goto(path)
    looked_at(deputy)
    deputy.get_by_role("button", name="I cannot come").click()
    deputy.get_by_text("You said that you cannot come").wait_for()
    looked_at(deputy)
    clerk.reload()
    assert "Not quorate on the replies so far: nobody from TVP." in strip.inner_text()
    looked_at(clerk)

    member = open_page(java_script_enabled=scripts, **device)
    sign_in(member, group.commander.person.user)
    member.goto(meeting.get_absolute_url())
    said = member.get_by_role("region", name="Your reply").inner_text()
    assert "entered for you, as you said by telephone" in said
    assert "has said that they cannot come" in said
    looked_at(member)
