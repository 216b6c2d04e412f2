"""What stands outside a document and watches: a web server on the loopback, and a list of the files that are opened."""

import json
import socketserver
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.lib.pdf import vectors

WATCHED = Path(__file__).parent / "watched.py"


@pytest.fixture
def listener(socket_enabled):
    """A web server on the loopback that answers 404 (``/redirect``: 302) and keeps the paths asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked.add(self.path)
            self.send_response(302 if self.path == "/redirect" else 404)
            self.send_header("Location", "/redirected")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def process_request(self, request, client_address):
            self.connections += 1
            super().process_request(request, client_address)

    with Server(("127.0.0.1", 0), Handler) as server:
        server.asked, server.connections = set(), 0
        server.base = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def lay_out_watched(tmp_path):
    """A function: the PDF and the files opened on the way, by our program ("ours") or by the library ("bare")."""

    def lay_out(kind, html):
        notes = tmp_path / "notes"
        order = {"html": html, "title": "t", "language": "en", "limits": {"seconds": 60, "memory": 2**30}}
        child = subprocess.run(
            [sys.executable, WATCHED, kind, notes],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=90,
            check=True,
        )
        return child.stdout, set(notes.read_text().splitlines())

    return lay_out


@pytest.fixture
def canaries(tmp_path):
    """One file for each way, in a folder of their own."""
    folder = tmp_path / "canaries"
    folder.mkdir()
    paths = [folder / f"canary-{n}" for n in range(len(vectors.WAYS))]
    for path in paths:
        path.write_text("canary")
    return [str(path) for path in paths]
