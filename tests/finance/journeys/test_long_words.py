"""A word that no column holds is broken: the page stays as wide as the screen."""

import pytest

from tests.browser import DESK, PHONE, check_page, sign_in
from tests.factories import BudgetLineFactory, ContributionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_no_word_makes_the_page_of_a_year_wider_than_the_screen(open_page, year, agency, editor):
    BudgetLineFactory(year=year, name="W" * 120)
    BudgetLineFactory(year=year, name="M" * 120, gone=True)
    ContributionFactory(year=year, agency=agency, payer="W" * 120, note="M" * 200)
    page = open_page(**DESK)
    sign_in(page, editor)
    for size in (DESK, PHONE):
        page.set_viewport_size(size["viewport"])
        page.goto(year.get_absolute_url())
        check_page(page)
