"""What ``make test`` runs, and where."""

from pathlib import Path

import pytest

from mktogether.setup import prove, verify

ADDRESS = "postgres://portal:word@127.0.0.1:5999/portal?sslmode=disable"


@pytest.fixture
def steps(tmp_path):
    return [step for lane in verify.lanes(tmp_path, ADDRESS) for step in lane]


def test_every_program_that_it_calls_is_here(steps):
    assert all(Path(step.command[0]).exists() for step in steps)


def test_one_run_alone_uses_the_postgresql_that_was_given(steps):
    assert [step.env["TEST_DATABASE_URL"] for step in steps if "TEST_DATABASE_URL" in step.env] == [ADDRESS]


def test_the_journeys_run_on_what_make_run_stands_on(steps):
    (journeys,) = (step for step in steps if step.name.startswith("journeys"))
    assert journeys.command[-1] == "browser and not prove"
    assert "TEST_DATABASE_URL" not in journeys.env
    assert "tests/meetings/journeys/test_the_walk.py" in journeys.command


def test_what_runs_on_sqlite_as_well_is_there():
    assert [place for place in verify.ON_SQLITE if not Path(place).exists()] == []


def test_of_the_tests_that_run_on_postgresql_those_of_the_database_run_on_sqlite(steps):
    by_name = {step.name: step for step in steps}
    on_postgres, on_sqlite = by_name["tests on PostgreSQL"], by_name["tests on SQLite"]
    assert on_postgres.command[-2:] == on_sqlite.command[-2:] == ("-m", verify.NOT_LONG)
    assert "TEST_DATABASE_URL" not in on_sqlite.env


def test_nothing_of_a_production_reaches_the_tests(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://portal@db.council.example/portal")
    monkeypatch.setenv("TEST_DATABASE_URL", ADDRESS)
    env = verify.environment(tmp_path)
    assert "DATABASE_URL" not in env
    assert "TEST_DATABASE_URL" not in env
    assert env["TMPDIR"] == str(tmp_path)


def test_the_settings_of_production_are_checked_with_every_setting_that_it_asks_for(tmp_path):
    asked = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SITE_ORIGIN", "EMAIL_URL", "FILE_STORAGE", "CASE_DETAILS_KEYS"}
    assert asked <= set(verify.production(tmp_path))


def test_the_proofs_find_the_python_that_runs_this_test():
    assert prove.pythons()
    assert all(prove.version_of(program) == version for version, program in prove.pythons().items())
