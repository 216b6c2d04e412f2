"""A kind of work and a kind of file that belong to no app, so that the machinery is tested by itself."""

import shutil
import subprocess
import time

import pytest
import redis
from django.db.models import Q

from mktogether.setup.throwaway_postgres import free_port
from records import files, jobs
from records.models import StoredFile
from records.storage import FolderStorage

KIND = "test"


@pytest.fixture(autouse=True)
def private_folder(monkeypatch, tmp_path):
    """Each test has a private storage of its own; a field keeps the storage that it found at the start."""
    folder = FolderStorage(location=tmp_path / "private", file_permissions_mode=0o600)
    monkeypatch.setattr(StoredFile._meta.get_field("file"), "storage", folder)
    return tmp_path / "private"


def content_of(stored_file):
    """The bytes of a stored file."""
    with stored_file.file.open("rb") as file:
        return file.read()


class Workshop:
    """What the tests' kind of work does, and whom its rules let; both can be changed by a test."""

    def __init__(self):
        self.shut_out = set()
        self.made = 0
        self.before_storing = lambda job, report: None

    def run(self, job, report):
        self.before_storing(job, report)
        self.made += 1
        return files.store(
            f"made by attempt {job.attempts}".encode(),
            kind=KIND,
            target=Target(job.area, job.target_id),
            name="made.txt",
            content_type="text/plain",
            by=job.asked_by,
        )

    def lets(self, user):
        """The condition on files and jobs of this kind under which they are there for ``user``."""
        return Q(pk__in=[]) if user.pk in self.shut_out or not user.is_active else ~Q(pk__in=[])


class Target:
    """Anything with an id in an area."""

    def __init__(self, area, pk):
        self.area_id = area.pk
        self.pk = pk


@pytest.fixture
def workshop(monkeypatch):
    """The kind of work ``test``, with its file and its rule."""
    shop = Workshop()
    kind = jobs.Kind(
        run=shop.run,
        rule=shop.lets,
        title=lambda job: "Something made",
        back=lambda job: "/boards/",
    )
    monkeypatch.setitem(jobs.KINDS, KIND, kind)
    monkeypatch.setitem(files.RULES, KIND, shop.lets)
    return shop


@pytest.fixture(scope="session")
def redis_port(tmp_path_factory):
    """A Redis of the tests' own, gone with them. Without the program this fails, and says what to install."""
    program = shutil.which("redis-server")
    assert program, "The tests of the broker need redis-server: apt-get install redis-server"
    folder = tmp_path_factory.mktemp("redis")
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([program, *options], stdout=log, stderr=log)
    deadline = time.monotonic() + 20
    with redis.Redis(port=port) as client:
        while time.monotonic() < deadline:
            try:
                client.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.02)
    yield port
    server.terminate()
    server.wait()
