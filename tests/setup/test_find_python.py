"""Which Python the virtual environment is built with, asked of the shell script on a path of our own making."""

import os
import subprocess
import sys

import pytest

from mktogether.setup.embedded import ROOT


@pytest.fixture
def ask(tmp_path):
    """Runs the script where only the programs in ``tmp_path`` (and the shell) are found."""

    def run(wanted=""):
        return subprocess.run(
            ["/bin/sh", ROOT / "mktogether/setup/find-python.sh", wanted],
            env={"PATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def program(folder, name, body):
    """A program ``name`` that does ``body``."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def without_venv(folder, name):
    """A Python of a good version whose distribution left the venv module out."""
    return program(folder, name, f'case "$2" in *ensurepip*) exit 1;; esac; exec {sys.executable} "$@"')


def test_it_takes_a_supported_python_that_runs(ask, tmp_path):
    program(tmp_path, "python3", f'exec {sys.executable} "$@"')
    assert ask().stdout.strip() == str(tmp_path / "python3")


def test_it_passes_over_a_stand_in_without_a_version_behind_it(ask, tmp_path):
    program(tmp_path, "python3.13", "exit 127")
    program(tmp_path, "python3", f'exec {sys.executable} "$@"')
    assert ask().stdout.strip() == str(tmp_path / "python3")


def test_it_prefers_the_python_that_the_caller_names(ask, tmp_path):
    program(tmp_path, "python3", f'exec {sys.executable} "$@"')
    named = program(tmp_path, "mine", f'exec {sys.executable} "$@"')
    assert ask(str(named)).stdout.strip() == str(named)


def test_it_refuses_a_named_python_that_is_too_old(ask, tmp_path):
    old = program(tmp_path, "old", "exit 1")
    answer = ask(str(old))
    assert answer.returncode == 1
    assert f"PYTHON={old} is not a Python 3.11, 3.12 or 3.13" in answer.stderr


def test_it_names_the_package_when_venv_is_missing(ask, tmp_path):
    without_venv(tmp_path, "python3")
    answer = ask()
    version = "{}.{}".format(*sys.version_info[:2])
    assert answer.returncode == 1
    assert f"sudo apt-get install python{version}-venv" in answer.stderr


def test_it_passes_over_a_python_without_venv_when_another_has_it(ask, tmp_path):
    without_venv(tmp_path, "python3.12")
    program(tmp_path, "python3", f'exec {sys.executable} "$@"')
    assert ask().stdout.strip() == str(tmp_path / "python3")


def test_it_says_what_to_install_when_there_is_no_python(ask):
    answer = ask()
    assert answer.returncode == 1
    assert "No Python 3.11, 3.12 or 3.13 was found" in answer.stderr
    assert "sudo apt-get install python3 python3-venv" in answer.stderr


def test_the_script_is_plain_enough_for_debians_shell():
    script = ROOT / "mktogether/setup/find-python.sh"
    assert script.read_text().startswith("#!/bin/sh\n")
    assert subprocess.run(["/bin/sh", "-n", script], check=False, env=os.environ).returncode == 0
