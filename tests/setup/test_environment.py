"""When the virtual environment counts as up to date, and when as usable at all."""

import sys
import venv
from pathlib import Path

import pytest

from mktogether.setup import environment
from mktogether.setup.embedded import ROOT

OTHER = "3 13" if sys.version_info[:2] != (3, 13) else "3 12"


@pytest.fixture
def locks(tmp_path, monkeypatch):
    """A folder with a lock of the tools and two of packages; commands run in it."""
    monkeypatch.chdir(tmp_path)
    for name in (environment.TOOLS, "requirements.txt", "requirements-dev.txt"):
        Path(name).write_text(f"{name}==1\n")
    folder = tmp_path / "venv"
    folder.mkdir()
    return folder


def stamp(folder, *names):
    """Write down that ``names`` are installed."""
    (folder / environment.STAMP).write_text("\n".join([str(folder), *map(environment.digest, names)]))


def test_a_new_environment_misses_every_lock(locks):
    assert environment.missing(locks, ["requirements.txt"]) == ["requirements.txt"]


def test_nothing_is_missing_when_the_lock_is_as_installed(locks):
    stamp(locks, "requirements.txt")
    assert environment.missing(locks, ["requirements.txt"]) == []


def test_a_changed_lock_is_installed_again(locks):
    stamp(locks, "requirements.txt")
    Path("requirements.txt").write_text("other==2\n")
    assert environment.missing(locks, ["requirements.txt"]) == ["requirements.txt"]


def test_a_changed_lock_of_the_tools_installs_all_again(locks):
    stamp(locks, "requirements.txt")
    Path(environment.TOOLS).write_text("pip==99\n")
    assert environment.missing(locks, ["requirements.txt"]) == ["requirements.txt"]


def test_only_the_lock_that_is_new_is_missing(locks):
    stamp(locks, "requirements.txt")
    assert environment.missing(locks, ["requirements.txt", "requirements-dev.txt"]) == ["requirements-dev.txt"]


def test_the_environment_that_runs_this_test_is_usable():
    assert environment.is_usable(Path(sys.prefix), asked=False)


def test_a_folder_without_a_python_is_not_usable(tmp_path):
    assert not environment.is_usable(tmp_path, asked=False)


def test_an_environment_that_was_copied_is_not_usable(locks):
    venv.EnvBuilder(symlinks=True).create(locks)
    stamp(locks, "requirements.txt")
    assert environment.is_usable(locks, asked=False)
    copy = locks.rename(locks.with_name("copy"))
    assert not environment.is_usable(copy, asked=False)


def test_an_environment_of_another_version_is_not_usable_when_one_was_named(locks):
    venv.EnvBuilder(symlinks=True).create(locks)
    assert environment.is_usable(locks, asked=True)
    python = locks / "bin" / "python"
    python.unlink()
    python.write_text(f"#!/bin/sh\necho {locks}\necho {OTHER}\n")
    python.chmod(0o755)
    assert environment.is_usable(locks, asked=False)
    assert not environment.is_usable(locks, asked=True)


def pins(text):
    """The lines of a lock that pin a package."""
    return [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]


def last_hashes(text):
    """The lines of a lock that end a package's list of hashes."""
    return [line for line in text.splitlines() if "--hash" in line and not line.endswith("\\")]


def test_every_pinned_package_carries_a_hash():
    for lock in ROOT.glob("requirements*.txt"):
        text = lock.read_text()
        assert pins(text), lock
        assert len(pins(text)) == len(last_hashes(text)), lock
