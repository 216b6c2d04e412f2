"""The published report in the browser: read without an account, at a desk and on a phone, by its contents."""

import pytest
from django.utils import timezone

from tests.browser import DESK, PHONE, check_page
from tests.factories import ReportFactory, StoredFileFactory, UserFactory
from tests.reports import example

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_whole_report_is_accessible_and_fits_the_screen(open_page, screen):
    report = ReportFactory(title="Safeguarding annual report 2021-22")
    report.content = example.content(about={"slug": report.slug, "is_draft": False})
    report.state = "published"
    report.proposed_at = report.published_at = timezone.now()
    report.proposed_by, report.published_by = UserFactory(), UserFactory()
    report.file = StoredFileFactory(kind="annual-report", target_id=report.pk)
    report.save()
    page = open_page(**screen)
    page.goto(report.get_absolute_url())
    check_page(page)
    page.get_by_role("link", name="A Partnership representation").click()
    assert page.get_by_role("heading", name="A Partnership representation").is_visible()
    assert page.get_by_role("img", name="What each partner contributed").count() == 1
    row = page.get_by_role("row", name="Detective Chief Inspector")
    assert row.get_by_role("cell").all_inner_texts()[1:5] == ["No", "No", "Yes", "No"]
