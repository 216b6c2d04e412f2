"""The scrutineer audits the rapid reviews of a year; before and after it they find nothing."""

import datetime as dt

import pytest
from django.utils import timezone

from meetings import years
from reviews import actions
from tests.browser import AT_A_DESK, check_page, sign_in
from tests.factories import OfficeFactory, TeamMemberFactory
from tests.reviews.conftest import LINE, fresh
from tests.reviews.journeys.test_a_case import confirm, status_of, type_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@AT_A_DESK
def test_the_yearly_audit(open_page, device, scripts):
    team = TeamMemberFactory.create_batch(2)
    today = timezone.localdate()
    case = actions.register_case("child", LINE, by=team[0].user, second=team[1], known_on=today)
    actions.enter_date(case, "decided", today, by=fresh(team[0].user))
    scrutineer = OfficeFactory(scrutineer=True, person__area=case.area).person

    def looked_at():
        if scripts:
            check_page(page)

    page = open_page(java_script_enabled=scripts, **device)
    sign_in(page, scrutineer.user)
    page.goto("/cases/")
    confirm(page)
    assert case.reference not in page.content()
    assert status_of(page, case.get_absolute_url()) == 404
    page.get_by_role("link", name="Yearly audits").click()
    looked_at()
    page.get_by_role("link", name="Begin an audit").click()
    page.get_by_label("The rapid reviews of which year?").select_option(str(years.year_of(timezone.now())))
    page.get_by_label("What is the audit for?").fill("Audit of the year")
    page.get_by_role("button", name="Begin the audit").click()
    assert page.get_by_text("Enter the last day of the audit").first.is_visible()
    assert page.get_by_label("What is the audit for?").input_value() == "Audit of the year"
    looked_at()
    last = today + dt.timedelta(days=30)
    type_day(page, "The last day of the audit", f"{last.day} {last.month} {last.year}")
    page.get_by_role("button", name="Begin the audit").click()
    page.get_by_role("link", name=case.reference).wait_for()
    looked_at()
    page.get_by_role("link", name=case.reference).click()
    page.get_by_role("heading", name=case.reference).wait_for()
    looked_at()
    page.go_back()
    page.get_by_role("link", name="End the audit").click()
    page.get_by_role("button", name="End the audit").click()
    page.get_by_text("The audit is ended.").wait_for()
    looked_at()
    assert status_of(page, case.get_absolute_url()) == 404
