"""A member chooses how they are reminded and reads their mail; the team sees what did not go out."""

import pytest

from records.models import ReminderChoice
from tests.browser import AT_A_DESK, ON_A_PHONE_WITHOUT_SCRIPTS, check_page, sign_in
from tests.factories import AppointmentFactory, OfficeFactory, OutboxMessageFactory, ReminderFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@ON_A_PHONE_WITHOUT_SCRIPTS
def test_choices_and_mail_of_ones_own(open_page, device, scripts):
    member = AppointmentFactory(with_account=True).person
    OutboxMessageFactory(
        area=member.area, to=member.user.email, sent=True, subject="Review: Your meeting is near", html="<p>Near</p>"
    )
    page = open_page(java_script_enabled=scripts, **device)
    sign_in(page, member.user)
    page.goto("/me/")
    page.get_by_role("link", name="How you are reminded").click()
    page.get_by_label("A mail for each, as it comes").check()
    page.get_by_label("Your actions that will be due").uncheck()
    if scripts:
        check_page(page)
    page.get_by_role("button", name="Save").click()
    choice = ReminderChoice.objects.get()
    assert (choice.way, choice.off) == ("at once", ["action.due"])
    page.goto("/me/mail/")
    if scripts:
        check_page(page)
    page.get_by_role("link", name="Review: Your meeting is near").click()
    if scripts:
        check_page(page)


@AT_A_DESK
def test_what_did_not_go_out(open_page, device, scripts):
    team = OfficeFactory(kind="team").person
    nobody = AppointmentFactory(person__area=team.area).person
    ReminderFactory(area=team.area, recipient_id=nobody.pk, not_reached=True)
    mail = OutboxMessageFactory(area=team.area, failed=True)
    page = open_page(java_script_enabled=scripts, **device)
    sign_in(page, team.user)
    page.goto("/reminders/")
    assert nobody.post in page.locator("main").inner_text()
    assert mail.to in page.locator("main").inner_text()
    if scripts:
        check_page(page)
    page.goto("/reminders/came-back/")
    if scripts:
        check_page(page)
    page.get_by_role("button").last.click()
    if scripts:
        check_page(page)
