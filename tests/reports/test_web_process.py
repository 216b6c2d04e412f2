"""The process that answers browsers reads and asks for reports, and never loads what lays them out."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from reports import building, documents
from tests.factories import ReportFactory, SectionFactory
from tests.reports import example

LAYOUT = {"weasyprint", "pydyf", "pikepdf", "fontTools", "tinycss2", "mktogether.lib.pdf.layout.fetcher"}
WEB = f"""
import sys
import django; django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
import reports.building, reports.documents, reports.presenting, reports.views.reading
print(sorted({LAYOUT!r} & set(sys.modules)))
"""


def test_a_web_process_with_every_address_loaded_has_no_layout_library():
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    told = subprocess.run(
        [sys.executable, "-c", WEB], env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip().splitlines()[-1] == "[]"


@pytest.mark.django_db
def test_reading_and_asking_for_a_report_starts_no_layout(client, writer, monkeypatch):
    report = ReportFactory(title="Safeguarding annual report 2021-22")
    SectionFactory(report=report, order=1, title="Foreword", text="It met {meetings held} times.")
    monkeypatch.setattr(documents, "render_to_string", None)  # whoever laid out a report here would fail
    client.force_login(writer)
    assert client.get(report.get_absolute_url()).status_code == 200
    assert building.request_build(report, by=writer).state == "waiting"


@pytest.mark.django_db
def test_the_page_and_the_paper_show_the_same(client, writer):
    """One source: every cell of every table of the paper stands on the page."""
    from reports import presenting

    content = example.content()
    on_screen = [section["template"] for section in presenting.context_of(content, on_paper=False)["sections"]]
    on_paper = [section["template"] for section in presenting.context_of(content, on_paper=True)["sections"]]
    assert on_screen == on_paper
