"""The frame's own addresses and pages, and a browser to look at them with."""

from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture(autouse=True)
def _front_pages(settings):
    settings.ROOT_URLCONF = "tests.front.urls"
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], TEMPLATES]}]
