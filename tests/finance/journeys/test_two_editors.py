"""Two finance editors change one contribution: the second is shown both amounts, and saves knowingly."""

import pytest
from playwright.sync_api import expect

from finance.models import Contribution
from tests.browser import AT_A_DESK, check_page, sign_in
from tests.factories import PASSWORD, ContributionFactory, OfficeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_form(page, user, record):
    sign_in(page, user)
    page.goto(record.get_absolute_url())
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


@AT_A_DESK
def test_the_second_is_warned_and_saves_knowingly(open_page, year, agency, editor, device, scripts):
    paid = ContributionFactory(year=year, agency=agency)
    other = OfficeFactory(finance_editor=True, person__post="Deputy finance officer").person.user
    first, second = (open_page(java_script_enabled=scripts, **device) for _editor in range(2))
    open_form(first, other, paid)
    open_form(second, editor, paid)

    first.get_by_label("Amount paid").fill("2,000")
    first.get_by_label("Payer, as printed").fill("P" * 120)
    first.get_by_role("button", name="Save the contribution").click()
    expect(first.get_by_text("The contribution is saved.")).to_be_visible()

    second.get_by_label("Amount paid").fill("1,980.50")
    second.get_by_role("button", name="Save the contribution").click()
    expect(second.get_by_role("alert")).to_contain_text(f"{other.person.in_full} changed the amount")
    row = second.get_by_role("row", name="Amount paid")
    expect(row.get_by_role("cell")).to_have_text(["£2,000", "£1,980.50"])
    expect(second.get_by_label("Amount paid")).to_have_value("1,980.50")
    if scripts:
        check_page(second)
    assert Contribution.objects.get().read == 2000

    second.get_by_role("button", name="Save the contribution").click()
    expect(second.get_by_text("The contribution is saved.")).to_be_visible()
    assert str(Contribution.objects.get().read) == "1980.50"
