"""``make run``: prepare this machine and the sample, then serve the portal on loopback until Ctrl-C."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time

from honcho.manager import SYSTEM_PRINTER_NAME, Manager
from honcho.printer import Printer

from mktogether.setup import front_end, system_packages
from mktogether.setup.embedded import SiteRuns, claim, environment, var_dir

LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def wanted_port(text):
    """The port that ``text`` names; raises SystemExit with the sentence to show."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise SystemExit(f"PORT={text} is not a port. Choose a number from 1024 to 65535, such as: make run PORT=8001")
    return int(text)


def listeners(port):
    """The loopback addresses to serve ``port`` on. A browser may read "localhost" as either family, so both if there.

    Raises SystemExit with the sentence to show when somebody else has the port.
    """
    found = []
    for family, host in LOOPBACK:
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except PermissionError:
            raise SystemExit(f"Port {port} is for administrators. Choose another: make run PORT=8001") from None
        except OSError as trouble:
            if family == socket.AF_INET6 and not is_taken(host, port):
                continue
            raise SystemExit(
                f"Port {port} is in use by another program ({trouble.strerror}). "
                f"Stop that, or choose another port: make run PORT={port + 1 if port < 65535 else 8001}"
            ) from None
        found.append(f"[{host}]:{port}" if family == socket.AF_INET6 else f"{host}:{port}")
    return found


def is_taken(host, port):
    """Whether somebody answers at ``host`` and ``port``."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


class QuietPrinter(Printer):
    """Prints what the portal says, without the manager's own lines about starting and stopping."""

    def write(self, message):
        if message.name != SYSTEM_PRINTER_NAME:
            super().write(message)


def web_command():
    """The web server; the same configuration as in production."""
    return [sys.executable, "-m", "gunicorn", "--config", "python:mktogether.gunicorn", "mktogether.wsgi"]


def worker_command():
    """The worker, with the clock in it. Threads: one process less to start, to stop and to keep in memory.

    Celery warns each superuser about a danger of pickled messages; ours are JSON.
    """
    python = [sys.executable, "-W", "ignore::UserWarning:celery.platforms"]
    celery = [
        "-m",
        "celery",
        "--quiet",
        "-A",
        "mktogether",
        "worker",
        "--beat",
        "--pool",
        "threads",
        "--concurrency",
        "2",
    ]
    return [*python, *celery, "--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]


def serve(port, listening, env):
    """Run web and worker until one ends or somebody stops us; both are gone when this returns."""
    manager = Manager(QuietPrinter(sys.stdout))
    web_env = env | {"WEB_BIND": ",".join(listening), "WEB_LOG_LEVEL": "warning"}
    manager.add_process("web", f"exec {shlex.join(web_command())}", env=web_env)
    manager.add_process("worker", f"exec {shlex.join(worker_command())}", env=env)
    # A closed terminal ends the portal just as Ctrl-C does.
    signal.signal(signal.SIGHUP, lambda number, frame: os.kill(os.getpid(), signal.SIGTERM))
    with subprocess.Popen([sys.executable, "-m", "mktogether.setup.announce", str(port)], env=env) as announcement:
        manager.loop()
        announcement.terminate()
    return manager.returncode


def prepare(env):
    """Everything between a fresh clone and a portal that can be served; raises SystemExit where it cannot go on."""
    if missing := system_packages.provide(["pdf"]):
        print(missing, flush=True)
    if front_end.main():
        raise SystemExit("The portal was not started: its style sheets and scripts could not be prepared.")
    if subprocess.run([sys.executable, "-m", "mktogether.setup.prepare"], env=env, check=False).returncode:
        raise SystemExit("The portal was not started: the reason stands above.")


def main():
    """Prepare and serve; return the exit code."""
    began = time.monotonic()
    port = wanted_port(os.environ.get("PORT") or "8000")
    env = environment(port) | {"DJANGO_SETTINGS_MODULE": "mktogether.settings", "PYTHONUNBUFFERED": "1"}
    try:
        with claim(var_dir(), port):
            listening = listeners(port)
            prepare(env)
            print(f"Starting the portal ({time.monotonic() - began:.0f} s of set-up)", flush=True)
            code = serve(port, listening, env)
    except SiteRuns as trouble:
        raise SystemExit(str(trouble)) from None
    if code in {130, 143}:
        print("\nThe portal has stopped.")
        return 0
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
