"""A PostgreSQL cluster that is made for one command and removed after it.

``python -m mktogether.setup.throwaway_postgres -- COMMAND...`` runs COMMAND with TEST_DATABASE_URL naming it. No
database that happens to answer on this machine is ever touched: folder, port and password are the cluster's own.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mktogether.setup.embedded import without_production
from mktogether.setup.system_packages import NEEDS, postgres_programs, sentence

STARTS_WITHIN = 30  # seconds
STOPS_WITHIN = 10
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ATTEMPTS = 3  # another process may take the free port between our look and the server's start

# Nothing here outlives the command, so nothing need reach the disk.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",  # tables of a few rows, never analysed, look large to the planner; compiling for them costs more
    "shared_buffers": "128MB",
    "max_connections": "60",
    "max_locks_per_transaction": "128",
}


class NotStarted(Exception):
    """The server did not come up; the message carries its own words."""


def unprivileged_user():
    """Who runs the server: PostgreSQL refuses root, so the packages' own user or nobody; None is ourselves."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def as_user(user):
    """The arguments of subprocess that make a program run as ``user``."""
    return {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def new_folder(user):
    """An empty folder that only ``user`` can read. Root's own temporary folder may be closed to others: /tmp is not."""
    folder = Path(tempfile.mkdtemp(prefix="portal-postgres-", dir=None if user is None else "/tmp"))  # noqa: S108 - mkdtemp
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    return folder


def free_port():
    """A loopback port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def initialise(programs, folder, user, password):
    """Make the cluster's files. One order of text everywhere: by code point, as SQLite has it."""
    password_file = folder / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(password)
    if user is not None:
        os.chown(password_file, user.pw_uid, user.pw_gid)
    made = subprocess.run(
        [
            *(programs / "initdb", "--pgdata", folder / "data", "--username", "portal", "--pwfile", password_file),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **as_user(user),
    )
    if made.returncode:
        raise NotStarted(made.stderr)


def start(programs, folder, user, port):
    """Start the server as our own child. Where the system can, it also ends when we are killed outright."""
    bound_to_us = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("w") as log:
        return subprocess.Popen(
            [*bound_to_us, programs / "postgres", "-D", folder / "data", "-p", str(port), "-k", folder, *options],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **as_user(user),
        )


def wait_until_ready(server, folder):
    """Return once the server takes connections; it says so itself on the last line of its pid file."""
    pid_file = folder / "data" / "postmaster.pid"
    deadline = time.monotonic() + STARTS_WITHIN
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(FileNotFoundError):
            if pid_file.read_text().rstrip().endswith("ready"):
                return
        time.sleep(0.05)
    stop(server)
    raise NotStarted((folder / "log").read_text())


def stop(server):
    """End the server: politely, then not."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def start_somewhere(programs, folder, user):
    """Start the server on a free port; return it with its port."""
    for attempt in range(1, ATTEMPTS + 1):
        port = free_port()
        server = start(programs, folder, user, port)
        try:
            wait_until_ready(server, folder)
        except NotStarted:
            if attempt == ATTEMPTS:
                raise
        else:
            return server, port
    raise AssertionError("the last attempt returns or raises")


def make_database(programs, port, password):
    """Make the empty database ``portal``, for commands that bring their own tables."""
    where = ["--host", "127.0.0.1", "--port", str(port), "--username", "portal", "--maintenance-db", "postgres"]
    subprocess.run([programs / "createdb", *where, "portal"], env=os.environ | {"PGPASSWORD": password}, check=True)


@contextlib.contextmanager
def throwaway_postgres():
    """The address of a cluster that lives as long as the block, as Django reads it from TEST_DATABASE_URL.

    Raises ``NotStarted`` with the server's own words, or with the command to type where there is no PostgreSQL.
    """
    programs = postgres_programs()
    if programs is None:
        raise NotStarted(sentence(NEEDS["postgres"]))
    user = unprivileged_user()
    password = secrets.token_urlsafe(24)
    folder = new_folder(user)
    try:
        initialise(programs, folder, user, password)
        server, port = start_somewhere(programs, folder, user)
        try:
            make_database(programs, port, password)
            yield f"postgres://portal:{password}@127.0.0.1:{port}/portal"
        finally:
            stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def end_on_termination():
    """Let the first of Ctrl-C, SIGTERM and SIGHUP unwind the stack, so that what was started is stopped.

    A second one would cut the tidying short (make sends its own beside the terminal's), so it is not heard.
    """

    def leave(number, frame):
        for each in ENDINGS:
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for each in ENDINGS:
        signal.signal(each, leave)


def main(*command):
    """Run ``command`` beside a cluster of its own and return its exit code."""
    if command[:1] == ("--",):
        command = command[1:]
    if not command:
        print("Usage: python -m mktogether.setup.throwaway_postgres -- COMMAND...", file=sys.stderr)
        return 2
    end_on_termination()
    try:
        with throwaway_postgres() as address:
            env = without_production() | {"TEST_DATABASE_URL": address}  # without the settings of our own start too
            return subprocess.run(command, env=env, check=False).returncode
    except NotStarted as trouble:
        print(f"The throw-away PostgreSQL did not start. {trouble}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
