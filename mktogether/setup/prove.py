"""``make prove``: the suite on every supported Python that is here, then the tests that take minutes."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mktogether.setup.embedded import ROOT
from mktogether.setup.environment import SUPPORTED
from mktogether.setup.steps import Runner, Step, summary
from mktogether.setup.throwaway_postgres import end_on_termination, throwaway_postgres
from mktogether.setup.verify import (
    NOT_LONG,
    PYTEST,
    TWO_AT_A_TIME,
    database,
    environment,
    prepared,
    python,
    suite,
)

LOCKS = ("requirements.txt", "requirements-dev.txt")
OTHER_PLACES = (Path("/usr/bin"), Path("/usr/local/bin"))


def version_of(program):
    """The version of the Python ``program`` as ``(3, 12)``; None if it does not run or cannot make environments."""
    look = "import ensurepip, sys, venv; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([program, "-c", look], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    major, minor = answer.stdout.split()
    return int(major), int(minor)


def pythons():
    """Each supported version that this machine has, with a program of it."""
    folders = [*map(Path, os.environ["PATH"].split(os.pathsep)), *OTHER_PLACES, Path(sys.base_prefix) / "bin"]
    folders += sorted(Path.home().glob(".pyenv/versions/*/bin"), reverse=True)
    found = {}
    for minor in range(SUPPORTED[0][1], SUPPORTED[1][1] + 1):
        programs = (folder / f"python3.{minor}" for folder in folders)
        suitable = (program for program in programs if program.exists() and version_of(program) == (3, minor))
        if program := next(suitable, None):
            found[3, minor] = program
    return found


def suite_on(version, program, address):
    """The suite under another Python: its environment in ``.venv-3.N``, its database of its own."""
    name = ".".join(map(str, version))
    home = f".venv-{name}"
    build = [program, "mktogether/setup/environment.py", home, *LOCKS]
    if subprocess.run(build, env=os.environ | {"PYTHON": str(program)}, check=False).returncode:
        return Step(f"environment of Python {name}", ("false",))
    command = (str(ROOT / home / "bin" / "python"), *PYTEST, "-n", "2", "-m", NOT_LONG)
    return Step(
        f"tests on Python {name}",
        command,
        env={
            "TEST_DATABASE_URL": database(address, name.replace(".", "_")),
            "HYPOTHESIS_PROFILE": "other examples",
        },
        shows=1,
    )


def steps(address):
    """The suite once for each Python, then on SQLite, of which `make test` asks a part, then the long proofs."""
    here = pythons()
    print(f"Pythons here: {', '.join('.'.join(map(str, version)) for version in here)}", flush=True)
    each = [suite_on(version, program, address) for version, program in here.items()]
    on_sqlite = suite("all tests on SQLite", NOT_LONG, *TWO_AT_A_TIME)
    return [
        *each,
        on_sqlite,
        Step("long proofs", python(*PYTEST, "-m", "prove"), env={"TEST_DATABASE_URL": address}, shows=1),
    ]


def main():
    """Run the proofs one after another; return the exit code."""
    end_on_termination()
    if not prepared():
        return 1
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="portal-prove-") as folder, throwaway_postgres() as address:
        runner = Runner(folder, environment(Path(folder)), say=lambda text: print(text, flush=True))
        outcomes = runner.run_lanes([steps(address)])
        print(summary(outcomes, time.monotonic() - began), flush=True)
    return 1 if any(outcome.code for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
