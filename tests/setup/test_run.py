"""The embedded portal: its port, its claim on its folder, its start and its end without a trace."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from mktogether.setup import embedded, reset, run
from tests.migrated import make_tables

SERVE = """
import sys
from mktogether.setup import run
env = run.environment({port})
sys.exit(run.serve({port}, run.listeners({port}), env))
"""


@pytest.fixture
def busy_port():
    """A loopback port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as holder:
        yield holder.getsockname()[1]


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as holder:
        return holder.getsockname()[1]


@pytest.mark.parametrize("text", ["", "http", "0", "65536", "-1", "80.5", "²"])
def test_it_refuses_what_is_no_port(text):
    with pytest.raises(SystemExit, match="is not a port"):
        run.wanted_port(text)


def test_it_says_who_has_the_port_and_how_to_choose_another(busy_port):
    with pytest.raises(SystemExit, match=rf"Port {busy_port} is in use .*make run PORT={busy_port + 1}"):
        run.listeners(busy_port)


def test_it_listens_on_loopback_alone(free_port):
    assert set(run.listeners(free_port)) <= {f"127.0.0.1:{free_port}", f"[::1]:{free_port}"}
    assert f"127.0.0.1:{free_port}" in run.listeners(free_port)


def test_a_database_of_another_project_never_becomes_ours(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@elsewhere.invalid/theirs")
    monkeypatch.setenv("SITE_ORIGIN", "https://portal.example.org")
    env = embedded.environment(8001)
    assert "DATABASE_URL" not in env
    assert "SITE_ORIGIN" not in env
    assert env["PORT"] == "8001"
    assert env["PORTAL_MODE"] == "embedded"


def test_two_copies_never_run_on_one_folder(tmp_path):
    with embedded.claim(tmp_path, port=8000):
        second = embedded.claim(tmp_path, port=8001)
        with pytest.raises(embedded.SiteRuns, match="http://localhost:8000"):
            second.__enter__()
    with embedded.claim(tmp_path, port=8001):
        pass


def test_reset_refuses_while_the_portal_runs(tmp_path, monkeypatch):
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("YES", "1")
    (tmp_path / "db.sqlite3").touch()
    with embedded.claim(tmp_path, port=8000), pytest.raises(SystemExit, match="already runs"):
        reset.main()
    assert (tmp_path / "db.sqlite3").exists()


@pytest.mark.parametrize("answer", ["no\n", "\n", ""])
def test_reset_changes_nothing_without_a_yes(tmp_path, answer):
    (tmp_path / "db.sqlite3").touch()
    env = {name: value for name, value in os.environ.items() if name != "YES"} | {"VAR_DIR": str(tmp_path)}
    asked = subprocess.run(
        [sys.executable, "-m", "mktogether.setup.reset"],
        input=answer,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 1
    assert "Nothing was changed." in asked.stdout
    assert (tmp_path / "db.sqlite3").exists()


def test_reset_deletes_what_the_portal_keeps_and_nothing_else(tmp_path):
    for name in ("db.sqlite3", "db.sqlite3-wal", "beat-schedule.dat", "secret-key", "letter.odt"):
        (tmp_path / name).touch()
    (tmp_path / "files" / "2026").mkdir(parents=True)
    reset.forget(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["letter.odt", "secret-key"]


def answer_of(port, portal):
    """What the portal says of its health, once it answers; None if it ends before."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and portal.poll() is None:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/health/", timeout=5) as answer:
                return answer.read()
        except OSError:
            time.sleep(0.2)
    return None


def processes_of(var):
    """The processes that run with their portal in ``var``."""
    wanted = f"VAR_DIR={var}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (entry / "environ").read_bytes().split(b"\0"):
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:  # it ended while we looked, or is another person's
            continue
    return found


def test_it_serves_and_one_interrupt_ends_all_that_it_started(tmp_path, free_port):
    """As in a terminal: Ctrl-C reaches the whole foreground group, and web and worker live in groups of their own."""
    env = embedded.environment(free_port) | {"VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "mktogether.settings"}
    make_tables(tmp_path, env)
    serve = [sys.executable, "-c", SERVE.format(port=free_port)]
    with (tmp_path / "log").open("w") as log:
        portal = subprocess.Popen(serve, env=env, stdout=log, stderr=log, start_new_session=True)
        try:
            assert answer_of(free_port, portal) == b"ok", (tmp_path / "log").read_text()
            started = processes_of(tmp_path)
            assert any("gunicorn" in each for each in started)
            assert any("celery" in each for each in started)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(portal.pid, signal.SIGINT)
            portal.wait(30)
    assert portal.returncode == 130
    assert processes_of(tmp_path) == []
