"""What is missing of the operating system is named in one sentence with the command to type."""

import os

import pytest

from mktogether.setup import system_packages
from mktogether.setup.embedded import ROOT
from mktogether.setup.system_packages import NEEDS, Need, browser, postgres_programs, provide, sentence


@pytest.fixture
def no_programs(monkeypatch, tmp_path):
    """A machine on which neither apt-get nor sudo is found."""
    monkeypatch.setenv("PATH", str(tmp_path))


def test_it_names_the_packages_where_it_may_not_install_them(monkeypatch, no_programs):
    monkeypatch.setitem(NEEDS, "pdf", Need(lambda: False, ("libpango-1.0-0", "libharfbuzz-subset0"), "no PDFs"))
    assert provide(["pdf"]) == "No PDFs until you type: sudo apt-get install libpango-1.0-0 libharfbuzz-subset0"


def test_it_says_nothing_about_what_is_there(monkeypatch, no_programs):
    monkeypatch.setitem(NEEDS, "pdf", Need(lambda: True, ("libpango-1.0-0",), "no PDFs"))
    assert provide(["pdf"]) == ""


def test_it_names_all_that_is_missing_in_one_command(monkeypatch, no_programs):
    monkeypatch.setitem(NEEDS, "pdf", Need(lambda: False, ("pango", "harfbuzz"), "no PDFs"))
    monkeypatch.setitem(NEEDS, "browser", Need(lambda: False, ("chromium",), "no journeys"))
    assert provide(["pdf", "browser"]) == (
        "No PDFs and no journeys until you type: sudo apt-get install pango harfbuzz chromium"
    )


def test_it_asks_no_password_to_install(monkeypatch, tmp_path):
    asked = tmp_path / "asked"
    sudo = tmp_path / "sudo"
    sudo.write_text(f'#!/bin/sh\necho asked "$@" > {asked}\nexit 1\n')
    sudo.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert system_packages.administrator() is None
    assert asked.read_text() == "asked -n true\n"


def test_the_browser_is_the_one_that_is_named_or_the_first_that_is_here(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert browser() is None
    for name in ("google-chrome", "chromium"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    assert browser() == str(tmp_path / "chromium")
    monkeypatch.setenv("CHROMIUM", "/elsewhere/chromium")
    assert browser() == "/elsewhere/chromium"


def test_it_finds_the_server_that_the_tests_run_on():
    assert (postgres_programs() / "initdb").exists()


def test_it_finds_no_library_that_is_not_there():
    assert not system_packages.has_library("libportal-of-nobody.so.9")


def test_every_need_reads_as_a_sentence():
    for need in NEEDS.values():
        assert sentence(need)[0].isupper()
        assert need.packages[0] in sentence(need)


def test_the_container_brings_the_libraries_of_the_documents():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert all(package in dockerfile for package in NEEDS["pdf"].packages)
