"""What every test stands on."""

import gc
import os

import hypothesis
import pytest
from django.test import TransactionTestCase

from mktogether.setup.system_packages import browser
from tests.unguarded import unguarded

# The same examples each time, so that a change of ours and not chance turns a run red; the long proofs look further.
hypothesis.settings.register_profile("the same examples", derandomize=True, deadline=None)
hypothesis.settings.register_profile("other examples", derandomize=False, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "the same examples"))

pytest_plugins = ["tests.browser", "tests.lib.pdf.fences", "tests.migrated", "tests.visitors"]

CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_finish():
    """Thousands of tests stay in memory to the end; the garbage collector need not look through them each time."""
    gc.collect()
    gc.freeze()


_empty_the_database = TransactionTestCase._fixture_teardown


def _empty_with_history(self):
    with unguarded():
        _empty_the_database(self)


TransactionTestCase._fixture_teardown = _empty_with_history


@pytest.fixture(autouse=True)
def noted_heads(settings, tmp_path):
    """Each test has a place of its own for the heads of the history."""
    settings.HISTORY_ANCHORS = tmp_path / "anchors"
    return tmp_path / "anchors" / "heads.txt"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """
    How Chromium is started.

    From its start Playwright keeps an event loop in this thread, which Django would take for an asynchronous caller
    in every later test of the process.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {
        **browser_type_launch_args,
        "executable_path": browser(),
        "args": list(CHROMIUM),
    }


@pytest.fixture(scope="session")
def base_url():
    """Each test asks its own live server; the plugin's fixture of this name would warn of a coming pytest."""
    return ""
