"""Somebody leaves, at a desk and on a phone: what would change, then one button."""

import pytest
from django.utils import timezone

from partnerships.explaining.holdings import load
from tests.browser import AT_A_DESK, check_page, sign_in
from tests.factories import AppointmentFactory, BodyFactory, ChairingFactory, OfficeFactory, TermsOfReferenceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@AT_A_DESK
def test_the_team_ends_everything_that_a_leaver_holds(open_page, device, scripts):
    review = BodyFactory(name="Review", slug="review")
    TermsOfReferenceFactory(body=review, rules="quorum: two members")
    leaver = AppointmentFactory(seat__body=review, person__post="Head of Safeguarding").person
    ChairingFactory(body=review, person=leaver)
    page = open_page(**device, java_script_enabled=scripts)
    sign_in(page, OfficeFactory().person.user)
    page.goto("/people/?q=safeguarding")
    page.get_by_role("link", name="Head of Safeguarding").click()
    page.get_by_role("link", name="They leave: end everything").click()
    page.get_by_role("button", name="Show what would change").click()
    if scripts:
        check_page(page)
    assert page.get_by_text("Enter why it ends").first.is_visible()
    page.get_by_label("Why they leave").fill("Retired")
    page.get_by_role("button", name="Show what would change").click()
    if scripts:
        check_page(page)
    page.get_by_role("button", name="Back: change something").click()
    assert page.get_by_label("Why they leave").input_value() == "Retired"
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("button", name="End everything that they hold").click()
    assert page.get_by_text("Everything that Head of Safeguarding held has ended.").is_visible()
    if scripts:
        check_page(page)
    assert load([leaver.pk], at=timezone.now()) == []
