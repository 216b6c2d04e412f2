"""Real worker processes that work on the test's own database and folder, and are killed at a moment of their work."""

import datetime as dt
import os
import signal
import subprocess
import sys

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

database, folder, stop_at, seconds = sys.argv[1:5]
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

    def __init__(self, folder, stop_at="", seconds=60.0):
        arguments = [str(connection.settings_dict["NAME"]), str(folder), stop_at, str(seconds)]
        env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
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

    def _close(self):
        for file in (self.process.stdin, self.process.stdout):
            file.close()


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
