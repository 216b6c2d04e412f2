"""
G6: two hundred builds, forty killed at whatever moment, worker or layout: none missing, none cut short, no rest.

The moments differ from run to run; what is promised holds at each.
"""

import random
import sys
import time
from collections import Counter

import pikepdf
import pytest
from django.utils import timezone

from records import jobs
from records.models import Job, StoredFile
from reports import building
from tests.factories import OfficeFactory, ReportFactory, SectionFactory
from tests.reports.killing import Worker, lease_runs_out

BUILDS, KILLS = 200, 40
LONGEST = 0.9  # seconds after which a kill comes at the latest; a build takes less or more
CARELESS_BUILDS = 12

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def builds(private_folder):
    """Makes so many reports, each of its own, with a build asked for."""

    def make(number):
        writer = OfficeFactory().person.user
        text = "\n\n".join(f"Paragraph {n} of a report that was interrupted." for n in range(60))
        asked = []
        for n in range(number):
            report = ReportFactory(title=f"Report {n}")
            SectionFactory(report=report, order=1, text=f"Report {n}.\n\n{text}")
            asked.append(building.request_build(report, by=writer))
        return asked

    return make


def until_over(worker, started):
    """Let what was killed be found by the sweeper, and do all that waits."""
    for _round in range(jobs.ATTEMPTS):
        lease_runs_out()
        for job_pk in jobs.sweep(timezone.now() + jobs.LEASE):
            worker.begin(Job.objects.get(pk=job_pk))
            worker.hears("over")


def what_is_there(private_folder):
    """What is wrong with the files of the finished jobs, counted."""
    wrong = Counter()
    wanted = {}
    for job in Job.objects.select_related("result"):
        if job.result is None:
            wrong["missing"] += 1
        else:
            wanted[str(job.result.public_id)] = job
    there = {path.name: path for path in private_folder.rglob("*") if path.is_file()}
    wrong["stray"] = len(set(there) - set(wanted)) + StoredFile.objects.count() - len(wanted)
    for name, job in wanted.items():
        try:
            with pikepdf.open(there[name]) as pdf:
                wrong["another"] += str(pdf.docinfo.Title) != job_title(job)
        except (KeyError, pikepdf.PdfError):
            wrong["cut short"] += 1
    return {what: number for what, number in wrong.items() if number}


def job_title(job):
    return building.title(job)


def killed(job, worker, care, whom):
    """Begin ``job`` and kill; returns the worker that serves on, and whether the kill met anything."""
    worker.begin(job)
    time.sleep(care.uniform(0, LONGEST))
    if whom == "layout":
        met = worker.kill_layout()
        worker.hears("over")
        return worker, met
    return None, worker.kill()


def test_two_hundred_builds_and_forty_kills_lose_nothing_and_leave_nothing(builds, private_folder, tmp_path, capsys):
    chance = random.Random()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    asked = builds(BUILDS)
    doomed = dict(zip(chance.sample(range(BUILDS), KILLS), ["worker", "layout"] * (KILLS // 2), strict=True))
    worker, met, seen = Worker(private_folder, temporary=temporary), Counter(), set()
    for number, job in enumerate(asked):
        if number in doomed:
            seen.update(worker.layout())
            worker, hit = killed(job, worker, chance, doomed[number])
            met[doomed[number]] += hit
            worker = worker or Worker(private_folder, temporary=temporary)
        else:
            worker.begin(job)
            worker.hears("over")
    until_over(worker, asked)
    worker.end()
    states = Counter(Job.objects.values_list("state", flat=True))
    wrong = what_is_there(private_folder)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{BUILDS} builds, {KILLS} kills, of which {dict(met)} met a process: {dict(states)}, {wrong}\n"
        )
    assert met["worker"] == KILLS // 2
    assert met["layout"] >= KILLS // 5
    assert states == {Job.State.DONE: BUILDS}
    assert wrong == {}
    of_settings = "mktogether-test-"  # the throw-away folder of a test process that was killed
    assert [path for path in temporary.iterdir() if not path.name.startswith(of_settings)] == []


def test_without_our_care_the_same_kills_leave_something_behind(builds, private_folder):
    """The negative control: files written in their place, under a new name each time."""
    asked = builds(CARELESS_BUILDS)
    for job in asked:
        worker = Worker(private_folder, stop_at="Keeping", seconds=0, careless=True)
        worker.begin(job)
        worker.hears("here")
        time.sleep(0.02)
        worker.kill()
    worker = Worker(private_folder, careless=True)
    until_over(worker, asked)
    worker.end()
    assert what_is_there(private_folder) != {}
