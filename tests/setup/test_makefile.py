"""The commands that people type."""

import os
import re
import subprocess

from mktogether.setup.embedded import ROOT

MAKEFILE = (ROOT / "Makefile").read_text()


def make(*arguments, **variables):
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_alone_lists_every_command():
    listed = make().stdout
    commands = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE).group(1).split()
    inner = {"development"}
    assert all(f"make {name} " in listed for name in commands if name not in inner)
    assert {"run", "reset", "test", "prove", "bench", "lock", "format", "help"} <= set(commands)


def test_a_python_that_does_not_suit_is_refused_in_one_sentence():
    refused = make("run", PYTHON="/bin/false")
    assert refused.returncode != 0
    assert refused.stderr.splitlines()[0].startswith("PYTHON=/bin/false is not a Python 3.11, 3.12 or 3.13")


def test_the_check_of_a_clone_is_the_command_that_people_type():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "exec make test" in script.read_text()
