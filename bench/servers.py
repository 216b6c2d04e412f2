"""The portal and its floor, each under gunicorn with the portal's own configuration, and a client that times them."""

import contextlib
import http.client
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

STARTS_WITHIN = 30  # seconds
STOPS_WITHIN = 10
CSRF_SECRET = "b" * 32  # any secret of the right length: cookie and header have to agree, and they do
FORM = "application/x-www-form-urlencoded"
LAYOUT_LIBRARIES = ("libpango", "libharfbuzz")


@dataclass(frozen=True)
class Side:
    """One of the two that are compared: where its settings are and what its cookies are called."""

    name: str
    settings: str
    session_cookie: str
    csrf_cookie: str

    def cookies(self, session):
        """The header with which a browser of ``session`` would come."""
        return f"{self.session_cookie}={session}; {self.csrf_cookie}={CSRF_SECRET}"


PORTAL = Side("portal", "mktogether.settings", "__Host-session", "__Host-csrf")
FLOOR = Side("floor", "bench.floor.settings", "sessionid", "csrftoken")


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took by the clock (seconds)."""

    status: int
    body: bytes
    headers: http.client.HTTPMessage
    seconds: float


class Server:
    """One gunicorn with one worker process, and a connection to it that is kept."""

    def __init__(self, side, port, process):
        self.side = side
        self.port = port
        self.process = process
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, path, *, session="", data=None, accept="text/html", encoding="identity"):
        """GET ``path``, or POST ``data`` to it (text of a form), and return the whole answer."""
        headers = {"Host": f"localhost:{self.port}", "Accept": accept, "Accept-Encoding": encoding}
        if session:
            headers["Cookie"] = self.side.cookies(session)
        if data is not None:
            headers |= {"Content-Type": FORM, "X-CSRFToken": CSRF_SECRET, "Origin": f"http://localhost:{self.port}"}
        began = time.perf_counter()
        self.connection.request("GET" if data is None else "POST", path, data, headers)
        response = self.connection.getresponse()
        body = response.read()
        return Answer(response.status, body, response.headers, time.perf_counter() - began)

    @property
    def worker(self):
        """The process that answers: gunicorn's one child."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0])

    def processor_seconds(self):
        """The time that the worker has spent on a processor, to the nanosecond, in all its threads."""
        return sum(_on_processor(task) for task in Path(f"/proc/{self.worker}/task").iterdir())

    def resident_mebibytes(self):
        """The memory of the worker that lies in RAM, shared pages included."""
        for line in Path(f"/proc/{self.worker}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("The kernel does not say how much memory the worker has.")

    def loaded_layout(self):
        """The libraries for laying out PDFs that the worker has loaded; it should have none."""
        mapped = Path(f"/proc/{self.worker}/maps").read_text()
        return [name for name in LAYOUT_LIBRARIES if name in mapped]

    def is_up(self):
        with contextlib.suppress(ConnectionRefusedError):
            self.connection.connect()
            self.connection.close()
            return True
        return False


def _on_processor(task):
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread may end while we look
        return int((task / "schedstat").read_text().split()[0]) / 1e9
    return 0.0


@contextlib.contextmanager
def running(side, port, env, *, threads=1):
    """``side`` under gunicorn for as long as the block lasts: one process of ``threads`` threads."""
    command = [sys.executable, "-m", "gunicorn", "--config", "python:mktogether.gunicorn"]
    process = subprocess.Popen(
        [*command, "django.core.wsgi:get_wsgi_application()"],
        env=env
        | {
            "DJANGO_SETTINGS_MODULE": side.settings,
            "WEB_BIND": f"127.0.0.1:{port}",
            "WEB_CONCURRENCY": "1",
            "WEB_THREADS": str(threads),
            "WEB_LOG_LEVEL": "warning",
        },
    )
    server = Server(side, port, process)
    try:
        deadline = time.monotonic() + STARTS_WITHIN
        while not server.is_up():
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"The {side.name}'s server did not start; its reason stands above.")
            time.sleep(0.05)
        yield server
    finally:
        server.connection.close()
        process.terminate()
        try:
            process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
