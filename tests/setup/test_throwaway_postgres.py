"""The cluster of the tests comes, answers and goes, and nothing of it stays."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

LOOK = """
import json, os, psycopg2
connection = psycopg2.connect(os.environ["TEST_DATABASE_URL"])
cursor = connection.cursor()
cursor.execute("SELECT current_setting('data_directory'), current_setting('fsync'), datcollate FROM pg_database")
print(json.dumps([os.environ["TEST_DATABASE_URL"], *cursor.fetchone()]))
"""


def beside_a_cluster(*command):
    """The arguments that run ``command`` beside a cluster of its own."""
    return [sys.executable, "-m", "mktogether.setup.throwaway_postgres", "--", *command]


def is_listening(address):
    """Whether anything takes connections where the cluster was."""
    try:
        psycopg2.connect(address).close()
    except psycopg2.OperationalError:
        return False
    return True


def test_it_serves_one_command_and_leaves_nothing():
    ran = subprocess.run(beside_a_cluster(sys.executable, "-c", LOOK), capture_output=True, text=True, check=True)
    address, data, fsync, collation = json.loads(ran.stdout)
    assert urlsplit(address).hostname == "127.0.0.1"
    assert Path(data).parts[-2].startswith("portal-postgres-")
    assert (fsync, collation) == ("off", "C.UTF-8")
    assert not Path(data).parent.exists()
    assert not is_listening(address)


def test_it_ends_as_its_command_ended():
    assert subprocess.run(beside_a_cluster("sh", "-c", "exit 7"), check=False).returncode == 7


def test_it_says_how_to_call_it_without_a_command():
    called = subprocess.run(beside_a_cluster(), capture_output=True, text=True, check=False)
    assert called.returncode == 2
    assert "COMMAND" in called.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_goes_when_it_is_told_to(tmp_path, number):
    report = tmp_path / "report"
    script = f"{LOOK}\nopen({str(report)!r}, 'w').write(os.environ['TEST_DATABASE_URL'])\nimport time; time.sleep(60)"
    running = subprocess.Popen(beside_a_cluster(sys.executable, "-c", script), stdout=subprocess.PIPE, text=True)
    address, data, *_ = json.loads(running.stdout.readline())
    for _ in range(3):  # the terminal's and make's own: the later ones must not cut the tidying short
        running.send_signal(number)
        time.sleep(0.02)
    running.communicate(timeout=20)
    assert running.returncode == 128 + number
    assert not Path(data).parent.exists()
    assert not is_listening(address)


def test_the_server_does_not_outlive_a_killed_parent():
    running = subprocess.Popen(
        beside_a_cluster(sys.executable, "-c", f"{LOOK}\nimport sys, time; sys.stdout.flush(); time.sleep(2)"),
        stdout=subprocess.PIPE,
        text=True,
    )
    address, data, *_ = json.loads(running.stdout.readline())
    running.kill()
    running.communicate(timeout=20)
    deadline = time.monotonic() + 10
    while is_listening(address) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_listening(address)
    subprocess.run(["rm", "-r", Path(data).parent], check=True)
