"""Two people open one section: the second reads that the first has it open, until the first has saved."""

import pytest
from playwright.sync_api import expect

from tests.browser import AT_A_DESK, check_page, sign_in
from tests.factories import OfficeFactory, ReportFactory, SectionFactory, VersionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@AT_A_DESK
def test_the_second_to_open_a_section_reads_who_writes_until_they_save(open_page, device, scripts):
    section = SectionFactory(report=ReportFactory(), title="Foreword")
    VersionFactory(section=section, number=1)
    users = [OfficeFactory(person__post=post).person.user for post in ("Business manager", "Policy officer")]
    first, second = (open_page(java_script_enabled=scripts, **device) for _writer in users)
    for page, user in zip((first, second), users, strict=True):
        sign_in(page, user)
    first.goto(section.get_absolute_url())
    first.get_by_role("link", name="Write this section").click()

    second.goto(section.get_absolute_url())
    note = second.get_by_text("Business manager opened this section to write at ")
    expect(note).to_be_visible()
    if scripts:
        check_page(second)
    second.get_by_role("link", name="Write this section").click()
    expect(note).to_be_visible()
    if scripts:
        check_page(second)

    first.get_by_label("Text").fill("The board met five times.")
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("Policy officer opened this section to write at ")).to_be_visible()
    second.goto(section.get_absolute_url())
    expect(second.get_by_role("heading", name="Foreword", level=1)).to_be_visible()
    expect(note).to_have_count(0)
