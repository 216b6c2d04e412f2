"""The browser in which journeys run: Debian's Chromium, driven by Playwright, which downloads nothing."""

import os
import shutil

import pytest

CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


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
        "executable_path": os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome"),
        "args": list(CHROMIUM),
    }


@pytest.fixture(scope="session")
def base_url():
    """Each test asks its own live server; the plugin's fixture of this name would warn of a coming pytest."""
    return ""
