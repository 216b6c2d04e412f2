"""``make test``: everything that guards the portal, in lanes beside each other, with one page of result."""

import base64
import os
import secrets
import shutil
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from mktogether.setup import front_end, system_packages
from mktogether.setup.embedded import ROOT, without_production
from mktogether.setup.steps import Runner, Step, summary
from mktogether.setup.throwaway_postgres import NotStarted, end_on_termination, throwaway_postgres

PDF_CHECKS = ROOT / ".venv-pdf-checks" / "bin" / "python"
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
TWO_AT_A_TIME = ("-n", "2", "--dist", "worksteal")  # whoever is done takes over what waits behind a long test
NOT_LONG = "not browser and not prove"
# What is tested on SQLite as well, beside the journeys: what the database itself promises (constraints, triggers,
# scopes, prepared SQL, queues of work) with the acts that lean on it, and the sample. `make prove` tests all there.
ON_SQLITE = (
    "tests/finance/test_acts.py",
    "tests/finance/test_promises.py",
    "tests/lib/test_prepared.py",
    "tests/lib/test_scoped.py",
    "tests/meetings/replying/test_replying.py",
    "tests/meetings/test_attendance.py",
    "tests/meetings/test_decisions.py",
    "tests/meetings/test_lifecycle.py",
    "tests/meetings/test_minutes.py",
    "tests/partnerships/arrangements/test_loading.py",
    "tests/partnerships/arrangements/test_models.py",
    "tests/partnerships/granting/test_database.py",
    "tests/partnerships/granting/test_deciding.py",
    "tests/partnerships/leaving/test_leaving.py",
    "tests/partnerships/membership/test_naming.py",
    "tests/partnerships/reviewing/test_quarters.py",
    "tests/partnerships/terms/test_publishing.py",
    "tests/partnerships/test_grounds.py",
    "tests/records",
    "tests/reports/making/test_publishing.py",
    "tests/reviews/test_audit.py",
    "tests/reviews/test_keeping.py",
    "tests/reviews/test_register.py",
    "tests/sample/test_cases.py",
    "tests/sample/test_money.py",
    "tests/sample/test_year.py",
)
# Processes that are killed, and wait: what they prove is of the outbox, and the same on either database.
NOT_AGAIN = ("--ignore=tests/records/reminders/test_kills.py",)


def python(*arguments):
    """A command that runs this environment's Python."""
    return (sys.executable, *arguments)


def tool(name, *arguments):
    """A command that runs a program of this environment."""
    return (str(Path(sys.executable).parent / name), *arguments)


def production(folder):
    """A complete environment of production, of which nothing exists: for checks that read settings alone."""
    return {
        "PORTAL_MODE": "production",
        "DATABASE_URL": "postgres://portal:portal@database.invalid/portal",
        "REDIS_URL": "redis://redis.invalid:6379/0",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "CASE_DETAILS_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "SITE_ORIGIN": "https://portal.example.org",
        "EMAIL_URL": "smtp+tls://portal:portal@mail.invalid:587",
        "FILE_STORAGE": f"file://{folder}/files",
    }


def checks(folder):
    """The quick looks at code and configuration."""
    return [
        Step("registry addresses", python("-m", "mktogether.setup.addresses")),
        Step("ruff check", tool("ruff", "check", "--no-cache", ".")),
        Step("ruff format", tool("ruff", "format", "--no-cache", "--check", ".")),
        Step("layers of imports", tool("lint-imports", "--no-cache")),
        Step("types of the pure modules", tool("mypy", "--cache-dir", f"{folder}/mypy")),
        Step("migrations are whole", python("manage.py", "makemigrations", "--check", "--dry-run")),
        Step(
            "settings of production",
            python("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
            env=production(folder),
        ),
        Step(
            "docker-compose.yml",
            tool("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"),
        ),
    ]


def suite(name, marks, *options, address=None):
    """One run of pytest: the tests that ``marks`` select, on PostgreSQL at ``address`` or, without, on SQLite."""
    env = {"TEST_DATABASE_URL": address} if address else {}
    return Step(name, python(*PYTEST, *options, "-m", marks), env=env, shows=1)


def journeys():
    """The files that hold journeys: reading all others only to leave their tests out takes a quarter of a minute."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return tuple(str(file.relative_to(ROOT)) for file in files if "pytest.mark.browser" in file.read_text())


def database(address, name):
    """The address of a database beside the one at ``address``: two runs at a time must not share one."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=f"{parts.path}_{name}"))


def lanes(folder, address):
    """Two lanes for two cores: every test on PostgreSQL in the first; the looks, and SQLite, in the second.

    SQLite is what ``make run`` stands on: the journeys in a browser, which ask for nearly every page, run on it, and so
    do the tests of what the database itself keeps (ON_SQLITE).
    """
    return [
        [suite("tests on PostgreSQL", NOT_LONG, *TWO_AT_A_TIME, address=address)],
        [
            *checks(folder),
            suite("journeys in a browser, on SQLite", "browser and not prove", *journeys()),
            suite("tests on SQLite", NOT_LONG, *TWO_AT_A_TIME, *ON_SQLITE, *NOT_AGAIN),
        ],
    ]


def environment(folder):
    """
    The environment of every step: no production by accident, and everything written below ``folder``.

    But for compiled modules, which stand beside their source: the tests start Python hundreds of times.
    """
    dropped = {"TEST_DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
    quiet = {name: value for name, value in without_production().items() if name not in dropped}
    return quiet | {
        "TMPDIR": str(folder),
        "VAR_DIR": str(folder / "var"),
        "PDF_CHECKS_PYTHON": str(PDF_CHECKS),
    }


def prepared():
    """Bring in what the tests need of the machine, naming what cannot be; return whether all is there."""
    groups = ["pdf", "browser", "redis"] + ([] if os.environ.get("TEST_DATABASE_URL") else ["postgres"])
    return system_packages.main(*groups) == 0 and front_end.main() == 0


def verify(folder, address):
    """Run all of it against the database at ``address``; print the page of result and return the exit code."""
    began = time.monotonic()
    runner = Runner(folder, environment(folder), say=lambda text: print(text, flush=True))
    outcomes = runner.run_lanes(lanes(folder, address))
    print(summary(outcomes, time.monotonic() - began), flush=True)
    return 1 if any(outcome.code for outcome in outcomes) else 0


def main():
    """Prepare, run, tidy up; return the exit code."""
    end_on_termination()
    if not prepared():
        return 1
    folder = Path(tempfile.mkdtemp(prefix="portal-test-"))
    try:
        if given := os.environ.get("TEST_DATABASE_URL"):
            return verify(folder, given)
        with throwaway_postgres() as address:
            return verify(folder, address)
    except NotStarted as trouble:
        print(f"The throw-away PostgreSQL did not start. {trouble}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
