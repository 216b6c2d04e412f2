"""Real worker processes that work on the test's own database and folder, and are killed at a moment of their work."""

import contextlib
import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from records.models import Job

WORKER = """
import sys, time
import django; django.setup()
from django.db import connections
from records import jobs
from records.models import StoredFile
from records.storage import FolderStorage

database, folder, stop_at, seconds, care = sys.argv[1:6]
connections["default"].settings_dict["NAME"] = database
StoredFile._meta.get_field("file").storage = FolderStorage(location=folder)
real = jobs._report

def report(job_pk, claim, percent, step):
    held = real(job_pk, claim, percent, step)
    if stop_at and step.startswith(stop_at):
        print("here", flush=True)
        time.sleep(float(seconds))
    return held

jobs._report = report
if care == "careless":  # as many portals do it: a name of its own for each attempt, written piece by piece in its place
    from uuid import uuid4
    from pathlib import Path
    from records.models import Job

    def save(self, name, content):
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(target, "wb", buffering=0) as file:
            for piece in range(0, content.size, 512):
                content.seek(piece)
                file.write(content.read(512))
                time.sleep(0.002)
        return name

    FolderStorage._save = save
    Job.file_id = property(lambda job: uuid4())
    jobs._clear = lambda job, attempts: None
print("ready", flush=True)
for line in sys.stdin:
    jobs.run(int(line))
    print("over", flush=True)
"""


def lease_runs_out():
    """As if three quarters of a minute had passed."""
    Job.objects.filter(state=Job.State.RUNNING).update(lease_until=timezone.now() - dt.timedelta(seconds=1))


class Worker:
    """One process that does the jobs it is told, one after another."""

    def __init__(self, folder, stop_at="", seconds=60.0, *, careless=False, temporary=None):
        care = "careless" if careless else "careful"
        arguments = [str(connection.settings_dict["NAME"]), str(folder), stop_at, str(seconds), care]
        env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
        env |= {"TMPDIR": str(temporary)} if temporary else {}
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER, *arguments],
            cwd=settings.BASE_DIR,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.hears("ready")

    def hears(self, word):
        """Wait for its next word, and say whether it is this one."""
        return self.process.stdout.readline().strip() == word

    def begin(self, job):
        self.process.stdin.write(f"{job.pk}\n")
        self.process.stdin.flush()

    def kill(self):
        """As ``kill -9`` does; returns whether it was still there."""
        self.process.kill()
        killed = self.process.wait() == -signal.SIGKILL
        self._close()
        return killed

    def end(self):
        self.process.stdin.close()
        self.process.wait()
        self._close()

    def layout(self):
        """The layout program that it keeps and the child that lays out, as far as they are there."""
        kept = _children(self.process.pid)
        return kept + [child for process in kept for child in _children(process)]

    def kill_layout(self):
        """Kill the child that lays out, or the program that keeps the library; returns whether there was one."""
        found = self.layout()
        for process in found[-1:]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
                return True
        return False

    def _close(self):
        for file in (self.process.stdin, self.process.stdout):
            file.close()


def _children(process):
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return []


class Workers:
    """Workers on one folder."""

    def __init__(self, folder):
        self.folder = folder

    def kill_at(self, job, step):
        """Begin ``job`` and kill the worker when it says ``step``."""
        worker = Worker(self.folder, stop_at=step)
        worker.begin(job)
        assert worker.hears("here")
        assert worker.kill()

    def finish(self, job):
        """Do ``job`` in peace."""
        worker = Worker(self.folder)
        worker.begin(job)
        assert worker.hears("over")
        worker.end()
